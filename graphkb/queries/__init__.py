"""The questions: files in ``cypher/``, typed functions here, and one way to ask any of them by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graphkb.errors import UsageError
from graphkb.queries import catalog, gaps, initiatives, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkb.queries.answer import Answer, Asked

__all__ = ["ask_rows", "catalog", "function", "gaps", "initiatives", "stages"]


def function(name: str) -> Callable[..., Answer[Any]]:
    """Return the typed function of the question ``topic/name``: ``name`` in the module ``topic`` of this package.

    Raises :class:`~graphkb.errors.UsageError` for an unknown question, and for one that returns paths.
    """
    question = catalog.find(name)
    if question.topic == catalog.EXPLORE:
        raise UsageError(f"{name} returns paths, not rows; run {question.path} in Neo4j Browser.")
    topic, _, called = name.partition("/")
    found: Callable[..., Answer[Any]] = getattr(import_module(f"{__name__}.{topic}"), called)
    return found


def ask_rows(kb: Asked, name: str, parameters: Mapping[str, object]) -> Answer[Any]:
    """Ask the question called ``name`` through its typed function.

    Raises :class:`~graphkb.errors.UsageError` for an unknown question or parameter (naming the nearest) and for values
    that do not fit, and :class:`~graphkb.errors.StoreError`.
    """
    return function(name)(kb, **catalog.check_arguments(catalog.find(name), parameters))
