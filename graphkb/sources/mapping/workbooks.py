"""What a foreign workbook holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.errors import DataError
from graphkb.sources.mapping.contents import Content, header_of
from graphkb.sources.mapping.paths import text_of
from graphkb.sources.sheets import address, sheets_of

if TYPE_CHECKING:
    from graphkb.sources.mapping.contents import Where
    from graphkb.sources.mapping.paths import Steps
    from graphkb.sources.reading import InputFile


def workbook_content(file: InputFile) -> Content:
    """Read the sheets of a workbook by title, or of one that has a single sheet the rows, as those of a table."""
    sheets = [sheet for sheet in sheets_of(file) if sheet.rows]
    if problems := [problem for sheet in sheets for problem in sheet.problems]:
        raise DataError(problems)
    headers: dict[str, tuple[str, ...]] = {}
    value: dict[str, list[dict[str, Any]]] = {}
    numbers: dict[str, list[int]] = {}
    for sheet in sheets:
        top, *numbers[sheet.title] = sorted(sheet.rows)
        columns = range(1, max(sheet.rows[top]) + 1)
        header = headers[sheet.title] = header_of([text_of(sheet.rows[top].get(column)) for column in columns])
        value[sheet.title] = [
            dict(zip(header, map(sheet.rows[number].get, columns), strict=True)) for number in numbers[sheet.title]
        ]
    only = next(iter(headers)) if len(headers) == 1 else None

    def where(steps: Steps) -> Where:
        title, *inside = steps if only is None else (only, *steps)
        if not inside:
            return str(title), None
        column = headers[str(title)].index(str(inside[1])) + 1 if len(inside) > 1 else 1
        return address(str(title), column, numbers[str(title)][int(inside[0])]), None

    return Content(value if only is None else value[only], where, None if only is None else headers[only])
