"""The constraints that a store needs before data: one a label."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from graphkb.model.metamodel import METAMODEL
from graphkb.store.protocol import Statement

if TYPE_CHECKING:
    from graphkb.model.metamodel import Metamodel

RUN: Final = "Run"
"""Label of the nodes that tell of loads."""
LOCK: Final = "LoadLock"
"""Label of the node that exists while a load is under way."""


def constraints(metamodel: Metamodel = METAMODEL) -> tuple[str, ...]:
    """Return the statements that make ids unique within each label; running them again is harmless."""
    return tuple(
        f"CREATE CONSTRAINT {label}_id IF NOT EXISTS\nFOR (n:{label})\nREQUIRE n.id IS UNIQUE"
        for label in (*metamodel.kinds, RUN, LOCK)
    )


def constraints_file(metamodel: Metamodel = METAMODEL) -> str:
    """Return the text of ``cypher/schema/constraints.cypher``."""
    head = "// Generated from the metamodel: an id is unique within its label. Run it before data, again at will.\n"
    return head + "".join(f"{text};\n" for text in constraints(metamodel))


def schema_statements(metamodel: Metamodel = METAMODEL) -> list[Statement]:
    """Return the constraints as statements for one write of their own."""
    return [Statement(text) for text in constraints(metamodel)]


def schema_mark(metamodel: Metamodel = METAMODEL) -> str:
    """Return a short text that changes with the constraints; a run keeps the one it wrote under."""
    return hashlib.sha256(constraints_file(metamodel).encode()).hexdigest()[:12]
