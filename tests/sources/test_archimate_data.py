"""ArchiMate models that nobody on the project made: all of them load, and in each format they are the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

import graphkb
from graphkb.model.dataset import NodeKey
from graphkb.sources.archimate.reading import model_in
from graphkb.sources.files import read_file
from graphkb.sync.plan import Count

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.model.dataset import Dataset


class Case(NamedTuple):
    """A model, and what it holds: elements, relations; nodes and edges by kind and type."""

    path: str
    elements: int
    relations: int
    nodes: dict[str, int]
    edges: dict[str, int]


WILD_RIVER: Final = (
    {
        "Capability": 7, "OrgUnit": 51, "Service": 17, "Product": 2, "Strategy": 15, "Initiative": 12, "Stakeholder": 3,
        "PerformanceIndicator": 6, "Requirement": 17,
    },
    {"PARENT_OF": 36, "MEASURED_BY": 7, "RELATED_TO": 3, "DEPENDS_ON": 2, "PARTICIPATES_IN": 1, "OWNS": 1},
)  # fmt: skip
WITH_VIEWS: Final = ({"Capability": 22, "Service": 14, "OrgUnit": 1}, {"PARENT_OF": 9})
WITHOUT_VIEWS: Final = ({"Capability": 22, "Service": 13, "OrgUnit": 1}, {"PARENT_OF": 6})
CASES: Final = (
    Case("archi/Archisurance.archimate", 120, 176, {"OrgUnit": 17, "Service": 6}, {"PARENT_OF": 11}),
    Case("archi/model_zipped.archimate", 0, 0, {}, {}),
    Case("archi/Sample1.xml", 2, 1, {}, {}),
    Case("archi/bendpoint.test.xml", 2, 2, {"Service": 1}, {}),
    Case("archi/csv/test1-elements.csv", 3, 2, {"OrgUnit": 1}, {}),
    Case("archi/csv/test2-elements.csv", 3, 2, {"OrgUnit": 1}, {}),
    Case("archi/csv/test3-elements.csv", 5, 1, {"OrgUnit": 2}, {}),
    Case("canada-ca/GC_BCM_2.0_exchange.xml", 197, 0, {"Capability": 197}, {"PARENT_OF": 186}),
    Case(
        "sara-sabr/ESDC_Departmental_Plan.archimate",
        112,
        142,
        {"Product": 16, "Strategy": 5, "OrgUnit": 4, "Stakeholder": 4},
        {"DEPENDS_ON": 1},
    ),
    Case(
        "sara-sabr/RHRRP_Reaching_Home.archimate",
        104,
        86,
        {"Capability": 18, "Service": 9, "Requirement": 7, "PerformanceIndicator": 2, "Initiative": 1},
        {"PARENT_OF": 10, "RELATED_TO": 7},
    ),
    Case("eamodelset/WildRiverControl_MIT/model.archimate", 561, 855, *WILD_RIVER),
    Case("eamodelset/WildRiverControl_MIT/model.xml", 561, 855, *WILD_RIVER),
    Case("eamodelset/WildRiverControl_MIT/model.json", 561, 853, *WILD_RIVER),
    Case("eamodelset/WildRiverControl_MIT/csv/elements.csv", 561, 855, *WILD_RIVER),
    Case("eamodelset/Knuts_models_CC0/model.archimate", 168, 147, *WITH_VIEWS),
    Case("eamodelset/Knuts_models_CC0/model.xml", 168, 147, *WITH_VIEWS),
    Case("eamodelset/Knuts_models_CC0/model.json", 168, 147, *WITHOUT_VIEWS),
    Case("eamodelset/Knuts_models_CC0/csv/elements.csv", 168, 147, *WITHOUT_VIEWS),
)
TABLES: Final = ("relations", "properties")


def files(path: Path) -> list[Path]:
    """Return a file with those that belong to it."""
    beside = [path.with_name(path.name.replace("elements", table)) for table in TABLES if path.suffix == ".csv"]
    return [path, *(each for each in beside if each.is_file())]


def loaded(path: Path) -> tuple[Dataset, tuple[str, ...]]:
    """Return what a store holds after a load, and what was told; loading again changes nothing."""
    with graphkb.open(":memory:") as kb:
        plan = kb.load(files(path), source="model")
        assert plan.problems == ()
        again = kb.plan(files(path), source="model")
        assert (again.created, again.updated, again.deleted) == (Count(), Count(), Count())
        return kb.dataset(), plan.notes


def test_every_model_of_the_folder_is_a_case(data: Path) -> None:
    """Tables by that of their elements."""
    folder = data / "archimate"
    names = {
        str(each.relative_to(folder)) for each in folder.rglob("*") if each.suffix in (".archimate", ".xml", ".json")
    }
    names |= {str(each.relative_to(folder)) for each in folder.rglob("*elements.csv")}
    assert names == {case.path for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case.path for case in CASES])
def test_a_model_loads_and_what_is_not_taken_over_is_counted(data: Path, case: Case) -> None:
    """The counts of the model are those of whoever collected it; the rest is in the notes, to the last element."""
    path = data / "archimate" / case.path
    beside = {each.name: read_file(each) for each in files(path)}
    given = read_file(path)
    model = model_in(type(given)(given.path, given.content, beside))
    assert model
    assert (len(model.elements), len(model.relations)) == (case.elements, case.relations)
    dataset, notes = loaded(path)
    assert Counter(key.label for key in dataset.nodes) == case.nodes
    assert Counter(key.type for key in dataset.edges) == case.edges
    left = case.elements - len(dataset.nodes)
    assert not left or any(f"{left} of {case.elements} element" in note for note in notes)
    assert not case.relations or any(f" of {case.relations} relation" in note for note in notes)


@pytest.mark.parametrize("name", ["WildRiverControl_MIT", "Knuts_models_CC0"])
def test_a_model_is_the_same_in_each_of_its_formats(data: Path, name: str) -> None:
    """To the field; JSON has no documentation, and neither JSON nor tables have what views say."""
    folder = data / "archimate" / "eamodelset" / name
    whole, notes = loaded(folder / "model.archimate")
    assert loaded(folder / "model.xml")[0] == whole
    tables, bare = (loaded(folder / each)[0] for each in ("csv/elements.csv", "model.json"))
    assert [sorted(each.items()) for each in (bare.nodes, bare.edges)] == [
        sorted(
            (key, {name: value for name, value in properties.items() if name != "description"})
            for key, properties in tables.nodes.items()
        ),
        sorted(tables.edges.items()),
    ]
    assert tables.nodes.items() <= whole.nodes.items()
    drawn = whole.edges.keys() - tables.edges.keys()
    assert {edge.type for edge in drawn} <= {"PARENT_OF"}
    told = [note for note in notes if "placed under what views draw around them" in note]
    assert [f": {len(drawn)} elements placed" in note for note in told] == [True] * bool(drawn)


def test_the_capabilities_of_a_government_have_the_hierarchy_that_their_numbers_say(data: Path) -> None:
    """One is drawn in two boxes, of which the outer one counts."""
    dataset, notes = loaded(data / "archimate" / "canada-ca" / "GC_BCM_2.0_exchange.xml")
    assert all(properties["description"] for properties in dataset.nodes.values())
    numbers = {key: dataset.title(key).split()[0].rstrip(".") for key in dataset.nodes}
    parents = {edge.target: edge.source for edge in dataset.edges}
    assert all(numbers[target].rpartition(".")[0] == numbers[source] for target, source in parents.items())
    assert any("186 elements placed under what views draw around them" in note for note in notes)
    assert NodeKey("Capability", "id-EAID_C33BE144_4711_4d89_BE22_A9C287503C2F") in dataset.nodes
