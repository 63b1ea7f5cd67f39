"""From the records of a load to one dataset, or every problem that stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.model.assembly import Assembly
from graphkb.model.consistency import broken_cardinalities, merge_symmetric, number_lists
from graphkb.model.dataset import Dataset, NodeKey
from graphkb.model.declaration import KEY, TITLE, Element, Record, Reference, RelationshipRecord, fields_of
from graphkb.model.derivation import derive_edges, derive_gaps
from graphkb.model.encoding import edge_properties_of, stated
from graphkb.model.metamodel import METAMODEL
from graphkb.model.names import did_you_mean
from graphkb.model.record_forms import join_record, take_up_records
from graphkb.model.validation import EDGE_LIST, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.errors import Problem
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.validation import Place, RawRecord


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
    stated_records = take_up_records(assembly, relationships)
    assembly.add_untitled()
    assembly.resolve_pending(by_id=True)
    for each in stated_records:
        join_record(assembly, each)
    assembly.resolve_pending(by_id=False)
    for raw in edges:
        _add_edge(assembly, raw)
    merge_symmetric(assembly)
    number_lists(assembly, {each.record.relationship_id for each in stated_records})
    derive_edges(assembly)
    assembly.problems.extend(broken_cardinalities(assembly))
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
