"""Files that nobody on the project wrote, read by mappings: everything in them arrives, or is told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.model.dataset import NodeKey
from graphkb.model.interpretation import interpret
from graphkb.model.writing import write_document
from graphkb.sources import read_paths
from graphkb.sources.files import read_file
from graphkb.sources.guess import guess_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.dataset import Dataset

MAPPINGS: Final = Path(__file__).resolve().parent.parent / "mappings"
TABLES: Final = (
    "bian/bian14_service_domains.csv",
    "cadmiumkitty/ai_model_risk_management_capabilities.csv",
    "cadmiumkitty/information_security_capabilities.csv",
    "cadmiumkitty/investment_management_capabilities.csv",
    "waltz-jobs/CAPABILITY.tsv",
    "waltz-jobs/PRODUCT.tsv",
    "waltz-jobs/businesses.csv",
    "waltz-jobs/org-units.csv",
    "waltz-jobs/products-flat.csv",
)


def load(path: Path, mapping: Path) -> tuple[Dataset, list[str]]:
    """Return what files mean by a mapping, without problems and stubs, and the notes about what is in them."""
    found = read_paths([path], mapping=mapping)
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    assert not any(properties.get("isStub") for properties in told.dataset.nodes.values())
    return told.dataset, [note for note in found.notes if "takes no file" not in note]


def counts(data: Dataset) -> Mapping[str, int]:
    """Return how many nodes there are of each kind and edges of each type."""
    return Counter([*(each.label for each in data.nodes), *(each.type for each in data.edges)])


@pytest.mark.parametrize(
    ("mapping", "file", "expected"),
    [
        ("waltz", "waltz-jobs/CAPABILITY.tsv", {"Capability": 41, "PARENT_OF": 35}),
        ("waltz", "waltz-jobs/org-units.csv", {"OrgUnit": 30, "PARENT_OF": 29}),
        ("waltz", "waltz-jobs/businesses.csv", {"OrgUnit": 4}),
        ("waltz", "waltz-jobs/PRODUCT.tsv", {"Product": 36, "RELATED_TO": 31}),
        ("waltz", "waltz-jobs/products-flat.csv", {"Product": 28}),
        ("bian", "bian/bian14_service_domains.csv", {"Capability": 258}),
        (
            "cadmiumkitty",
            "cadmiumkitty/ai_model_risk_management_capabilities.csv",
            {"Capability": 15, "PARENT_OF": 14},
        ),
        ("cadmiumkitty", "cadmiumkitty/information_security_capabilities.csv", {"Capability": 10, "PARENT_OF": 9}),
        ("cadmiumkitty", "cadmiumkitty/investment_management_capabilities.csv", {"Capability": 50, "PARENT_OF": 49}),
        ("cadmiumkitty", "cadmiumkitty", {"Capability": 75, "PARENT_OF": 72}),
    ],
)
def test_tables_of_capabilities_units_and_products_arrive_whole(
    data: Path, mapping: str, file: str, expected: dict[str, int]
) -> None:
    """Each row is an element, each parent an edge, and no column is left over; only the flat products repeat three."""
    dataset, notes = load(data / "capabilities" / file, MAPPINGS / f"{mapping}.yaml")
    assert counts(dataset) == expected
    assert [note.partition(": ")[2] for note in notes] == ["3 rows said the same as an earlier one."] * ("flat" in file)


def test_a_parent_is_the_one_that_the_table_names(data: Path) -> None:
    """Two rows of the tree, read by eye."""
    dataset, _ = load(data / "capabilities" / "waltz-jobs" / "CAPABILITY.tsv", MAPPINGS / "waltz.yaml")
    parents = {edge.target.id: edge.source.id for edge in dataset.edges}
    assert (parents["2300"], parents["3210"], "3000" in parents) == ("2000", "3200", False)
    assert dataset.title(NodeKey("Capability", "2300")) == "Balance Services"


def test_a_step_by_step_guide_is_a_journey(data: Path) -> None:
    """Seven stages in order, with the 22 tasks of the page as their touchpoints."""
    dataset, notes = load(data / "journeys" / "govuk", MAPPINGS / "govuk-journey.yaml")
    assert notes == []
    assert counts(dataset) == {
        "Journey": 1, "JourneyStage": 7, "Touchpoint": 22, "HAS_STAGE": 7, "HAS_TOUCHPOINT": 22,
    }  # fmt: skip
    stages = sorted(
        (properties["sequenceNumber"], properties["title"])
        for key, properties in dataset.nodes.items()
        if key.label == "JourneyStage"
    )
    assert stages[0] == (1, "Check you're allowed to drive")
    assert stages[6] == (7, "When you pass")
    fee = dataset.nodes[NodeKey("Touchpoint", "/book-driving-test")]
    assert (fee["title"], fee["description"]) == ("Book your driving test", "£62")


def test_pages_of_personas_are_personas(data: Path) -> None:
    """Seven, each with its description, its work, its condition and how it uses technology."""
    dataset, notes = load(data / "personas" / "govuk-accessibility", MAPPINGS / "govuk-personas.yaml")
    assert notes == []
    assert counts(dataset) == {"Persona": 7}
    ron = dataset.nodes[NodeKey("Persona", "ron-older-user-with-multiple-conditions")]
    assert ron["title"] == "Ron, older user with multiple conditions"
    assert ron["demoOccupation"] == "82 years old, retired"
    assert ron["behaviors"] == ["does not use any assistive technology"]
    assert all(
        {"description", "demoOccupation", "limitations", "behaviors"} <= each.keys() for each in dataset.nodes.values()
    )


@pytest.mark.parametrize(
    ("model", "capabilities", "rows", "relations"),
    [("Knuts_models_CC0", 22, 168, 147), ("WildRiverControl_MIT", 6, 561, 853)],
)
def test_what_a_mapping_does_not_take_of_a_model_is_counted(  # noqa: PLR0913  # the counts of a model
    data: Path, tmp_path: Path, model: str, capabilities: int, rows: int, relations: int
) -> None:
    """The capabilities of an architecture model arrive; other elements and all relations are told."""
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "[{files: model.json, kind: Capability, rows: 'elements[]', only: {type: Capability},"
        " fields: {capabilityID: id, title: name}, ignore: layer}]",
        encoding="utf-8",
    )
    dataset, notes = load(data / "archimate" / "eamodelset" / model / "model.json", mapping)
    assert counts(dataset) == {"Capability": capabilities}
    assert f"{rows - capabilities} of {rows} rows of elements[] are taken by no entry of the mapping." in notes[0]
    assert f"'relationships[].sourceId' ({relations} values)" in notes[1]


@pytest.mark.parametrize("file", TABLES)
def test_a_guessed_mapping_loads(data: Path, tmp_path: Path, file: str) -> None:
    """What is proposed for a table gives elements and the same edges as the mapping made by hand, without problems."""
    path = data / "capabilities" / file
    mapping = tmp_path / "map.yaml"
    mapping.write_text(guess_mapping(read_file(path)), encoding="utf-8")
    dataset, _ = load(path, mapping)
    by_hand = MAPPINGS / f"{file.partition('/')[0].removesuffix('-jobs')}.yaml"
    expected, _ = load(path, by_hand)
    assert len(dataset.nodes) == len(expected.nodes)
    parents = {(each.source.id, each.target.id) for each in expected.edges if each.type == "PARENT_OF"}
    prefixed = {(each.source.id, each.target.id) for each in dataset.edges if each.type == "PARENT_OF"}
    prefix = "unit-" if file.endswith("org-units.csv") else ""
    assert {(f"{prefix}{source}", f"{prefix}{target}") for source, target in prefixed} == parents


def leaves_of(value: Any) -> Counter[str]:
    """Return the single values at any depth; numbers as they compare."""
    if isinstance(value, dict):
        return sum(map(leaves_of, value.values()), Counter())
    if isinstance(value, list):
        return sum(map(leaves_of, value), Counter())
    return Counter([str(float(value)) if isinstance(value, int | float) else str(value)])


@pytest.mark.parametrize("number", range(1, 6))
def test_published_indicators_load_whole(data: Path, number: int) -> None:
    """A file that is one record is that record, and every value in it is written again."""
    path = data / "orthogramic" / f"performance-indicator-example_0{number}.json"
    found = read_paths([path])
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    (written,) = write_document(told.dataset)["performanceIndicators"]
    missing = leaves_of(json.loads(path.read_text(encoding="utf-8"))) - leaves_of(written)
    assert not missing


@pytest.mark.parametrize("number", range(1, 6))
def test_published_triggers_and_rationales_load_whole(data: Path, number: int) -> None:
    """Single records under the names of their kinds are joined, and come back whole, domains in their one spelling."""
    path = data / "orthogramic" / f"trigger-rationale-links_0{number}.json"
    found = read_paths([path])
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    assert {edge.type for edge in told.dataset.edges} >= {"ADDRESSES"}
    given, document = json.loads(path.read_text(encoding="utf-8")), write_document(told.dataset)
    (written,) = document["rationales"]
    assert len(given["rationale"].pop("linkedDomains")) == len(written["linkedDomains"])
    assert not leaves_of(given) - leaves_of(document)
