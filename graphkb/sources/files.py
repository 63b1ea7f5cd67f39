"""Finds the files of a load and reads each by the reader of its suffix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError, UsageError
from graphkb.model.names import did_you_mean
from graphkb.model.validation import Place, RawRecord, split_document
from graphkb.sources.text import Document, read_json, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphkb.errors import Problem

FORMATS: Final[dict[str, Callable[[str, str], Document]]] = {
    ".json": read_json,
    ".yaml": read_yaml,
    ".yml": read_yaml,
}
"""Reader by suffix: takes text and the name of its file."""

MAX_BYTES: Final = 64 * 1024 * 1024
"""Largest file that is read, in bytes; a larger one is refused before anything of it is parsed."""


def read_paths(paths: Iterable[str | Path], *, max_bytes: int = MAX_BYTES) -> tuple[list[RawRecord], list[Problem]]:
    """Read files, and folders with all files in them that have a known suffix; return records and problems.

    Hidden files and folders are passed over. Raises :class:`~graphkb.errors.UsageError` for a path that does not
    exist, a file of an unknown format, and a folder without a file to read.
    """
    records: list[RawRecord] = []
    problems: list[Problem] = []
    for path in _files(paths):
        try:
            document = _read(path, max_bytes)
        except DataError as error:
            problems += error.problems
            continue
        found, faults = split_document(document.content, Place(str(path), "", document.lines))
        records += found
        problems += faults
    return records, problems


def _files(paths: Iterable[str | Path]) -> list[Path]:
    files: dict[Path, Path] = {}
    for given in map(Path, paths):
        try:
            found = _found(given)
        except OSError as error:
            raise UsageError(f"{given} cannot be read: {error.strerror}.") from error
        files.update((path.resolve(), path) for path in found if path.resolve() not in files)
    return list(files.values())


def _found(given: Path) -> list[Path]:
    if given.is_dir():
        inside = [path for path in sorted(given.rglob("*")) if path.suffix.lower() in FORMATS and path.is_file()]
        found = [path for path in inside if not any(p.startswith(".") for p in path.relative_to(given).parts)]
        if not found:
            raise UsageError(f"The folder {given} holds no file to load ({', '.join(FORMATS)}).")
        return found
    if not given.is_file():
        raise UsageError(f"There is no file or folder {given}.")
    if given.suffix.lower() not in FORMATS:
        hint = did_you_mean(given.suffix, FORMATS) or f" Formats: {', '.join(FORMATS)}."
        raise UsageError(f"{given}: files ending in {given.suffix!r} cannot be loaded.{hint}")
    return [given]


def _read(path: Path, max_bytes: int) -> Document:
    place = Place(str(path))
    try:
        size = path.stat().st_size
        if size > max_bytes:
            limit = max_bytes / 1024 / 1024
            message = (
                f"The file has {size / 1024 / 1024:.1f} MiB, more than {limit:g} MiB; split it into several files."
            )
            raise DataError([place.problem("too-large", message)])
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError([place.problem("unreadable", f"The file cannot be read: {error.strerror}.")]) from error
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8: byte {error.start} cannot be read. Save it as UTF-8."
        raise DataError([place.problem("encoding", message)]) from error
    return FORMATS[path.suffix.lower()](text, str(path))
