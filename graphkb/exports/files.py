"""Writes what a store holds into files, the same graph always as the same bytes."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkb.errors import UsageError
from graphkb.model.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Document = dict[str, list[dict[str, Any]]]


def json_files(document: Document) -> Mapping[str, str]:
    """Return the document as one JSON file."""
    return {"graphkb.json": json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"}


FORMATS: Final[dict[str, Callable[[Document], Mapping[str, str]]]] = {"json": json_files}
"""Writer by name of the format: takes a document, gives the texts by file name."""


def write_export(document: Document, folder: Path, format_name: str) -> list[Path]:
    """Write a document into ``folder``, made where it is missing; return the paths of the files.

    Each file is replaced at once, never half written. Raises :class:`~graphkb.errors.UsageError` for an unknown
    format, and for a folder that cannot be written.
    """
    if format_name not in FORMATS:
        hint = did_you_mean(format_name, FORMATS) or f" Formats: {', '.join(FORMATS)}."
        raise UsageError(f"There is no export format {format_name!r}.{hint}")
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in FORMATS[format_name](document).items():
            _replace(folder / name, text)
            written.append(folder / name)
    except OSError as error:
        raise UsageError(f"Cannot write into {folder}: {error.strerror}.") from error
    return written


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
