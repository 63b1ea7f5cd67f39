"""What is made from declarations is as new as they are."""

from __future__ import annotations

import pytest

from graphkb.store import GraphStore, Statement
from tests.support.generated import GENERATED, ROOT


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_is_current(name: str) -> None:
    """A file is what its declarations make; otherwise run `python -m tests.support.generated`."""
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name]()


def test_the_constraints_run_as_they_stand_in_the_file(store: GraphStore) -> None:
    """Each statement of the file makes a constraint on every store, and again is harmless."""
    text = (ROOT / "cypher/schema/constraints.cypher").read_text(encoding="utf-8")
    statements = [Statement(part) for part in text.split(";") if part.strip()]
    store.write(statements)
    store.write(statements)
    assert len(store.read("SHOW CONSTRAINTS YIELD name RETURN name")) == len(statements)
