"""The record shape as one XLSX workbook: a sheet for each table, which loads back."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font

from graphkb.exports.tables import tables_of
from graphkb.sources.sheets import NAMES_SHEET
from graphkb.sources.workbook import TITLE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkb.model.dataset import Dataset
    from graphkb.model.metamodel import Metamodel

HEADER: Final = Font(bold=True)
_MOMENT: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Stands for the time of writing, so that the same graph gives the same bytes."""
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
WIDEST: Final = 60
"""Most characters that a column is made wide for."""


def xlsx_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, bytes]:
    """Return everything in the record shape as one workbook; texts stay texts, whatever they begin with."""
    book = new_workbook()
    tables = tables_of(dataset, metamodel, plain=False)
    for title, name in sheet_titles(tables).items():
        table, sheet = tables[name], book.create_sheet(title)
        columns = table.columns()
        for number, row in enumerate([dict(zip(columns, columns, strict=True)), *table.rows], 1):
            for index, column in enumerate(columns, 1):
                put(sheet, number, index, row.get(column))
        dress(sheet, [max(len(str(row.get(each) or "")) for row in (*table.rows, {each: each})) for each in columns])
    if not tables:
        book.create_sheet("_Empty")
    add_names(book, tables)
    return {"graphkb.xlsx": saved(book)}


def new_workbook() -> Workbook:
    """Return a workbook without sheets."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def sheet_titles(names: Iterable[str]) -> dict[str, str]:
    """Return names of tables by titles of sheets, which are shorter and differ in more than case."""
    titles: dict[str, str] = {}
    used: set[str] = set()
    for name in names:
        title, number = name[:TITLE_LENGTH], 1
        while title.casefold() in used:
            number += 1
            title = f"{name[: TITLE_LENGTH - len(str(number)) - 1]}~{number}"
        used.add(title.casefold())
        titles[title] = name
    return titles


def add_names(book: Workbook, names: Iterable[str]) -> None:
    """Add a hidden sheet that tells the names of tables that are longer than titles of sheets can be."""
    cut = {title: name for title, name in sheet_titles(names).items() if title != name}
    if cut:
        sheet = book.create_sheet(NAMES_SHEET)
        sheet.sheet_state = "hidden"
        for row in cut.items():
            sheet.append(row)


def put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Put a value into a cell; a text is never a formula."""
    if value is None:
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
        cell.data_type = "s"
    elif isinstance(value, float):
        # Given as text with all its digits, since the library would write sixteen of them.
        cell.value = repr(value)
        cell.data_type = "n"
    else:
        cell.value = value


def dress(sheet: Any, widths: list[int]) -> None:
    """Make the header bold, keep it in sight, and the columns as wide as what they hold."""
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = HEADER
    for cell, width in zip(sheet[1], widths, strict=False):
        sheet.column_dimensions[cell.column_letter].width = min(width, WIDEST) + 2


def saved(book: Workbook) -> bytes:
    """Return the file of a workbook, always the same for the same content."""
    book.properties.created = _MOMENT.replace(tzinfo=None)
    written = io.BytesIO()
    book.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = _MODIFIED.sub(rb"\g<1>" + _MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), source.read(member))
            target.writestr(zipfile.ZipInfo(member.filename, _MOMENT.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
