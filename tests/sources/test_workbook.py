"""Workbooks that cannot be read, and cells that hold nothing to read: told by file, sheet and cell."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from graphkb.sources import read_paths

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.errors import Problem


def book(*rows: list[object]) -> bytes:
    """Return a workbook with a sheet of capabilities."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "capabilities"
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """Return a workbook with another text in one of its parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            text = source.read(member)
            target.writestr(member, text.replace(old.encode(), new.encode()) if member == name else text)
    return held.getvalue()


def problem(folder: Path, content: bytes) -> Problem:
    """Return the one problem of a workbook."""
    path = folder / "book.xlsx"
    path.write_bytes(content)
    (only,) = read_paths([path]).problems
    assert only.file == str(path)
    return only


SHEET = "xl/worksheets/sheet1.xml"
GOOD = book(["title", "maturityLevel"], ["A", 3])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"title\nA\n", "no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel before 2007"),
        (GOOD[:-30], "no XLSX workbook"),
        (changed(GOOD, SHEET, "<worksheet", "<!DOCTYPE x><worksheet"), "document type"),
        (changed(GOOD, SHEET, 'r="B2"', 'r="B7"'), "the cell B7 stands in row 2"),
        (changed(GOOD, SHEET, 'r="B2"', 'r="A2"'), "the cell A2 stands in row 2, or twice"),
        (changed(GOOD, SHEET, 'row r="2"', 'row r="0"'), "stands in row 0"),
        (
            changed(GOOD, SHEET, "</row></sheetData>", "</row><row r='2'><c><v>1</v></c></row></sheetData>"),
            "stands twice",
        ),
        (changed(GOOD, SHEET, "worksheet", "chartsheet"), "is no sheet"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    """The message says why it cannot be one, and what to do."""
    told = problem(tmp_path, content)
    assert told.rule == "not-a-workbook"
    assert says in told.message


@pytest.mark.parametrize(
    "content",
    [
        changed(GOOD, SHEET, "<sheetData>", "<sheetData>" + " " * 5_000_000),
        changed(book(["title"], ["A"]), SHEET, '<row r="2"><c r="A2"', '<row r="1048577"><c r="A1048577"'),
        changed(GOOD, SHEET, '"B2"', '"XFD2"'),
    ],
)
def test_a_workbook_that_is_too_large_is_told(tmp_path: Path, content: bytes) -> None:
    """Whether it swells when it is unpacked, or reaches further than a sheet is read."""
    assert problem(tmp_path, content).rule == "too-large"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('t="e"><v>#REF!</v>', "shows the error #REF!"),
        ('t="s"><v>-1</v>', "no value of the type 's'"),
        ('t="s"><v>99</v>', "no value of the type 's'"),
        ('t="b"><v>perhaps</v>', "no value of the type 'b'"),
        ('t="d"><v>2025-02-30</v>', "no value of the type 'd'"),
        ('t="x"><v>3</v>', "no value of the type 'x'"),
        ("><v>three</v>", "no value of the type 'n'"),
        ("><v>1e999</v>", "too large"),
    ],
)
def test_a_cell_without_a_value_is_told(tmp_path: Path, written: str, says: str) -> None:
    """With the place of the cell, and the other cells are read."""
    told = problem(tmp_path, changed(GOOD, SHEET, 't="n"><v>3</v>', written))
    assert (told.rule, told.pointer) == ("cell-error", "capabilities!B2")
    assert says in told.message


def test_too_many_faulty_cells_end_the_reading(tmp_path: Path) -> None:
    """The last problem says that there may be more."""
    rows = "<row><c t='e'><v>#N/A</v></c></row>" * 11_000
    path = tmp_path / "book.xlsx"
    path.write_bytes(changed(GOOD, SHEET, "</sheetData>", f"{rows}</sheetData>"))
    rules = [each.rule for each in read_paths([path]).problems]
    assert set(rules) == {"cell-error", "too-many-problems"}
    assert rules.count("too-many-problems") == 1
