"""What a foreign workbook holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.errors import DataError
from graphkb.model.validation import Place
from graphkb.sources.mapping.contents import Content, header_of
from graphkb.sources.mapping.paths import text_of
from graphkb.sources.sheets import address, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.errors import Problem
    from graphkb.sources.mapping.contents import Where
    from graphkb.sources.mapping.paths import Steps
    from graphkb.sources.reading import InputFile
    from graphkb.sources.sheets import Sheet


def workbook_content(file: InputFile) -> Content:
    """Read the sheets of a workbook by title, or of one that has a single sheet the rows, as those of a table."""
    sheets = [sheet for sheet in sheets_of(file) if sheet.rows]
    problems = [problem for sheet in sheets for problem in sheet.problems]
    headers: dict[str, tuple[str, ...]] = {}
    value: dict[str, list[dict[str, Any]]] = {}
    numbers: dict[str, list[int]] = {}
    for sheet in sheets:
        top, *numbers[sheet.title] = sorted(sheet.rows)
        columns = range(1, max(sheet.rows[top]) + 1)
        header = headers[sheet.title] = header_of([text_of(sheet.rows[top].get(column)) for column in columns])
        # Cells that are empty stay away: the header may be much wider than the rows.
        value[sheet.title] = [
            {header[column - 1]: each for column, each in sheet.rows[number].items() if column in columns}
            for number in numbers[sheet.title]
        ]
        problems += _longer(sheet, len(header), numbers[sheet.title], file.place)
    if problems:
        raise DataError(problems)
    only = next(iter(headers)) if len(headers) == 1 else None

    def where(steps: Steps) -> Where:
        title, *inside = steps if only is None else (only, *steps)
        if not inside:
            return str(title), None
        column = headers[str(title)].index(str(inside[1])) + 1 if len(inside) > 1 else 1
        return address(str(title), column, numbers[str(title)][int(inside[0])]), None

    return Content(value if only is None else value[only], where, None if only is None else headers[only])


def _longer(sheet: Sheet, width: int, numbers: list[int], place: Place) -> Iterator[Problem]:
    """Yield a problem for each row that goes on behind the header."""
    for number in numbers:
        if (last := max(sheet.rows[number])) > width:
            there = _cell_place(address(sheet.title, last, number), place)
            yield there.problem("row-shape", f"The row has more cells than the {width} columns.")


def _cell_place(at: str, place: Place) -> Place:
    return Place(place.file, at, written_at=lambda _: (at, None))
