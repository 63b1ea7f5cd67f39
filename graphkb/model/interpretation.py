"""From the records of a load to one dataset, or every problem that stands in the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkb.model.assembly import Assembly, edge_properties_of, is_mention, properties_of, stated
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.declaration import (
    KEY,
    STAGE_PAIRS,
    TITLE,
    Children,
    Element,
    End,
    Field,
    Link,
    Record,
    Reference,
    Reified,
    RelationshipRecord,
    fields_of,
)
from graphkb.model.derivation import derive_edges, derive_gaps
from graphkb.model.metamodel import METAMODEL, POSITION, STATED_TITLE
from graphkb.model.names import did_you_mean
from graphkb.model.validation import EDGE_LIST, Place, RawRecord, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.errors import Problem
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import Bounds


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What the records of a load mean: the dataset, and what is wrong with them."""

    dataset: Dataset
    problems: tuple[Problem, ...]
    places: dict[NodeKey, Place]
    """Where each node is stated or, for a stub, first referred to."""


def interpret(
    records: Iterable[RawRecord],
    elsewhere: Dataset | None = None,
    *,
    stubs: bool = True,
    strict: bool = False,
    metamodel: Metamodel = METAMODEL,
) -> Interpretation:
    """Turn records into a dataset.

    ``elsewhere`` is what is stored apart from this load; references may end there, and cardinalities count it.
    Without ``stubs``, a reference to something unknown is a problem; with ``strict``, so is an incomplete record.
    """
    assembly = Assembly(elsewhere or Dataset(), stubs=stubs, metamodel=metamodel)
    relationships: list[tuple[RelationshipRecord, Place]] = []
    mentions: list[tuple[Element, Place]] = []
    edges: list[RawRecord] = []
    for raw in records:
        record = None if raw.list_name == EDGE_LIST else _validated(assembly, raw, strict=strict)
        if raw.list_name == EDGE_LIST:
            edges.append(raw)
        elif isinstance(record, RelationshipRecord):
            relationships.append((record, raw.place))
        elif isinstance(record, Element) and raw.list_name in metamodel.stub_lists:
            mentions.append((record, raw.place))
        elif isinstance(record, Element):
            assembly.add(record, raw.place)
    for element, place in mentions:
        _mention(assembly, element, place)
    derive_gaps(assembly)
    stated_records = _take_up_records(assembly, relationships)
    assembly.add_untitled()
    assembly.resolve_pending(by_id=True)
    for each in stated_records:
        _join_record(assembly, each)
    assembly.resolve_pending(by_id=False)
    for raw in edges:
        _add_edge(assembly, raw)
    _merge_symmetric(assembly)
    _number_lists(assembly, {each.record.relationship_id for each in stated_records})
    derive_edges(assembly)
    assembly.problems.extend(_broken_cardinalities(assembly))
    places = {key: place for key, place in assembly.places.items() if isinstance(key, NodeKey)}
    return Interpretation(assembly.dataset, tuple(dict.fromkeys(assembly.problems)), places)


def _validated(assembly: Assembly, raw: RawRecord, *, strict: bool) -> Record | None:
    metamodel = assembly.metamodel
    kind = metamodel.lists.get(raw.list_name) or metamodel.stub_lists.get(raw.list_name)
    record, problems = validate(kind or metamodel.records[raw.list_name], raw.content, raw.place, metamodel)
    assembly.problems.extend(problems)
    if record is not None and strict and raw.list_name not in metamodel.stub_lists:
        assembly.problems.extend(incomplete(record, raw.place))
    return record


def incomplete(record: Record, place: Place) -> Iterator[Problem]:
    """Yield a problem for each field that a complete record has and this one, or one nested in it, lacks."""
    for each in fields_of(type(record)):
        value = getattr(record, each.attribute)
        if each.expected and (value is None or value == ()):
            yield place.problem("incomplete", f"{type(record).__name__} has no {each.name}.")
        nested = value if each.many and value else (value,)
        for index, item in enumerate(nested):
            if isinstance(item, Element):
                yield from incomplete(item, place.at(each.name, index) if each.many else place.at(each.name))


def _mention(assembly: Assembly, element: Element, place: Place) -> None:
    """Take up an element of a list that holds ids and titles only."""
    roles = {each.attribute: each for each in fields_of(type(element))}
    further = [roles[name].name for name in element.model_fields_set if roles[name].role not in (KEY, TITLE)]
    if further:
        listed = type(element).list_name
        message = f"An element that is only referred to has an id and a title; to define it, put it into {listed}."
        assembly.problems.append(place.at(further[0]).problem("more-than-a-reference", message))
        return
    identifier, title = stated(element, KEY), stated(element, TITLE)
    if identifier is None:
        assembly.resolve(Reference(title=title), (element.label,), place)
    else:
        assembly.declare_stub(NodeKey(element.label, identifier), title, place)


# Relationship records


@dataclass(frozen=True, slots=True)
class _Nested:
    """An element nested in a relationship record."""

    field: Field
    item: Element
    key: NodeKey
    place: Place
    position: int | None


@dataclass(frozen=True, slots=True)
class _StatedRecord:
    """A relationship record whose nested elements are taken up, but whose ends are not resolved."""

    record: RelationshipRecord
    place: Place
    nested: tuple[_Nested, ...]


def _take_up_records(assembly: Assembly, records: Iterable[tuple[RelationshipRecord, Place]]) -> list[_StatedRecord]:
    """Take up what is nested in records, so that references can find it."""
    seen: dict[tuple[str, str], Place] = {}
    taken = []
    for record, place in records:
        identity = (type(record).list_name, record.relationship_id)
        if identity in seen:
            other = seen[identity]
            message = f"relationshipID {record.relationship_id!r} is used twice; see {other.file} {other.pointer}."
            assembly.problems.append(place.at("relationshipID").problem("duplicate-id", message))
            continue
        seen[identity] = place
        nested = (
            _take_up(assembly, record, each, item, index, place)
            for each in assembly.metamodel.reified(type(record))
            for index, item in _items(each, getattr(record, each.attribute))
        )
        taken.append(_StatedRecord(record, place, tuple(each for each in nested if each)))
    return taken


def _items(declared: Field, value: Any) -> Iterator[tuple[int | None, Any]]:
    if declared.many:
        yield from enumerate(value)
    elif value is not None:
        yield None, value


def _take_up(  # noqa: PLR0913  # what an element nested in a record hangs on
    assembly: Assembly, record: RelationshipRecord, declared: Field, item: Element, index: int | None, place: Place
) -> _Nested | None:
    role = declared.role
    if not isinstance(role, Reified):
        raise TypeError(f"{declared.name} holds no nested elements")
    here = place.at(declared.name) if index is None else place.at(declared.name, index)
    key: NodeKey | None
    if index is None:
        key = NodeKey(item.label, role.id_prefix + record.relationship_id)
        target = next(getattr(record, each.attribute) for each in _ends(record) if not each.name.endswith("ID"))
        if key in assembly.places:
            assembly.problems.append(here.problem("duplicate-id", f"{key} is defined twice."))
            return None
        title = stated(item, TITLE) or item.title_from[0].format(target=target)
        assembly.define(key, {"title": title} | properties_of(item), here)
        return _Nested(declared, item, key, here, None)
    if is_mention(item):
        key = assembly.resolve(Reference(id=stated(item, KEY)), (item.label,), here)
    else:
        key = assembly.add(item, here, NodeKey(type(record).__name__, record.relationship_id))
    return _Nested(declared, item, key, here, index + 1) if key else None


def _join_record(assembly: Assembly, told: _StatedRecord) -> None:
    """Resolve the ends of a record and draw its edges."""
    record, place = told.record, told.place
    source, target = (_end(assembly, record, end, place) for end in ("source", "target"))
    if source is None or target is None:
        return
    title = next(getattr(record, each.attribute) for each in _ends(record) if not each.name.endswith("ID"))
    carried = {"relationshipID": record.relationship_id} | properties_of(record) | {STATED_TITLE: title}
    assembly.join(type(record).type, source, target, carried, place)
    for nested in told.nested:
        _join_nested(assembly, record, nested, source, target)
    for each in fields_of(type(record)):
        if each.role is STAGE_PAIRS:
            for index, pair in enumerate(getattr(record, each.attribute)):
                _join_stages(
                    assembly, pair, (source, target), place.at(each.name, index), record.relationship_id, index
                )


def _ends(record: RelationshipRecord) -> list[Field]:
    return [each for each in fields_of(type(record)) if isinstance(each.role, End)]


def _end(assembly: Assembly, record: RelationshipRecord, end: str, place: Place) -> NodeKey | None:
    named: dict[str, Any] = {}
    kinds: tuple[str, ...] = ()
    here = place
    for each in _ends(record):
        role = each.role
        if isinstance(role, End) and role.end == end:
            kinds = role.kinds
            if role.kind_from:
                kinds = (str(getattr(record, role.kind_from)).capitalize(),)
            here = place.at(each.name) if here is place else here
            named["id" if each.name.endswith("ID") else "title"] = getattr(record, each.attribute)
    return assembly.resolve(Reference(**named), kinds, here)


def _join_nested(
    assembly: Assembly, record: RelationshipRecord, nested: _Nested, source: NodeKey, target: NodeKey
) -> None:
    role = nested.field.role
    ends = {"source": source, "target": target}
    segment = next((end.id for end in ends.values() if end.label == "CustomerSegment"), None)
    told = {"relationshipID": record.relationship_id, "forSegmentID": segment, POSITION: nested.position}
    for spoke in role.spokes if isinstance(role, Reified) else ():
        start, end = (nested.key, ends[spoke.end]) if spoke.outgoing else (ends[spoke.end], nested.key)
        row = assembly.metamodel.relationship(spoke.type, start.label, end.label)
        names = assembly.metamodel.edge_property_names(row) if row else frozenset()
        carried = {name: value for name, value in told.items() if name in names and value is not None}
        assembly.join(spoke.type, start, end, carried | edge_properties_of(nested.item), nested.place)


def _join_stages(  # noqa: PLR0913  # what a pair of stages hangs on
    assembly: Assembly, pair: Record, wholes: tuple[NodeKey, NodeKey], place: Place, relationship_id: str, index: int
) -> None:
    told = properties_of(pair)
    stages = []
    for whole, name, label in zip(
        wholes, ("journeyStage", "valueStreamStage"), ("JourneyStage", "ValueStreamStage"), strict=True
    ):
        title = told.pop(name, None)
        if title is None:
            message = f"{name} is missing; a pair names a stage of the journey and a stage of the value stream."
            assembly.problems.append(place.problem("missing-field", message))
        elif stage := assembly.part_titled(whole, label, title, place.at(name)):
            stages.append(stage)
    if len(stages) == len(wholes):
        carried = told | {"relationshipID": relationship_id, POSITION: index + 1}
        assembly.join("MAPS_TO", stages[0], stages[1], carried, place)


# Edges stated one by one


def _add_edge(assembly: Assembly, raw: RawRecord) -> None:
    metamodel, place = assembly.metamodel, raw.place
    if not isinstance(raw.content, dict) or not {"type", "from", "to"} <= raw.content.keys():
        message = "A stated relationship is an object with type, from, to and, where it has any, properties."
        assembly.problems.append(place.problem("record-shape", message))
        return
    type_ = raw.content["type"]
    for name in raw.content.keys() - {"type", "from", "to", "properties"}:
        assembly.problems.append(place.at(name).problem("unknown-field", f"A relationship has no field {name!r}."))
    rows = [row for row in metamodel.relationships if row.type == type_]
    if not rows:
        message = f"There is no relationship type {type_!r}.{did_you_mean(str(type_), metamodel.types)}"
        assembly.problems.append(place.at("type").problem("unknown-type", message))
        return
    ends = []
    for name, kinds in (("from", [row.sources for row in rows]), ("to", [row.targets for row in rows])):
        possible = tuple(dict.fromkeys(kind for group in kinds for kind in group))
        possible = tuple(metamodel.kinds) if possible == ("*",) else possible
        content = raw.content[name]
        shaped = {"title": content} if isinstance(content, str) else content
        if isinstance(shaped, dict) and (kind := shaped.get("kind")) in metamodel.kinds:
            shaped = {{metamodel.key_name(kind): "id"}.get(each, each): value for each, value in shaped.items()}
        reference, problems = validate(Reference, shaped, place.at(name), metamodel)
        assembly.problems.extend(problems)
        if reference:
            ends.append(assembly.resolve(reference, possible, place.at(name), bare=isinstance(content, str)))
    if len(ends) < 2 or ends[0] is None or ends[1] is None:  # noqa: PLR2004  # both ends of an edge
        return
    row = metamodel.relationship(type_, ends[0].label, ends[1].label)
    if row is not None and row.record:
        message = f"{type_} has a record form; state it in {row.record.list_name}."
        assembly.problems.append(place.at("type").problem("record-form", message))
        return
    carrier = row.properties if row else Reference
    carried, problems = validate(carrier, raw.content.get("properties", {}), place.at("properties"), metamodel)
    assembly.problems.extend(problems)
    if carried:
        assembly.join(type_, ends[0], ends[1], edge_properties_of(carried), place)


# Rules over the whole


def _merge_symmetric(assembly: Assembly) -> None:
    """Keep one of two edges that say the same, read either way."""
    edges = assembly.dataset.edges
    for key in sorted(edges):
        row = assembly.metamodel.relationship(key.type, key.source.label, key.target.label)
        twin = key._replace(source=key.target, target=key.source)
        if row and row.symmetric and key.source > key.target and twin in edges:
            told = {name: value for name, value in edges[key].items() if name != POSITION}
            if told.items() <= edges[twin].items():
                del edges[key]


def _number_lists(assembly: Assembly, records: set[str]) -> None:
    """Number the edges that a list field writes, so that the list can be written in its order again.

    Edges stated elsewhere come last, by title. What a relationship record holds has its numbers already.
    """
    edges = assembly.dataset.edges
    lists: dict[tuple[NodeKey, str], list[EdgeKey]] = {}
    fields: dict[tuple[str, str, str], tuple[str, Field] | None] = {}
    for edge, properties in edges.items():
        ends = (edge.type, edge.source.label, edge.target.label)
        if ends not in fields:
            fields[ends] = next(iter(assembly.metamodel.writers(*ends)), None)
        writer = fields[ends]
        implied = edge.type == "HAS_STAGE" and assembly.dataset.nodes.get(edge.target, {}).get("isStub")
        if writer and not implied and not (edge.key in records and edge.type != "PARTICIPATES_IN"):
            incoming = isinstance(writer[1].role, Link) and writer[1].role.incoming
            lists.setdefault((edge.target if incoming else edge.source, writer[1].name), []).append(edge)
        elif implied:
            properties.pop(POSITION, None)
    for (owner, name), listed in lists.items():
        declared = next(each for each in fields_of(assembly.metamodel.kinds[owner.label]) if each.name == name)
        listed.sort(
            key=lambda edge: (
                edges[edge].get(POSITION, float("inf")),
                assembly.title(edge.target),
                assembly.title(edge.source),
                edge,
            )
        )
        for position, edge in enumerate(listed, 1):
            edges[edge].pop(POSITION, None)
            if isinstance(declared.role, Children):
                stated_number = assembly.dataset.nodes.get(edge.target, {}).get("sequenceNumber")
                edges[edge][POSITION] = stated_number or position
            elif declared.many and len(listed) > 1:
                edges[edge][POSITION] = position


def _broken_cardinalities(assembly: Assembly) -> Iterator[Problem]:
    edges = assembly.dataset.edges.keys() | assembly.elsewhere.edges.keys()
    for row in assembly.metamodel.relationships:
        joined = [e for e in edges if e.type == row.type and row.joins(e.source.label, e.target.label)]
        ends: tuple[tuple[Bounds, tuple[str, ...], list[NodeKey], str], ...] = (
            (row.per_target, row.targets, [edge.target for edge in joined], "ends"),
            (row.per_source, row.sources, [edge.source for edge in joined], "starts"),
        )
        for bounds, labels, keys, verb in ends:
            if bounds == (0, None):
                continue
            counts = Counter(keys)
            for key in {*counts, *(key for key in assembly.dataset.nodes if key.label in labels)}:
                node = assembly.dataset.nodes.get(key)
                if node is None and not any(edge in assembly.dataset.edges for edge in joined if key in edge):
                    continue
                if (node or {}).get("isStub") and not counts[key]:
                    continue
                if counts[key] < bounds[0] or (bounds[1] is not None and counts[key] > bounds[1]):
                    yield _cardinality_problem(assembly, key, row.type, verb, counts[key], bounds)


def _cardinality_problem(  # noqa: PLR0913  # what the sentence says
    assembly: Assembly, key: NodeKey, type_: str, verb: str, count: int, bounds: Bounds
) -> Problem:
    places = [place for edge, place in assembly.places.items() if not isinstance(edge, NodeKey) and key in edge]
    place = assembly.places.get(key) or next(iter(places), Place())
    allowed = "exactly one" if bounds == (1, 1) else "at most one"
    number = "none" if count == 0 else str(count)
    message = f"{key} has {number}, where {allowed} {type_} {verb} at it."
    return place.problem("cardinality", message)
