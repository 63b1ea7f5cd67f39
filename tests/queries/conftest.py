"""Stores that the question tests ask, and graphs that show one thing each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from graphkb.store import open_store
from tests.conftest import open_kind

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
def kb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """Give each store in turn."""
    kind = "memory" if request.param == "embedded" else request.param
    store = open_kind(kind, tmp_path_factory.mktemp("kb"), request)
    yield Knowledge(store)
    store.close()
