"""Relationship kinds: what may be joined to what, how it reads, and what the edge carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from graphkb.model.declaration import Reference

if TYPE_CHECKING:
    from graphkb.model.declaration import RelationshipRecord

Bounds: TypeAlias = tuple[int, int | None]
"""Least and greatest number; None is without limit."""

Carrier: TypeAlias = type[Reference]
RecordForm: TypeAlias = "type[RelationshipRecord]"

ANY: Final[Bounds] = (0, None)
AT_MOST_ONE: Final[Bounds] = (0, 1)
EXACTLY_ONE: Final[Bounds] = (1, 1)
AT_LEAST_ONE: Final[Bounds] = (1, None)
EVERYTHING: Final = ("*",)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipKind:
    """One row: elements of the ``sources`` may be joined by ``type`` to elements of the ``targets``."""

    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    reads: str
    """A sentence that says what an edge means, read from source to target."""
    per_target: Bounds = ANY
    """How many such edges may end at one target."""
    per_source: Bounds = ANY
    """How many such edges may start at one source."""
    properties: Carrier = Reference
    """What the edge carries."""
    record: RecordForm | None = None
    """The record form, whose fields are the properties of the edge."""
    same_kind: bool = False
    """Both ends are of one kind."""
    key: str = ""
    """Property that tells several edges between the same two elements apart; empty where there is one at most."""
    symmetric: bool = False
    """Stored once, read both ways."""
    acyclic: bool = False
    """No element is, over any number of steps, its own source."""

    def sides(self) -> tuple[Side, Side]:
        """Return the end where such edges end, and the one where they start."""
        to, of = self.per_target, self.per_source
        return (
            Side(to, self.targets, self.sources, _demand(to, f"{self.type} ends")),
            Side(of, self.sources, self.targets, _demand(of, f"{self.type} starts")),
        )

    def joins(self, source: str, target: str) -> bool:
        """Tell whether an element of kind ``source`` may be joined to one of kind ``target``."""
        return (
            (self.sources == EVERYTHING or source in self.sources)
            and (self.targets == EVERYTHING or target in self.targets)
            and (source == target or not self.same_kind)
        )


class Side(NamedTuple):
    """One end of a row, and how many edges may be there."""

    bounds: Bounds
    kinds: tuple[str, ...]
    others: tuple[str, ...]
    """Kinds at the other end."""
    demand: str
    """In words, empty where any number will do: ``where exactly one HAS_STAGE ends at it``."""


def any_of(kinds: tuple[str, ...]) -> str:
    """Return what names nodes of any of these kinds in a pattern: ``:A|B``, or nothing where they may be of every."""
    return "" if kinds == EVERYTHING else f":{'|'.join(kinds)}"


def _demand(bounds: Bounds, what: str) -> str:
    words = {EXACTLY_ONE: "exactly one", AT_LEAST_ONE: "at least one", AT_MOST_ONE: "at most one"}.get(bounds)
    return f"where {words} {what} at it" if words else ""


def row(sources: str, type_: str, targets: str, reads: str, **options: object) -> RelationshipKind:
    """Return a row of a table; ``sources`` and ``targets`` are labels separated by spaces, or ``*``."""
    return RelationshipKind(
        type=type_,
        sources=tuple(sources.split()),
        targets=tuple(targets.split()),
        reads=reads,
        **options,  # type: ignore[arg-type]  # the names are those of the class, checked when the table is built
    )
