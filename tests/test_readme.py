"""The README is played as a newcomer would, and says what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.readme import README, played

if TYPE_CHECKING:
    from graphkb.store import GraphStore
    from tests.support.server import Server

import pytest


@pytest.mark.parametrize("store", ["neo4j"], indirect=True)
def test_every_block_of_the_readme_runs_and_prints_what_stands_there(store: GraphStore, neo4j_server: Server) -> None:
    """Commands, programs and files in order, in an empty folder and on an empty server.

    Where this fails because output changed for good reason, run `python -m tests.support.readme`.
    """
    assert store.read("MATCH (n) RETURN count(n) AS count") == [{"count": 0}]
    assert played(neo4j_server.uri) == README.read_text(encoding="utf-8")
