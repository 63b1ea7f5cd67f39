"""One working week with the command line, on an embedded file and on a server, from an empty template to a restore."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.support.server import Server

Sheet = Any


@pytest.fixture(params=["file", "neo4j"])
def target(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the week's data are kept, empty at first."""
    assert folder.is_dir()
    if request.param == "file":
        return "week.kgl"
    server: Server = request.getfixturevalue("neo4j_server")
    with server.driver() as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    if server.username:
        monkeypatch.setenv("NEO4J_USERNAME", server.username)
        monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    return server.uri


def fill(path: Path, **sheets: list[dict[str, Any]]) -> None:
    """Write rows into the sheets of a workbook as a person would, below those that are there."""
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        sheet: Sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1] if cell.value}
        first = next(number for number in range(2, 1000) if all(cell.value is None for cell in sheet[number]))
        for number, row in enumerate(rows, first):
            for column, value in row.items():
                sheet.cell(number, columns[column], value)
    book.save(path)


def correct(path: Path, sheet_name: str, told: str, /, **values: Any) -> None:
    """Change cells of the row of a workbook in which something stands."""
    book = openpyxl.load_workbook(path)
    sheet: Sheet = book[sheet_name]
    columns = {cell.value: cell.column for cell in sheet[1] if cell.value}
    (row,) = [row for row in sheet.iter_rows(min_row=2) if told in [cell.value for cell in row]]
    for column, value in values.items():
        sheet.cell(row[0].row, columns[column]).value = value  # None empties it
    book.save(path)


CAPABILITIES = [
    {"capabilityID": "CAP-1", "title": "Credit Decisioning", "maturityLevel": 2, "targetMaturityLevel": 4},
    {"capabilityID": "CAP-2", "title": "Identity Verification", "maturityLevel": 3, "targetMaturityLevel": 6},
]
JOURNEYS = [
    {"journeyID": "JRN-HOME", "journeyTitle": "Buy a Home", "perspective": "outside-in"},
    {"journeyID": "JRN-CARD", "journeyTitle": "Lose a Card", "perspective": "outside-in"},
]
STAGES = [
    {
        "journey": "Buy a Home",
        "stageName": "Apply",
        "sequenceNumber": 1,
        "relevantCapabilities.title": "Credit Decisioning",
        "relevantCapabilities.importanceLevel": 5,
    },
    {"journey": "Lose a Card", "stageName": "Report", "sequenceNumber": 1},
]


def test_a_working_week(graphkb: Command, folder: Path, target: str) -> None:  # noqa: PLR0915  # a week is one story
    """Fill, load, correct, add a source, rename, remove, check, compare, back up, restore; all of it by commands."""
    book = folder / "bank.xlsx"
    db = ("--db", target)

    # Monday: a template is filled in, one cell is wrong, and is told by its name; nothing is written.
    assert graphkb("template", book).code == 0
    fill(book, capabilities=CAPABILITIES, journeys=JOURNEYS, **{"journeys.journeyStages": STAGES})
    refused = graphkb("load", book, "--source", "bank", *db)
    assert refused.code == 1
    assert "bank.xlsx capabilities!" in refused.err
    assert "targetMaturityLevel is 6, but must be at most 5" in refused.err
    assert graphkb("stats", "--format", "json", *db).json["nodes"] == {}

    # Tuesday: corrected, it loads; a second load has nothing to do, and the first question has an answer.
    correct(book, "capabilities", "Identity Verification", targetMaturityLevel=5)
    assert graphkb("load", book, "--source", "bank", "--format", "json", *db).json["created"]["nodes"] >= 6
    again = graphkb("load", book, "--source", "bank", "--format", "json", *db).json
    assert [sum(again[verb].values()) for verb in ("created", "updated", "deleted")] == [0, 0, 0]
    rows = graphkb("ask", "gaps/affecting_stages", "--format", "json", *db).json["rows"]
    assert [(row["capability"], row["stage"]) for row in rows] == [("Credit Decisioning", "Apply")]
    assert graphkb("export", folder / "tuesday", *db).code == 0

    # Wednesday: the lending unit has a file of its own, which differs about one capability, and closes a gap.
    lending: dict[str, Any] = {
        "capabilities": [{"capabilityID": "CAP-1", "title": "Credit Decisioning", "maturityLevel": 3}],
        "initiatives": [
            {"initiativeID": "INI-1", "title": "Decide in Minutes", "closes": [{"id": "gap-CAP-1"}]},
        ],
    }
    own = folder / "lending.json"
    own.write_text(json.dumps(lending), encoding="utf-8")
    differing = graphkb("load", own, "--source", "lending", "--format", "json", *db)
    assert differing.code == 1
    assert {each["field"] for each in differing.json["conflicts"]} == {"maturityLevel", "targetMaturityLevel"}
    kept = graphkb("load", own, "--source", "lending", "--on-conflict", "keep", *db)
    assert kept.code == 0
    assert "what others said is kept" in kept.out
    assert set(graphkb("sources", "--format", "json", *db).json) == {"bank", "lending"}
    rows = graphkb("ask", "gaps/unfunded", "--format", "json", *db).json["rows"]
    assert "Credit Decisioning" not in {row["capability"] for row in rows}

    # Thursday: a capability gets another name, and a journey goes; what else hangs on them stays.
    lending["capabilities"] = []
    own.write_text(json.dumps(lending), encoding="utf-8")
    assert graphkb("load", own, "--source", "lending", *db).code == 0
    correct(book, "capabilities", "Credit Decisioning", title="Lending Decisions")
    correct(book, "journeys.journeyStages", "Credit Decisioning", **{"relevantCapabilities.title": "Lending Decisions"})
    for sheet in ("journeys", "journeys.journeyStages"):
        correct(book, sheet, "Lose a Card", **dict.fromkeys((JOURNEYS[0] if sheet == "journeys" else STAGES[1]), None))
    refused = graphkb("load", book, "--source", "bank", *db)
    assert refused.code == 1
    assert "--allow-delete" in refused.err
    changed = graphkb("load", book, "--source", "bank", "--allow-delete", "--format", "json", *db).json
    assert changed["deleted"]["nodes"] == 2
    told = graphkb("history", "CAP-1", "--format", "json", *db).json
    assert (told[0]["verb"], told[0]["source"]) == ("updated", "bank")
    assert "title" in told[0]["fields"]

    # Friday: what is wrong, what has changed since Tuesday, in the elements and in the answers.
    findings = graphkb("check", "--format", "json", *db).json
    assert findings
    assert {each["severity"] for each in findings} <= {"error", "warning", "info"}
    difference = graphkb("diff", folder / "tuesday", target, "--format", "json").json
    assert "Lending Decisions" in json.dumps(difference)
    assert "JRN-CARD" in json.dumps(difference)
    assert "gaps/unfunded" in graphkb("diff", folder / "tuesday", target, "--answers", "gaps").out
    then = graphkb("ask", "gaps/unfunded", "--as-of", folder / "tuesday", "--format", "json").json["rows"]
    assert "Credit Decisioning" in {row["capability"] for row in then}

    # Friday evening: a backup; on Saturday all is lost and comes back, with owners, so that Monday's load has no work.
    everything = graphkb("stats", "--format", "json", *db).json
    assert graphkb("backup", folder / "friday", *db).code == 0
    for source in ("bank", "lending"):
        assert graphkb("forget", source, *db).code == 0
    assert graphkb("stats", "--format", "json", *db).json["nodes"] == {}
    assert graphkb("restore", folder / "friday", *db).code == 0
    assert graphkb("stats", "--format", "json", *db).json == everything
    for source, file in (("bank", book), ("lending", own)):
        monday = graphkb("load", file, "--source", source, "--format", "json", *db).json
        assert [sum(monday[verb].values()) for verb in ("created", "updated", "deleted")] == [0, 0, 0]
