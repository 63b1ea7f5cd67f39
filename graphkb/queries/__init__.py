"""The questions: files in ``cypher/``, typed functions here, and one way to ask any of them by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from graphkb.errors import UsageError
from graphkb.queries import catalog, gaps, initiatives, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkb.queries.answer import Answer, Asked

FUNCTIONS: Final[Mapping[str, Callable[..., Answer[Any]]]] = MappingProxyType(
    {
        "gaps/affecting_stages": gaps.affecting_stages,
        "gaps/reaching_no_stage": gaps.reaching_no_stage,
        "gaps/unfunded": gaps.unfunded,
        "initiatives/closing_nothing": initiatives.closing_nothing,
        "stages/weakest": stages.weakest,
    }
)
"""The typed function of every question file, by name."""


def ask_rows(kb: Asked, name: str, parameters: Mapping[str, object]) -> Answer[Any]:
    """Ask the question called ``name`` through its typed function.

    Raises :class:`~graphkb.errors.UsageError` for an unknown question or parameter (naming the nearest) and for values
    that do not fit, and :class:`~graphkb.errors.StoreError`.
    """
    question = catalog.find(name)
    if question.topic == catalog.EXPLORE:
        raise UsageError(f"{name} returns paths, not rows; run {question.path} in Neo4j Browser.")
    return FUNCTIONS[name](kb, **catalog.check_arguments(question, parameters))
