"""Questions about initiatives: what the change work does for gaps and journeys."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class IdleInitiative:
    """One initiative that closes no gap and touches no journey stage."""

    initiative_id: str
    initiative: str
    status: str | None
    """``Proposed``, ``Approved``, ``In Progress`` or ``On Hold``; null if not stated."""
    budget: float | None
    """In the currency that the source uses."""
    owner_units: tuple[str, ...]
    """Titles of the units that own it."""
    improves: tuple[str, ...]
    """Titles of what it states to improve; none of it touches a journey stage."""
    targets: tuple[str, ...]
    """Titles of the segments and personas that it is for."""


def closing_nothing(kb: Asked, *, limit: int = 1000) -> Answer[IdleInitiative]:
    """Find the initiatives that close no gap and improve nothing that touches a journey stage.

    One row an initiative that is neither Completed nor Cancelled, the largest budget first. A stage is touched by
    improving it, a touchpoint of it, a value stage it maps to, or a capability from which a route leads to it. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> "Head Office Lobby" in {row.initiative for row in closing_nothing(kb)}
    True
    """
    return ask(kb, "initiatives/closing_nothing", IdleInitiative, {"limit": limit})
