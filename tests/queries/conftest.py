"""Stores that the question tests ask, and graphs that show one thing each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from graphkb.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.store.protocol import GraphStore


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The least that can be asked: something with a store, and no questions but the shipped ones."""

    store: GraphStore
    question_folders: tuple[Path, ...] = ()


@pytest.fixture(scope="module")
def embedded() -> Iterator[Knowledge]:
    """Give an embedded store in memory."""
    store = open_store(":memory:")
    yield Knowledge(store)
    store.close()


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def kb(request: pytest.FixtureRequest) -> Iterator[Knowledge]:
    """Give each store in turn."""
    if request.param == "embedded":
        store = open_store(":memory:")
    else:
        server: Any = request.getfixturevalue("neo4j_server")
        store = open_store(server.uri, username=server.username or None, password=server.password or None)
    yield Knowledge(store)
    store.close()
