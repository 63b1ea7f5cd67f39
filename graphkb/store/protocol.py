"""What a graph store is: five members, for every engine the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
"""What goes into a store and comes out of it: finite floats, dates as ISO text, nothing of an engine's own."""

Row: TypeAlias = dict[str, Value]

PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Types of which every value is one of these as it stands; of lists of thousands, each is looked at in one call."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One writing Cypher statement with its parameters."""

    text: str
    parameters: Mapping[str, Value] = field(default_factory=dict)
    expected: int | None = None
    """If given, the text returns one row with the single column ``count``, and the transaction stands only if it
    equals this number."""


@dataclass(frozen=True, slots=True)
class WriteSummary:
    """What a write did, counted by the store."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0
    properties_set: int = 0


class GraphStore(Protocol):
    """A property graph that speaks the Cypher both stores share.

    Any member may raise :class:`~graphkb.errors.StoreUnavailable`; no exception of a driver or an engine gets out.
    A store is opened by :func:`graphkb.store.open_store`, used by one thread at a time, and closed by its opener.
    """

    @property
    def name(self) -> str:
        """The target as a person would name it, without credentials: ``bolt://localhost:7687`` or ``bank.kgl``."""
        ...

    @property
    def most_changes(self) -> int:
        """How many changes one write should make at most, where more can be divided among several."""
        ...

    def read(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> list[Row]:
        """Run a reading statement and return its rows; ``timeout`` is in seconds, ``max_rows`` the most rows to take.

        Raises :class:`~graphkb.errors.WriteRefused` for a text that would write, whatever it contains,
        :class:`~graphkb.errors.QueryTimeout`, :class:`~graphkb.errors.TooManyRows` and, for every other fault of the
        text, :class:`~graphkb.errors.QueryError`.
        """
        ...

    def write(self, statements: Iterable[Statement]) -> WriteSummary:
        """Run the statements in one transaction: all or nothing, durable when this returns.

        Raises :class:`~graphkb.errors.ConstraintViolated`, :class:`~graphkb.errors.OutcomeError` where a statement's
        ``expected`` is not met, and :class:`~graphkb.errors.QueryError`; then nothing of it is stored.
        """
        ...

    def close(self) -> None:
        """Let go of connections and files; a second call does nothing."""
        ...
