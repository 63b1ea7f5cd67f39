"""Analyses: what no pattern of Cypher can say, computed with networkx on a projection of the graph.

Every analysis is declared by a header as a question is, and a typed function of the same name; it gives an answer as a
question does, and is carried out by ``graphkb analyze NAME``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkb.analysis.circles import CIRCULAR_DEPENDENCIES, circular_dependencies
from graphkb.analysis.community import COMMUNITIES, communities
from graphkb.analysis.comparison import comparing
from graphkb.analysis.cuts import CUTTING_OFF, cutting_off
from graphkb.analysis.reliance import RELIED_UPON, relied_upon
from graphkb.analysis.retirement import RETIRING, retiring
from graphkb.analysis.what_if import CUTTING, RAISING, SLIPPING, cutting, raising, slipping
from graphkb.errors import UsageError
from graphkb.queries import catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkb.queries.answer import Answer, Asked
    from graphkb.queries.catalog import Question

__all__ = [
    "ANALYSES",
    "analyze",
    "circular_dependencies",
    "communities",
    "comparing",
    "cutting",
    "cutting_off",
    "find",
    "raising",
    "relied_upon",
    "retiring",
    "slipping",
]

ANALYSES: Final[Mapping[str, tuple[Question, Callable[..., Answer[Any]]]]] = {
    question.name: (question, function)
    for question, function in (
        (CUTTING_OFF, cutting_off),
        (RELIED_UPON, relied_upon),
        (CIRCULAR_DEPENDENCIES, circular_dependencies),
        (COMMUNITIES, communities),
        (RETIRING, retiring),
        (RAISING, raising),
        (CUTTING, cutting),
        (SLIPPING, slipping),
    )
}
"""Declaration and function of every analysis, by name."""


def find(name: str) -> Question:
    """Return the declaration of an analysis; raises :class:`~graphkb.errors.UsageError` naming the nearest."""
    if name not in ANALYSES:
        hint = catalog.nearest(name, list(ANALYSES)) or f" There are {', '.join(ANALYSES)}."
        raise UsageError(f"There is no analysis {name!r}.{hint}")
    return ANALYSES[name][0]


def analyze(kb: Asked, name: str, parameters: Mapping[str, object]) -> Answer[Any]:
    """Carry out the analysis called ``name``.

    Raises :class:`~graphkb.errors.UsageError` for an unknown analysis or parameter, naming the nearest, and for values
    that do not fit, and :class:`~graphkb.errors.StoreError`.
    """
    return ANALYSES[find(name).name][1](kb, **catalog.check_arguments(find(name), parameters))
