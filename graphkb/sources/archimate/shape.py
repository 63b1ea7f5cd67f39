"""What each element of a model is: its kind, which depends on what it is a part of, and the order of stages."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphkb.model.dataset import NodeKey
from graphkb.sources.archimate.default import (
    GROUPING,
    HIERARCHIES,
    JUNCTION,
    KINDS,
    NESTING,
    ORDER,
    STAGES,
    STRENGTH,
    WHOLE,
)
from graphkb.sources.archimate.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.sources.archimate.model import Concept, Model


@dataclass(frozen=True, slots=True)
class Named:
    """How records name an element."""

    kind: str
    """Empty for one that nothing can refer to."""
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What the entries of a mapping file took of a model."""

    elements: Mapping[str, Named] = field(default_factory=dict)
    """By the id in the model."""
    relations: frozenset[int] = frozenset()
    """Indices."""


NOTHING: Final = Taken()


@dataclass(frozen=True, slots=True)
class Shape:
    """The elements that are in the graph, and what joins them."""

    elements: dict[str, Concept]
    """All elements of the model, by id."""
    kinds: dict[str, str]
    """Kind by id; groupings of one kind have that kind."""
    links: list[Relation]
    """The relations that no mapping takes, and the nestings that count for want of relations."""
    groupings: frozenset[str] = frozenset()
    """Those that have a kind."""
    named: Mapping[str, Named] = field(default_factory=dict)
    """The elements that a mapping took."""

    def node(self, key: str) -> NodeKey:
        """Return what an element is in the graph; a mapping can make one of several."""
        return NodeKey(self.kinds[key], self.named[key].id if key in self.named else key)

    def rank(self, link: Relation) -> tuple[bool, int, str, str, str, str, str]:
        """Return what decides where only one of several links can count: the least does."""
        strength = STRENGTH.index(link.type) if link.type in STRENGTH else len(STRENGTH)
        source, target = (self.elements[each].title for each in (link.source, link.target))
        grouping = self.elements[link.source].type == GROUPING
        # Nestings have their place among the views as id.
        first = link.id if link.type == NESTING else ""
        return grouping, strength, first, source, target, link.source, link.target


def shape_of(model: Model, taken: Taken) -> Shape:
    """Tell the kinds of a model's elements."""
    elements = {each.id: each for each in model.elements}
    kinds = {each.id: KINDS[each.type] for each in model.elements if each.type in KINDS}
    kinds |= {key: named.kind for key, named in taken.elements.items()}
    relations = [each for index, each in enumerate(model.relations) if index not in taken.relations]
    shape = Shape(elements, kinds, relations)
    families = {_family(each, shape, taken) for each in relations if each.type in WHOLE}
    nestings = [
        Relation(f"{index:09}", NESTING, source=outer, target=inner, place=elements[inner].place)
        for index, (outer, inner) in enumerate(model.nestings)
        if outer != inner and {outer, inner} <= elements.keys()
    ]
    holding = {each.source for each in relations if each.type in WHOLE and _family(each, shape, taken) is not None}
    drawn = [
        each
        for each in nestings
        if _family(each, shape, taken) not in (None, *families)
        and not (_is_grouping(each.source, shape, taken) and each.source in holding)
    ]
    wholes = [each for each in (*relations, *drawn) if each.type in WHOLE]
    _tell_stages(wholes, shape, taken)
    groupings = _tell_groupings(wholes, shape, taken)
    counting = [each for each in drawn if kinds.get(each.target) not in families]
    return Shape(elements, kinds, [*relations, *counting], groupings, taken.elements)


def _family(link: Relation, shape: Shape, taken: Taken) -> str | None:
    """Return the kind in whose hierarchy one element stands above the other; empty between groupings."""
    if not {link.source, link.target} <= shape.elements.keys():
        return None
    above, below = (shape.kinds.get(each, "") for each in (link.source, link.target))
    alike = shape.elements[link.source].type == shape.elements[link.target].type
    groupings = [_is_grouping(each, shape, taken) for each in (link.source, link.target)]
    if all(groupings):
        return ""
    if any(groupings):
        kind = below if groupings[0] else above
        return kind if kind in HIERARCHIES else None
    if above == below and above in (*HIERARCHIES, "ValueStream"):
        return above
    return above if above in STAGES and alike and link.target not in taken.elements else None


def _is_grouping(key: str, shape: Shape, taken: Taken) -> bool:
    return shape.elements[key].type == GROUPING and key not in taken.elements


def _tell_stages(wholes: list[Relation], shape: Shape, taken: Taken) -> None:
    """Make stages of what is a part of a journey or value stream and has no such parts itself."""
    for whole in ("Journey", "ValueStream"):
        above = _one_above((each for each in wholes if _family(each, shape, taken) == whole), shape)
        containing = set(above.values())
        for below in above:
            if below not in containing and below not in taken.elements:
                shape.kinds[below] = STAGES[whole]


def _tell_groupings(wholes: list[Relation], shape: Shape, taken: Taken) -> frozenset[str]:
    """Give groupings the kind of what they hold, where that is of one kind; return them."""
    above: dict[str, list[str]] = {}
    waiting: list[tuple[str, str]] = []
    for link in wholes:
        if not {link.source, link.target} <= shape.elements.keys() or not _is_grouping(link.source, shape, taken):
            continue
        kind = shape.kinds.get(link.target, "")
        if kind in HIERARCHIES:
            waiting.append((link.source, kind))
        elif _is_grouping(link.target, shape, taken):
            above.setdefault(link.target, []).append(link.source)
    held: dict[str, set[str]] = {}
    while waiting:
        grouping, kind = waiting.pop()
        if kind not in held.setdefault(grouping, set()):
            held[grouping].add(kind)
            waiting += [(each, kind) for each in above.get(grouping, ())]
    of_one = {grouping: kind for grouping, (kind, *further) in held.items() if not further}
    shape.kinds.update(of_one)
    return frozenset(of_one)


def _one_above(links: Iterable[Relation], shape: Shape) -> dict[str, str]:
    """Return what stands above each element, one at most."""
    above: dict[str, str] = {}
    for link in sorted(links, key=shape.rank):
        if link.source != link.target:
            above.setdefault(link.target, link.source)
    return above


@dataclass(frozen=True, slots=True)
class Order:
    """The order of stages."""

    wholes: Mapping[str, str]
    """The journey or value stream of each stage."""
    positions: dict[str, int]
    """Place of each stage within its whole, from 1."""
    unordered: frozenset[str]
    """Wholes of several stages of which some are neither behind nor in front of others."""


def order_of(wholes: Mapping[str, str], shape: Shape) -> Order:
    """Order stages as triggering and flow do, also those that lead over junctions, and else as the model does."""
    nodes = [key for key, each in shape.elements.items() if key in wholes or each.type == JUNCTION]
    numbers = {key: number for number, key in enumerate(nodes)}
    after: dict[int, set[int]] = {}
    linked: set[str] = set()
    for link in shape.links:
        first, second = numbers.get(link.source), numbers.get(link.target)
        if link.type in ORDER and first is not None and second is not None and first != second:
            after.setdefault(first, set()).add(second)
            linked |= {link.source, link.target}
    ordered = [nodes[number] for number in _sorted(len(nodes), after)]
    counts: Counter[str] = Counter()
    positions: dict[str, int] = {}
    for key in ordered:
        if key in wholes:
            counts[wholes[key]] += 1
            positions[key] = counts[wholes[key]]
    unordered = {whole for stage, whole in wholes.items() if stage not in linked and counts[whole] > 1}
    return Order(wholes, positions, frozenset(unordered))


def _sorted(count: int, after: Mapping[int, set[int]]) -> Iterator[int]:
    """Yield numbers in the order of what leads where, smaller ones first; circles begin at the first."""
    before = Counter(each for several in after.values() for each in several)
    ready = [number for number in range(count) if not before[number]]
    heapq.heapify(ready)
    done: set[int] = set()
    for number in range(count):
        if number not in done and not ready:
            ready = [number]
        while ready:
            found = heapq.heappop(ready)
            if found in done:
                continue
            done.add(found)
            yield found
            for each in sorted(after.get(found, ())):
                before[each] -= 1
                if not before[each] and each not in done:
                    heapq.heappush(ready, each)
