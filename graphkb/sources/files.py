"""Finds the files of a load and reads each by the reader of its suffix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError, UsageError
from graphkb.model.garbage import without_collection
from graphkb.model.metamodel import METAMODEL
from graphkb.model.names import did_you_mean
from graphkb.model.validation import Place, shown
from graphkb.sources.archimate.recognition import is_archi_table, is_json_model
from graphkb.sources.delimited import Dialect
from graphkb.sources.mapping import NO_MAPPING, read_mapped, read_mapping
from graphkb.sources.reading import InputFile, Reader, Reading, late
from graphkb.sources.tables import read_csv_file
from graphkb.sources.text import read_json, read_yaml_file, records_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.mapping import MappingFile


_read_archi_tables: Final[Reader] = late("graphkb.sources.archimate.reading", "read_archi_tables")
_read_json_model: Final = late("graphkb.sources.archimate.reading", "read_json_model")
_read_archimate_file: Final[Reader] = late("graphkb.sources.archimate.reading", "read_archimate_file")


def _read_json_file(file: InputFile) -> Reading:
    """Read a JSON file: an ArchiMate model, known by its shape, or records."""
    document = read_json(file.text(), str(file.path))
    if is_json_model(document.content):
        model: Reading = _read_json_model(document.content, file)
        return model
    return records_of(document, file)


def _read_csv_file(file: InputFile) -> Reading:
    """Read a table: one of those that Archi exports, known by name and header, or records."""
    return _read_archi_tables(file) if is_archi_table(file) else read_csv_file(file)


FORMATS: Final[dict[str, Reader]] = {
    ".json": _read_json_file,
    ".yaml": read_yaml_file,
    ".yml": read_yaml_file,
    ".csv": _read_csv_file,
    ".tsv": read_csv_file,
    ".xlsx": late("graphkb.sources.workbook", "read_workbook"),
    ".archimate": _read_archimate_file,
    ".xml": _read_archimate_file,
}
"""Reader by suffix."""

UNDECLARED: Final = Dialect()

MAX_BYTES: Final = 64 * 1024 * 1024
"""Largest file that is read, in bytes; a larger one is refused before anything of it is parsed."""


@without_collection()
def read_paths(
    paths: Iterable[str | Path],
    *,
    metamodel: Metamodel = METAMODEL,
    mapping: Path | None = None,
    dialect: Dialect = UNDECLARED,
    max_bytes: int = MAX_BYTES,
) -> Reading:
    """Read files, and folders with all files in them that have a known suffix; return what was found.

    A file that an entry of the file ``mapping`` takes is read by it, whatever its suffix. Hidden files and folders are
    passed over. ``dialect`` says how tables are written. Raises :class:`~graphkb.errors.UsageError` for a path that
    does not exist, a file of an unknown format, and a folder without a file to read.
    """
    found = Reading()
    try:
        mapped = read_mapping(mapping, metamodel) if mapping else NO_MAPPING
    except DataError as error:
        return Reading(problems=list(error.problems))
    folders: dict[Path, dict[str, InputFile]] = {}
    files: list[InputFile] = []
    for path in _files(paths, mapped):
        beside = folders.setdefault(path.parent, {})
        try:
            files.append(InputFile(path, _content(path, max_bytes), beside, metamodel, dialect))
        except DataError as error:
            found.problems += error.problems
        else:
            beside[path.name] = files[-1]
    for file in files:
        try:
            rules = mapped.taking(file.path)
            found.add(read_mapped(file, rules) if rules else FORMATS[file.path.suffix.lower()](file))
        except DataError as error:
            found.problems += error.problems
    found.notes += mapped.idle(file.path for file in files)
    found.notes = list(map(shown, found.notes))
    return found


def read_file(path: Path, *, metamodel: Metamodel = METAMODEL, max_bytes: int = MAX_BYTES) -> InputFile:
    """Return one file, read into memory.

    Raises :class:`~graphkb.errors.UsageError` where there is none, and :class:`~graphkb.errors.DataError` for one that
    cannot be read or is too large.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    return InputFile(path, _content(path, max_bytes), metamodel=metamodel)


def _files(paths: Iterable[str | Path], mapped: MappingFile) -> list[Path]:
    files: dict[Path, Path] = {}
    for given in map(Path, paths):
        try:
            found = _found(given, mapped)
        except OSError as error:
            raise UsageError(f"{given} cannot be read: {error.strerror}.") from error
        files.update((path.resolve(), path) for path in found if path.resolve() not in files)
    return list(files.values())


def _found(given: Path, mapped: MappingFile) -> list[Path]:
    if given.is_dir():
        inside = [path for path in sorted(given.rglob("*")) if _can_be_read(path, mapped) and path.is_file()]
        found = [path for path in inside if not any(p.startswith(".") for p in path.relative_to(given).parts)]
        if not found:
            raise UsageError(f"The folder {given} holds no file to load ({', '.join(FORMATS)}).")
        return found
    if not given.is_file():
        raise UsageError(f"There is no file or folder {given}.")
    if not _can_be_read(given, mapped):
        hint = did_you_mean(given.suffix, FORMATS) or f" Formats: {', '.join(FORMATS)}."
        raise UsageError(f"{given}: files ending in {given.suffix!r} cannot be loaded.{hint}")
    return [given]


def _can_be_read(path: Path, mapped: MappingFile) -> bool:
    """Tell whether a file has a reader; the mapping itself, which may lie beside what it maps, is no data."""
    own = path.name == mapped.path.name and path.resolve() == mapped.path.resolve()
    return not own and (path.suffix.lower() in FORMATS or bool(mapped.taking(path)))


def _content(path: Path, max_bytes: int) -> bytes:
    place = Place(str(path))
    try:
        size = path.stat().st_size
        if size > max_bytes:
            limit = max_bytes / 1024 / 1024
            message = (
                f"The file has {size / 1024 / 1024:.1f} MiB, more than {limit:g} MiB; split it into several files."
            )
            raise DataError([place.problem("too-large", message)])
        return path.read_bytes()
    except OSError as error:
        raise DataError([place.problem("unreadable", f"The file cannot be read: {error.strerror}.")]) from error
