"""The metamodel: what every kind and relationship kind must have, and the faults that it finds in itself."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Final

import pytest

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.model.declaration import (
    Children,
    Description,
    Element,
    End,
    Flattened,
    Group,
    Key,
    Link,
    Reference,
    Title,
    fields_of,
    key_field,
)
from graphkb.model.metamodel import BOOKKEEPING, METAMODEL, RESERVED, Metamodel, graph_names, stub_list_name
from graphkb.model.properties import Property
from graphkb.model.relations import EVERYTHING, EXACTLY_ONE, RelationshipKind
from graphkb.model.values import Score, Text  # noqa: TC001  # read when the kinds below are scanned
from graphkb.model.writing import write_document
from tests.model.reading import meaning
from tests.model.samples import SAMPLES, sample

KINDS: Final = pytest.mark.parametrize("label", METAMODEL.kinds)
TRIPLES: Final = tuple(
    (row, source, target)
    for row in METAMODEL.relationships
    for source in row.sources
    for target in (METAMODEL.kinds if row.targets == EVERYTHING else row.targets)
    if row.joins(source, target)
)
"""Every pair of kinds that a relationship kind may join."""


def _id(value: Any) -> str:
    return value.type if isinstance(value, RelationshipKind) else str(value)


# Kinds


@KINDS
def test_a_kind_is_defined_by_one_sentence(label: str) -> None:
    """The docstring of a kind is its public definition: one sentence, without line breaks."""
    definition = METAMODEL.kinds[label].__doc__ or ""
    assert re.fullmatch(r"[A-Z][^.\n]+\.", definition), f"define {label} by one sentence in its docstring"


@KINDS
def test_a_kind_has_a_key_and_names_of_its_lists(label: str) -> None:
    """Every kind has a key, a list for its records and a list for elements that are only referred to."""
    kind = METAMODEL.kinds[label]
    key = key_field(kind)
    assert key is not None, f"declare a Key in {label}"
    assert key.name.lower().endswith("id")
    assert METAMODEL.lists[kind.list_name] is kind
    assert METAMODEL.stub_lists[stub_list_name(kind)] is kind
    assert stub_list_name(kind).startswith("referenced")


@KINDS
def test_a_kind_has_a_sample_record_that_comes_back_as_it_was(label: str) -> None:
    """Every kind has a sample in ``samples.py``, which states an element of it and is written again unchanged."""
    assert label in SAMPLES, f"add the smallest record of {label} to tests/model/samples.py"
    document = sample(label, 1)
    data = meaning(document)
    assert NodeKey(label, f"{label}-1") in data.nodes
    assert write_document(data) == document


def test_samples_are_of_kinds_that_exist() -> None:
    """No sample outlives its kind."""
    assert SAMPLES.keys() == METAMODEL.kinds.keys()


@KINDS
def test_properties_of_a_kind_keep_clear_of_names_that_are_taken(label: str) -> None:
    """No field becomes a property that stores or loads keep for themselves, or that marks how a node came about."""
    used = {name for field in fields_of(METAMODEL.kinds[label]) for name in graph_names(field)}
    assert not used & (RESERVED | BOOKKEEPING | {"isStub", "isDerived", "derivedFrom"})


# Relationship kinds


@pytest.mark.parametrize(
    "row", METAMODEL.relationships, ids=lambda row: f"{'-'.join(row.sources)}-{row.type}-{'-'.join(row.targets)}"
)
def test_a_relationship_kind_reads_as_a_sentence_between_kinds_that_exist(row: RelationshipKind) -> None:
    """Every row has ends among the kinds, a type in capitals, and a sentence that says what an edge means."""
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", row.type)
    assert set(row.sources) <= METAMODEL.labels
    assert set(row.targets) <= METAMODEL.labels or row.targets == EVERYTHING
    assert re.fullmatch(r"[A-Z][^.]+ [^.]+\.", row.reads), f"say in one sentence what {row.type} means"
    for model in (row.properties, row.record):
        assert model is None or re.match(r"[A-Z].+\.", model.__doc__ or "")


@pytest.mark.parametrize(("row", "source", "target"), TRIPLES, ids=_id)
def test_an_edge_of_every_relationship_kind_can_be_stated_and_written(
    row: RelationshipKind, source: str, target: str
) -> None:
    """Between each pair of kinds that the table joins, an edge can be stated, and is written again."""
    ends = NodeKey(source, f"{source}-1"), NodeKey(target, f"{target}-2")
    if EXACTLY_ONE in (row.per_source, row.per_target):
        document = sample(target if row.per_target == EXACTLY_ONE else source, 1)
        if len(row.targets) > 1:
            field = METAMODEL.writers(row.type, source, target)[0][1]
            document[METAMODEL.kinds[source].list_name][0][field.name] = {"id": ends[1].id, "kind": target}
        data = meaning(document, sample(target, 2))
        stated = {(edge.source.label, edge.type, edge.target.label) for edge in data.edges}
        assert (source, row.type, target) in stated
        assert meaning(write_document(data)) == data
        return
    stated_by: dict[str, Any] = _record(row, *ends) if row.record else _edge(row, *ends)
    data = meaning(sample(source, 1), sample(target, 2), stated_by)
    key = EdgeKey(row.type, *ends, key="R-1" if row.record else "")
    assert key in data.edges
    assert meaning(write_document(data)) == data


def _record(row: RelationshipKind, source: NodeKey, target: NodeKey) -> dict[str, Any]:
    assert row.record
    titles = meaning(sample(source.label, 1), sample(target.label, 2))
    record = {"relationshipID": "R-1"}
    for field in fields_of(row.record):
        if isinstance(field.role, End):
            end = source if field.role.end == "source" else target
            record[field.name] = end.id if field.name.endswith("ID") else titles.title(end)
            if field.role.kind_from:
                record["offeringType"] = end.label.lower()
    return {row.record.list_name: [record]}


def _edge(row: RelationshipKind, source: NodeKey, target: NodeKey) -> dict[str, Any]:
    ends = {name: {"kind": end.label, "id": end.id} for name, end in (("from", source), ("to", target))}
    return {"relationships": [{"type": row.type} | ends]}


# Faults that the metamodel finds in itself when it is built


class Shelf(Element):
    """A board that carries books."""

    list_name: ClassVar[str] = "shelves"

    shelf_id: Key | None = None
    shelf_name: Title | None = None
    books: Annotated[tuple[Reference, ...], Link("CARRIES")] = ()


class Book(Element):
    """Something to read."""

    list_name: ClassVar[str] = "books"

    book_id: Key | None = None
    title: Title | None = None


CARRIES: Final = RelationshipKind(
    type="CARRIES", sources=("Shelf",), targets=("Book",), reads="The book stands on the shelf."
)


def test_a_sound_metamodel_builds() -> None:
    """Two kinds and a relationship kind that a field writes are sound."""
    sound = Metamodel((Shelf, Book), (CARRIES,))
    assert sound.labels == {"Shelf", "Book"}


def _faults(*kinds: type[Element], rows: tuple[RelationshipKind, ...] = ()) -> str:
    with pytest.raises(TypeError, match="inconsistent") as caught:
        Metamodel(kinds, rows)
    return str(caught.value)


def test_two_fields_with_one_property_are_a_fault() -> None:
    """A property has one field, so that it can be written back."""

    class Board(Element):
        """A board."""

        board_id: Key | None = None
        text: Description | None = None
        remark: Annotated[Text | None, Property("description")] = None

    assert "Board uses the property 'description' twice" in _faults(Board)


def test_a_reserved_property_is_a_fault() -> None:
    """Names that a store computes are not free."""

    class Board(Element):
        """A board."""

        board_id: Key | None = None
        label_text: Annotated[Text | None, Property("label")] = None

    assert "Board uses the reserved property 'label'" in _faults(Board)


def test_a_kind_without_a_definition_is_a_fault() -> None:
    """A kind says what it is."""

    class Board(Element):
        board_id: Key | None = None

    Board.__doc__ = ""
    assert "Board has no definition" in _faults(Board)


def test_a_kind_without_a_key_is_a_fault() -> None:
    """A kind with a list has an id."""

    class Board(Element):
        """A board."""

        list_name: ClassVar[str] = "boards"
        title: Title | None = None

    assert "Board has no key" in _faults(Board)


def test_a_list_name_that_is_used_twice_is_a_fault() -> None:
    """A list name names one kind."""

    class Board(Element):
        """A board."""

        list_name: ClassVar[str] = "books"
        board_id: Key | None = None

    class Cover(Element):
        """What protects a book."""

        list_name: ClassVar[str] = "covers"
        stub_list_name: ClassVar[str] = "books"
        cover_id: Key | None = None

    assert "the list name 'books' is used twice" in _faults(Board, Cover)


def test_an_unknown_kind_in_the_relationship_table_is_a_fault() -> None:
    """Both ends of a relationship kind exist."""
    assert "CARRIES names the unknown kind Book" in _faults(Shelf, rows=(CARRIES,))


def test_a_link_without_a_row_is_a_fault() -> None:
    """A link field has a relationship kind."""
    assert "Shelf.books: no row of the relationship table has CARRIES here" in _faults(Shelf, Book)


def test_a_link_to_a_kind_that_the_table_does_not_join_is_a_fault() -> None:
    """The kinds of a link field are among those of the relationship kind."""

    class Rack(Element):
        """A frame for shelves."""

        list_name: ClassVar[str] = "racks"
        rack_id: Key | None = None
        carried: Annotated[tuple[Reference, ...], Link("CARRIES", ("Shelf",))] = ()

    assert "Rack.carried: there is no CARRIES from Rack to Shelf" in _faults(Rack, Shelf, Book, rows=(CARRIES,))


class Slot(Reference):
    """A place on the shelf."""

    place: Score | None = None


def test_a_link_that_declares_more_than_its_edges_carry_is_a_fault() -> None:
    """The properties of a link item are among those of the relationship kind."""

    class Shelf(Element):
        """A board that carries books."""

        list_name: ClassVar[str] = "shelves"
        shelf_id: Key | None = None
        books: Annotated[tuple[Slot, ...], Link("CARRIES")] = ()

    found = _faults(Shelf, Book, rows=(CARRIES,))
    assert "Shelf.books: CARRIES does not carry what Slot declares" in found


def test_children_that_cannot_state_a_property_of_their_edge_are_a_fault() -> None:
    """A nested record has a field for each property of the edge to it."""

    class Shelf(Element):
        """A board that carries books."""

        list_name: ClassVar[str] = "shelves"
        shelf_id: Key | None = None
        books: Annotated[tuple[Book, ...], Children("CARRIES")] = ()

    row = RelationshipKind(type="CARRIES", sources=("Shelf",), targets=("Book",), reads=CARRIES.reads, properties=Slot)
    assert "Shelf.books: Book has no field for place of the edge" in _faults(Shelf, Book, rows=(row,))


def test_a_relationship_that_no_field_writes_is_a_fault() -> None:
    """Every relationship kind can be stated in the record of one of its ends."""
    row = RelationshipKind(type="QUOTES", sources=("Book",), targets=("Book",), reads="The book quotes the other.")
    found = _faults(Shelf, Book, rows=(CARRIES, row))
    assert "no field writes QUOTES from Book to Book" in found


def test_all_faults_are_named_at_once() -> None:
    """One building tells every fault."""
    row = RelationshipKind(type="QUOTES", sources=("Book",), targets=("Page",), reads="The book quotes the page.")
    found = _faults(Shelf, Book, rows=(row,))
    assert {"QUOTES names the unknown kind Page", "Shelf.books: no row of the relationship table has CARRIES here"} <= {
        *found.splitlines()
    }


def test_two_roles_in_an_annotation_are_a_fault() -> None:
    """A field becomes one thing."""

    class Board(Element):
        """A board."""

        text: Annotated[Title | None, Property("text")] = None

    with pytest.raises(TypeError, match=r"Board\.text has two roles"):
        fields_of(Board)


def test_two_roles_are_found_through_unions() -> None:
    """A role inside a union counts as one outside of it."""

    class Board(Element):
        """A board."""

        text: Annotated[Annotated[Text, Property("a")] | None, Property("b")] = None

    with pytest.raises(TypeError, match=r"Board\.text has two roles"):
        fields_of(Board)


def test_an_object_without_a_role_is_a_fault() -> None:
    """A field that holds a record says what it becomes."""

    class Board(Element):
        """A board."""

        book: Book | None = None

    with pytest.raises(TypeError, match=r"Board\.book holds Book but does not say what it becomes"):
        fields_of(Board)


class Corner(Group):
    """A place in a room."""

    books: Annotated[tuple[Reference, ...], Link("CARRIES")] = ()


def test_a_group_with_links_is_a_fault() -> None:
    """A flattened group holds properties only."""

    class Board(Element):
        """A board."""

        corner: Annotated[Corner | None, Flattened("corner")] = None

    with pytest.raises(TypeError, match="books: a group holds properties only"):
        Metamodel((Board,), ())
