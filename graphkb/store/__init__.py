"""Stores that hold the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from graphkb.errors import UsageError
from graphkb.store.protocol import GraphStore, Row, Statement, Value, WriteSummary

if TYPE_CHECKING:
    import os

__all__ = ["GraphStore", "Py2neoGraph", "Row", "Statement", "Value", "WriteSummary", "open_store"]

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""What a server's address may begin with; ``+s`` is encrypted, ``+ssc`` with a self-signed certificate."""

THROUGH_PY2NEO = tuple(f"py2neo+{scheme}" for scheme in SCHEMES)
"""The same addresses, through py2neo instead of the official driver."""


@runtime_checkable
class Py2neoGraph(Protocol):
    """What a ``py2neo.Graph`` is to a store; py2neo itself has no types, and need not be installed."""

    @property
    def name(self) -> str | None:
        """The database, or none for the one that the server gives its user."""
        ...

    @property
    def service(self) -> Any:
        """The server, with its address and credentials."""
        ...


def open_store(
    target: str | os.PathLike[str] | Py2neoGraph,
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

    A server may be reached through py2neo: by its address with ``py2neo+`` before it, or by a ``py2neo.Graph`` as the
    target, whose address, credentials and database are then used. The store has a connection of its own; those of the
    graph stay open when it is closed.

    Raises :class:`~graphkb.errors.UsageError` for any other target, :class:`~graphkb.errors.MissingExtra` where py2neo
    is asked for and not installed, and :class:`~graphkb.errors.StoreUnavailable` or one of its kinds where the store
    cannot be reached or used.
    """
    # Each engine costs a second to import, and no process needs two.
    if isinstance(target, Py2neoGraph):
        from graphkb.store.py2neo import open_graph  # noqa: PLC0415 - imported at use, see above

        return open_graph(target, default_timeout=default_timeout)
    text = str(target)
    scheme, separator, _ = text.partition("://")
    auth = (username, password or "") if username else None
    if separator and scheme in THROUGH_PY2NEO:
        from graphkb.store.py2neo import open_address  # noqa: PLC0415 - imported at use, see above

        return open_address(text, auth=auth, database=database, default_timeout=default_timeout)
    if separator and scheme in SCHEMES:
        from graphkb.store.neo4j import Neo4jStore  # noqa: PLC0415 - imported at use, see above

        return Neo4jStore(text, auth=auth, database=database, default_timeout=default_timeout)
    if text == ":memory:" or Path(text).suffix == ".kgl":
        from graphkb.store.embedded import EmbeddedStore  # noqa: PLC0415 - imported at use, see above

        return EmbeddedStore(None if text == ":memory:" else Path(text), default_timeout=default_timeout)
    raise UsageError(
        f"Cannot open {text!r}. A store is the address of a Neo4j server (neo4j://host:7687 or bolt://host:7687, "
        "with +s or +ssc where it is encrypted, and py2neo+ before it to go through py2neo), the path of a file ending "
        "in .kgl, or :memory:."
    )
