"""A knowledge base that loads documents, on each store in turn, and the shipped example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graphkb
from tests.sync.conftest import emptied, examples, loader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb import KnowledgeBase

__all__ = ["bank", "emptied", "examples", "loader"]


@pytest.fixture(scope="session")
def bank(example: Path) -> Iterator[KnowledgeBase]:
    """The shipped example, in memory; tests only read it."""
    with graphkb.open_state(example) as opened:
        yield opened
