"""Rules over a whole dataset: how many edges there may be, which are one, and how lists are numbered."""

from __future__ import annotations

import difflib
import graphlib
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.model.declaration import Children, Link, fields_of
from graphkb.model.metamodel import POSITION
from graphkb.model.names import slug
from graphkb.model.relations import ANY
from graphkb.model.validation import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.errors import Problem
    from graphkb.model.assembly import Assembly
    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.model.relations import Bounds, Side

RESEMBLING: Final = 0.85
"""How alike two names are, from 0 to 1, of which one may be misspelt."""
MAX_RESEMBLING: Final = 1000
"""Most elements that are looked at for it, since each is compared with all others of its kind."""


def merge_symmetric(assembly: Assembly) -> None:
    """Make one edge of two that say the same, read either way; two of different types are two statements.

    What another source states is stated in its direction.
    """
    edges = assembly.dataset.edges
    stored = assembly.elsewhere.edges
    symmetric = {row.type for row in assembly.metamodel.relationships if row.symmetric}
    for key in sorted(edge for edge in edges if edge.type in symmetric):
        row = assembly.metamodel.relationship(key.type, key.source.label, key.target.label)
        twin = key._replace(source=key.target, target=key.source)
        if not row or not row.symmetric or key in stored:
            continue
        if twin not in stored and (key.source < key.target or twin not in edges):
            continue
        told_by = [each for each in (edges.get(key), edges.get(twin), stored.get(twin)) if each is not None]
        types = {each.get("relationshipType") for each in told_by} - {None}
        if len(types) > 1:
            continue
        told = {name: value for name, value in edges.pop(key).items() if name != POSITION}
        assembly.join(key.type, twin.source, twin.target, told, assembly.places.get(key, Place()))


def number_lists(assembly: Assembly, records: set[str]) -> None:
    """Number the edges that a list field writes, so that the list can be written in its order again.

    Edges stated elsewhere come last, by title. What a relationship record holds has its numbers already.
    """
    edges = assembly.dataset.edges
    nodes = assembly.elsewhere.nodes | assembly.dataset.nodes
    lists: dict[tuple[NodeKey, str], tuple[Field, list[EdgeKey]]] = {}
    for edge, properties in edges.items():
        written = list_of(edge, properties, assembly.metamodel)
        # Whoever only names a stage knows nothing of its place among the others.
        implied = edge.type == "HAS_STAGE" and _is_only_mentioned(assembly, edge.target)
        if written and not implied and not (edge.key in records and edge.type != "PARTICIPATES_IN"):
            owner, field = written
            lists.setdefault((owner, field.name), (field, []))[1].append(edge)
        elif implied:
            properties.pop(POSITION, None)
    numbered: dict[int, bool] = {}  # by identity, since there are many lists, and a field takes long to hash
    for declared, listed in lists.values():
        if id(declared) not in numbered:
            numbered[id(declared)] = _is_numbered(declared)
        ordered = in_list_order(declared, listed, edges, nodes) if len(listed) > 1 else listed
        told = numbered[id(declared)] or (declared.many and len(listed) > 1)
        for position, edge in enumerate(ordered, 1):
            properties = edges[edge]
            properties.pop(POSITION, None)
            if told:
                properties[POSITION] = position


def _is_numbered(declared: Field) -> bool:
    """Tell whether the items of a field have numbers even where there is only one."""
    of_item = declared.item and POSITION in {each.name for each in fields_of(declared.item)}
    return isinstance(declared.role, Children) or bool(of_item)


def list_of(edge: EdgeKey, properties: Properties, metamodel: Metamodel) -> tuple[NodeKey, Field] | None:
    """Return the element and its list field that write an edge, or None where no field does."""
    for _, field in metamodel.writers(edge.type, edge.source.label, edge.target.label):
        link = field.role if isinstance(field.role, Link) else None
        if link is None or not link.mark or properties.get(link.mark):
            return edge.target if link and link.incoming else edge.source, field
    return None


def in_list_order(
    field: Field,
    listed: Iterable[EdgeKey],
    edges: Mapping[EdgeKey, Properties],
    nodes: Mapping[NodeKey, Properties],
) -> list[EdgeKey]:
    """Return the edges that a list field writes, in its order: by the numbers of children, of edges, then by title."""

    def place(edge: EdgeKey) -> tuple[float, float, str, str, EdgeKey]:
        child, other = nodes.get(edge.target, {}), nodes.get(edge.source, {})
        stated = child.get("sequenceNumber", "inf") if isinstance(field.role, Children) else "inf"
        position = edges[edge].get(POSITION, "inf")
        titles = str(child.get("title", edge.target.id)), str(other.get("title", edge.source.id))
        return float(stated), float(position), *titles, edge

    return sorted(listed, key=place)


@dataclass(frozen=True, slots=True)
class Rival:
    """An edge of this load at an element that may have one such edge only, where another source has others."""

    at: NodeKey
    own: EdgeKey
    theirs: tuple[EdgeKey, ...]
    demand: str
    """How many there may be, in words."""
    place: Place
    problem: Problem
    """What it is where nobody decides."""


def broken_cardinalities(assembly: Assembly) -> Iterator[Problem | Rival]:
    """Yield what is wrong with each element that has more or fewer edges of a type than the relationship table allows.

    Edges stored by other sources count; elements that this load neither states nor joins are left alone.
    """
    touched = {end for edge in assembly.dataset.edges for end in (edge.source, edge.target)}
    own: dict[str, list[NodeKey]] = {}
    for key in touched | assembly.dataset.nodes.keys():
        own.setdefault(key.label, []).append(key)
    by_type: dict[str, list[EdgeKey]] = {}
    for edge in assembly.dataset.edges.keys() | assembly.elsewhere.edges.keys():
        by_type.setdefault(edge.type, []).append(edge)
    for row in assembly.metamodel.relationships:
        if (row.per_target, row.per_source) == (ANY, ANY):
            continue
        joined = [edge for edge in by_type.get(row.type, ()) if row.joins(edge.source.label, edge.target.label)]
        to, of = row.sides()
        for side, ends in ((to, [edge.target for edge in joined]), (of, [edge.source for edge in joined])):
            keys = chain.from_iterable(own.get(label, ()) for label in side.kinds)
            found: dict[NodeKey, list[EdgeKey]] = {
                key: [] for key in _out_of_bounds(assembly, keys, Counter(ends), side.bounds)
            }
            for edge, end in zip(joined, ends, strict=True) if found else ():
                if end in found:
                    found[end].append(edge)
            for key, edges in found.items():
                yield _excess_or_lack(assembly, key, edges, side)


def _out_of_bounds(
    assembly: Assembly, keys: Iterable[NodeKey], counts: Counter[NodeKey], bounds: Bounds
) -> Iterator[NodeKey]:
    """Yield the elements that have too few or too many edges."""
    least, most = bounds
    for key in keys:
        lacks = counts[key] < least and (key in counts or not _is_only_mentioned(assembly, key))
        if lacks or (most is not None and counts[key] > most):
            yield key


def _is_only_mentioned(assembly: Assembly, key: NodeKey) -> bool:
    node = assembly.dataset.nodes.get(key)
    return node is None or bool(node.get("isStub"))


def _excess_or_lack(assembly: Assembly, key: NodeKey, edges: list[EdgeKey], side: Side) -> Problem | Rival:
    """Return what is wrong with an element that has these edges, where other ones are due."""
    own = sorted(edge for edge in edges if edge in assembly.dataset.edges)
    theirs = sorted(edge for edge in edges if edge in assembly.elsewhere.edges)
    # All places are looked through only for an element that has none of its own.
    places = (place for edge, place in assembly.places.items() if not isinstance(edge, NodeKey) and key in edge)
    place = assembly.places.get(key) or next(places, Place())
    stored = f" Another source states {', '.join(map(str, theirs))}." if theirs else ""
    problem = place.problem("cardinality", f"{key} has {len(edges) or 'none'}, {side.demand}.{stored}")
    only_theirs = tuple(edge for edge in theirs if edge not in assembly.dataset.edges)
    if only_theirs and len(own) == 1 == side.bounds[1]:
        return Rival(key, own[0], only_theirs, side.demand, assembly.places.get(own[0], place), problem)
    return problem


def cyclic_hierarchies(assembly: Assembly) -> Iterator[Problem]:
    """Yield a problem for each edge by which an element is, over any number of steps, a part of itself."""
    for type_ in sorted({row.type for row in assembly.metamodel.relationships if row.acyclic}):
        own = {edge for edge in assembly.dataset.edges if edge.type == type_}
        wholes: dict[NodeKey, list[NodeKey]] = {}
        for edge in sorted(own | {edge for edge in assembly.elsewhere.edges if edge.type == type_}):
            wholes.setdefault(edge.target, []).append(edge.source)
        for edge in sorted(own if _has_cycle(wholes) else ()):
            if way := _way_up(edge.source, edge.target, wholes):
                told = " is a part of ".join([edge.target.id, *(key.id for key in way)])
                place = assembly.places.get(edge, Place())
                yield place.problem("cycle", f"{edge.target} is a part of itself: {told}.")


def _has_cycle(wholes: dict[NodeKey, list[NodeKey]]) -> bool:
    try:
        graphlib.TopologicalSorter(wholes).prepare()
    except graphlib.CycleError:
        return True
    return False


def _way_up(start: NodeKey, end: NodeKey, wholes: dict[NodeKey, list[NodeKey]]) -> list[NodeKey]:
    """Return the elements from ``start`` up to ``end``, both included, or nothing."""
    came_from: dict[NodeKey, NodeKey | None] = {start: None}
    waiting = [start]
    for key in waiting:
        if key == end:
            way, at = [], end
            while True:
                way.append(at)
                before = came_from[at]
                if before is None:
                    return way[::-1]
                at = before
        for whole in wholes.get(key, ()):
            if whole not in came_from:
                came_from[whole] = key
                waiting.append(whole)
    return []


def doubled_experiences(assembly: Assembly) -> Iterator[Problem]:
    """Yield a problem for each further experience of one persona at one stage."""
    both = (assembly.dataset.edges, assembly.elsewhere.edges)
    edges = sorted({edge for each in both for edge in each if edge.type in ("HAS_EXPERIENCE", "AT_STAGE")})
    personas = {edge.target: edge.source for edge in edges if edge.type == "HAS_EXPERIENCE"}
    first: dict[tuple[NodeKey, NodeKey], NodeKey] = {}
    for edge in edges:
        persona = personas.get(edge.source)
        if edge.type != "AT_STAGE" or persona is None:
            continue
        known = first.setdefault((persona, edge.target), edge.source)
        if known != edge.source and {known, edge.source} & assembly.dataset.nodes.keys():
            message = f"{edge.source} and {known} are of the same persona at the same stage; make one of them."
            place = assembly.places.get(edge.source) or assembly.places.get(known, Place())
            yield place.problem("doubled-experience", message)


def resembling_stubs(assembly: Assembly) -> Iterator[str]:
    """Tell of each element that is only referred to by a name nearly that of a defined one: it may be misspelt."""
    stubs = [key for key, properties in assembly.dataset.nodes.items() if properties.get("isStub")]
    defined: dict[str, dict[str, str]] = {}
    for data in (assembly.elsewhere, assembly.dataset) if stubs else ():
        for key, properties in data.nodes.items():
            if not properties.get("isStub"):
                title = str(properties.get("title", key.id))
                defined.setdefault(key.label, {}).update({slug(key.id): key.id, slug(title): title})
    for key in sorted(stubs)[:MAX_RESEMBLING]:
        names = defined.get(key.label, {})
        near = difflib.get_close_matches(slug(assembly.title(key)), names, n=1, cutoff=RESEMBLING)
        if near:
            at = assembly.places.get(key, Place()).problem("", "")
            place = " ".join(part for part in (f"{at.file}:{at.line}" if at.line else at.file, at.pointer) if part)
            told = f"{key.label} {assembly.title(key)!r} is referred to, but not defined."
            yield f"{place}: {told} Did you mean {names[near[0]]!r}?"
