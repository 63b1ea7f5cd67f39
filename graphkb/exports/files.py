"""Writes what a store holds into files, the same graph always as the same bytes."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from graphkb.errors import UsageError
from graphkb.model.metamodel import METAMODEL
from graphkb.model.names import did_you_mean
from graphkb.model.writing import write_document

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


FORMATS: Final[dict[str, Writer]] = {"json": json_files}
"""Writer by name of the format."""


def write_export(dataset: Dataset, folder: Path, format_name: str, metamodel: Metamodel = METAMODEL) -> list[Path]:
    """Write a dataset into ``folder``, made where it is missing; return the paths of the files.

    Each file is replaced at once, never half written. Raises :class:`~graphkb.errors.UsageError` for an unknown
    format, and for a folder that cannot be written.
    """
    if format_name not in FORMATS:
        hint = did_you_mean(format_name, FORMATS) or f" Formats: {', '.join(FORMATS)}."
        raise UsageError(f"There is no export format {format_name!r}.{hint}")
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in FORMATS[format_name](dataset, metamodel).items():
            _replace(folder / name, content.encode() if isinstance(content, str) else content)
            written.append(folder / name)
    except OSError as error:
        raise UsageError(f"Cannot write into {folder}: {error.strerror}.") from error
    return written


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
