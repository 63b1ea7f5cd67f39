"""Stores that hold the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import UsageError
from graphkb.store.protocol import GraphStore, Row, Statement, Value, WriteSummary

if TYPE_CHECKING:
    import os

__all__ = ["GraphStore", "Row", "Statement", "Value", "WriteSummary", "open_store"]

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""What a server's address may begin with; ``+s`` is encrypted, ``+ssc`` with a self-signed certificate."""


def open_store(
    target: str | os.PathLike[str],
    *,
    username: str | None = None,
    password: str | None = None,
    database: str = "neo4j",
    default_timeout: float = 60.0,
) -> GraphStore:
    """Open the store that ``target`` names; the caller closes it.

    ``target`` is the address of a Neo4j server (``neo4j://localhost:7687``, see :data:`SCHEMES`), the path of an
    embedded file ending in ``.kgl``, which need not exist yet, or ``:memory:``. ``username``, ``password`` and
    ``database`` are for a server only; without a user name it is addressed without authentication.
    ``default_timeout`` is in seconds and holds for each read that names no timeout of its own.

    Raises :class:`~graphkb.errors.UsageError` for any other target, and :class:`~graphkb.errors.StoreUnavailable`
    or one of its kinds where the store cannot be reached or used.
    """
    # Either engine costs a second to import, and no process needs both.
    text = str(target)
    scheme, separator, _ = text.partition("://")
    if separator and scheme in SCHEMES:
        from graphkb.store.neo4j import Neo4jStore  # noqa: PLC0415 - imported at use, see above

        auth = (username, password or "") if username else None
        return Neo4jStore(text, auth=auth, database=database, default_timeout=default_timeout)
    if text == ":memory:" or Path(text).suffix == ".kgl":
        from graphkb.store.embedded import EmbeddedStore  # noqa: PLC0415 - imported at use, see above

        return EmbeddedStore(None if text == ":memory:" else Path(text), default_timeout=default_timeout)
    raise UsageError(
        f"Cannot open {text!r}. A store is the address of a Neo4j server (neo4j://host:7687 or bolt://host:7687, "
        "with +s or +ssc where it is encrypted), the path of a file ending in .kgl, or :memory:."
    )
