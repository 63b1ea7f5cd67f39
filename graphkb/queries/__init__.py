"""The questions: files in ``cypher/``, typed functions here, and one way to ask any of them by name."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from graphkb.errors import UsageError
from graphkb.queries import (
    capabilities,
    catalog,
    gaps,
    governance,
    initiatives,
    journeys,
    offerings,
    personas,
    segments,
    stages,
    strategies,
)
from graphkb.queries.answer import ask, row_type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from graphkb.queries.answer import Answer, Asked
    from graphkb.queries.catalog import Question

__all__ = [
    "ask_rows",
    "capabilities",
    "catalog",
    "function",
    "gaps",
    "governance",
    "initiatives",
    "journeys",
    "offerings",
    "personas",
    "segments",
    "stages",
    "strategies",
]


def function(name: str, *, further: Sequence[Path] = ()) -> Callable[..., Answer[Any]]:
    """Return the typed function of the question ``topic/name``: ``name`` in the module ``topic`` of this package.

    A question of the folders ``further`` has a function made of its header. Raises
    :class:`~graphkb.errors.UsageError` for an unknown question, and for one that returns paths.
    """
    question = catalog.find(name, further=further)
    if question.topic == catalog.EXPLORE:
        raise UsageError(f"{name} returns paths, not rows; run {question.path} in Neo4j Browser.")
    if name not in catalog.names():
        return partial(_ask, question)
    topic, _, called = name.partition("/")
    found: Callable[..., Answer[Any]] = getattr(import_module(f"{__name__}.{topic}"), called)
    return found


def ask_rows(kb: Asked, name: str, parameters: Mapping[str, object]) -> Answer[Any]:
    """Ask the question called ``name`` through its typed function, or one of an extension by its header.

    Raises :class:`~graphkb.errors.UsageError` for an unknown question or parameter (naming the nearest) and for values
    that do not fit, and :class:`~graphkb.errors.StoreError`.
    """
    question = catalog.find(name, further=kb.question_folders)
    return function(name, further=kb.question_folders)(kb, **catalog.check_arguments(question, parameters))


def _ask(question: Question, kb: Asked, **parameters: object) -> Answer[Any]:
    row_type = row_type_of(question.name, question.columns)
    return ask(kb, question.name, row_type, parameters)
