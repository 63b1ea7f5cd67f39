"""Rows of two answers, to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkb.store.protocol import Row


def comparable(rows: list[Row]) -> list[dict[str, Any]]:
    """Return rows whose numbers differ only if they differ by more than the last digits."""
    return [
        {name: round(value, 9) + 0.0 if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    ]
