"""A knowledge base that loads documents, on each store in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from graphkb.store import open_store
from tests.conftest import LONG, clear
from tests.support.loads import Loader, empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkb.store import GraphStore


@pytest.fixture
def emptied() -> Callable[[GraphStore], None]:
    """What empties a server and keeps its constraints, and so its plans of statements."""
    return empty


@pytest.fixture
def loader(store: GraphStore, tmp_path: Path) -> Loader:
    """Return what loads documents into the store."""
    return Loader(store, tmp_path)


@pytest.fixture
def examples(store: GraphStore) -> settings:
    """Return how many examples a law is tried on: fewer, the more a load costs."""
    few, many = {":memory:": (25, 100), "bolt": (5, 20)}.get(store.name.partition("://")[0], (8, 20))
    most = many if LONG else few
    return settings(max_examples=min(most, settings.default.max_examples if settings.default else most))


@pytest.fixture(params=["file", "neo4j"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str | None]:
    """Return how to open an empty store that several processes can share, each such kind in turn."""
    if request.param == "file":
        return {"target": str(tmp_path / "shared.kgl"), "username": None, "password": None}
    server = request.getfixturevalue("neo4j_server")
    return {"target": server.uri, "username": server.username or None, "password": server.password or None}


@pytest.fixture
def shared(target: dict[str, str | None], tmp_path: Path) -> Iterator[Loader]:
    """Yield what loads documents into the store that ``target`` names, empty at first."""
    opened = open_store(str(target["target"]), username=target["username"], password=target["password"])
    if "://" in opened.name:
        clear(opened)
    yield Loader(opened, tmp_path)
    opened.close()
