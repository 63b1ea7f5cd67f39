"""Stores that the analyses read, and the shipped example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import graphkb
from graphkb import KnowledgeBase
from graphkb.example import BANK
from graphkb.store import open_store
from tests.support.graphs import write_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.graphs import Graph


@pytest.fixture(scope="module")
def kb() -> Iterator[KnowledgeBase]:
    """Give an empty knowledge base in memory."""
    with graphkb.open(":memory:") as opened:
        yield opened


@pytest.fixture
def stored(kb: KnowledgeBase) -> Callable[[Graph], KnowledgeBase]:
    """Give what replaces everything in the knowledge base by a graph."""

    def store(graph: Graph) -> KnowledgeBase:
        write_graph(kb.store, graph)
        return kb

    return store


@pytest.fixture(scope="module")
def bank() -> Iterator[KnowledgeBase]:
    """Give the shipped example, in memory; tests only read it."""
    with graphkb.open(":memory:") as opened:
        opened.load([BANK], source="bank")
        yield opened


@pytest.fixture(scope="module")
def neo4j_kb(request: pytest.FixtureRequest) -> Iterator[KnowledgeBase]:
    """Give a knowledge base on Neo4j; what it held before is gone."""
    server: Any = request.getfixturevalue("neo4j_server")
    with KnowledgeBase(open_store(server.uri, username=server.username, password=server.password)) as opened:
        yield opened
