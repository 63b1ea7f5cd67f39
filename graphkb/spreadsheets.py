"""What spreadsheet programs make of a cell: a text that begins in a certain way is run as a formula."""

from __future__ import annotations

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Starts of texts that spreadsheet programs run, or pass over and then run what follows."""


def quoted(text: str) -> str:
    """Return a text in quotes, those within it doubled, which no program runs."""
    return '"' + text.replace('"', '""') + '"'
