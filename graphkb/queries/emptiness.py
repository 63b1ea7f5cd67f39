"""Why a question found nothing: the sentences that an empty answer carries."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.store.protocol import GraphStore, Value

Kind: TypeAlias = Literal["CustomerSegment", "Journey", "Persona", "CapabilityGap", "Initiative", "StageExperience"]

KNOWN: Final = "MATCH (element:{label})\nRETURN element.id AS id, element.title AS title\nORDER BY id"
"""Ids and titles of one kind; a label cannot be a parameter, and this one comes from :data:`Kind` only."""

COUNT: Final = "MATCH (element:{label})\nRETURN count(element) AS count"

OPEN_GAPS: Final = (
    "MATCH (gap:CapabilityGap)\nWHERE coalesce(gap.status, 'open') <> 'closed'\nRETURN count(gap) AS count"
)

_LISTED = 3


def count(store: GraphStore, kind: Kind) -> int:
    """Return how many elements of a kind are stored."""
    return cast("int", store.read(COUNT.format(label=kind))[0]["count"])


def no_open_gaps(store: GraphStore) -> str | None:
    """Say that no gap is open, if so."""
    if store.read(OPEN_GAPS)[0]["count"]:
        return None
    gaps = count(store, "CapabilityGap")
    return f"All {gaps} capability gaps are closed." if gaps else "There are no capability gaps in the store."


def unknown_id(store: GraphStore, kinds: Mapping[str, Kind], parameters: Mapping[str, Value]) -> str | None:
    """Name the first parameter whose id no element of its kind has, with the nearest ones; ``kinds`` by parameter."""
    for parameter, kind in kinds.items():
        wanted = parameters[parameter]
        if wanted is None:
            continue
        known = {str(row["id"]): str(row["title"]) for row in store.read(KNOWN.format(label=kind))}
        if wanted not in known:
            return f"There is no {kind} with the id {wanted!r}.{_nearest(str(wanted), known)}"
    return None


def given(parameters: Mapping[str, Value], defaults: Mapping[str, Value]) -> str:
    """Return the parameters that were set to other than their default, as ``name=value, ...``."""
    return ", ".join(f"{name}={value}" for name, value in parameters.items() if value != defaults[name])


def listed(items: list[str]) -> str:
    """Join the first few items, and count the rest."""
    rest = len(items) - _LISTED
    return "; ".join(items[:_LISTED]) + (f"; and {rest} more" if rest > 0 else "")


def _nearest(wanted: str, known: Mapping[str, str]) -> str:
    if not known:
        return " There is none at all."
    by_text = {text.casefold(): key for key, title in known.items() for text in (title, key)}
    close = difflib.get_close_matches(wanted.casefold(), by_text, n=_LISTED, cutoff=0.4) or list(by_text)[:_LISTED]
    keys = dict.fromkeys(by_text[text] for text in close)
    return f" Nearest: {listed([f'{key} ({known[key]})' for key in keys])}."
