"""JSON for programs keeps its shape."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

QUESTION: Final = "gaps/affecting_stages"


@pytest.fixture
def bank(graphkb: Command, example: Path) -> Command:
    """The command line in a folder whose store holds the example."""
    assert graphkb("load", example, "--source", "bank").code == 0
    return graphkb


def test_an_answer(bank: Command) -> None:
    """Question, all parameters, columns, rows as objects, and whether rows were cut off."""
    result = bank("ask", QUESTION, "limit=2", "persona=PER-INES", "--format", "json")
    assert (result.code, result.err) == (0, "")
    assert set(result.json) == {"question", "parameters", "columns", "rows", "truncated"}
    assert result.json["question"] == QUESTION
    assert (result.json["parameters"]["limit"], result.json["parameters"]["persona"]) == (2, "PER-INES")
    assert result.json["truncated"] is True
    assert len(result.json["rows"]) == 2
    assert all(list(row) == result.json["columns"] for row in result.json["rows"])


def test_an_empty_answer_says_why(bank: Command) -> None:
    """In every format, and it is no failure."""
    why = "There is no Journey with the id or title 'JRN-HOM'. Did you mean JRN-HOME (Buy a First Home)"
    asked = ("ask", QUESTION, "journey=JRN-HOM")
    told = bank(*asked, "--format", "json").json
    assert (told["rows"], told["truncated"]) == ([], False)
    assert why in told["why"]
    assert why in bank(*asked).out
    assert why in bank(*asked, "--format", "markdown").out
    as_csv = bank(*asked, "--format", "csv")
    assert (as_csv.code, len(as_csv.out.splitlines())) == (0, 1)
    assert why in as_csv.err


def test_an_answer_in_other_formats_has_the_same_rows(bank: Command) -> None:
    """CSV reads back, Markdown has a line each; that there are more is told beside them."""
    rows = bank("ask", QUESTION, "limit=3", "--format", "json").json["rows"]
    as_csv = bank("ask", QUESTION, "limit=3", "--format", "csv")
    read = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert [row["gapId"] for row in read] == [row["gapId"] for row in rows]
    assert [float(row["severity"]) for row in read] == [row["severity"] for row in rows]
    markdown = bank("ask", QUESTION, "limit=3", "--format", "markdown")
    assert len(markdown.out.splitlines()) == 2 + len(rows)
    table = bank("ask", QUESTION, "limit=3")
    assert table.out.startswith("Which capability gaps affect which journey stages")
    assert as_csv.err == markdown.err == table.err == "There are more rows; raise limit=... to see them.\n"


def test_values_of_parameters_are_json_or_else_text(bank: Command) -> None:
    """Numbers are numbers, null is null, and the rest is text."""
    told = bank("ask", QUESTION, "min_severity=30", "journey=null", "segment=SEG-FAMILIES", "--format", "json").json
    parameters = told["parameters"]
    assert (parameters["min_severity"], parameters["journey"]) == (30.0, None)
    assert [row["severity"] for row in told["rows"]] == [40.0, 35.0, 32.0, 30.0]


def test_the_list_of_questions(graphkb: Command) -> None:
    """Each with what a program needs to ask it; a parameter that may be left out has a default."""
    questions = {each["name"]: each for each in graphkb("questions", "--format", "json").json}
    assert QUESTION in questions
    for name, each in questions.items():
        assert set(each) == {"name", "topic", "question", "parameters", "columns", "cypher"}
        assert each["topic"] == name.split("/")[0]
        assert all(isinstance(column, str) for column in each["columns"])
        for parameter in each["parameters"]:
            assert set(parameter) - {"default"} == {"name", "type", "meaning"}
    limit = next(each for each in questions[QUESTION]["parameters"] if each["name"] == "limit")
    assert limit["default"] == 1000
    table = graphkb("questions").out
    assert all(name in table for name in questions)


def test_the_schema(graphkb: Command) -> None:
    """Kinds with their fields, and relationships with their ends."""
    schema = graphkb("schema", "--format", "json").json
    assert {"kinds", "relationships"} <= set(schema)
    for kind in schema["kinds"]:
        assert {"label", "key", "fields"} <= set(kind)
        for field in kind["fields"]:
            assert {"name", "becomes", "graphName", "type", "required", "meaning"} <= set(field)
    for edge in schema["relationships"]:
        assert {"type", "from", "to", "properties"} <= set(edge)
    journey = next(kind for kind in schema["kinds"] if kind["label"] == "Journey")
    assert journey["key"] == "journeyID"
    assert "journeyStages" in {field["name"] for field in journey["fields"]}
    edges = {each["type"]: each for each in schema["relationships"]}
    assert (edges["GAP_IN"]["from"], edges["GAP_IN"]["to"]) == (["CapabilityGap"], ["Capability"])


def test_the_schema_as_tables_holds_kinds_records_and_relationships(graphkb: Command) -> None:
    """Everything that a file may hold can be looked up."""
    table = graphkb("schema").out
    assert all(word in table for word in ("journeyStages", "gapAssessment", "NEXT_STAGE"))


@pytest.mark.parametrize(("kind", "file"), [("markdown", "metamodel.md"), ("jsonschema", "graphkb.schema.json")])
def test_the_schema_as_a_page_and_as_a_json_schema_is_what_the_docs_hold(
    graphkb: Command, kind: str, file: str
) -> None:
    """What is printed can be put in place of the file."""
    printed = graphkb("schema", "--format", kind)
    assert (printed.code, printed.err) == (0, "")
    assert printed.out == (ROOT / "docs" / file).read_text(encoding="utf-8")


def test_the_numbers(bank: Command) -> None:
    """Nodes by kind and relationships by type; bookkeeping is not counted."""
    stats = bank("stats", "--format", "json").json
    assert set(stats) == {"nodes", "relationships"}
    assert stats["nodes"]["Journey"] == 5
    assert stats["relationships"]["HAS_STAGE"] == 48
    assert not {"Element", "Run", "Lock"} & set(stats["nodes"])
    assert sum(stats["nodes"].values()) == bank("sources", "--format", "json").json["bank"]["nodes"]
    assert "Journey " in bank("stats").out


def test_the_findings(graphkb: Command, folder: Path) -> None:
    """Rule, severity and the element with a message; nothing found is an empty list."""
    assert graphkb("check", "--format", "json").json == []
    assert graphkb("new", "shop").code == 0
    assert graphkb("load", folder / "shop", "--source", "shop").code == 0
    findings = graphkb("check", "stub", "--format", "json")
    assert findings.code == 0
    assert findings.json == [
        {
            "rule": "stub",
            "severity": "info",
            "kind": "OrgUnit",
            "id": "customer-experience",
            "message": "Customer Experience is referred to, but nobody defines it.",
        }
    ]
    table = graphkb("check", "stub")
    assert "OrgUnit customer-experience" in table.out
    assert table.err == "1 info\n"


@pytest.mark.parametrize(
    ("command", "nothing"),
    [("stats", {"nodes": {}, "relationships": {}}), ("sources", {}), ("check", [])],
)
def test_an_empty_store_is_said_to_be_empty(graphkb: Command, command: str, nothing: object) -> None:
    """Beside the result, since the name of the store may be mistyped."""
    result = graphkb(command, "--db", "bnak.kgl", "--format", "json")
    assert (result.code, result.json) == (0, nothing)
    assert result.err == "bnak.kgl is empty; `graphkb load` fills it.\n"
