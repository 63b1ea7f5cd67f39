"""Finding a question, having it explained, asking it, and analyzing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.analysis import ANALYSES
from graphkb.queries import catalog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def bank(graphkb: Command, example: Path) -> Command:
    """The command line in a folder whose store holds the example."""
    assert graphkb("load", example, "--source", "bank").code == 0
    return graphkb


def test_the_questions_of_a_topic_are_listed(graphkb: Command) -> None:
    """And no others, in both forms."""
    listed = graphkb("questions", "gaps", "--format", "json").json
    assert [each["name"] for each in listed] == [q.name for q in catalog.questions() if q.topic == "gaps"]
    table = graphkb("questions", "gaps").out
    assert "gaps/unfunded" in table
    assert "stages/weakest" not in table


def test_a_question_is_explained(graphkb: Command) -> None:
    """What it asks, what a row is, each parameter with default and meaning, each column."""
    told = graphkb("questions", "stages/weakest").out
    question = catalog.find("stages/weakest")
    assert told.startswith(question.question)
    for said in (*(p.name for p in question.parameters), *(c.name for c in question.columns), "1000", "by id or title"):
        assert said in told
    (entry,) = graphkb("questions", "stages/weakest", "--format", "json").json
    assert entry["name"] == "stages/weakest"


def test_an_unknown_topic_or_question_names_the_nearest(graphkb: Command) -> None:
    """A wrong call, not an empty list."""
    topic = graphkb("questions", "segmnts")
    assert (topic.code, "Did you mean segments?" in topic.err) == (2, True)
    question = graphkb("questions", "stages/weekest")
    assert (question.code, "Did you mean stages/weakest" in question.err) == (2, True)


def test_a_question_is_printed_to_be_pasted(bank: Command) -> None:
    """A line for each parameter, elements by their ids, then the text as it stands in its file."""
    asked = bank("ask", "stages/weakest", "journey=Buy a First Home", "limit=5", "--explain")
    lines = asked.out.splitlines()
    assert lines[:4] == [
        ':param journey => "JRN-HOME"',
        ":param phase => null",
        ":param max_satisfaction => 5.0",
        ":param limit => 5",
    ]
    assert "\n".join(lines[4:]) == catalog.find("stages/weakest").text.rstrip()


def test_an_element_is_named_by_its_title(bank: Command) -> None:
    """The rows are those of its id."""
    by_title = bank("ask", "segments/unmet_needs", "segment=growing families", "--format", "json").json
    assert by_title == bank("ask", "segments/unmet_needs", "segment=SEG-FAMILIES", "--format", "json").json
    assert by_title["parameters"]["segment"] == "SEG-FAMILIES"
    assert by_title["rows"]


def test_a_question_that_must_be_told_of_what_says_so(bank: Command) -> None:
    """The parameter that is missing."""
    asked = bank("ask", "capabilities/impact")
    assert (asked.code, asked.err) == (2, "graphkb: capabilities/impact needs capability; give it as capability=...\n")


def test_the_analyses_are_listed(graphkb: Command) -> None:
    """With what they ask and take."""
    assert [each["name"] for each in graphkb("analyze", "--format", "json").json] == list(ANALYSES)
    table = graphkb("analyze").out
    assert all(name in table for name in ANALYSES)


def test_an_analysis_is_printed_as_an_answer_is(bank: Command) -> None:
    """As a table, as JSON in the shape of an answer, and as CSV."""
    told = bank("analyze", "relied_upon", "limit=3", "--format", "json").json
    assert set(told) == {"question", "parameters", "columns", "rows", "truncated"}
    assert (told["question"], len(told["rows"]), told["truncated"]) == ("analysis/relied_upon", 3, True)
    table = bank("analyze", "relied_upon", "limit=3")
    assert told["rows"][0]["capability"] in table.out
    assert table.err == "There are more rows; raise limit=... to see them.\n"
    assert len(bank("analyze", "relied_upon", "limit=3", "--format", "csv").out.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("communites",), "There is no analysis 'communites'. Did you mean communities?"),
        (("relied_upon", "decay=3"), "decay of relied_upon must be from 0 to 1"),
        (("retiring",), "retiring needs element"),
        (("retiring", "element=CAP-IDENTTY"), "There is no element with the id or the title 'CAP-IDENTTY'."),
        (("raising", "capability=CAP-CUSTOMER"), "state its maturityLevel"),
    ],
)
def test_a_wrong_analysis_is_a_wrong_call(bank: Command, arguments: tuple[str, ...], message: str) -> None:
    """One line that says what to do."""
    result = bank("analyze", *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
