"""Which relations of a model are edges of the graph: those that a rule takes, as many as there may be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.sources.archimate.default import rule_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import RelationshipKind
    from graphkb.sources.archimate.default import Rule
    from graphkb.sources.archimate.shape import Shape

ITSELF: Final = "from an element to itself"
FURTHER: Final = "to a further parent, or the like, where there can be one only: the strongest or first by title counts"
CIRCLE: Final = "in a circle of elements that would be parts of one another"


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between two elements."""

    number: int
    """Index of the relation or nesting among the links."""
    rule: Rule
    row: RelationshipKind
    source: str
    """Id of the element at which it starts."""
    target: str
    ends: tuple[NodeKey, NodeKey]
    """What the two are in the graph."""

    @property
    def key(self) -> EdgeKey:
        """What tells it from others; relations with one key say the same."""
        told = self.rule.properties.get("relationshipType", "") if self.row.key else ""
        return EdgeKey(self.row.type, *self.ends, told)


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of a model."""

    kept: tuple[Edge, ...]
    said: frozenset[int]
    """Indices of the links that are edges, or say the same as one."""
    refused: dict[int, str]
    """What is in the way of links that a rule takes, by index."""
    groupings: frozenset[str]
    """Groupings that stand above something."""


def edges_of(shape: Shape, metamodel: Metamodel) -> Edges:
    """Choose the edges: of several links of which one can count, the strongest does, else the first by title."""
    found: dict[EdgeKey, Edge] = {}
    refused: dict[int, str] = {}
    same: dict[int, EdgeKey] = {}
    sources: set[tuple[str, NodeKey]] = set()
    targets: set[tuple[str, NodeKey]] = set()
    for edge in sorted(_possible(shape, metamodel), key=lambda each: shape.rank(shape.links[each.number])):
        row, (source, target) = edge.row, edge.ends
        if source == target and row.type != "NEXT_STAGE":
            refused[edge.number] = ITSELF
        elif edge.key in found:
            same[edge.number] = edge.key
        elif (row.per_source[1] == 1 and (row.type, source) in sources) or (
            row.per_target[1] == 1 and (row.type, target) in targets
        ):
            refused[edge.number] = FURTHER
        else:
            found[edge.key] = edge
            sources.add((row.type, source))
            targets.add((row.type, target))
    for type_ in {each.row.type for each in found.values() if each.row.acyclic}:
        pairs = {each.ends: each for each in found.values() if each.row.type == type_}
        for pair in _in_circles(pairs):
            refused[pairs[pair].number] = CIRCLE
            del found[pairs[pair].key]
    groupings = _above_something(found.values(), shape)
    idle = shape.groupings - groupings
    kept = tuple(each for each in found.values() if not {each.source, each.target} & idle)
    keys = {each.key for each in kept}
    said = {each.number for each in kept} | {number for number, key in same.items() if key in keys}
    return Edges(kept, frozenset(said), refused, groupings)


def _possible(shape: Shape, metamodel: Metamodel) -> Iterator[Edge]:
    """Yield an edge for each link that a rule takes."""
    for number, link in enumerate(shape.links):
        kinds = [shape.kinds.get(each) for each in (link.source, link.target)]
        found = rule_for(link.type, kinds[0], kinds[1]) if kinds[0] and kinds[1] else None
        if found is None:
            continue
        rule, turned = found
        ends = (link.target, link.source) if rule.back != turned else (link.source, link.target)
        row = metamodel.relationship(rule.type, shape.kinds[ends[0]], shape.kinds[ends[1]])
        if row:
            yield Edge(number, rule, row, *ends, (shape.node(ends[0]), shape.node(ends[1])))


def _above_something(edges: Iterable[Edge], shape: Shape) -> frozenset[str]:
    """Return the groupings that, over any number of steps, stand above an element that is no grouping."""
    above = {each.target: each.source for each in edges if each.row.type == "PARENT_OF"}
    counts = Counter(above.values())
    idle = [each for each in shape.groupings if not counts[each]]
    left = set(shape.groupings)
    while idle:
        grouping = idle.pop()
        left.discard(grouping)
        parent = above.get(grouping, "")
        counts[parent] -= 1
        if parent in left and not counts[parent]:
            idle.append(parent)
    return frozenset(left)


def _in_circles(pairs: Iterable[tuple[NodeKey, NodeKey]]) -> set[tuple[NodeKey, NodeKey]]:
    """Return the pairs along which one gets back to where one was; those that lead from circle to circle count too."""
    left = set(pairs)
    for at in (0, 1):
        leading = Counter(pair[1 - at] for pair in left)
        by_end: dict[NodeKey, list[tuple[NodeKey, NodeKey]]] = {}
        for pair in left:
            by_end.setdefault(pair[at], []).append(pair)
        ends = [each for each in by_end if not leading[each]]
        while ends:
            for pair in by_end.get(ends.pop(), ()):
                left.discard(pair)
                leading[pair[1 - at]] -= 1
                if not leading[pair[1 - at]]:
                    ends.append(pair[1 - at])
    return left
