"""XLSX workbooks in the record shape: each sheet is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkb.model.validation import known_lists
from graphkb.sources.reading import InputFile, Reading
from graphkb.sources.sheets import NAMES_SHEET, address, sheets_of
from graphkb.sources.tables import Table, read_table

if TYPE_CHECKING:
    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.mapping.contents import Where
    from graphkb.sources.sheets import Cells, Sheet

TITLE_LENGTH: Final = 31
"""Most characters of the name of a sheet."""


def read_workbook(file: InputFile) -> Reading:
    """Read all sheets of a workbook, each of which has the name of a list or of a kind.

    Sheets without content are passed over, hidden ones are not. Raises :class:`~graphkb.errors.DataError` for a file
    that is no workbook, or one larger than the limits.
    """
    found = Reading()
    sheets = sheets_of(file)
    names = {row.get(1): str(row.get(2)) for each in sheets if each.title == NAMES_SHEET for row in each.rows.values()}
    for sheet in sheets:
        found.problems += sheet.problems
        if not sheet.rows or sheet.title == NAMES_SHEET:
            continue
        name = names.get(sheet.title) or _list_cut(sheet.title, file.metamodel)
        found.add(read_table(_table(sheet, name, file)))
        if sheet.merged:
            ranges = "1 merged range counts" if sheet.merged == 1 else f"{sheet.merged} merged ranges counts"
            found.notes.append(f"{file.path}: the value of {ranges} in each of its rows in the sheet {sheet.title!r}.")
    if not found.records and not found.problems:
        found.notes.append(f"{file.path}: no sheet holds a row.")
    return found


def _table(sheet: Sheet, name: str, file: InputFile) -> Table:
    """Return a sheet as a table of which the first row that holds something is the header."""
    numbers = sorted(sheet.rows)
    first = sheet.rows[numbers[0]]

    def where(row: int, column: int | None) -> Where:
        return address(sheet.title, (column or 0) + 1, numbers[row + 1]), None

    header = ["" if (cell := first.get(column)) is None else str(cell) for column in range(1, max(first) + 1)]
    rows = [_listed(sheet.rows[number]) for number in numbers[1:]]
    return Table(name=name, header=header, rows=rows, file=file, where=where, plain=False)


def _listed(cells: Cells) -> list[Any]:
    return [cells.get(column) for column in range(1, max(cells) + 1)]


def _list_cut(title: str, metamodel: Metamodel) -> str:
    """Return the list of which the name is longer than that of a sheet can be, or the name of the sheet."""
    begun = [each for each in known_lists(metamodel) if each.startswith(title)]
    return begun[0] if len(title) == TITLE_LENGTH and len(begun) == 1 else title
