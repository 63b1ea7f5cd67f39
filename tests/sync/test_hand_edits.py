"""What people change by hand, and what the next load makes of it: each row of the table in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.errors import DataError
from graphkb.example import BANK
from graphkb.knowledge_base import KnowledgeBase
from graphkb.store.protocol import Statement
from tests.conftest import open_cleared
from tests.support.loads import nodes_of, owners_in

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "keeping-true.md"
ROWS: Final = re.findall(r"^\| ([^|`]+) \| `([^|]+)` \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
CLEAN_UP: Final = (
    Statement("MATCH (n) WHERE n.sources IS NULL AND NOT n:Run DETACH DELETE n"),
    Statement("MATCH ()-[r]->() WHERE r.sources IS NULL DELETE r"),
    Statement("MATCH (n:Ours) REMOVE n:Ours"),
)


@pytest.fixture(scope="module", params=["memory", "neo4j"])
def bank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Give a knowledge base with the example, which each test leaves as it found it."""
    with KnowledgeBase(open_cleared(request.param, tmp_path_factory.mktemp("hand"), request)) as kb:
        kb.load([BANK], source="example")
        yield kb


def test_the_table_has_every_outcome() -> None:
    """A row with another one would not be tried."""
    assert len(ROWS) > 15
    assert {outcome for _, _, outcome in ROWS} == {"takes it back", "leaves it", "is refused, and names it"}


@pytest.mark.parametrize(("text", "outcome"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_next_load_does_what_the_table_says(bank: KnowledgeBase, text: str, outcome: str) -> None:
    """And what it takes back is as it was, in every property and label."""
    before = owners_in(bank.store), nodes_of(bank.store)
    bank.store.write([Statement(text)])
    edited = owners_in(bank.store), nodes_of(bank.store)
    assert edited != before
    if outcome == "is refused, and names it":
        with pytest.raises(DataError, match=r"ValueStreamStage '.*'\)-\[ENABLED_BY\]->\(Capability 'CAP-DECISION'"):
            bank.load([BANK], source="example")
        assert (owners_in(bank.store), nodes_of(bank.store)) == edited
    else:
        assert bank.load([BANK], source="example").is_empty == (outcome == "leaves it")
        assert owners_in(bank.store) == (edited if outcome == "leaves it" else before)[0]
    bank.store.write(CLEAN_UP)
    assert owners_in(bank.store) == before[0]
