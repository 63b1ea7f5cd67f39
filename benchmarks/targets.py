# ruff: noqa: INP001 - a part of a program
"""The stores to load into, as the contenders find them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final, Protocol

from benchmarks.contenders import merge_by_driver, merge_by_engine
from graphkb.store import open_store
from graphkb.sync.schema import schema_statements
from tests.support.server import empty

if TYPE_CHECKING:
    from pathlib import Path

    import neo4j

    from benchmarks.contenders import Rows
    from graphkb.store.protocol import GraphStore
    from tests.support.server import Server


class Target(Protocol):
    """A store to load into."""

    name: str

    def empty(self) -> None:
        """Leave nothing in the store but constraints."""

    def open(self) -> GraphStore:
        """Open it."""

    def merge(self, rows: Rows) -> None:
        """Merge the rows without us."""


class File:
    """An embedded file."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.path: Final = folder / "benchmark.kgl"
        self._blank: Final = folder / "blank.kgl"
        store = open_store(self._blank)
        store.write(schema_statements())
        store.close()

    def empty(self) -> None:
        """Put a file with nothing but constraints in its place."""
        shutil.copyfile(self._blank, self.path)

    def open(self) -> GraphStore:
        """Open it."""
        return open_store(self.path)

    def merge(self, rows: Rows) -> None:
        """Merge the rows by the engine."""
        merge_by_engine(self.path, rows)


class Database:
    """A Neo4j server of the benchmark's own."""

    name = "neo4j"

    def __init__(self, server: Server, driver: neo4j.Driver) -> None:
        self.server: Final = server
        self.driver: Final = driver
        store = self.open()
        store.write(schema_statements())
        store.close()

    def empty(self) -> None:
        """Delete everything."""
        empty(self.driver)

    def open(self) -> GraphStore:
        """Open it."""
        return open_store(self.server.uri, username=self.server.username, password=self.server.password)

    def merge(self, rows: Rows) -> None:
        """Merge the rows by the driver."""
        merge_by_driver(self.driver, rows)
