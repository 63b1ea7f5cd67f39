"""The workbook to fill in: what its cells tell, and that it loads as a person fills it in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

import graphkb
from graphkb.errors import UsageError
from graphkb.exports.template import USUAL, template
from graphkb.model import METAMODEL
from graphkb.sources import read_paths
from graphkb.sources.sheets import NAMES_SHEET, START_SHEET
from graphkb.sources.tables import target_of
from tests.support.loads import Loader

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.store import GraphStore

Sheet = Any

FILLED: Final[dict[str, list[dict[str, Any]]]] = {
    "customerSegments": [
        {
            "title": "Young Families",
            "customerSegmentType": "lifecycle",
            "orgUnitTitle": "Retail",
            "customerNeeds.title": "A date that holds; One contact",
            "customerNeeds.priority": "5;3",
            "customerLifetimeValue.value": 11800,
            "customerLifetimeValue.currency": "EUR",
            "isPriority": True,
        }
    ],
    "personas": [{"title": "Ines", "customerSegmentID": "young-families", "goals": "Move in; Sleep well"}],
    "capabilities": [
        {"capabilityID": "CAP-1", "title": "Credit Decisioning", "maturityLevel": 2, "targetMaturityLevel": 4},
        {"title": "Identity", "dependsOn.title": "Credit Decisioning", "dependsOn.dependencyType": "critical"},
    ],
    "journeys": [{"journeyTitle": "Buy a Home", "customerSegmentID": "young-families", "personaIDs": "ines"}],
    "journeys.journeyStages": [
        {
            "journey": "Buy a Home",
            "stageName": "Apply",
            "sequenceNumber": 1,
            "relevantCapabilities.title": "Credit Decisioning; Identity",
            "relevantCapabilities.importanceLevel": "5; 3",
        },
        {"journey": "Buy a Home", "stageName": "Wait", "sequenceNumber": 2, "relevantCapabilities.title": "CAP-1"},
    ],
    "journeyStages.touchpoints": [{"journeyStage": "Apply", "touchpointName": "Upload", "channel": "App; Branch"}],
    "stageExperiences": [{"personaID": "ines", "stageID": "buy-a-home/wait", "satisfactionScore": 1.5}],
}
"""What a person types, by sheet and column."""


def opened(content: bytes) -> openpyxl.Workbook:
    """Return a workbook as another library reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def column(sheet: Sheet, name: str) -> Any:
    """Return the cell at the head of a column."""
    return next(cell for cell in sheet[1] if cell.value == name)


def rule(sheet: Sheet, name: str) -> Any:
    """Return the rule for the cells of a column, or None."""
    below = column(sheet, name).offset(row=1).coordinate
    return next((each for each in sheet.data_validations.dataValidation if below in each.sqref), None)


def test_a_template_filled_in_as_a_person_would_loads(store: GraphStore, tmp_path: Path) -> None:
    """Values typed into the cells become the graph that they say, on every store."""
    book = opened(template())
    for title, rows in FILLED.items():
        sheet = book[title]
        for number, row in enumerate(rows, 2):
            for name, value in row.items():
                sheet.cell(number, column(sheet, name).column, value)
    path = tmp_path / "filled.xlsx"
    book.save(path)
    kb = Loader(store, tmp_path).kb
    plan = kb.load([path], source="mine")
    assert (plan.problems, plan.notes) == ((), ())
    answer = graphkb.queries.gaps.affecting_stages(kb)
    assert {(row.gap, row.stage, row.persona, row.severity) for row in answer} == {
        ("Maturity gap in Credit Decisioning", "Apply", "Ines", 2 * 5 * 2 * 0.6),
        ("Maturity gap in Credit Decisioning", "Wait", "Ines", 2 * 3 * 3.5 * 0.6),
    }
    assert kb.cypher(
        "MATCH (:CustomerSegment)-[need:HAS_NEED]->(n:Need)"
        " RETURN n.title AS need, need.priority AS priority ORDER BY need"
    ) == [{"need": "A date that holds", "priority": 5}, {"need": "One contact", "priority": 3}]


def test_an_error_names_the_cell_as_spreadsheets_do(tmp_path: Path) -> None:
    """A wrong value in row 14 is told with the sheet and the cell."""
    book = opened(template())
    sheet = book["capabilities"]
    sheet.cell(14, column(sheet, "title").column, "Identity")
    wrong = sheet.cell(14, column(sheet, "maturityLevel").column, 9)
    book.save(tmp_path / "filled.xlsx")
    with graphkb.open(":memory:") as kb:
        (problem,) = kb.plan([tmp_path / "filled.xlsx"], source="mine").problems
    assert (problem.pointer, problem.rule) == (f"capabilities!{wrong.coordinate}", "out-of-range")


def test_an_empty_template_says_nothing(tmp_path: Path) -> None:
    """Its sheets are known, and that they hold no record is told."""
    path = tmp_path / "empty.xlsx"
    path.write_bytes(template())
    found = read_paths([path])
    assert (found.records, found.problems, found.notes) == ([], [], [f"{path}: no sheet holds a row."])


@pytest.mark.parametrize("kind", [*METAMODEL.kinds, *METAMODEL.records])
def test_every_kind_has_a_template_whose_columns_are_read(tmp_path: Path, kind: str) -> None:
    """Each column of the sheet of a kind fills a field, and its head says what it means."""
    content = template([kind])
    book = opened(content)
    titles = [title for title in book.sheetnames if title != START_SHEET and not title.startswith("_")]
    assert len(titles) == 1
    assert all(cell.comment and len(cell.comment.text) > 10 for cell in book[titles[0]][1])
    path = tmp_path / "one.xlsx"
    path.write_bytes(content)
    assert read_paths([path]).problems == []


def test_choices_and_limits_are_rules_of_cells() -> None:
    """A closed list is a list to choose from, a score a number within its range, and a switch true or false."""
    book = opened(template())
    sheet = book["customerSegments"]
    kinds = rule(sheet, "customerSegmentType")
    assert (kinds.type, kinds.formula1.strip('"').split(",")[:2]) == ("list", ["demographic", "behavioral"])
    assert rule(sheet, "isPriority").formula1 == '"TRUE,FALSE"'
    assert rule(sheet, "title") is None
    maturity = rule(book["capabilities"], "maturityLevel")
    assert (maturity.type, maturity.formula1, maturity.formula2) == ("whole", "1", "5")


def test_long_lists_of_choices_stand_in_a_hidden_sheet() -> None:
    """A program takes 255 characters within a rule; longer lists are complete all the same."""
    book = opened(template(["OrgUnit", "StrategicResponse"]))
    assert book["_Choices"].sheet_state == "hidden"
    formula = rule(book["strategicResponses"], "status")
    assert formula is not None


def test_what_a_row_needs_is_marked() -> None:
    """Columns without which a row is nothing are strong yellow, what completes it is light, all else is neither."""
    book = opened(template())
    shades = {name: column(book["journeys.journeyStages"], name).fill.fgColor.rgb for name in ("journey", "stageName")}
    other = column(book["journeys.journeyStages"], "customerThoughts").fill.fgColor.rgb
    assert len({*shades.values(), other}) == 3
    assert column(book["customerStrategyRelationships"], "title").fill.fgColor.rgb == shades["journey"]


def test_a_first_page_explains() -> None:
    """It lists each sheet with what its rows are, and the command that loads the workbook."""
    book = opened(template())
    page = {row[0].value: row[1].value for row in book[START_SHEET].iter_rows()}
    assert page["capabilities"] == METAMODEL.kinds["Capability"].__doc__
    assert "graphkb load" in str(page["Load it"])
    assert set(book.sheetnames) - set(page) <= {START_SHEET, "_Choices", NAMES_SHEET}


def test_sheets_of_the_usual_template_are_tables_that_are_read() -> None:
    """Every name in it, those hidden behind short titles too, is that of a list or of what is nested in one."""
    book = opened(template())
    long = {str(title): str(name) for title, name in book[NAMES_SHEET].iter_rows(values_only=True)}
    titles = [title for title in book.sheetnames if title != START_SHEET and not title.startswith("_")]
    assert len(titles) == len(USUAL)
    assert all(target_of(long.get(title, title), METAMODEL) for title in titles)


def test_a_kind_that_does_not_exist_is_a_wrong_call() -> None:
    """The message names the nearest one."""
    with pytest.raises(UsageError, match="Did you mean 'Persona'"):
        template(["Persna"])
