"""How an analysis is declared, and how it becomes an answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from graphkb.queries import catalog, elements
from graphkb.queries.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphkb.queries.answer import Asked
    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import Value

RowT = TypeVar("RowT")


def declare(name: str, header: str) -> Question:
    """Return the declaration of an analysis: the header of a question file, without the Cypher."""
    return catalog.parse(Path(__file__), name, header)


def answer(
    kb: Asked,
    declaration: Question,
    parameters: Mapping[str, object],
    compute: Callable[[Mapping[str, Value]], Iterable[RowT]],
) -> Answer[RowT]:
    """Check the parameters, name elements by their ids, compute the rows, and cut them off at the limit.

    ``compute`` gets a value for every parameter. Raises :class:`~graphkb.errors.UsageError` for parameters that do
    not fit and for a title that several elements have.
    """
    arguments = catalog.check_arguments(declaration, parameters)
    arguments, why = elements.by_id(kb.store, declaration, arguments)
    rows = () if why else tuple(compute(arguments))
    limit = cast("int", arguments[catalog.LIMIT])
    return Answer(
        question=f"analysis/{declaration.name}",
        text="",
        parameters=arguments,
        columns=tuple(column.name for column in declaration.columns),
        rows=rows[:limit],
        truncated=len(rows) > limit,
        why=None if rows else why or declaration.none,
    )
