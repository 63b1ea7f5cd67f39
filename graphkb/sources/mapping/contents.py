"""What a foreign file holds, whatever its format: plain values, and where in the file each of them stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from graphkb.errors import DataError
from graphkb.model.validation import Place
from graphkb.sources.delimited import read_delimited
from graphkb.sources.mapping.paths import Passage, Steps, text_of
from graphkb.sources.reading import late
from graphkb.sources.text import read_json, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.validation import RawRecord
    from graphkb.sources.reading import InputFile, Reading
    from graphkb.sources.text import Document

Where: TypeAlias = tuple[str, int | None]
"""A place as people find it in a file, and its line."""


@dataclass(frozen=True, slots=True)
class Content:
    """The values of a file."""

    value: Any
    where: Callable[[Steps], Where]
    """Gives the place of what steps lead to."""
    columns: tuple[str, ...] | None = None
    """The columns of a table; None for other formats."""
    notes: tuple[str, ...] = ()
    rest: Callable[[Mapping[Steps, Sequence[RawRecord]]], Reading] | None = None
    """For formats that say by themselves what their rows are: reads what entries left, given what they made."""


def content_of(file: InputFile, format_: str) -> Content:
    """Read a file in one of the formats that a mapping knows.

    Raises :class:`~graphkb.errors.DataError` for a file that is not in the format.
    """
    return _FORMATS[format_](file)


def _json(file: InputFile) -> Content:
    return _tree(read_json(file.text(), str(file.path)))


def _yaml(file: InputFile) -> Content:
    return _tree(read_yaml(file.text(), str(file.path)))


def _tree(document: Document) -> Content:
    def where(steps: Steps) -> Where:
        here = Place("", "", document.lines).at(*steps)
        return here.pointer, here.problem("", "").line

    return Content(document.content, where)


def _table(file: InputFile) -> Content:
    """Read a table with a header; columns without a name are called by their number."""
    found = read_delimited(file)
    header = header_of(found.header)
    lines = [line for line, _ in found.rows]
    longer = [
        Place(str(file.path), "", {"": line}).problem(
            "row-shape", f"The row has more cells than the {len(header)} columns."
        )
        for line, row in found.rows
        if any(map(text_of, row[len(header) :]))
    ]
    if longer:
        raise DataError(longer)

    def where(steps: Steps) -> Where:
        return (f"column {str(steps[1])!r}" if len(steps) > 1 else ""), lines[int(steps[0])] if steps else 1

    rows = [dict(zip(header, row, strict=False)) for _, row in found.rows]
    return Content(rows, where, header, tuple(found.notes))


def header_of(names: list[str]) -> tuple[str, ...]:
    """Return the names of columns, each once."""
    found: list[str] = []
    for number, name in enumerate(map(str.strip, names), 1):
        known = name and name not in found
        found.append(name if known else f"{name or 'column'} ({number})")
    return tuple(found)


HEADING: Final = "heading"
"""Name of a Markdown document's title in its text."""
INTRODUCTION: Final = "introduction"
"""Name of the text in front of the first section."""

_FENCE: Final = re.compile(r"\s*(```|~~~)")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*)")
_BULLET: Final = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")


def _markdown(file: InputFile) -> Content:
    """Read the keys of the front matter and, by its heading, the text of each section."""
    lines = file.text().splitlines()
    values, places, start = _front_matter(lines, str(file.path))
    for heading, first, body in _sections(lines, start):
        text = "\n".join(body).strip()
        if text:
            values[heading] = _joined(values.get(heading), Passage.of(text, _items(body)))
            places.setdefault(heading, first)

    def where(steps: Steps) -> Where:
        name = str(steps[0]) if steps else ""
        return name and f"{name!r}", places.get(name, 1)

    return Content(values, where)


def _joined(above: Any, passage: Passage) -> Passage:
    """Put together what stands twice under one name."""
    if above is None:
        return passage
    items = above.items if isinstance(above, Passage) else above if isinstance(above, list) else []
    told = text_of(above) or "\n".join(map(text_of, items))
    return Passage.of(f"{told}\n\n{passage}".strip(), [*map(text_of, items), *passage.items])


def _front_matter(lines: list[str], file: str) -> tuple[dict[str, Any], dict[str, int], int]:
    """Return the values in front of the text, their lines, and the index of the line behind them."""
    if not lines or lines[0].rstrip() != "---":
        return {}, {}, 0
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        message = "The front matter does not end; a line --- closes it."
        raise DataError([Place(file, "", {"": 1}).problem("syntax", message)])
    document = read_yaml("\n".join(["", *lines[1:end]]), file)
    if not isinstance(document.content, Mapping):
        raise DataError([Place(file, "", {"": 1}).problem("document-shape", "The front matter holds keys and values.")])
    places = {str(name): document.lines[Place().at(name).pointer] for name in document.content}
    return dict(document.content), places, end + 1


def _sections(lines: list[str], start: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the sections: heading, line from 1, lines of the text."""
    name, first, body, fenced = INTRODUCTION, start + 1, list[str](), False
    for number, line in enumerate(lines[start:], start + 1):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading is None:
            body.append(line)
            continue
        yield name, first, body
        name, first, body = heading[2].rstrip(" \t").rstrip("#").rstrip(" \t"), number, []
        if len(heading[1]) == 1:
            yield HEADING, number, [name]
            name = INTRODUCTION
    yield name, first, body


def _items(body: list[str]) -> list[str]:
    """Return the items of the lists in a text, each on one line."""
    items: list[str] = []
    for line in body:
        if bullet := _BULLET.fullmatch(line):
            items.append(bullet[1].strip())
        elif items and line.startswith((" ", "\t")) and line.strip():
            items[-1] += f" {line.strip()}"
    return items


_FORMATS: Final[Mapping[str, Callable[[InputFile], Content]]] = {
    "csv": _table,
    "json": _json,
    "yaml": _yaml,
    "markdown": _markdown,
    "xlsx": late("graphkb.sources.mapping.workbooks", "workbook_content"),
    "archimate": late("graphkb.sources.mapping.models", "model_content"),
}
