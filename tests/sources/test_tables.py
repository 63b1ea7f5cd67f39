"""Tables in the record shape: what cells, columns and rows mean, and how what is wrong with them is told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from graphkb.errors import UsageError
from graphkb.model.interpretation import interpret
from graphkb.sources import Dialect, read_paths
from tests.model.reading import meaning

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.errors import Problem
    from graphkb.model.dataset import Dataset
    from graphkb.sources import Reading


def reading(folder: Path, *declared: str, **tables: str | bytes) -> Reading:
    """Return what is read of CSV files; names have ``__`` for the dot."""
    for name, text in tables.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name.replace('__', '.')}.csv").write_bytes(content)
    return read_paths([folder], dialect=Dialect.parse(declared))


def stated(folder: Path, *declared: str, **tables: str | bytes) -> Dataset:
    """Return what CSV files state, without problems."""
    found = reading(folder, *declared, **tables)
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    return told.dataset


def problem(folder: Path, **tables: str | bytes) -> Problem:
    """Return the one problem of CSV files."""
    found = reading(folder, **tables)
    (only,) = [*found.problems, *interpret(found.records).problems]
    return only


def content(folder: Path, **tables: str | bytes) -> list[Any]:
    """Return the contents of the records of CSV files."""
    found = reading(folder, **tables)
    assert found.problems == []
    return [record.content for record in found.records]


# What cells and columns mean


def test_cells_have_the_types_of_their_fields(tmp_path: Path) -> None:
    """Numbers and truth values are read where a field takes them; elsewhere the same characters are text."""
    header = "title,maturityLevel,performanceScore,capabilityID"
    assert content(tmp_path, capabilities=f"{header}\n2026,3,4.5,007\n") == [
        {"title": "2026", "maturityLevel": 3, "performanceScore": 4.5, "capabilityID": "007"}
    ]


def test_a_table_may_have_the_name_of_its_kind(tmp_path: Path) -> None:
    """The list, the kind, and both with blanks and in any case name the same table."""
    expected = meaning({"customerSegments": [{"title": "A"}]})
    for name in ("customerSegments", "CustomerSegment", "Customer segments", "CUSTOMERSEGMENT"):
        folder = tmp_path / name
        folder.mkdir()
        assert stated(folder, **{name: "title\nA\n"}) == expected


def test_several_values_stand_in_one_cell(tmp_path: Path) -> None:
    """They are separated by semicolons or line breaks; quotes keep a separator, and an empty value says nothing."""
    cell = '"""x; y"";z;;\nlast"'
    assert content(tmp_path, customerSegments=f"title,feelings\nA,{cell}\n") == [
        {"title": "A", "feelings": ["x; y", "z", "last"]}
    ]


def test_quotes_keep_what_would_be_read_in_another_way(tmp_path: Path) -> None:
    """A text in quotes is taken as it stands: blanks, nothing at all, digits."""
    header = "title,currentValue,description,unitOfMeasure"
    assert content(tmp_path, performanceIndicators=f'{header}\n""" A ""","""30""","""""",  %  \n') == [
        {"title": " A ", "currentValue": "30", "description": "", "unitOfMeasure": "%"}
    ]


def test_columns_of_one_list_go_together_item_by_item(tmp_path: Path) -> None:
    """What stands once goes for all items, and an item may lack a value."""
    header = "title,dependsOn.id,dependsOn.kind,dependsOn.description"
    assert content(tmp_path, capabilities=f"{header}\nA,b;c,Capability,;late\n") == [
        {
            "title": "A",
            "dependsOn": [{"id": "b", "kind": "Capability"}, {"id": "c", "kind": "Capability", "description": "late"}],
        }
    ]


def test_rows_can_be_nested_in_records_of_another_table(tmp_path: Path) -> None:
    """Stages belong to a journey and touchpoints to a stage, whatever the order of files and rows."""
    nested = stated(
        tmp_path,
        journeyStages__touchpoints="journeyStage,touchpointName\nj/first,Hall\nSecond,Desk\nj/first,Door\n",
        journeys="journeyID,journeyTitle\nj,Move\n",
        journeys__journeyStages="journey,stageName,sequenceNumber\nMove,Second,2\nj,First,1\n",
    )
    stages = [
        {
            "stageName": "First",
            "sequenceNumber": 1,
            "touchpoints": [{"touchpointName": "Hall"}, {"touchpointName": "Door"}],
        },
        {"stageName": "Second", "sequenceNumber": 2, "touchpoints": [{"touchpointName": "Desk"}]},
    ]
    assert nested == meaning({"journeys": [{"journeyID": "j", "journeyTitle": "Move", "journeyStages": stages}]})


def test_remarks_are_not_read(tmp_path: Path) -> None:
    """Columns whose name begins with an underscore, and rows and columns without content, say nothing."""
    assert content(tmp_path, capabilities="title,_who,\n,Ann,\nA,Ben,\n,,\n")[-1] == {"title": "A"}


def test_an_edge_can_be_a_row(tmp_path: Path) -> None:
    """The list of relationships is a table too, with the properties of edges in dotted columns."""
    header = "type,from.id,from.kind,to.id,to.kind,properties.importanceLevel"
    found = content(tmp_path, relationships=f"{header}\nENABLED_BY,s,JourneyStage,c,Capability,4\n")
    ends = {"from": {"id": "s", "kind": "JourneyStage"}, "to": {"id": "c", "kind": "Capability"}}
    assert found == [{"type": "ENABLED_BY", **ends, "properties": {"importanceLevel": 4}}]


# How a table is written: declared, or detected and told


def test_what_is_detected_is_told(tmp_path: Path) -> None:
    """A delimiter, an encoding and a decimal comma that nobody declared are found, and named in notes."""
    text = "title;performanceScore\nZürich;4,5\n".encode("cp1252")
    found = reading(tmp_path, capabilities=text)
    assert [record.content for record in found.records] == [{"title": "Zürich", "performanceScore": 4.5}]
    told = [note.partition(": ")[2] for note in found.notes]
    assert told == [
        "not UTF-8, so read as Windows-1252; if letters are wrong, declare its encoding.",
        "read with the delimiter semicolon.",
        "numbers are read with a decimal comma, such as 4,5 in the table 'capabilities'.",
    ]


def test_what_is_declared_is_not_told(tmp_path: Path) -> None:
    """A declared dialect is taken as it is."""
    text = "title|performanceScore|capabilityFunctions\nZürich|4,5|a;b+c\n".encode("latin-1")
    declared = ("delimiter=pipe", "encoding=latin-1", "decimal=comma", "separator=+")
    found = reading(tmp_path, *declared, capabilities=text)
    assert found.notes == []
    assert [record.content for record in found.records] == [
        {"title": "Zürich", "performanceScore": 4.5, "capabilityFunctions": ["a;b", "c"]}
    ]


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [("utf-8-sig", []), ("utf-16", ["read as UTF-16."])],
)
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str, notes: list[str]) -> None:
    """Files with a mark are read by it."""
    found = reading(tmp_path, capabilities="title\nŽiva €\n".encode(encoding))
    assert [record.content for record in found.records] == [{"title": "Živa €"}]
    assert [note.partition(": ")[2] for note in found.notes] == notes


def test_points_and_commas_are_not_mixed_up(tmp_path: Path) -> None:
    """Where a table has numbers with points, one with a comma is a problem and not a guess."""
    only = problem(tmp_path, capabilities='title,performanceScore\nA,4.5\nB,"4,5"\n')
    assert (only.rule, only.line, only.pointer) == ("wrong-type", 3, "column 'performanceScore'")


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ("delimitre=tab", "Did you mean 'delimiter'?"),
        ("encoding=klingon", "There is no encoding 'klingon'"),
        ("decimal=x", "Decimals stand behind a point or a comma"),
        ("delimiter=ab", "it is one character"),
        ("delimiter", "declares nothing"),
    ],
)
def test_a_declaration_that_cannot_be_is_a_wrong_call(declared: str, told: str) -> None:
    """The message says what is possible."""
    with pytest.raises(UsageError) as caught:
        Dialect.parse([declared])
    assert told in str(caught.value)


def test_german_tables_are_read_as_they_are_written(tmp_path: Path) -> None:
    """Points between thousands, decimal commas and words for true and false are what they are there."""
    table = "title;segmentSize;customerLifetimeValue.value;isPriority\nA;12.000;2400,75;WAHR\nB;900;1.000,5;falsch\n"
    found = reading(tmp_path, customerSegments=table)
    assert found.problems == []
    assert [tuple(each.content.values()) for each in found.records] == [
        ("A", 12000, {"value": 2400.75}, True), ("B", 900, {"value": 1000.5}, False),
    ]  # fmt: skip


def test_names_of_columns_may_have_blanks_and_other_case(tmp_path: Path) -> None:
    """As names of tables may."""
    header = "Title,Maturity level,Demographic attributes.Age range"
    assert content(tmp_path, capabilities="Title,Maturity level\nA,3\n") == [{"title": "A", "maturityLevel": 3}]
    (tmp_path / "capabilities.csv").unlink()
    (persona,) = content(tmp_path, personas=f"{header.replace('Maturity level', 'Goals')}\nAnn,rest,34\n")
    assert persona == {"title": "Ann", "goals": ["rest"], "demographicAttributes": {"ageRange": "34"}}


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    """A header alone states nothing."""
    found = reading(tmp_path, capabilities="title\n,\n")
    assert (found.records, found.problems) == ([], [])
    assert found.notes[0].endswith("capabilities.csv: the table holds no rows.")


def test_a_title_names_an_element_where_an_id_is_due(tmp_path: Path) -> None:
    """People write the titles that they see; an element of that title is meant, not a new one."""
    data = stated(
        tmp_path,
        customerSegments="title\nHome Renovators\n",
        personas="title,customerSegmentID\nAnn,Home Renovators\n",
    )
    assert {key.id for key in data.nodes} == {"home-renovators", "ann"}


def test_a_name_that_is_nearly_known_is_told(tmp_path: Path) -> None:
    """What is only referred to may be a slip of the pen; the place and the nearest name are told, and it loads."""
    found = interpret(reading(tmp_path, capabilities="title,parent\nInspiration,\nShop,Insipration\n").records)
    assert found.problems == ()
    (note,) = found.notes
    assert note.endswith(
        ":3 column 'parent': Capability 'Insipration' is referred to, but not defined. Did you mean 'Inspiration'?"
    )


# What is wrong is told with its place


@pytest.mark.parametrize(
    ("table", "rule", "line", "pointer", "told"),
    [
        ("title,maturityLvl\nA,3\n", "unknown-field", 1, "column 'maturityLvl'", "Did you mean 'maturityLevel'?"),
        ("title,title\nA,B\n", "duplicate-column", 1, "column 'title'", "stands here 2 times"),
        ("title,\nA,B\n", "unnamed-column", 2, "", "in a column without a name"),
        ("title\nA,B\n", "row-shape", 2, "", "more cells than the 1 columns"),
        ("title,maturityLevel\nA,9\n", "out-of-range", 2, "column 'maturityLevel'", "at most 5"),
        ("title,maturityLevel\nA,high\n", "wrong-type", 2, "column 'maturityLevel'", "a whole number is due"),
        ('title,description,level\nA,"x\ny",z\n', "wrong-type", 2, "column 'level'", "a whole number is due"),
        ("purpose\nB\n", "no-identity", 2, "", "neither an id nor a title"),
        ('title,capabilityFunctions\nA,"[{"\n', "wrong-value", 2, "column 'capabilityFunctions'", "no JSON"),
        ("title,dependsOn.id,dependsOn.kind\nA,b;c;d,Capability;Asset\n", "uneven-lists", 2, "column 'dependsOn.id'",
         "there are 3 of id, 2 of kind"),
        ("title,dependsOn,dependsOn.kind\nA,b,Asset\n", "contradiction", 2, "column 'dependsOn.kind'", "as a whole"),
        ("title,statusHistory.date\nA,2026\n", "unknown-field", 1, "column 'statusHistory.date'", "no field"),
        ("title,performanceIndicators.statusHistory.date\nA,2026\n", "list-in-list", 1,
         "column 'performanceIndicators.statusHistory.date'", "a table of its own"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_line_and_column(  # noqa: PLR0913  # a problem and its parts
    tmp_path: Path, table: str, rule: str, line: int, pointer: str, told: str
) -> None:
    """The problem names the line on which the row starts and the column by its name."""
    only = problem(tmp_path, capabilities=table)
    assert (only.rule, only.line, only.pointer or "") == (rule, line, pointer or only.pointer)
    assert told in only.message


def test_a_table_of_another_make_is_told_to_need_a_mapping(tmp_path: Path) -> None:
    """Where half of the columns and more are unknown, the first of the problems says so."""
    found = reading(tmp_path, capabilities="title,Above,Colour\nA,B,red\n")
    assert ["guess-mapping" in each.message for each in found.problems] == [True, False]


def test_a_missing_value_is_told_in_its_column(tmp_path: Path) -> None:
    """A record that lacks its key has the problem in the cell of the key."""
    header = "relationshipID,customerSegmentID,title"
    only = problem(tmp_path, customerCapabilityRelationships=f"{header}\n,S,Pay\n")
    assert (only.rule, only.line, only.pointer) == ("missing-field", 2, "column 'relationshipID'")


@pytest.mark.parametrize(
    ("table", "rule", "told"),
    [
        ("stageName\nFirst\n", "missing-column", "The column 'journey' is missing"),
        ("journey,stageName\n,First\n", "missing-field", "does not say in which Journey"),
    ],
)
def test_a_nested_row_says_where_it_belongs(tmp_path: Path, table: str, rule: str, told: str) -> None:
    """Without the column of the owner, or its cell, nothing is nested anywhere."""
    only = problem(tmp_path, journeys__journeyStages=table)
    assert only.rule == rule
    assert told in only.message


def test_a_stage_that_is_nowhere_is_told(tmp_path: Path) -> None:
    """What a touchpoint belongs to must be known, since a stage cannot stand alone; the nearest one is named."""
    only = problem(
        tmp_path,
        journeys__journeyStages="journey,stageName\nMove,First step\n",
        journeyStages__touchpoints="journeyStage,touchpointName\nFirst stop,Door\n",
        journeys="journeyTitle\nMove\n",
    )
    assert (only.rule, only.line, only.pointer) == ("unknown-reference", 2, "column 'journeyStage'")
    assert "Did you mean 'First step'?" in only.message


def test_a_table_of_an_unknown_name_is_told(tmp_path: Path) -> None:
    """The message names the nearest list, and the way for tables of another make."""
    only = problem(tmp_path, capabilites="title\nA\n")
    assert only.rule == "unknown-list"
    assert "Did you mean 'capabilities'?" in only.message
    assert "guess-mapping" in only.message


# Sheets


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write a workbook with the rows of its sheets."""
    book = openpyxl.Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for title, rows in sheets.items():
        made = book.create_sheet(title)
        for row in rows:
            made.append(row)
    book.save(path)
    return path


def test_a_problem_in_a_sheet_names_the_cell_as_spreadsheets_do(tmp_path: Path) -> None:
    """The sheet, the column and the row of the very cell, blank rows counted."""
    rows: list[list[Any]] = [
        ["title", "description", "purpose", "maturityLevel"],
        *[[f"C{n}"] for n in range(2, 14)],
        [],
    ]
    rows += [["Last", None, None, 7]]
    found = read_paths([workbook(tmp_path / "b.xlsx", {"Capabilities": rows, "Customer Segments": [["titel"], ["A"]]})])
    problems = [*found.problems, *interpret(found.records).problems]
    assert sorted(each.pointer for each in problems) == ["'Customer Segments'!A1", "Capabilities!D15"]


def test_cells_of_a_sheet_are_taken_as_the_program_keeps_them(tmp_path: Path) -> None:
    """Numbers, truth values and days have their types; a number in a field for text is text."""
    header = ["customerID", "title", "segmentSize", "isPriority", "nextReviewOn"]
    day = dt.datetime(2025, 12, 9)  # noqa: DTZ001  # a day in a sheet has no time zone
    path = workbook(tmp_path / "b.xlsx", {"customerSegments": [header, [7, 2026, 1200.0, True, day]]})
    (record,) = read_paths([path]).records
    assert record.content == {
        "customerID": "7",
        "title": "2026",
        "segmentSize": 1200,
        "isPriority": True,
        "nextReviewOn": day.date().isoformat(),
    }


def test_a_formula_counts_by_its_saved_result_alone(tmp_path: Path) -> None:
    """One that was never computed is told with its cell, not taken for nothing."""
    path = workbook(tmp_path / "b.xlsx", {"capabilities": [["title", "description"], ["A", "=1+1"]]})
    (only,) = read_paths([path]).problems
    assert (only.rule, only.pointer) == ("no-result", "capabilities!B2")


def test_merged_cells_count_for_each_of_their_rows(tmp_path: Path) -> None:
    """A journey written once for several stages belongs to all of them, and a note says so."""
    path = workbook(
        tmp_path / "b.xlsx",
        {
            "journeys": [["journeyTitle"], ["Move"]],
            "journeys.journeyStages": [["journey", "stageName"], ["Move", "First"], [None, "Second"]],
        },
    )
    book = openpyxl.load_workbook(path)
    book["journeys.journeyStages"].merge_cells("A2:A3")
    book.save(path)
    found = read_paths([path])
    assert [record.content["stageName"] for record in found.records[1:]] == ["First", "Second"]
    assert interpret(found.records).problems == ()
    assert "1 merged range counts" in found.notes[0]
