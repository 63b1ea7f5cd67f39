"""Proposed mappings: what names and values tell, how sure that is, and that the proposal loads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkb.errors import UsageError
from graphkb.model.interpretation import interpret
from graphkb.sources.files import read_file
from graphkb.sources.guess import guess_mapping
from graphkb.sources.mapping.language import parse_mapping
from graphkb.sources.mapping.reading import read_mapped
from graphkb.sources.reading import InputFile
from tests.model.reading import edges

if TYPE_CHECKING:
    from graphkb.model.dataset import Dataset


def guess(name: str, text: str) -> tuple[str, Dataset]:
    """Return what is proposed for a file, and the dataset that the file gives by it, without problems."""
    file = InputFile(Path(name), text.encode())
    proposed = guess_mapping(file)
    found = read_mapped(file, parse_mapping(proposed, Path("map.yaml")).taking(file.path))
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    return proposed, told.dataset


def fields(proposed: str) -> dict[str, str]:
    """Return the columns of a proposal by field."""
    return dict(re.findall(r"^    ([\w.]+): (.+?) #", proposed, re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("org-units.csv", "Name", "OrgUnit"),
        ("CapabilityMap_v2.csv", "Name", "Capability"),
        ("our products.csv", "Name", "Product"),
        ("value_stream_stages.csv", "Name", "ValueStreamStage"),
        ("export.csv", "Persona,Name", "Persona"),
        ("organisation.csv", "Name", "OrgUnit"),
        ("export.csv", "Name", "Capability"),
    ],
)
def test_the_kind_is_that_of_the_names(name: str, header: str, kind: str) -> None:
    """The name of the file first, then the columns; where nothing tells, that is said."""
    proposed = guess_mapping(InputFile(Path(name), f"{header}\n{','.join('AB'[: header.count(',') + 1])}\n".encode()))
    assert f"  kind: {kind} #" in proposed
    assert ("unsure" in proposed) == (name == "export.csv" and kind == "Capability")


def test_a_column_that_is_the_same_in_every_row_names_the_kind() -> None:
    """It is told, and no field is made of it."""
    proposed, _ = guess("rows.csv", "Name,type\nA,x:Product\nB,x:Product\n")
    assert "kind: Product # type is always x:Product" in proposed
    assert "# - type # the same in every row; such as x:Product" in proposed


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ID,Name,Definition", {"capabilityID": "ID", "title": "Name", "description": "Definition"}),
        ("code,label,summary", {"capabilityID": "code", "title": "label", "description": "summary"}),
        ("x:identifier,x:prefLabel,rdfs:comment",
         {"capabilityID": '"x:identifier"', "title": '"x:prefLabel"', "description": '"rdfs:comment"'}),
        ("Capability Code,Capability Name,Maturity Level",
         {"capabilityID": "Capability Code", "title": "Capability Name", "maturityLevel": "Maturity Level"}),
        ("capability_id,title,cost", {"capabilityID": "capability_id", "title": "title", "cost": "cost"}),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_usual_words(header: str, expected: dict[str, str]) -> None:
    """Whatever the spelling: with blanks, dashes, capitals, a namespace, the name of the kind."""
    proposed, _ = guess("capabilities.csv", f"{header}\n1,One,3\n2,Two,4\n")
    assert fields(proposed) == expected
    assert "such as One" in proposed


@pytest.mark.parametrize("column", ["parentId", "Parent ID", "broader", "is_above", "parent_uuid", "belongsTo"])
def test_a_parent_column_is_a_hierarchy(column: str) -> None:
    """By id, if its values are ids of the table."""
    proposed, data = guess("capabilities.csv", f"id,{column},name\n1,,A\n2,1,B\n")
    assert fields(proposed)["parent.capabilityID"] == column
    assert edges(data) == {("1", "PARENT_OF", "2")}


def test_a_parent_column_of_titles_is_a_hierarchy() -> None:
    """By title, if its values are titles of the table."""
    proposed, data = guess("capabilities.csv", "parent,name\n,A\nA,B\n")
    assert fields(proposed)["parent"] == "parent"
    assert edges(data) == {("a", "PARENT_OF", "b")}


def test_a_numbering_is_a_hierarchy() -> None:
    """Whether the numbers are the ids or stand beside the titles."""
    proposed, data = guess("capabilities.csv", "nr,name\n1,A\n1.1,B\n1.1.1,C\n")
    assert fields(proposed)["parent"] == "{from: name, numbering: nr}"
    assert edges(data) == {("a", "PARENT_OF", "b"), ("b", "PARENT_OF", "c")}
    proposed, data = guess("capabilities.csv", "code,name\n1.0,A\n1.1,B\n")
    assert fields(proposed)["parent.capabilityID"] == "{from: code, numbering: code}"
    assert edges(data) == {("1.0", "PARENT_OF", "1.1")}


def test_numbers_that_stand_alone_are_no_hierarchy() -> None:
    """A column of versions has dots too."""
    proposed, data = guess("capabilities.csv", "name,version\nA,14.0\nB,15.1\n")
    assert "numbering" not in proposed
    assert not data.edges


def test_a_field_whose_values_do_not_load_is_left_to_the_person() -> None:
    """With what is wrong with them."""
    proposed, _ = guess("capabilities.csv", "name,criticality\nA,very\nB,High\n")
    assert fields(proposed) == {"title": "name"}
    assert "# - criticality # would be criticality, but: criticality cannot be 'very'." in proposed


def test_an_id_that_stands_twice_is_no_id() -> None:
    """The title alone tells the rows apart."""
    proposed, data = guess("capabilities.csv", "id,name\n1,A\n1,B\n")
    assert fields(proposed) == {"title": "name"}
    assert {key.id for key in data.nodes} == {"a", "b"}


def test_rows_without_a_name_are_left_out() -> None:
    """Such as sums and remarks below a table."""
    proposed, data = guess("capabilities [1].csv", "name,cost\nA,1\n,1\n")
    assert '  skip: {name: ""} #' in proposed
    assert len(data.nodes) == 1


def test_what_only_a_person_can_solve_is_told_above_the_mapping() -> None:
    """Two rows of one name that say different things."""
    proposed = guess_mapping(InputFile(Path("capabilities.csv"), b"name,cost\nA,1\nA,2\n"))
    assert "# Problems are left, the first: capabilities.csv:3 " in proposed
    assert "[duplicate-id]" in proposed


def test_columns_that_nothing_is_known_of_are_shown_without_being_ignored() -> None:
    """A person takes the mark of the remark away, or gives them a field; empty ones are told apart."""
    proposed, _ = guess("capabilities.csv", 'name,"odd: ""one""",none\nA,"x\ny",\n')
    assert '    # - "odd: \\"one\\"" # unknown; such as x y\n' in proposed
    assert "    # - none # no value\n" in proposed


def test_rows_of_a_document_are_its_best_list() -> None:
    """The longest list whose items have a name or an id; without one, the document itself."""
    proposed, data = guess(
        "capabilities.json", '{"tags": [{"x": 1}, {"x": 2}], "all": [{"name": "A", "deep": {"id": 7}}]}'
    )
    assert '  rows: "all[]"\n' in proposed
    assert fields(proposed) == {"capabilityID": "deep.id", "title": "name"}
    assert {key.id for key in data.nodes} == {"7"}
    proposed, _ = guess("persona.md", "---\ntitle: Ann\n---\n\n## Goals\n\n- rest\n")
    assert fields(proposed) == {"title": "title", "goals": "Goals"}


def test_a_file_without_a_name_for_its_rows_is_a_wrong_call() -> None:
    """Nothing can be proposed for it."""
    with pytest.raises(UsageError, match="no column can be the id or the title of a Capability"):
        guess_mapping(InputFile(Path("capabilities.csv"), b"x,y\n1,2\n"))


def test_further_rows_of_a_file_are_named(tmp_path: Path) -> None:
    """One list or sheet is proposed; that there are others, with the way to each, is said in a comment."""
    path = tmp_path / "theirs.json"
    path.write_text('{"people": [{"name": "Ann"}, {"name": "Ben"}], "plants": [{"height": 3}]}', encoding="utf-8")
    text = guess_mapping(read_file(path))
    assert "rows: people[]" in text.replace('"', "")
    assert "further rows, each for an entry of its own: rows:" in text
    assert "plants[]" in text


def test_a_model_needs_no_mapping_to_begin_with(tmp_path: Path) -> None:
    """The message says that it loads as it is, and what a mapping of it looks like."""
    path = tmp_path / "model.archimate"
    path.write_text("<model/>", encoding="utf-8")
    with pytest.raises(UsageError, match=r"loads as it is.*rows: 'elements\[\]'"):
        guess_mapping(read_file(path))
