"""What an answer is: a sequence of typed rows, and tables made of it."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from graphkb.errors import MissingExtra
from graphkb.queries.answer import Answer, attribute_name
from graphkb.queries.gaps import reaching_no_stage
from tests.support.graphs import Graph, write_graph

if TYPE_CHECKING:
    from tests.queries.conftest import Knowledge


@dataclass(frozen=True, slots=True)
class Thing:
    """A row for tests."""

    thing_id: str
    weight: float | None
    rated: bool
    parts: tuple[str, ...]


ROWS = (Thing("a|b", 1.23456, True, ("x", "y")), Thing("<c>", None, False, ()))


@pytest.fixture
def answer() -> Answer[Thing]:
    """Give an answer of two rows."""
    return _answer(ROWS, None)


@pytest.fixture
def empty() -> Answer[Thing]:
    """Give an answer without rows."""
    return _answer((), "There are no things.")


def test_an_answer_is_an_immutable_sequence(answer: Answer[Thing]) -> None:
    """Rows are counted, indexed, sliced and iterated; neither they nor the answer can be changed."""
    assert (len(answer), answer[0], answer[-1], answer[1:]) == (2, ROWS[0], ROWS[1], ROWS[1:])
    assert list(answer) == list(ROWS)
    assert ROWS[1] in answer
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.rows = ()  # type: ignore[misc]  # the point of the test
    assert repr(answer) == "<Answer things/all: 2 rows>"


def test_json_holds_the_documented_keys(answer: Answer[Thing], empty: Answer[Thing]) -> None:
    """Columns are camelCase, lists are lists, and why is there only when nothing else is."""
    assert json.loads(json.dumps(answer.to_dict())) == {
        "question": "things/all",
        "parameters": {"limit": 1000},
        "columns": ["thingId", "weight", "rated", "parts"],
        "rows": [
            {"thingId": "a|b", "weight": 1.23456, "rated": True, "parts": ["x", "y"]},
            {"thingId": "<c>", "weight": None, "rated": False, "parts": []},
        ],
        "truncated": False,
    }
    assert empty.to_dict()["why"] == "There are no things."


def test_markdown_escapes_and_rounds(answer: Answer[Thing], empty: Answer[Thing]) -> None:
    """A bar in a value does not end its cell, and numbers are rounded for reading."""
    assert answer.to_markdown().splitlines() == [
        "| thingId | weight | rated | parts |",
        "| --- | --- | --- | --- |",
        r"| a\|b | 1.235 | yes | x; y |",
        "| <c> |  | no |  |",
    ]
    assert empty.to_markdown().endswith("\n\nThere are no things.\n")


def test_csv_keeps_full_numbers(answer: Answer[Thing]) -> None:
    """CSV reads back with the full number, null empty."""
    assert list(csv.reader(io.StringIO(answer.to_csv()))) == [
        ["thingId", "weight", "rated", "parts"],
        ["a|b", "1.23456", "yes", "x; y"],
        ["<c>", "", "no", ""],
    ]


def test_csv_holds_nothing_that_a_spreadsheet_runs() -> None:
    """A text that begins like a formula stands in quotes; a negative number is a number."""
    answer = _answer((Thing("=1+1", -2.0, True, ("@x", "y")),), None)
    assert list(csv.reader(io.StringIO(answer.to_csv())))[1] == ['"=1+1"', "-2.0", "yes", '"@x; y"']


def test_a_notebook_shows_an_escaped_table(answer: Answer[Thing], empty: Answer[Thing]) -> None:
    """HTML in a value is shown, not run."""
    assert "<td>&lt;c&gt;</td>" in answer._repr_html_()  # what a notebook calls
    assert "There are no things." in empty._repr_html_()  # what a notebook calls


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_data_frames_need_their_library(answer: Answer[Thing], library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the message holds the install command; with it the columns are those of the answer."""
    to_frame: Any = getattr(answer, f"to_{library}")
    assert list(to_frame().columns) == list(answer.columns)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=f"pip install {library}"):
        to_frame()


def test_data_frames_hold_the_rows(answer: Answer[Thing], empty: Answer[Thing]) -> None:
    """Values and lists are those of the answer, a null is what the library has for it; no row is a frame without."""
    rows = answer.to_dicts()
    assert answer.to_polars().to_dicts() == rows
    frame = answer.to_pandas().astype(object)
    assert frame.where(frame.notna(), None).to_dict("records") == rows
    assert (len(empty.to_pandas()), len(empty.to_polars())) == (0, 0)
    assert list(empty.to_polars().columns) == list(answer.columns)


def test_columns_become_attributes() -> None:
    """Column names in camelCase have attributes in snake_case."""
    assert [attribute_name(name) for name in ("gapId", "gap", "targetMaturityLevel")] == [
        "gap_id",
        "gap",
        "target_maturity_level",
    ]


def test_an_answer_knows_whether_rows_were_cut(embedded: Knowledge) -> None:
    """A limit that cuts says so; one that just suffices does not."""
    graph = Graph()
    for number in range(3):
        graph.add("CapabilityGap", f"gap-{number}")
    write_graph(embedded.store, graph)
    cut, whole = reaching_no_stage(embedded, limit=2), reaching_no_stage(embedded, limit=3)
    assert ([row.gap_id for row in cut], cut.truncated) == (["gap-0", "gap-1"], True)
    assert ([row.gap_id for row in whole], whole.truncated) == (["gap-0", "gap-1", "gap-2"], False)
    assert cut.parameters == {"limit": 2}
    assert cut.why is None


def _answer(rows: tuple[Thing, ...], why: str | None) -> Answer[Thing]:
    columns = ("thingId", "weight", "rated", "parts")
    return Answer("things/all", "RETURN 1", {"limit": 1000}, columns, rows, truncated=False, why=why)
