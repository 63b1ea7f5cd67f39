"""Relationship records on their way into a dataset: what is nested in them first, then their ends and edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkb.model.dataset import NodeKey
from graphkb.model.declaration import KEY, STAGE_PAIRS, TITLE, Element, End, Field, Reference, Reified, fields_of
from graphkb.model.encoding import edge_properties_of, is_mention, properties_of, stated
from graphkb.model.metamodel import POSITION, STATED_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.model.assembly import Assembly
    from graphkb.model.declaration import Record, RelationshipRecord
    from graphkb.model.validation import Place


@dataclass(frozen=True, slots=True)
class _Nested:
    """An element nested in a relationship record."""

    field: Field
    item: Element
    key: NodeKey | None
    """None for one that is only mentioned by its id, which may be defined in a record that comes later."""
    place: Place
    position: int | None


@dataclass(frozen=True, slots=True)
class StatedRecord:
    """A relationship record whose nested elements are taken up, but whose ends are not resolved."""

    record: RelationshipRecord
    place: Place
    nested: tuple[_Nested, ...]


def take_up_records(assembly: Assembly, records: Iterable[tuple[RelationshipRecord, Place]]) -> list[StatedRecord]:
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
        assembly.record_ids.add(record.relationship_id)
        nested = (
            _take_up(assembly, record, each, item, index, place)
            for each in assembly.metamodel.reified(type(record))
            for index, item in _items(each, getattr(record, each.attribute))
        )
        taken.append(StatedRecord(record, place, tuple(each for each in nested if each)))
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
    if index is None:
        key = NodeKey(item.label, role.id_prefix + record.relationship_id)
        target = next(getattr(record, each.attribute) for each in _ends(record) if not each.name.endswith("ID"))
        title = stated(item, TITLE) or item.title_from[0].format(target=target)
        return _Nested(declared, item, key, here, None) if assembly.register(item, key, title, here) else None
    if is_mention(item):
        return _Nested(declared, item, None, here, index + 1)
    added = assembly.add(item, here, NodeKey(type(record).__name__, record.relationship_id))
    return _Nested(declared, item, added, here, index + 1) if added else None


def join_record(assembly: Assembly, told: StatedRecord) -> None:
    """Resolve the ends of a record and draw its edges."""
    record, place = told.record, told.place
    source, target = resolve_ends(assembly, told)
    if source is None or target is None:
        return
    title = next(getattr(record, each.attribute) for each in _ends(record) if not each.name.endswith("ID"))
    carried = {"relationshipID": record.relationship_id} | properties_of(record) | {STATED_TITLE: title}
    theirs = assembly.records_elsewhere.get(record.relationship_id)
    if theirs and theirs[:3] != (type(record).type, source, target):
        message = f"The relationshipID {record.relationship_id!r} is that of {theirs} in another source; give another."
        assembly.problems.append(place.problem("duplicate-id", message))
        return
    assembly.join(type(record).type, source, target, carried, place)
    for nested in told.nested:
        _join_nested(assembly, record, nested, source, target)


def join_stages(assembly: Assembly, told: StatedRecord) -> None:
    """Draw the edges between the stages that a record pairs, once all stages of its ends are known."""
    record, place = told.record, told.place
    pairs = [each for each in fields_of(type(record)) if each.role is STAGE_PAIRS]
    if not pairs:
        return
    source, target = resolve_ends(assembly, told)
    if source is None or target is None:
        return
    for each in pairs:
        for index, pair in enumerate(getattr(record, each.attribute)):
            _join_stages(assembly, pair, (source, target), place.at(each.name, index), record.relationship_id, index)


def resolve_ends(
    assembly: Assembly, told: StatedRecord, *, by_id: bool = False
) -> tuple[NodeKey | None, NodeKey | None]:
    """Find the source and the target of a record; ``by_id`` only those that are named by an id."""
    return _end(assembly, told, "source", by_id=by_id), _end(assembly, told, "target", by_id=by_id)


def _ends(record: RelationshipRecord) -> list[Field]:
    return [each for each in fields_of(type(record)) if isinstance(each.role, End)]


def _end(assembly: Assembly, told: StatedRecord, end: str, *, by_id: bool) -> NodeKey | None:
    record, here = told.record, told.place
    named: dict[str, Any] = {}
    kinds: tuple[str, ...] = ()
    for each in _ends(record):
        role = each.role
        if isinstance(role, End) and role.end == end:
            kinds = (str(getattr(record, role.kind_from)).capitalize(),) if role.kind_from else role.kinds
            here = told.place.at(each.name) if here is told.place else here
            named["id" if each.name.endswith("ID") else "title"] = getattr(record, each.attribute)
    if by_id and named.get("id") is None:
        return None
    return assembly.resolve(Reference(**named), kinds, here)


def _join_nested(
    assembly: Assembly, record: RelationshipRecord, nested: _Nested, source: NodeKey, target: NodeKey
) -> None:
    role = nested.field.role
    key = nested.key or assembly.nested(nested.item.label, str(stated(nested.item, KEY)), nested.place)
    ends = {"source": source, "target": target}
    segment = next((end.id for end in ends.values() if end.label == "CustomerSegment"), None)
    told = {"relationshipID": record.relationship_id, "forSegmentID": segment, POSITION: nested.position}
    for spoke in role.spokes if isinstance(role, Reified) else ():
        start, end = (key, ends[spoke.end]) if spoke.outgoing else (ends[spoke.end], key)
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
