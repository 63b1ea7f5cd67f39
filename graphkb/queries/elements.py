"""Elements that a question is asked about: named by id or by title, found or told with the nearest."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from graphkb.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.queries.catalog import Parameter, Question
    from graphkb.store.protocol import GraphStore, Value

KNOWN: Final = "MATCH (element:{labels})\nRETURN element.id AS id, element.title AS title\nORDER BY id"
"""Ids and titles of some kinds; labels cannot be parameters, and these come from the header of a question."""

_LISTED = 3


def by_id(store: GraphStore, question: Question, arguments: Mapping[str, Value]) -> tuple[dict[str, Value], str | None]:
    """Return the arguments with titles of elements replaced by their ids, and why this could not be done, or None.

    An id counts before a title; titles are compared as everywhere, without regard to case and punctuation. Raises
    :class:`~graphkb.errors.UsageError` for a title that several elements have.
    """
    from graphkb.model.names import slug  # noqa: PLC0415  # brings the whole metamodel, and is seldom needed

    found = dict(arguments)
    for parameter in question.parameters:
        wanted = arguments[parameter.name]
        if not parameter.kinds or not isinstance(wanted, str):
            continue
        known = _known(store, parameter)
        if wanted in known:
            continue
        titled = [key for key, title in known.items() if slug(title) == slug(wanted)]
        kinds = " or ".join(parameter.kinds)
        if not titled:
            return found, f"There is no {kinds} with the id or title {wanted!r}.{_nearest(wanted, known)}"
        if len(titled) > 1:
            raise UsageError(
                f"Several elements of kind {kinds} have the title {wanted!r}; name one by its id: {', '.join(titled)}."
            )
        found[parameter.name] = titled[0]
    return found, None


def _known(store: GraphStore, parameter: Parameter) -> dict[str, str]:
    return {str(row["id"]): str(row["title"]) for row in store.read(KNOWN.format(labels="|".join(parameter.kinds)))}


def listed(items: list[str]) -> str:
    """Join the first few items, and count the rest."""
    rest = len(items) - _LISTED
    return "; ".join(items[:_LISTED]) + (f"; and {rest} more" if rest > 0 else "")


def _nearest(wanted: str, known: Mapping[str, str]) -> str:
    if not known:
        return " There is none at all."
    by_text = {text.casefold(): key for key, title in known.items() for text in (title, key)}
    close = difflib.get_close_matches(wanted.casefold(), by_text, n=_LISTED, cutoff=0.6)
    keys = dict.fromkeys(by_text[text] for text in close)
    if keys:
        return f" Did you mean {' or '.join(f'{key} ({known[key]})' for key in keys)}?"
    return f" There are {listed([f'{key} ({title})' for key, title in known.items()])}."
