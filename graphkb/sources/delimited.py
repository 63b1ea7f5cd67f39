"""Delimited text, such as CSV: how a file is written is declared, or detected and then told."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError, UsageError
from graphkb.model.names import did_you_mean
from graphkb.model.validation import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.sources.reading import InputFile

DELIMITERS: Final = ",;\t|"
"""What can stand between cells; where it is not declared, that which makes most columns does."""
MAX_COLUMNS: Final = 10_000
MAX_CELL: Final = 4 * 1024 * 1024
"""Most characters of a cell."""
MAX_ROWS: Final = 1_048_576
"""Most rows, which is what a sheet can have; blank lines are none."""

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORDS: Final = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "point": ".", "newline": "\n"}
_NEVER: Final = {"delimiter": '"\r\n\0', "separator": '"\r\0'}
"""What a sign of a table cannot be."""
_SPOKEN: Final = {text: word for word, text in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How tables are written, as far as it is declared."""

    delimiter: str | None = None
    """Character between cells."""
    encoding: str | None = None
    """Name of the encoding, such as ``cp1252``."""
    decimal: str | None = None
    """Sign in front of decimals, ``.`` or ``,``."""
    separator: str = ";"
    """Character between several values in one cell."""

    @classmethod
    def parse(cls, words: Iterable[str]) -> Dialect:
        """Read declarations such as ``delimiter=tab`` or ``encoding=cp1252``.

        Raises :class:`~graphkb.errors.UsageError` for an unknown name or a value that cannot be.
        """
        declared: dict[str, str] = {}
        for word in words:
            name, _, value = word.partition("=")
            if name not in cls.__slots__ or not value:
                hint = did_you_mean(name, cls.__slots__)
                raise UsageError(
                    f"{word!r} declares nothing of a table.{hint} Write {'=..., '.join(cls.__slots__)}=..."
                )
            declared[name] = value if name == "encoding" else _WORDS.get(value.casefold(), value)
        found = cls(**declared)
        if fault := found.fault():
            raise UsageError(fault)
        return found

    def fault(self) -> str:
        """Say what cannot be, if anything."""
        if self.encoding is not None:
            try:
                # Unlike a look-up, this refuses what turns bytes into bytes, such as unpacking.
                "".encode(self.encoding)
            except (LookupError, ValueError):
                return f"There is no encoding {self.encoding!r}; common ones are utf-8, utf-16 and cp1252."
        if self.decimal not in (None, ".", ","):
            return f"Decimals stand behind a point or a comma, not behind {self.decimal!r}."
        for name in ("delimiter", "separator"):
            value = getattr(self, name)
            if value is not None and (len(value) != 1 or value in _NEVER[name] or value.isalnum()):
                return f"The {name} cannot be {value!r}; it is one character that is no letter, digit or quote."
        return ""


@dataclass(frozen=True, slots=True)
class Delimited:
    """The cells of a file."""

    header: list[str]
    """The first row."""
    rows: list[tuple[int, list[str]]]
    """The others, each with the line on which it starts, from 1."""
    notes: list[str]
    """What was detected."""


def read_delimited(file: InputFile) -> Delimited:
    """Read the cells of a file.

    Raises :class:`~graphkb.errors.DataError` for text in another encoding or none at all, broken quotes, and more or
    longer cells than can be read.
    """
    text, notes = _decoded(file)
    if not text or text.isspace():
        message = "The file is empty; the first row of a table names its columns."
        raise DataError([Place(str(file.path), "", {"": 1}).problem("syntax", message)])
    delimiter = file.dialect.delimiter or max(DELIMITERS, key=text.partition("\n")[0].count)
    if file.dialect.delimiter is None and delimiter != ("\t" if file.path.suffix.lower() in (".tsv", ".tab") else ","):
        notes.append(f"{file.path}: read with the delimiter {_SPOKEN.get(delimiter, delimiter)}.")
    cells = list(_cells(text, delimiter, file))
    header = cells[0][1] if cells else []
    return Delimited(header, cells[1:], notes)


def _cells(text: str, delimiter: str, file: InputFile) -> Iterator[tuple[int, list[str]]]:
    line, count = 1, 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(MAX_CELL)
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                message = f"The row has {len(row):,} cells, more than {MAX_COLUMNS:,}."
                raise DataError([Place(str(file.path), "", {"": line}).problem("too-large", message)])
            if row:
                count += 1
                yield line, row
            if count > MAX_ROWS:
                message = f"The file has more than {MAX_ROWS:,} rows; split it into several files."
                raise DataError([file.place.problem("too-large", message)])
            line = reader.line_num + 1
    except csv.Error as error:
        place = Place(str(file.path), "", {"": line})
        message = f"The file is no table: {error}. Look for a quote that is not closed, or not doubled within quotes."
        raise DataError([place.problem("syntax", message)]) from error
    finally:
        csv.field_size_limit(limit)


def _decoded(file: InputFile) -> tuple[str, list[str]]:
    """Return the text of a file, and a note where its encoding was neither declared nor UTF-8."""
    content = file.content
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    try:
        if file.dialect.encoding or marked:
            notes = (
                [] if file.dialect.encoding or marked == "utf-8-sig" else [f"{file.path}: read as {marked.upper()}."]
            )
            return _plain(content.decode(file.dialect.encoding or marked), file), notes
        try:
            return _plain(content.decode("utf-8"), file), []
        except UnicodeDecodeError:
            note = f"{file.path}: not UTF-8, so read as Windows-1252; if letters are wrong, declare its encoding."
            return _plain(content.decode("cp1252"), file), [note]
    except UnicodeError as error:
        name = file.dialect.encoding or marked or "UTF-8 or Windows-1252"
        message = f"The file is not {name}. Declare its encoding, or save it as UTF-8."
        raise DataError([file.place.problem("encoding", message)]) from error


def _plain(text: str, file: InputFile) -> str:
    """Refuse what is no text: files of another kind, or in another encoding, have a NUL in their first line."""
    if "\0" in text.partition("\n")[0]:
        message = "The file is no text: it holds NUL characters. Save it as CSV in UTF-8."
        raise DataError([file.place.problem("encoding", message)])
    return text
