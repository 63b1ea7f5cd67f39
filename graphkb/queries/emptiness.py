"""Why a question found nothing: the sentences that an empty answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from graphkb.queries import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.queries.catalog import Need, Question
    from graphkb.store.protocol import GraphStore, Value

FIRST: Final = "MATCH {pattern}\nRETURN 1 AS found\nLIMIT 1"
"""Whether there is what a question needs; the pattern comes from its header."""

OPEN_GAPS: Final = (
    "MATCH (gap:CapabilityGap)\n"
    "RETURN count(gap) AS gaps, sum(CASE WHEN gap.status = 'closed' THEN 0 ELSE 1 END) AS open"
)


def reason(store: GraphStore, question: Question, arguments: Mapping[str, Value]) -> str:
    """Say why there is no row: what is missing in the store, else which filters leave none, else what it means."""
    for need in question.needs:
        if not store.read(FIRST.format(pattern=need.pattern)):
            return _missing(need)
    filters = filtered(store, question, arguments)
    return f"There are rows, but none is left by {filters}." if filters else question.none


def filtered(store: GraphStore, question: Question, arguments: Mapping[str, Value]) -> str | None:
    """Return the parameters that are set to other than their default, if it is they that leave no row."""
    set_ones = {
        parameter.name: parameter.default
        for parameter in question.parameters
        if not parameter.required and parameter.name != catalog.LIMIT and arguments[parameter.name] != parameter.default
    }
    if not set_ones:
        return None
    limit = {catalog.LIMIT: 1} if catalog.LIMIT in arguments else {}
    if not store.read(question.text_for(store.name), {**arguments, **set_ones, **limit}):
        return None
    return ", ".join(f"{name}={arguments[name]}" for name in set_ones)


def no_open_gaps(store: GraphStore) -> str | None:
    """Say that no gap is open, if so."""
    row = store.read(OPEN_GAPS)[0]
    if row["open"]:
        return None
    gaps = cast("int", row["gaps"])
    return f"All {gaps} capability gaps are closed." if gaps else "There are no capability gaps in the store."


def _missing(need: Need) -> str:
    from graphkb.model.metamodel import METAMODEL  # noqa: PLC0415  # most answers are not empty, and it takes a while

    if need.type is None or need.target is None:
        kind = METAMODEL.kinds.get(need.source)
        listed = f" The list `{kind.list_name}` of a file holds them." if kind and kind.list_name else ""
        return f"There is no {need.source} in the store.{listed}"
    row = METAMODEL.relationship(need.type, need.source, need.target)
    if row is not None and row.record is not None:
        stated = f" The list `{row.record.list_name}` of a file holds such links."
    else:
        writers = METAMODEL.writers(need.type, need.source, need.target)
        stated = f" The field `{writers[0][1].name}` of {writers[0][0]} states it." if writers else ""
    return f"No {need.source} has the link {need.type} to a {need.target}.{stated}"
