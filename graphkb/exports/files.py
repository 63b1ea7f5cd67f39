"""Writes what a store holds into files, the same graph always as the same bytes."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from graphkb.errors import UsageError
from graphkb.exports.graphml import graphml_files
from graphkb.exports.jsonld import jsonld_files
from graphkb.exports.mermaid import mermaid_files
from graphkb.exports.neighborhood import HOPS, find_element, neighborhood
from graphkb.exports.neo4j_admin import neo4j_admin_files
from graphkb.exports.tables import csv_files
from graphkb.model.metamodel import METAMODEL
from graphkb.model.names import did_you_mean
from graphkb.model.writing import write_document
from graphkb.sources.reading import late

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkb.model.dataset import Dataset
    from graphkb.model.metamodel import Metamodel

Writer: TypeAlias = "Callable[[Dataset, Metamodel], Mapping[str, str | bytes]]"
"""Gives the contents of files by their names; the same dataset always gives the same."""


def json_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, str]:
    """Return everything in the record shape, as one JSON file."""
    document = write_document(dataset, metamodel)
    return {"graphkb.json": json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"}


FORMATS: Final[dict[str, Writer]] = {
    "json": json_files,
    "csv": csv_files,
    "xlsx": late("graphkb.exports.workbook", "xlsx_files"),
    "graphml": graphml_files,
    "jsonld": jsonld_files,
    "mermaid": mermaid_files,
    "neo4j-admin": neo4j_admin_files,
}
"""Writer by name of the format."""
PICTURES: Final = ("graphml", "jsonld", "mermaid")
"""Formats that may hold a part: they are made for looking at, where the others are made to be loaded again."""
WITH_OWNERS: Final = ("neo4j-admin",)
"""Formats that make another store of the same, in which the same sources own what they own here."""


def write_export(  # noqa: PLR0913  # what an export can be told
    dataset: Dataset,
    folder: Path,
    format_name: str,
    metamodel: Metamodel = METAMODEL,
    *,
    around: str | None = None,
    hops: int | None = None,
) -> list[Path]:
    """Write a dataset into ``folder``, made where it is missing; return the paths of the files.

    ``around`` and ``hops`` restrict it to the neighborhood of an element. Each file is replaced at once, never half
    written. Raises :class:`~graphkb.errors.UsageError` for an unknown format or element, for a part in a format that
    holds everything, for more than a picture can show, and for a folder that cannot be written.
    """
    if format_name not in FORMATS:
        hint = did_you_mean(format_name, FORMATS) or f" Formats: {', '.join(FORMATS)}."
        raise UsageError(f"There is no export format {format_name!r}.{hint}")
    files = FORMATS[format_name](_part(dataset, format_name, around, hops), metamodel)
    if stale := sorted({path.name for path in folder.glob("*.csv")} - files.keys() if format_name == "csv" else ()):
        told = "which are no part of this export and would be loaded with it; remove them, or name another folder"
        raise UsageError(f"{folder} holds {', '.join(stale)}, {told}.")
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _replace(folder / name, content.encode() if isinstance(content, str) else content)
            written.append(folder / name)
    except OSError as error:
        raise UsageError(f"Cannot write into {folder}: {error.strerror}.") from error
    return written


def _part(dataset: Dataset, format_name: str, around: str | None, hops: int | None) -> Dataset:
    if around is None and hops is None:
        return dataset
    if format_name not in PICTURES:
        raise UsageError(f"{format_name} holds everything, to be loaded again. For a part, take {', '.join(PICTURES)}.")
    if around is None:
        raise UsageError("Say around which element, by --around; --hops is how far to go from it.")
    return neighborhood(dataset, find_element(dataset, around), HOPS if hops is None else hops)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; raises :class:`~graphkb.errors.UsageError` where it is, or cannot be."""
    if path.exists():
        raise UsageError(f"{path} is there already; name a new file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror}.") from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
