"""The sheets of XLSX workbooks, each value as the spreadsheet program keeps it.

A workbook is a ZIP of XML files that may come from anywhere: its size and its contents are checked before anything of
it is parsed. Formulas are never evaluated; the result that was saved with them counts. The libraries for workbooks
fill the whole rectangle that the cells or merged ranges of a sheet span, so that a single cell in its last corner takes
all memory: sheets are read element by element here, and a library is used for styles, dates and addresses.
"""

from __future__ import annotations

import bisect
import datetime as dt
import math
import re
import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

# No member with a document type gets as far as this parser, and without one there is nothing to expand.
from xml.etree.ElementTree import Element, ParseError, iterparse

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse as iterparse_defused
from openpyxl.packaging.relationship import get_dependents
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from graphkb.errors import DataError
from graphkb.model.validation import MAX_PROBLEMS, Place
from graphkb.model.values import EXACT
from graphkb.sources.archive import open_archive
from graphkb.sources.delimited import MAX_CELL
from graphkb.sources.tables import REMARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.errors import Problem
    from graphkb.sources.reading import InputFile

MAX_TAGS: Final = 16_000_000
"""Most XML tags of a workbook; a cell has two to eight."""
MAX_COLUMNS: Final = 10_000
MAX_ROWS: Final = 1_048_576
"""Rows that a sheet can have."""
MAX_CELLS: Final = 50_000_000
"""Most cells of a workbook, the empty ones in front of others in their row included."""

START_SHEET: Final = "Start here"
"""Sheet of a template that says how to fill it in."""
NAMES_SHEET: Final = "_Names"
"""Hidden sheet with the names of sheets and, behind them, those of their tables where these are longer."""

_ENCODING: Final = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.-]+)")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of the files of Excel before 2007, and of those with a password."""

Cells: TypeAlias = "dict[int, Any]"
"""The values of a row by column, from 1."""


@dataclass(slots=True)
class Sheet:
    """A sheet as read."""

    title: str
    rows: dict[int, Cells] = field(default_factory=dict)
    """The rows that hold something, by number from 1, in their order."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with single cells."""
    merged: int = 0
    """Merged ranges of which the value counts in several rows."""


def sheets_of(file: InputFile) -> list[Sheet]:
    """Read the sheets of a workbook that are neither a remark nor the start page of a template.

    Raises :class:`~graphkb.errors.DataError` for a file that is no workbook, or one larger than the limits.
    """
    with _told(file.place):
        archive = _open(file)
        return list(_Workbook(archive, file.place).sheets())


def address(title: str, column: int, row: int) -> str:
    """Return the place of a cell as spreadsheet programs show it: ``Capabilities!D14``."""
    name = title if re.fullmatch(r"\w+", title) else "'" + title.replace("'", "''") + "'"
    return f"{name}!{get_column_letter(column)}{row}"


def unescaped(text: str) -> str:
    """Return a text without the escapes ``_xHHHH_`` by which workbooks hold what XML cannot."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Turn whatever a damaged workbook leads to into a problem."""
    try:
        with warnings.catch_warnings():
            # The library warns of styles that it does not know; nothing that is read here depends on them.
            warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
            yield
    except DataError:
        raise
    except DefusedXmlException as error:
        message = "The file is no workbook: it has a document type, which no spreadsheet program writes."
        raise DataError([place.problem("not-a-workbook", message)]) from error
    except MemoryError:
        raise
    except Exception as error:  # ZIP, XML and the library have some twenty exceptions for damaged files, and no root
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        message = f"The workbook cannot be read ({detail}). Open it in a spreadsheet program and save it again as XLSX."
        raise DataError([place.problem("not-a-workbook", message)]) from error


# What comes from anywhere is checked before it is parsed.


def _open(file: InputFile) -> zipfile.ZipFile:
    """Open the ZIP of a workbook after checking how large it unpacks and that its XML is plain."""
    place = file.place
    if file.content.startswith(_OLD_OR_LOCKED):
        locked = "EncryptedPackage".encode("utf-16-le") in file.content
        reason = "It is protected by a password." if locked else "It is in the format of Excel before 2007."
        message = f"The workbook cannot be read. {reason} Save it as XLSX without a password."
        raise DataError([place.problem("not-a-workbook", message)])
    try:
        archive = open_archive(file.content, place, "workbook")
    except zipfile.BadZipFile as error:
        message = "The file is no XLSX workbook, whatever its name says."
        raise DataError([place.problem("not-a-workbook", message)]) from error
    tags = 0
    for each in archive.infolist():
        with archive.open(each) as member:
            tags += _count_tags(member, MAX_TAGS - tags, place)
        with archive.open(each) as member:
            _check_prolog(member)
    return archive


def _count_tags(member: IO[bytes], limit: int, place: Place) -> int:
    count = 0
    while piece := member.read(1 << 16):
        count += piece.count(b"<")
        if count > limit:
            message = f"The workbook holds more than can be read: more than {MAX_TAGS:,} XML tags. Split it."
            raise DataError([place.problem("too-large", message)])
    return count


def _check_prolog(member: IO[bytes]) -> None:
    """Refuse a document type and encodings that no workbook has; what is no XML is not looked at."""
    start = member.read(200).replace(b"\0", b"")
    declared = _ENCODING.match(start)
    if declared and declared[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii"):
        raise ValueError(f"the encoding {declared[1].decode()} is none that a workbook has")
    member.seek(0)
    try:
        next(iterparse_defused(member, events=("start",), forbid_dtd=True), None)
    except ParseError:
        return


# From XML to values


def _relations_of(path: str) -> str:
    """Return where a member of the archive keeps what it refers to."""
    folder, _, name = path.rpartition("/")
    return "/".join(part for part in (folder, "_rels", f"{name}.rels") if part)


def _name(element: Element) -> str:
    """Return the name of an element without its namespace, of which there is one for each flavor of the format."""
    return str(element.tag).rpartition("}")[2]


def _find(element: Element, name: str) -> Element | None:
    return next((each for each in element if _name(each) == name), None)


def _text(element: Element) -> str:
    """Return the text of a string: plain, or in runs; hints on pronunciation are none of it."""
    parts = [each if _name(each) == "t" else _find(each, "t") for each in element if _name(each) in ("t", "r")]
    return unescaped("".join(part.text or "" for part in parts if part is not None))


def _flag(text: str) -> bool:
    return {"1": True, "true": True, "0": False, "false": False}[text]


def _moment(text: str) -> str:
    moment: dt.datetime | dt.date | dt.time = from_ISO8601(text)  # type: ignore[no-untyped-call]  # its stubs lack it
    return _iso(moment)


class _CellError(Exception):
    """A cell that has no value to read."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


class _Workbook:
    """The sheets of an opened workbook."""

    def __init__(self, archive: zipfile.ZipFile, place: Place) -> None:
        self.archive = archive
        self.place = place
        self.cells = 0
        (root,) = [each for each in get_dependents(archive, "_rels/.rels") if each.Type.endswith("/officeDocument")]
        self.path = root.target
        self.parts = {each.Id: each for each in get_dependents(archive, _relations_of(self.path))}
        self.strings = [_text(each) for each in self._elements(self._part("sharedStrings"), "si")]
        self.epoch = CALENDAR_WINDOWS_1900
        styles = self._part("styles")
        tree: Any = next(self._elements(styles, "styleSheet")) if styles else None
        sheet: Any = Stylesheet.from_tree(tree) if styles else None
        self.dates: frozenset[int] = frozenset(sheet.date_formats) if sheet else frozenset()
        self.spans: frozenset[int] = frozenset(sheet.timedelta_formats) if sheet else frozenset()

    def _part(self, kind: str) -> str:
        return next((each.target for each in self.parts.values() if each.Type.endswith(f"/{kind}")), "")

    def _elements(self, path: str, *names: str) -> Iterator[Element]:
        """Yield the elements of these names, each emptied once the next is asked for."""
        if not path:
            return
        with self.archive.open(path) as member:
            for _, element in iterparse(member):  # noqa: S314  # checked, see the import
                if _name(element) in names:
                    yield element
                    element.clear()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets in their order."""
        listed = []
        for element in self._elements(self.path, "workbookPr", "sheet"):
            if _name(element) == "sheet":
                listed.append(dict(element.attrib))
            elif element.get("date1904") in ("1", "true"):
                self.epoch = CALENDAR_MAC_1904
        if not listed:
            raise ValueError("it lists no sheet")
        if len({each["name"] for each in listed}) < len(listed):
            raise ValueError("two of its sheets have one name")
        for attributes in listed:
            identifier = next(value for name, value in attributes.items() if name.endswith("}id"))
            part, title = self.parts[identifier], attributes["name"]
            read = title == NAMES_SHEET or (title != START_SHEET and not title.startswith(REMARK))
            if part.Type.endswith("/worksheet") and read:
                yield self._sheet(title, part.target)

    def _sheet(self, title: str, path: str) -> Sheet:
        sheet = Sheet(title)
        merges: list[str] = []
        number, whole = 0, False
        for element in self._elements(path, "row", "mergeCell", "worksheet"):
            if _name(element) == "mergeCell":
                merges.append(element.get("ref", ""))
            elif _name(element) == "worksheet":
                whole = True
            else:
                number = int(element.get("r", number + 1))
                self._take(element, number, sheet)
        if not whole:
            raise ValueError(f"the part {path} is no sheet")
        self._spread(sheet, merges)
        return sheet

    def _take(self, row: Element, number: int, sheet: Sheet) -> None:
        """Put the values of a row into its sheet."""
        cells = self._cells(row, number, sheet)
        if not cells:
            return
        known = sheet.rows.setdefault(number, {})
        if number < 1 or known.keys() & cells.keys():
            raise ValueError(f"the row {number} of the sheet {sheet.title!r} cannot be, or stands twice")
        known.update(cells)
        self._count(sheet.title, number, max(cells))

    def _count(self, title: str, row: int, width: int) -> None:
        self.cells += width
        if row > MAX_ROWS or width > MAX_COLUMNS:
            message = f"The sheet {title!r} is larger than {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns."
        elif self.cells > MAX_CELLS:
            message = f"The workbook holds more than can be read: more than {MAX_CELLS:,} cells. Split it."
        else:
            return
        raise DataError([self.place.problem("too-large", message)])

    def _spread(self, sheet: Sheet, merges: list[str]) -> None:
        """Let the value of cells merged over rows count in each of these rows that says something of its own."""
        numbers = sorted(sheet.rows)
        for written in merges:
            left, top, _, bottom = (edge or 1 for edge in range_boundaries(written))
            value = sheet.rows.get(top, {}).get(left)
            if value is None or top == bottom or top == numbers[0]:
                continue
            sheet.merged += 1
            inside = numbers[bisect.bisect_right(numbers, top) : bisect.bisect_right(numbers, bottom)]
            self._count(sheet.title, top, len(inside))
            for number in inside:
                sheet.rows[number].setdefault(left, value)

    def _cells(self, row: Element, number: int, sheet: Sheet) -> Cells:
        """Return the values of a row; cells that have none that can be read are told."""
        cells: Cells = {}
        column = 0
        for cell in row:
            written = cell.get("r")
            at, column = coordinate_to_tuple(written) if written else (number, column + 1)
            if at != number or column in cells:
                raise ValueError(f"the cell {written} stands in row {number}, or twice")
            try:
                value = self._value(cell)
                if isinstance(value, str) and len(value) > MAX_CELL:
                    raise _CellError("too-large", f"The cell holds more than {MAX_CELL:,} characters.")  # noqa: TRY301
            except _CellError as error:
                self._note(sheet, address(sheet.title, column, number), error)
                continue
            if value is not None and value != "":
                cells[column] = value
        return cells

    def _note(self, sheet: Sheet, at: str, error: _CellError) -> None:
        place = Place(self.place.file, at, written_at=lambda _: (at, None))
        sheet.problems.append(place.problem(error.rule, error.message))
        if len(sheet.problems) >= MAX_PROBLEMS:
            message = "There are too many problems; the cells from here on were not looked at."
            raise DataError([*sheet.problems, place.problem("too-many-problems", message)])

    def _value(self, cell: Element) -> Any:
        """Return the value of a cell, or None; dates are ISO text.

        Raises :class:`_CellError`.
        """
        kind = cell.get("t", "n")
        held = inline = formula = None
        for part in cell:
            name = _name(part)
            if name == "v":
                held = part.text or ""
            elif name == "is":
                inline = part
            elif name == "f":
                formula = part
        if inline is not None:
            return _text(inline)
        if not held and formula is not None and kind != "str":
            message = "The formula has no saved result. Open the file in a spreadsheet program and save it."
            raise _CellError("no-result", message)
        if not held:
            return None
        if kind == "e":
            raise _CellError("cell-error", f"The cell shows the error {held}; correct it, or empty the cell.")
        readers = {"s": self._shared, "str": unescaped, "b": _flag, "d": _moment}
        try:
            return readers[kind](held) if kind != "n" else self._number(held, int(cell.get("s", "0")))
        except (ValueError, LookupError) as error:
            message = f"The cell holds {held[:40]!r}, which is no value of the type {kind!r}; correct or empty it."
            raise _CellError("cell-error", message) from error

    def _shared(self, index: str) -> str:
        if (number := int(index)) < 0:
            raise IndexError(index)
        return self.strings[number]

    def _number(self, text: str, style: int) -> Any:
        number = float(text)
        if not math.isfinite(number):
            raise _CellError("cell-error", f"The cell holds the number {text[:40]}, which is too large.")
        if style in self.dates:
            try:
                return _iso(from_excel(number, self.epoch, timedelta=style in self.spans))
            except (OverflowError, ValueError) as error:
                raise _CellError("cell-error", f"The cell is shown as a date, but {text[:40]} is none.") from error
        return int(number) if number.is_integer() and abs(number) <= EXACT else number


def _iso(moment: dt.datetime | dt.date | dt.time | dt.timedelta) -> str:
    """Return a date, a time, both, or hours, minutes and seconds as text; midnight of a day is the day."""
    if isinstance(moment, dt.timedelta):
        minutes, seconds = divmod(round(moment.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(moment, dt.datetime) and moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat()
