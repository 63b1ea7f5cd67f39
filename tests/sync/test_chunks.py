"""Loads in one transaction and in many, and the runs that tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.store import Statement
from graphkb.sync.plan import Count
from tests.support.loads import Loader, WatchedStore, everything_in, nodes_of, owners_in

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.store import GraphStore

RUNS: Final = """MATCH (run:Run)
RETURN run.id AS id, run.source AS source, run.status AS status, run.user AS user, run.startedAt AS startedAt,
  run.endedAt AS endedAt, run.nodesCreated AS nodesCreated, run.relationshipsCreated AS relationshipsCreated,
  run.nodesUpdated AS nodesUpdated, run.nodesDeleted AS nodesDeleted
ORDER BY run.startedAt"""

COUNTS: Final = ("source", "status", "nodesCreated", "relationshipsCreated", "nodesUpdated", "nodesDeleted")


def runs_in(store: GraphStore) -> list[dict[str, Any]]:
    """Return the runs of a store, first to last."""
    return [dict(row) for row in store.read(RUNS)]


def capabilities(*numbers: int, purpose: str = "Trust") -> dict[str, Any]:
    """Return a capability of each number."""
    return {"capabilities": [{"capabilityID": f"c{n}", "title": f"C {n}", "purpose": purpose} for n in numbers]}


def test_a_load_in_chunks_equals_a_load_in_one(store: GraphStore, example: Path, tmp_path: Path) -> None:
    """The shipped example, loaded in chunks of fifty, gives the same graph, run counts included."""
    watched = WatchedStore(store)
    loader = Loader(watched, tmp_path)
    done: list[tuple[int, int]] = []
    plan = loader.kb.load([example], source="bank", chunk=50, progress=lambda *each: done.append(each))
    chunked, (run,) = owners_in(store), runs_in(store)
    total = sum(plan.created)
    assert done == [*((each, total) for each in range(50, total, 50)), (total, total)]
    assert watched.writes == len(done) + 2
    store.write([Statement("MATCH (n) DETACH DELETE n")])
    done.clear()
    loader.kb.load([example], source="bank", progress=lambda *each: done.append(each))
    assert done == [(total, total)]
    assert owners_in(store) == chunked
    (other,) = runs_in(store)
    assert {name: run[name] for name in COUNTS} == {name: other[name] for name in COUNTS}


def test_changes_in_chunks_equal_changes_in_one(loader: Loader) -> None:
    """Creations, updates and deletions come to the same in chunks of one."""
    states = capabilities(*range(6)), capabilities(*range(3, 9), purpose="Speed")
    for state in states:
        loader.load("a", state)
    expected = owners_in(loader.kb.store)
    loader.load("a", states[0])
    loader.load("a", states[1], chunk=1)
    assert owners_in(loader.kb.store) == expected


def test_a_run_tells_of_its_load(loader: Loader) -> None:
    """A run has its source, its user, when it took place, and how much it changed."""
    loader.load("a", capabilities(1, 2, 3))
    loader.load("a", capabilities(2, 3, 4, 5, purpose="Speed"))
    first, second = runs_in(loader.kb.store)
    assert (first["source"], first["status"], first["nodesCreated"], first["nodesDeleted"]) == ("a", "complete", 3, 0)
    assert (second["nodesCreated"], second["nodesUpdated"], second["nodesDeleted"]) == (2, 2, 1)
    assert first["user"]
    assert first["startedAt"] <= first["endedAt"] <= second["startedAt"] <= second["endedAt"]
    ids = "MATCH (n:Capability) RETURN n.id AS id, n.createdRun AS created, n.changedRun AS changed ORDER BY n.id"
    assert loader.kb.cypher(ids) == [
        {"id": f"c{n}", "created": created["id"], "changed": second["id"] if n < 4 else None}
        for n, created in ((2, first), (3, first), (4, second), (5, second))
    ]


def test_a_load_that_breaks_off_between_chunks_can_be_completed(loader: Loader) -> None:
    """What was written stays under an incomplete run, the lock is free, and loading again completes it."""

    def fail(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loader.load("a", capabilities(*range(10)), chunk=2, progress=fail)
    assert [run["status"] for run in runs_in(loader.kb.store)] == ["incomplete"]
    assert loader.kb.sources() == {"a": Count(4, 0)}
    assert not nodes_of(loader.kb.store, "LoadLock")
    assert loader.load("a", capabilities(*range(10))).created == Count(6, 0)
    assert [run["status"] for run in runs_in(loader.kb.store)] == ["incomplete", "complete"]
    assert loader.load("a", capabilities(*range(10))).is_empty


def test_an_empty_load_is_no_run(loader: Loader) -> None:
    """A load with nothing to change leaves no run, no lock and no constraint, even in a new store."""
    loader.load("a", {"capabilities": []})
    assert not any(everything_in(loader.kb.store))
