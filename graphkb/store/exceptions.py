"""The border where exceptions of a driver or an engine become graphkb's own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from graphkb.errors import GraphKBError, OutcomeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graphkb.store.protocol import Row, Statement

Translation: TypeAlias = "Mapping[type[Exception], type[GraphKBError]]"
"""One row for each foreign exception class; a class without a row of its own takes that of its nearest base."""

WRITE_REFUSED = "The statement would write, and a read cannot. Nothing was written."
TIMED_OUT = "The statement ran longer than its timeout and was stopped; ask for less, or allow more time."


@contextmanager
def translated(
    table: Translation, message: Callable[[Exception], str], codes: Mapping[str, type[GraphKBError]] | None = None
) -> Iterator[None]:
    """Raise what the block raises as the exception that ``table`` names, with ``message`` of it as its text.

    ``codes`` names exceptions by their attribute ``code`` and goes before ``table``.
    """
    try:
        yield
    except tuple(table) as error:
        raise kind_of(error, table, codes)(message(error)) from error


def kind_of(
    error: Exception, table: Translation, codes: Mapping[str, type[GraphKBError]] | None = None
) -> type[GraphKBError]:
    """Return the exception that ``codes`` names for ``error``, or else ``table``, in which one of its bases stands."""
    by_class = next(table[base] for base in type(error).__mro__ if base in table)
    return (codes or {}).get(getattr(error, "code", None) or "", by_class)


def require_outcome(statement: Statement, rows: Sequence[Row]) -> None:
    """Raise :class:`~graphkb.errors.OutcomeError` unless ``rows`` are the single ``count`` that was expected."""
    if statement.expected is None or rows == [{"count": statement.expected}]:
        return
    first_line = statement.text.strip().partition("\n")[0]
    actual = rows[0].get("count") if len(rows) == 1 else f"{len(rows)} rows"
    raise OutcomeError(
        f"Nothing was written: the statement {first_line!r} was expected to touch {statement.expected}, "
        f"but touched {actual}. Something else changed the store; plan again."
    )
