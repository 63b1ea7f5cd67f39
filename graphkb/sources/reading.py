"""What goes into a reader, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from graphkb.errors import DataError
from graphkb.model.metamodel import METAMODEL
from graphkb.model.validation import Place
from graphkb.sources.delimited import Dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from graphkb.errors import Problem
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.validation import RawRecord


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of a load, read into memory; no reader opens anything else."""

    path: Path
    content: bytes
    beside: Mapping[str, InputFile] = field(default_factory=dict, compare=False, repr=False)
    """The files of the same load in the same folder, itself included, by name."""
    metamodel: Metamodel = field(default=METAMODEL, compare=False, repr=False)
    """What the file can speak of."""
    dialect: Dialect = field(default=Dialect(), compare=False, repr=False)
    """How tables in it are written, as far as that is declared."""

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(str(self.path))

    def text(self) -> str:
        """Return the content as text.

        Raises :class:`~graphkb.errors.DataError` where it is not UTF-8, with or without a byte order mark.
        """
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            message = f"The file is not UTF-8: byte {error.start} cannot be read. Save it as UTF-8."
            raise DataError([Place(str(self.path), "", {"": line}).problem("encoding", message)]) from error


@dataclass(slots=True)
class Reading:
    """What a reader found."""

    records: list[RawRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was detected in a file, and what of it was not taken over, as sentences that name the file."""

    def add(self, other: Reading) -> None:
        """Take up what was found elsewhere."""
        self.records += other.records
        self.problems += other.problems
        self.notes += other.notes


def late(module: str, name: str) -> Callable[..., Any]:
    """Return a function of a module that is imported at the first call, since few need it and it takes its time."""

    def call(*arguments: Any, **keywords: Any) -> Any:
        return getattr(import_module(module), name)(*arguments, **keywords)

    return call


Reader: TypeAlias = "Callable[[InputFile], Reading]"
"""Reads one file; what is wrong with it becomes problems, or a :class:`~graphkb.errors.DataError`."""
