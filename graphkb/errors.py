"""Every exception that graphkb raises on purpose.

::

    GraphKBError
    ├── UsageError                 a call that cannot be carried out as written
    │   └── MissingExtra           a part of graphkb that is not installed
    ├── DataError                  the input has problems; nothing was written
    │   └── DeletionRefused        a load would delete more of its source than allowed
    ├── LoadError                  a load could not take place; what was stored stays
    │   ├── LoadLocked             another load is under way
    │   └── PlanOutdated           the store changed after the plan was made
    └── StoreError                 the store said no
        ├── QueryError             a statement that the store refuses
        │   ├── WriteRefused       a write sent through a read
        │   ├── QueryTimeout       a statement that ran longer than allowed
        │   ├── TooManyRows        a statement that gives more rows than allowed
        │   └── ConstraintViolated a write that would break a uniqueness constraint
        ├── OutcomeError           a statement touched other things than planned; rolled back
        └── StoreUnavailable       no store to talk to
            ├── AuthenticationFailed
            ├── UnsupportedServer  older than graphkb supports
            ├── StoreBusy          another process is writing the embedded file
            └── StoreDamaged       the embedded file cannot be read
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class GraphKBError(Exception):
    """Root of all exceptions that graphkb raises on purpose.

    ``str()`` of one is a message for the user: what is wrong, where, and what to do.
    """

    exit_code: ClassVar[int] = 1
    """What the command line exits with: 1 the input or the data has problems, 2 wrong call, 3 no store."""


class UsageError(GraphKBError):
    """The call cannot be carried out as written: an unknown question, parameter, target or format."""

    exit_code = 2


class MissingExtra(UsageError):
    """A part of graphkb was asked for that is not installed; the message holds the install command."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with the input, with its place."""

    file: str
    """File in which it stands, as the user named it; empty for data that came from no file."""
    pointer: str
    """JSON pointer (RFC 6901) within the file; empty for the whole file."""
    rule: str
    """Short name of the broken rule, such as ``unknown-field``."""
    message: str
    """What is wrong and what would be right, in one sentence or two."""
    line: int | None = None
    """Line in the file, from 1, where the reader knows it."""

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, str(self.line or "")) if part)
        return " ".join(part for part in (place, self.pointer, self.message, f"[{self.rule}]") if part)


class DataError(GraphKBError):
    """The input has problems. All of them are in ``problems``; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.pointer, p.rule, p.message)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{count} problem{'s' * (count != 1)}; nothing was written."
        return "\n".join([head, *map(str, self.problems)])


class DeletionRefused(DataError):
    """The load would delete more of its source than the guard allows; nothing was written."""

    @classmethod
    def of(cls, source: str, deleted: int, owned: int) -> DeletionRefused:
        """Say how much of what a source owns would be deleted."""
        message = (
            f"This would delete {deleted} of the {owned} nodes and relationships that the source {source!r} owns. "
            "If that is meant, call again with --allow-delete; to add and update only, with --partial."
        )
        return cls([Problem("", "", "deletes-too-much", message)])


class LoadError(GraphKBError):
    """A load could not take place; what was stored before is unchanged."""


class LoadLocked(LoadError):
    """Another load is under way; the message names its holder."""


class PlanOutdated(LoadError):
    """The store changed after the plan was made; make the plan again."""


class StoreError(GraphKBError):
    """The store said no."""


class QueryError(StoreError):
    """A statement that the store refuses: syntax, an unknown function, a value of a wrong type."""


class WriteRefused(QueryError):
    """A statement that writes was sent through a read; nothing was written."""


class QueryTimeout(QueryError):
    """A statement ran longer than its timeout and was stopped."""


class TooManyRows(QueryError):
    """A statement gives more rows than the call allowed; none was returned."""

    @classmethod
    def of(cls, max_rows: int) -> TooManyRows:
        """Say how many rows were allowed."""
        rows = f"{max_rows:,} row{'s' * (max_rows != 1)}"
        return cls(f"The statement gives more than {rows}; ask for less, as by LIMIT or count(), or raise max_rows.")


class ConstraintViolated(QueryError):
    """A write would break a uniqueness constraint; the transaction was rolled back."""


class OutcomeError(StoreError):
    """A statement touched more or fewer things than planned; the transaction was rolled back."""


class StoreUnavailable(StoreError):
    """There is no store to talk to: the server is down, the address is wrong, the file is out of reach."""

    exit_code = 3


class AuthenticationFailed(StoreUnavailable):
    """The server refuses the user name or the password."""


class UnsupportedServer(StoreUnavailable):
    """The server is older than graphkb supports."""


class StoreBusy(StoreUnavailable):
    """Another process is writing the embedded file; the message names it."""


class StoreDamaged(StoreUnavailable):
    """The embedded file cannot be read; load again from the export."""
