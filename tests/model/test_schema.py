"""The metamodel described: a meaning for every field, as values for programs and as a page for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pytest

from graphkb.model.declaration import Element, Key, Title, fields_of
from graphkb.model.json_schema import json_schema
from graphkb.model.meanings import definition_of, meaning_of
from graphkb.model.metamodel import METAMODEL
from graphkb.model.schema import schema_dict, without_nested
from graphkb.model.schema_page import MOST_BOXES, schema_page, schema_text
from tests.support.generated import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.declaration import Record

MODELS: Final = tuple(
    dict.fromkeys(
        model
        for owner in (*METAMODEL.lists.values(), *METAMODEL.records.values(), *METAMODEL.forms)
        for model in (owner, *(field.item for field in fields_of(owner) if field.item))
    )
    | dict.fromkeys(row.properties for row in METAMODEL.relationships)
)
"""Every model that a record or an edge is made of."""


# Meanings


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_meaning(model: type[Record]) -> None:
    """Under the declaration of each field stands one short sentence or phrase that says what it means."""
    meanings = {field.attribute: meaning_of(model, field.attribute) for field in fields_of(model)}
    unsaid = [name for name, meaning in meanings.items() if not meaning]
    assert not unsaid, f"say in a docstring under each what they mean: {unsaid} of {model.__module__}.{model.__name__}"
    wrong = [each for each in meanings.values() if not re.fullmatch(r"[A-Z`].{,117}[^.\s]\.", each)]
    assert not wrong, f"start with a capital, end with a period, and keep to one line: {wrong}"


class Shelf(Element):
    """A board that carries books.

    Not part of the definition.
    """

    list_name: ClassVar[str] = "shelves"

    shelf_id: Key | None = None
    """Id of the
    shelf."""
    shelf_name: Title | None = None


class GlassShelf(Shelf):
    """A shelf of glass."""

    shelf_name: Title | None = None
    """Name cut into the glass."""


def test_a_meaning_is_what_stands_under_the_nearest_declaration() -> None:
    """A subclass has the meanings of its bases, and its own where it declares a field anew."""
    assert meaning_of(Shelf, "shelf_id") == meaning_of(GlassShelf, "shelf_id") == "Id of the shelf."
    assert meaning_of(Shelf, "shelf_name") == ""
    assert meaning_of(GlassShelf, "shelf_name") == "Name cut into the glass."
    assert definition_of(Shelf) == "A board that carries books."


# Values for programs


def _kind(label: str) -> dict[str, dict[str, Any]]:
    kind = next(each for each in schema_dict()["kinds"] if each["label"] == label)
    return {field["name"]: field for field in kind["fields"]}


def test_no_name_is_told_twice() -> None:
    """Each field of a kind or record has a name of its own, nested ones behind the names of what holds them."""
    schema = schema_dict()
    for model in (*schema["kinds"], *schema["records"]):
        names = [field["name"] for field in model["fields"]]
        assert len(names) == len(set(names))
        assert {name.rpartition(".")[0] for name in names} <= {"", *names}


def test_what_stands_in_the_items_of_a_field_has_dotted_names() -> None:
    """The id, the kind and the title of a link, what its edge carries, the fields of a group and of a nested form."""
    segment = _kind("CustomerSegment")
    becomes = {name: segment[name]["becomes"] for name in segment if "." in name}
    assert becomes["dependencies.entityID"] == "id"
    assert becomes["dependencies.domainType"] == "kind"
    assert becomes["dependencies.title"] == "title"
    assert becomes["dependencies.dependencyType"] == "edge property"
    assert segment["customerLifetimeValue.currency"]["graphName"] == ["clvCurrency"]
    assert segment["performanceIndicators.unit"]["graphName"] == ["unit"]
    assert "relatedCustomerSegments.kind" not in segment
    assert not any(name.startswith("journeyStages.") for name in _kind("Journey"))


def test_limits_of_values_are_told() -> None:
    """A closed list and a range are given as values, and only those that say something."""
    stage, experience = _kind("JourneyStage"), _kind("StageExperience")
    assert stage["relevantCapabilities.importanceLevel"]["range"] == [1, 5]
    assert experience["sentimentScore"]["range"] == [-1, 1]
    assert _kind("CustomerSegment")["segmentSize"]["range"] == [0, None]
    assert _kind("Capability")["maturityLevel"]["range"] == [1, 5]
    assert _kind("Capability")["criticality"]["values"] == ["Critical", "High", "Medium", "Low"]
    assert not {"range", "values"} & {*stage["sequenceNumber"], *stage["stageName"]}


def test_what_cannot_be_left_out_is_required() -> None:
    """The ends of a record, and the links of which a missing title is made, are required too."""
    record = next(each for each in schema_dict()["records"] if each["type"] == "CONSUMES")
    required = {field["name"] for field in record["fields"] if field["required"]}
    assert required == {"relationshipID", "customerSegmentID", "offeringType", "title", "relationshipType"}
    assert _kind("StageExperience")["personaID"]["required"]


def test_an_edge_that_stands_in_a_list_carries_its_place() -> None:
    """Relationships that lists write have a number, those of single fields have none."""
    carried = {
        (row["type"], *row["from"]): [each["name"] for each in row["properties"]]
        for row in schema_dict()["relationships"]
    }
    assert carried["HAS_STAGE", "Journey"] == ["sequenceNumber"]
    assert carried["HAS_STEP", "HappyPath"] == ["sequenceNumber", "isSuccess"]
    assert carried["REPRESENTS", "Persona"] == []


# The page for people


def _pictures() -> Iterator[list[str]]:
    for picture in re.findall(r"```mermaid\n(.*?)```", schema_page(), re.DOTALL):
        yield picture.splitlines()


def test_every_kind_is_a_box_of_one_picture_and_no_picture_is_crowded() -> None:
    """A picture shows the kinds of one module, with neighbors drawn otherwise, and can be taken in."""
    own = []
    for first, *lines in _pictures():
        assert first == "flowchart LR"
        boxes = [found[1] for line in lines if (found := re.fullmatch(r'  (\w+)(?:\["[\w ]+"\])?', line))]
        arrows = [found for line in lines if (found := re.fullmatch(r"  (\w+) -->\|[A-Z_, ]+\| (\w+)", line))]
        neighbors = {name for line in lines if line.startswith("  class ") for name in line.split()[1].split(",")}
        rest = len(lines) - len(boxes) - len(arrows)
        assert len(boxes) <= MOST_BOXES
        assert {end for arrow in arrows for end in arrow.groups()} <= {*boxes}
        assert neighbors <= {*boxes}
        assert rest == (2 if neighbors else 0)
        own += [box for box in boxes if box not in neighbors]
    assert sorted(own) == sorted(METAMODEL.kinds)


def test_every_relationship_of_a_kind_is_drawn_or_named_beside_the_picture() -> None:
    """What does not fit into the pictures stands under them in words."""
    page = schema_page()
    drawn = {each for types in re.findall(r"-->\|(.*?)\|", page) for each in types.split(", ")}
    named = set(re.findall(r"`([A-Z_]+)`", "".join(re.findall(r"^Beyond.*$", page, re.MULTILINE))))
    assert drawn | named == METAMODEL.types


def test_the_page_says_what_every_field_means() -> None:
    """The definition of every kind and record and the meaning of every field stand in the page."""
    page, schema = schema_page(), schema_dict()
    for model in (*schema["kinds"], *schema["records"]):
        assert model["definition"] in page
        for field in model["fields"]:
            if "." not in field["name"]:
                assert f"| `{field['name']}` |" in page
                assert f"| {field['meaning']} |" in page
    for row in schema["relationships"]:
        assert f"| {row['reads']} |" in page


def test_the_page_names_its_license() -> None:
    """Names follow a model under a license that wants to be named; the notice is where the page says."""
    assert "[NOTICE](../NOTICE)" in schema_page()
    assert (ROOT / "NOTICE").is_file()


def test_tables_have_as_many_cells_as_columns() -> None:
    """No value breaks a table."""
    for line in schema_page().splitlines():
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)\|", line)) - 1
            assert cells in {5, 7}


def test_the_lines_for_a_terminal_hold_every_field() -> None:
    """Each kind and record with its list and definition, its fields below it, and the relationships at the end."""
    lines, schema = schema_text().splitlines(), schema_dict()
    for name, models in (("label", schema["kinds"]), ("type", schema["records"])):
        for model in models:
            start = lines.index(f"{model[name]}, list {model['list']}: {model['definition']}") + 1
            told = [line.split()[0] for line in lines[start : lines.index("", start)]]
            assert told == [field["name"] for field in without_nested(model["fields"])]
    assert len(lines) - lines.index("relationships") - 1 == len(METAMODEL.relationships)
    assert "  CapabilityGap GAP_IN Capability" in lines


def test_a_kind_of_an_extension_is_described_like_all_others() -> None:
    """Values, page, lines and JSON Schema follow the metamodel that they are asked for."""
    extended = METAMODEL.extended((Shelf,))
    shelf = next(kind for kind in schema_dict(extended)["kinds"] if kind["label"] == "Shelf")
    assert [field["meaning"] for field in shelf["fields"]] == ["Id of the shelf.", ""]
    assert "\n### Shelf\n\nA board that carries books. List `shelves`, key `shelfID`.\n" in schema_page(extended)
    assert "Shelf, list shelves: A board that carries books." in schema_text(extended).splitlines()
    schema = json_schema(extended)
    assert schema["properties"]["shelves"]["items"] == {"$ref": "#/$defs/Shelf"}
    assert set(schema["$defs"]["Shelf"]["properties"]) == {"shelfID", "shelfName"}
    assert schema_page() != schema_page(extended)
