"""An extended metamodel: what it leaves as it was, what it adds, and what it refuses."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # read when the kinds below are scanned
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

import pytest

from graphkb.model import capabilities, customers, journeys
from graphkb.model.declaration import Children, Element, Key, Link, Reference, Title, fields_of
from graphkb.model.edges import Ownership
from graphkb.model.governance import Owners  # noqa: TC001  # read when the kinds below are scanned
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import METAMODEL
from graphkb.model.properties import Property
from graphkb.model.relations import RelationshipKind, row
from graphkb.model.soundness import RESERVED_LABELS
from graphkb.model.validation import Place, RawRecord
from graphkb.model.values import Text, Texts  # noqa: TC001  # read when the kinds below are scanned
from graphkb.model.writing import write_document
from graphkb.sources import read_paths
from graphkb.sync.schema import LOCK, RUN

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.model.dataset import Dataset
    from graphkb.model.metamodel import Metamodel


class Partner(Element):
    """A company that owns some of what we offer."""

    list_name: ClassVar[str] = "partners"

    partner_id: Key | None = None
    title: Title | None = None
    products: Annotated[tuple[Reference, ...], Link("OWNS", ("Product",))] = ()
    org_unit_title: Owners = ()


class Capability(capabilities.Capability):
    """What the organization can do, and what it is called abroad."""

    further_names: Texts = ()


ROWS: Final = (
    row("Partner", "OWNS", "Product", "The partner answers for the product.", properties=Ownership),
    row("OrgUnit", "OWNS", "Partner", "The unit answers for the partner.", properties=Ownership),
    row("Journey", "COMPETES_FOR", "CustomerSegment", "The journey competes for the segment."),
)
EXTENDED: Final = METAMODEL.extended((Partner, Capability), ROWS)


def meaning(metamodel: Metamodel, document: dict[str, list[Any]]) -> Dataset:
    """Return what a document says, without problems."""
    records = [RawRecord(name, each, Place()) for name, listed in document.items() for each in listed]
    told = interpret(records, metamodel=metamodel)
    assert told.problems == ()
    return told.dataset


# What stays


def test_what_loads_without_an_extension_loads_the_same_with_it(example: Path) -> None:
    """Also where it adds ends to a relationship that graphkb has, and a field to a kind."""
    plain = interpret(read_paths([example]).records)
    told = interpret(read_paths([example], metamodel=EXTENDED).records, metamodel=EXTENDED)
    assert (told.problems, plain.problems) == ((), ())
    assert told.dataset == plain.dataset
    assert write_document(told.dataset, EXTENDED) == write_document(plain.dataset)


def test_the_metamodel_of_the_package_is_left_alone() -> None:
    """Extending makes a new one."""
    assert "Partner" not in METAMODEL.kinds
    assert METAMODEL.kinds["Capability"] is capabilities.Capability
    assert METAMODEL.relationship("OWNS", "Partner", "Product") is None


def test_kinds_keep_their_order_and_new_ones_come_last() -> None:
    """A class that takes the place of another takes it in the order too."""
    assert list(EXTENDED.kinds) == [*METAMODEL.kinds, "Partner"]
    assert EXTENDED.kinds["Capability"] is Capability
    assert EXTENDED.lists["capabilities"] is Capability


def test_a_field_of_graphkb_links_to_the_kinds_that_it_knows() -> None:
    """So that a title in it means what it meant; ends of an added relationship are for fields of the extension."""
    product = METAMODEL.kinds["Product"]
    (owners,) = (each for each in fields_of(product) if each.attribute == "org_unit_title")
    assert EXTENDED.link_kinds(product, owners) == ("OrgUnit",)
    assert EXTENDED.id_name(product, owners) == "orgUnitID"


def test_what_may_be_joined_to_everything_may_be_joined_to_new_kinds() -> None:
    """A row without kinds at its end means all of them."""
    data = meaning(
        EXTENDED,
        {
            "partners": [{"partnerID": "p", "title": "P"}],
            "channels": [{"channelID": "c", "title": "C", "crossDomainLinks": [{"kind": "Partner", "id": "p"}]}],
        },
    )
    assert {(edge.type, str(edge.target)) for edge in data.edges} == {("CROSS_DOMAIN", "Partner 'p'")}


# What is added


def test_what_an_extension_adds_can_be_stated_and_written() -> None:
    """A kind, a field of a kind, a relationship by a field, one by the list of relationships."""
    document: dict[str, list[Any]] = {
        "journeys": [{"journeyID": "j", "journeyTitle": "J"}],
        "customerSegments": [{"customerID": "s", "title": "S"}],
        "capabilities": [{"capabilityID": "c", "title": "C", "furtherNames": ["Können"]}],
        "products": [{"productID": "x", "title": "X"}],
        "orgUnits": [{"orgUnitID": "o", "orgUnitTitle": "O"}],
        "partners": [{"partnerID": "p", "title": "P", "products": ["X"], "orgUnitTitle": "O"}],
        "relationships": [
            {
                "type": "COMPETES_FOR",
                "from": {"kind": "Journey", "journeyID": "j"},
                "to": {"kind": "CustomerSegment", "customerID": "s"},
            }
        ],
    }
    data = meaning(EXTENDED, document)
    assert {(str(edge.source), edge.type, str(edge.target)) for edge in data.edges} == {
        ("Partner 'p'", "OWNS", "Product 'x'"),
        ("OrgUnit 'o'", "OWNS", "Partner 'p'"),
        ("Journey 'j'", "COMPETES_FOR", "CustomerSegment 's'"),
    }
    written = write_document(data, EXTENDED)
    assert {name: records for name, records in written.items() if records} == document


def test_the_order_in_which_extensions_come_does_not_matter() -> None:
    """Of several classes for one kind, the one that is a subclass of the others stands."""

    class Agency(Partner):
        """A partner that works for us."""

        label: ClassVar[str] = "Partner"
        fee: Text | None = None

    for kinds in ((Partner, Agency), (Agency, Partner)):
        assert METAMODEL.extended(kinds, ROWS).kinds["Partner"] is Agency
    assert METAMODEL.extended((Partner,), ROWS).extended((Agency,)).kinds["Partner"] is Agency


def test_an_extended_metamodel_can_be_extended() -> None:
    """Each keeps what the one before it has."""

    class Network(Element):
        """Partners that work together."""

        list_name: ClassVar[str] = "networks"
        network_id: Key | None = None
        members: Annotated[tuple[Reference, ...], Link("JOINS", incoming=True)] = ()

    wider = EXTENDED.extended((Network,), (row("Partner", "JOINS", "Network", "The partner is in the network."),))
    assert wider.relationships[: len(EXTENDED.relationships)] == EXTENDED.relationships
    assert meaning(wider, {"networks": [{"networkID": "n", "members": ["P"]}]}).edges


# What is refused


def faults(*kinds: type[Element], rows: tuple[RelationshipKind, ...] = ()) -> list[str]:
    """Return the faults of an extension."""
    with pytest.raises(TypeError, match="inconsistent") as caught:
        METAMODEL.extended(kinds, rows)
    return str(caught.value).splitlines()[1:]


def test_a_kind_that_there_is_already_is_not_replaced_by_chance() -> None:
    """Only a subclass takes its place."""

    class Market(Element):
        """Where we sell."""

        list_name: ClassVar[str] = "ourMarkets"
        market_id: Key | None = None

    (fault,) = faults(Market)
    assert fault.startswith(f"Market of graphkb.model.markets and Market of {__name__} are both called Market; make")


class JourneyStage(journeys.JourneyStage):
    """A step, and what it is called abroad."""

    further_names: Texts = ()


class Journey(journeys.Journey):
    """A way with such steps."""

    journey_stages: Annotated[tuple[JourneyStage, ...], Children("HAS_STAGE")] = ()


def test_a_kind_that_others_nest_is_replaced_together_with_them() -> None:
    """Else a nested record could not state the new field."""
    assert faults(JourneyStage) == ["Journey.journeyStages holds JourneyStage as it was; replace Journey as well"]
    both = METAMODEL.extended((JourneyStage, Journey))
    stage = {"stageID": "s", "stageName": "S", "furtherNames": ["Stufe"]}
    document = {"journeys": [{"journeyID": "j", "journeyTitle": "J", "journeyStages": [stage]}]}
    assert write_document(meaning(both, document), both) == document


@pytest.mark.parametrize("label", sorted(RESERVED_LABELS | {"My Kind", "Straße", "1st"}))
def test_a_label_that_is_taken_or_needs_quotes_is_refused(label: str) -> None:
    """Loads keep nodes of their own, and labels stand in Cypher as they are."""
    kind = type("Thing", (Partner,), {"__doc__": "A thing.", "label": label, "list_name": "things"})
    assert f"Thing cannot have the label {label!r}" in faults(kind, rows=ROWS)


def test_labels_that_loads_use_are_taken() -> None:
    """The list of them is complete."""
    assert {RUN, LOCK, "Element"} == RESERVED_LABELS


def test_a_kind_that_files_could_not_hold_is_refused() -> None:
    """It has a list, and the list a name of its own."""
    nowhere = type("Thing", (Partner,), {"__doc__": "A thing.", "label": "Thing", "list_name": ""})
    assert "Thing has no list_name, under which files hold it" in faults(nowhere)
    twice = type("Thing", (Partner,), {"__doc__": "A thing.", "label": "Thing", "list_name": "journeys"})
    assert "the list name 'journeys' is used twice" in faults(twice)
    edges = type("Thing", (Partner,), {"__doc__": "A thing.", "label": "Thing", "list_name": "relationships"})
    assert "the list name 'relationships' is used twice" in faults(edges)


def test_properties_that_loads_keep_for_themselves_are_refused() -> None:
    """Of nodes and of edges."""

    class Note(Element):
        """A note."""

        list_name: ClassVar[str] = "notes"
        note_id: Key | None = None
        sources: Texts = ()

    class Use(Reference):
        """An edge that claims to be derived."""

        is_derived: Text | None = None

    rows = (row("Note", "USES", "Note", "The note uses the other.", properties=Use),)
    found = faults(Note, rows=rows)
    assert found == ["USES uses the reserved property 'isDerived'", "Note uses the reserved property 'sources'"]


class Seen(Reference):
    """An edge with a date."""

    seen_on: dt.date | None = None


class Odd(Element):
    """A kind with values that no property can hold."""

    list_name: ClassVar[str] = "odds"

    odd_id: Key | None = None
    opened_on: dt.date | None = None
    tags: list[str] | None = None
    pairs: tuple[tuple[str, ...], ...] = ()
    anything: Annotated[Any, Property("thing")] = None


def test_values_that_no_property_can_hold_are_refused() -> None:
    """Dates are text, lists are tuples; both for kinds and for edges."""
    found = faults(Odd, rows=(row("Odd", "SAW", "Odd", "The one saw the other.", properties=Seen),))
    named = {each.partition(" is a property, which holds text")[0] for each in found}
    assert named == {"Odd.openedOn", "Odd.tags", "Odd.pairs", "Odd.anything", "Seen.seenOn"}


def test_a_relationship_that_there_is_already_is_refused() -> None:
    """It would never be read."""
    rows = (row("OrgUnit", "OWNS", "Journey Persona", "The unit has it."), row("Journey", "GOES TO", "Journey", "So."))
    assert faults(rows=rows) == [
        "two rows have OWNS from OrgUnit to Journey",
        "two rows have OWNS from OrgUnit to Persona",
        "a relationship cannot have the type 'GOES TO'",
    ]


def test_a_kind_that_loses_what_a_relationship_needs_is_refused() -> None:
    """The guard over the table of the package holds for what takes the place of its kinds."""

    class Persona(customers.Persona):
        """A persona that stands for nobody."""

        customer_segment_id: Text | None = None  # type: ignore[assignment]  # the point of the test

    assert "no field writes REPRESENTS from Persona to CustomerSegment" in faults(Persona)
