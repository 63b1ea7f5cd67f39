"""From the records of a load to one dataset, or every problem that stands in the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphkb.model.assembly import Assembly
from graphkb.model.consistency import (
    Rival,
    broken_cardinalities,
    cyclic_hierarchies,
    doubled_experiences,
    merge_symmetric,
    number_lists,
    resembling_stubs,
)
from graphkb.model.dataset import Dataset, NodeKey
from graphkb.model.declaration import (
    KEY,
    REFERENCE_FIELDS,
    TITLE,
    Element,
    Record,
    Reference,
    RelationshipRecord,
    fields_of,
)
from graphkb.model.derivation import derive_edges, derive_gaps
from graphkb.model.encoding import edge_properties_of, stated, title_links
from graphkb.model.garbage import without_collection
from graphkb.model.metamodel import METAMODEL
from graphkb.model.names import did_you_mean
from graphkb.model.record_forms import join_record, join_stages, resolve_ends, take_up_records
from graphkb.model.relations import EVERYTHING
from graphkb.model.validation import EDGE_LIST, MAX_PROBLEMS, validate
from graphkb.model.values import kind_of_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.errors import Problem
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.validation import Nesting, Place, RawRecord


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What the records of a load mean: the dataset, and what is wrong with them."""

    dataset: Dataset
    problems: tuple[Problem, ...]
    places: dict[NodeKey, Place]
    """Where each node is stated or, for a stub, first referred to."""
    notes: tuple[str, ...] = ()
    """What may be a mistake, in sentences that name the place."""
    rivals: tuple[Rival, ...] = ()
    """Edges where there may be one only and another source has others, which the load has to decide."""


@without_collection()
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
    relationships, edges, nested = _take_up(assembly, records, strict=strict)
    if len(assembly.problems) > MAX_PROBLEMS:
        return Interpretation(assembly.dataset, tuple(dict.fromkeys(assembly.problems)), {})
    late = _within_untitled(nested, metamodel)
    _nest(assembly, (each for each in nested if each.pair not in late))
    stated_records = take_up_records(assembly, relationships)
    derive_gaps(assembly)
    # Whatever is named by an id comes first, since it may bring along the title by which others name the same element.
    for each in stated_records:
        resolve_ends(assembly, each, by_id=True)
    stated_edges = [_StatedEdge.read(assembly, raw) for raw in edges]
    for edge in stated_edges:
        edge.resolve(assembly, by_id=True)
    assembly.add_untitled()
    _nest(assembly, (each for each in nested if each.pair in late))
    assembly.resolve_pending(by_id=True)
    for each in stated_records:
        join_record(assembly, each)
    assembly.resolve_pending(by_id=False)
    for edge in stated_edges:
        edge.join(assembly)
    for each in stated_records:
        join_stages(assembly, each)
    merge_symmetric(assembly)
    number_lists(assembly, {each.record.relationship_id for each in stated_records})
    derive_edges(assembly)
    rivals: list[Rival] = []
    for found in broken_cardinalities(assembly):
        if isinstance(found, Rival):
            rivals.append(found)
        else:
            assembly.problems.append(found)
    for rule in (cyclic_hierarchies, doubled_experiences):
        assembly.problems.extend(rule(assembly))
    places = {key: place for key, place in assembly.places.items() if isinstance(key, NodeKey)}
    notes = tuple(resembling_stubs(assembly))
    return Interpretation(assembly.dataset, tuple(dict.fromkeys(assembly.problems)), places, notes, tuple(rivals))


def _take_up(
    assembly: Assembly, records: Iterable[RawRecord], *, strict: bool
) -> tuple[list[tuple[RelationshipRecord, Place]], list[RawRecord], list[_Nested]]:
    """Take up the elements of lists; return relationship records, edges stated on their own, and what is nested."""
    relationships: list[tuple[RelationshipRecord, Place]] = []
    mentions: list[tuple[Element, Place]] = []
    nested: list[_Nested] = []
    edges: list[RawRecord] = []
    for raw in records:
        if len(assembly.problems) >= MAX_PROBLEMS:
            message = "There are too many problems; the records from here on were not looked at."
            assembly.problems.append(raw.place.problem("too-many-problems", message))
            break
        record = None if raw.list_name == EDGE_LIST else _validated(assembly, raw, strict=strict)
        if raw.list_name == EDGE_LIST:
            edges.append(raw)
        elif isinstance(record, RelationshipRecord):
            relationships.append((record, raw.place))
        elif isinstance(record, Element) and raw.nesting:
            nested.append(_Nested(record, raw.place, raw.nesting))
        elif isinstance(record, Element) and raw.list_name in assembly.metamodel.stub_lists:
            mentions.append((record, raw.place))
        elif isinstance(record, Element):
            assembly.add(record, raw.place)
    for element, place in mentions:
        _mention(assembly, element, place)
    return relationships, edges, nested


@dataclass(frozen=True, slots=True)
class _Nested:
    """An element that is nested in another one, which stands elsewhere."""

    element: Element
    place: Place
    nesting: Nesting

    @property
    def pair(self) -> tuple[str, str]:
        """The kinds of the other element and of this one."""
        return self.nesting.label, self.element.label


def _within_untitled(nested: Iterable[_Nested], metamodel: Metamodel) -> set[tuple[str, str]]:
    """Return the pairs of which the first is, or may be nested in, an element that waits for its title."""
    pairs = {each.pair for each in nested}
    waiting = {label for label, kind in metamodel.kinds.items() if title_links(kind)}
    while more := {inner for outer, inner in pairs if outer in waiting} - waiting:
        waiting |= more
    return {pair for pair in pairs if pair[0] in waiting}


def _nest(assembly: Assembly, nested: Iterable[_Nested]) -> None:
    """Take up what is nested in elements that stand elsewhere, each after the element that holds it."""
    waiting = list(nested)
    positions: Counter[tuple[NodeKey, str]] = Counter()
    while waiting:
        pairs = {each.pair for each in waiting}
        ready = {pair for pair in pairs if all(other == pair or other[1] != pair[0] for other in pairs)} or pairs
        now = [each for each in waiting if each.pair in ready]
        # Where elements of a kind hold others of it, those at the top come first.
        known = [each for each in now if len(set(each.pair)) > 1 or assembly.knows(each.nesting.name, each.pair[0])]
        for each in known or now:
            nesting = each.nesting
            if owner := assembly.named(nesting.name, nesting.label, nesting.place):
                positions[owner, nesting.field.name] += 1
                assembly.add_child(owner, nesting.field, each.element, each.place, positions[owner, nesting.field.name])
        done = set(map(id, known or now))
        waiting = [each for each in waiting if id(each) not in done]


def _validated(assembly: Assembly, raw: RawRecord, *, strict: bool) -> Record | None:
    metamodel = assembly.metamodel
    kind = metamodel.lists.get(raw.list_name) or metamodel.stub_lists.get(raw.list_name)
    model = raw.nesting.field.item if raw.nesting else kind or metamodel.records[raw.list_name]
    record, problems = validate(model, raw.content, raw.place, metamodel)
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
            if isinstance(item, Record):
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


@dataclass(slots=True)
class _StatedEdge:
    """An edge stated on its own: its type, its two ends, its properties."""

    type: str
    place: Place
    ends: list[tuple[Reference, tuple[str, ...], Place]]
    properties: Any

    @classmethod
    def read(cls, assembly: Assembly, raw: RawRecord) -> _StatedEdge:
        """Read the record of an edge; what is wrong with it becomes a problem, and the edge is left out."""
        metamodel, place = assembly.metamodel, raw.place
        edge = cls("", place, [], {})
        if not isinstance(raw.content, dict) or not {"type", "from", "to"} <= raw.content.keys():
            message = "A stated relationship is an object with type, from, to and, where it has any, properties."
            assembly.problems.append(place.problem("record-shape", message))
            return edge
        for name in raw.content.keys() - {"type", "from", "to", "properties"}:
            if not name.startswith("_"):
                message = f"A relationship has no field {name!r}."
                assembly.problems.append(place.at(name).problem("unknown-field", message))
        edge.type = str(raw.content["type"])
        edge.properties = raw.content.get("properties") or {}
        rows = [row for row in metamodel.relationships if row.type == edge.type]
        if not rows:
            message = f"There is no relationship type {edge.type!r}.{did_you_mean(edge.type, metamodel.types)}"
            assembly.problems.append(place.at("type").problem("unknown-type", message))
            return edge
        for name, kinds in (("from", [row.sources for row in rows]), ("to", [row.targets for row in rows])):
            possible = tuple(dict.fromkeys(kind for group in kinds for kind in group))
            possible = tuple(metamodel.kinds) if possible == EVERYTHING else possible
            reference, problems = validate(Reference, _end(raw.content[name], metamodel), place.at(name), metamodel)
            assembly.problems.extend(problems)
            if reference:
                edge.ends.append((reference, possible, place.at(name)))
        return edge

    def resolve(self, assembly: Assembly, *, by_id: bool) -> list[NodeKey]:
        """Find the ends, or only those that are named by id and title."""
        found = (
            assembly.resolve(reference, kinds, place)
            for reference, kinds, place in self.ends
            if not by_id or (reference.id is not None and reference.title is not None)
        )
        return [end for end in found if end]

    def join(self, assembly: Assembly) -> None:
        """Draw the edge."""
        ends = self.resolve(assembly, by_id=False)
        if len(ends) < 2:  # noqa: PLR2004  # both ends of an edge
            return
        row = assembly.metamodel.relationship(self.type, ends[0].label, ends[1].label)
        if row is not None and row.record:
            message = f"{self.type} has a record form; state it in {row.record.list_name}."
            assembly.problems.append(self.place.at("type").problem("record-form", message))
            return
        carrier, place = row.properties if row else Reference, self.place.at("properties")
        for name in REFERENCE_FIELDS.intersection(self.properties) if isinstance(self.properties, dict) else ():
            assembly.problems.append(place.at(name).problem("unknown-field", f"{self.type} carries no {name!r}."))
        carried, problems = validate(carrier, self.properties, place, assembly.metamodel)
        assembly.problems.extend(problems)
        if carried:
            assembly.state(self.type, ends[0], ends[1], edge_properties_of(carried), self.place)


def _end(content: Any, metamodel: Metamodel) -> Any:
    """Return an end as the fields of a reference: text is a title, and the key of the kind is the id."""
    if isinstance(content, str):
        return {"title": content}
    if not isinstance(content, dict) or not isinstance(content.get("kind"), str):
        return content
    kind = kind_of_domain(content["kind"])
    key = metamodel.key_name(kind) if kind in metamodel.kinds else "id"
    return {"id" if name == key and "id" not in content else name: value for name, value in content.items()}
