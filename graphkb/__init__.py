"""graphkb: customer-domain business architecture as a typed graph.

::

    import graphkb

    with graphkb.open("bank.kgl") as kb:
        kb.load(["bank/"], source="bank")
        for row in graphkb.queries.gaps.affecting_stages(kb, limit=5):
            print(row.severity, row.gap, row.stage, row.persona)

Nothing heavy is imported until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graphkb.version import VERSION

if TYPE_CHECKING:
    from graphkb import analysis, queries
    from graphkb.errors import GraphKBError, Problem
    from graphkb.knowledge_base import KnowledgeBase
    from graphkb.knowledge_base import open_knowledge_base as open  # noqa: A004  # opens, as the built-in does
    from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
    from graphkb.model.difference import Difference
    from graphkb.model.metamodel import METAMODEL
    from graphkb.queries.answer import Answer
    from graphkb.states import open_state
    from graphkb.sync.plan import Plan

__version__ = VERSION

_HOMES = {
    "METAMODEL": "graphkb.model.metamodel",
    "Answer": "graphkb.queries.answer",
    "Dataset": "graphkb.model.dataset",
    "Difference": "graphkb.model.difference",
    "EdgeKey": "graphkb.model.dataset",
    "GraphKBError": "graphkb.errors",
    "KnowledgeBase": "graphkb.knowledge_base",
    "NodeKey": "graphkb.model.dataset",
    "Plan": "graphkb.sync.plan",
    "Problem": "graphkb.errors",
    "open_state": "graphkb.states",
}

__all__ = [
    "METAMODEL",
    "Answer",
    "Dataset",
    "Difference",
    "EdgeKey",
    "GraphKBError",
    "KnowledgeBase",
    "NodeKey",
    "Plan",
    "Problem",
    "analysis",
    "open",
    "open_state",
    "queries",
]


def __getattr__(name: str) -> Any:
    """Import a public name at its first use."""
    if name == "open":
        return import_module("graphkb.knowledge_base").open_knowledge_base
    if name in ("analysis", "queries"):
        return import_module(f"{__name__}.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
