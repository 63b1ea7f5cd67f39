"""The page about ArchiMate models: its example gives what stands there; and models that a mapping takes in part."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.sources.archimate.model import Concept, Relation
from tests.model.reading import edges
from tests.support.archimate import FORMATS, model
from tests.support.mappings import interpretation, reading

if TYPE_CHECKING:
    from graphkb.model.dataset import Dataset
    from graphkb.sources.archimate.model import Model

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "archimate.md"
BLOCK: Final = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_example_gives_what_stands_there(tmp_path: Path) -> None:
    """The records, without problems, and with nothing left to tell."""
    given, mapping, records = (block["body"] for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")))
    found = reading(tmp_path, mapping, {"homes.archimate": given})
    assert [each.content for each in found.records] == json.loads(records)
    assert found.notes == []
    assert interpretation(found).problems == ()


PERSONAS: Final = """
- files: ["*.archimate", "*.xml", "*.json", "*.csv"]
  format: archimate
  kind: Persona
  rows: elements[]
  only: {type: BusinessRole}
  fields: {personaID: {from: id, prefix: "P-"}, title: name}
- files: ["*.archimate", "*.xml", "*.json", "*.csv"]
  format: archimate
  kind: CustomerSegment
  rows: elements[]
  only: {type: BusinessCollaboration}
  fields: {title: name}
  ignore: id
"""


def mapped(folder: Path, given: Model, mapping: str, format_: str = "archi") -> tuple[Dataset, list[str]]:
    """Return what a model means by a mapping, and what is told of it."""
    folder.mkdir(exist_ok=True)
    found = reading(folder, mapping, FORMATS[format_](given))
    told = interpretation(found)
    assert told.problems == ()
    return told.dataset, found.notes


def test_relations_reach_what_a_mapping_took_in_every_format(tmp_path: Path) -> None:
    """By the id that the mapping gave it, or the title that its id was made of; records for what has a record form."""
    given = model(
        "BusinessRole ann\nBusinessCollaboration Young-families\nCapability pay\nProduct loan",
        "ann Specialization Young-families\npay Serving ann\n"
        "loan Serving Young-families\nYoung-families Association pay",
    )
    for format_ in FORMATS:
        data, _ = mapped(tmp_path / format_, given, PERSONAS, format_)
        assert edges(data) == {
            ("P-ann", "REPRESENTS", "young-families"),
            ("P-ann", "REQUIRES", "pay"),
            ("young-families", "CONSUMES", "loan"),
            ("young-families", "SUPPORTED_BY", "pay"),
        }


def test_relations_without_an_id_get_one_for_their_records(tmp_path: Path) -> None:
    """Made of what they join, as for those that have the id of another one."""
    given = model(
        "BusinessCollaboration a\nCapability c\nCapability d\nCapability e",
        "c Serving a\nd Serving a\ne Serving a",
    )
    same = tuple(replace(each, id="" if each.source == "c" else "r") for each in given.relations)
    data, _ = mapped(tmp_path, replace(given, relations=same), PERSONAS)
    assert {edge.key for edge in data.edges} == {"a/c", "r", "a/e"}


def test_where_there_can_be_one_the_strongest_counts(tmp_path: Path) -> None:
    """A persona stands for one segment, and a journey is made for one."""
    given = model(
        "BusinessRole ann\nBusinessCollaboration a\nBusinessCollaboration b",
        "ann Association a\nann Specialization b",
    )
    data, notes = mapped(tmp_path, given, PERSONAS)
    assert edges(data) == {("P-ann", "REPRESENTS", "b")}
    assert any(note.endswith("1 of 2 relations not taken over: Association (1).") for note in notes)


def test_elements_that_a_mapping_makes_one_are_joined_as_one(tmp_path: Path) -> None:
    """By their title; nothing is joined to itself then, and what there can be one of there is one of."""
    mapping = """
- {files: "*.archimate", kind: Persona, rows: "elements[]", only: {type: BusinessRole}, fields: {title: name},
   ignore: id}
- {files: "*.archimate", kind: CustomerSegment, rows: "elements[]", only: {type: BusinessActor}, fields: {title: name},
   ignore: id}
"""
    given = model(
        "BusinessRole a\nBusinessRole b\nBusinessActor s\nBusinessActor t\nBusinessActor u",
        "a Association s\nb Association t\ns Association u",
    )
    titles = {"a": "Ann", "b": "Ann", "s": "Families", "t": "Movers", "u": "Families"}
    named = replace(given, elements=tuple(replace(each, name=titles[each.id]) for each in given.elements))
    data, _ = mapped(tmp_path, named, mapping)
    assert edges(data) == {("ann", "REPRESENTS", "families")}


def test_what_a_mapping_leaves_of_the_elements_that_it_takes_is_told(tmp_path: Path) -> None:
    """By path; of the other elements the default mapping tells."""
    given = model("Node n\nCapability c")
    ann = Concept("ann", "BusinessRole", "Ann", "Says hi.", properties=(("age", "34"),))
    data, notes = mapped(tmp_path, type(given)("", (*given.elements, ann)), PERSONAS)
    assert {key.label for key in data.nodes} == {"Persona", "Capability"}
    told = [note.partition(": ")[2] for note in notes if "takes no row" not in note]
    assert told == [
        "not taken over: 'elements[].documentation' (1 value), 'elements[].properties.age' (1 value).",
        "1 of 3 elements not taken over: Node (1).",
    ]


def test_relations_can_be_taken_too(tmp_path: Path) -> None:
    """The default mapping then leaves them alone."""
    mapping = """
- files: "*.archimate"
  kind: relationships
  rows: relations[]
  only: {type: Flow}
  fields: {type: {value: DEPENDS_ON}, from.id: target, to.id: source,
           from.kind: {value: Capability}, to.kind: {value: Capability}}
  ignore: [id, name]
"""
    given = model("Capability a\nCapability b\nCapability c", "a Flow b\nb Triggering c")
    data, notes = mapped(tmp_path, given, mapping)
    assert edges(data) == {("b", "DEPENDS_ON", "a"), ("b", "RELATED_TO", "c")}
    assert notes == []


def test_parts_of_a_journey_are_its_stages_unless_a_mapping_takes_them(tmp_path: Path) -> None:
    """Whatever type the journey is of; stages that a mapping takes are joined to it all the same."""
    mapping = """
- {files: "*.archimate", kind: Journey, rows: "elements[]", only: {name: move}, fields: {journeyID: id}, ignore: type}
- {files: "*.archimate", kind: JourneyStage, rows: "elements[]", only: {name: pack},
   fields: {stageID: id, stageName: name}, ignore: type}
"""
    given = model(
        "BusinessProcess move\nBusinessProcess drive\nBusinessProcess pack\nCapability c",
        "move Composition pack\nmove Composition drive\npack Triggering drive\nc Serving pack",
    )
    data, _ = mapped(tmp_path, given, mapping)
    assert edges(data) == {
        ("move", "HAS_STAGE", "pack"),
        ("move", "HAS_STAGE", "drive"),
        ("pack", "NEXT_STAGE", "drive"),
        ("pack", "ENABLED_BY", "c"),
    }


def test_a_problem_of_a_mapped_element_is_found_in_the_model(tmp_path: Path) -> None:
    """By the element and its line."""
    mapping = """
- {files: "*.archimate", kind: Persona, rows: "elements[]", only: {type: Node}, fields: {title: name, isPrimary: id}}
"""
    found = reading(tmp_path, mapping, FORMATS["archi"](model("Node n")))
    (problem,) = interpretation(found).problems
    assert (problem.pointer, problem.line, problem.rule) == ("element 'n'", 2, "wrong-type")


def test_a_relation_has_its_ends_in_plain_values() -> None:
    """Beside what every element has; a property that stands twice is a list."""
    relation = Relation("r", "Flow", properties=(("k", "1"), ("k", "2"), ("l", "3")), source="a", target="b")
    assert relation.plain() == {
        "id": "r",
        "type": "Flow",
        "name": "",
        "documentation": "",
        "specialization": "",
        "properties": {"k": ["1", "2"], "l": "3"},
        "source": "a",
        "target": "b",
    }
