"""What is checked: a knowledge base on each store in turn, emptied and filled by the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.knowledge_base import KnowledgeBase
from graphkb.store import open_store
from tests.conftest import open_cleared

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", params=["memory", "neo4j"])
def kb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Give a knowledge base on each store."""
    with KnowledgeBase(open_cleared(request.param, tmp_path_factory.mktemp("checks"), request)) as opened:
        yield opened


@pytest.fixture(scope="module")
def embedded() -> Iterator[KnowledgeBase]:
    """Give a knowledge base in memory."""
    with KnowledgeBase(open_store(":memory:")) as opened:
        yield opened
