"""Loads killed in their midst: what a process that gets no chance to clean up leaves to the next load."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any, Final

from tests.support.loads import nodes_of, owners_in
from tests.sync.processes import LoadProcess

if TYPE_CHECKING:
    import pytest

    from tests.support.loads import Document, Loader

KILLS: Final = 10
CHUNK: Final = 30
FIRST: Final = 3
"""Number of the write from which on a load is killed: the lock is the first, the first chunk the second."""


def company(version: int) -> Document:
    """Return one of two states of a company; each creates, updates and deletes much of the other."""
    shift = 20 * version
    return {
        "capabilities": [
            {
                "capabilityID": f"c{n}",
                "title": f"Capability {n}",
                "purpose": f"Purpose {n + version}",
                "maturityLevel": 1 + version,
                "targetMaturityLevel": 4,
            }
            for n in range(shift, shift + 80)
        ],
        "journeys": [
            {
                "journeyID": f"j{n}",
                "journeyTitle": f"Journey {n}",
                "journeyStages": [
                    {
                        "stageID": f"s{n}",
                        "stageName": f"Stage {n}",
                        "relevantCapabilities": [{"capabilityID": f"c{n + at}", "importanceLevel": 3} for at in (0, 1)],
                    }
                ],
            }
            for n in range(shift, shift + 60)
        ],
    }


OTHER: Final[Document] = {
    "products": [{"productID": "p", "title": "P"}],
    "initiatives": [
        {"initiativeID": "i", "title": "I", "improves": [{"kind": "Capability", "title": "Capability 50"}]}
    ],
}
"""What another source says; it names a capability that it does not define."""


def undisturbed(shared: Loader, version: int) -> Any:
    """Return the graph, owners included, that loads without any trouble lead to."""
    shared.load("company", company(version))
    return owners_in(shared.kb.store)


def test_a_killed_load_is_completed_by_the_next(
    shared: Loader, target: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever a load in chunks is killed, the store opens, its run stays incomplete, and loading again mends all."""
    shared.load("other", OTHER)
    expected = {version: undisturbed(shared, version) for version in (1, 0)}
    plan = shared.plan("company", company(1))
    last = 1 + -(-sum(plan.created + plan.updated + plan.deleted) // CHUNK)
    assert last > FIRST + KILLS
    killed: list[str] = []
    for attempt in range(KILLS):
        version, write = 1 - attempt % 2, FIRST + attempt
        between = attempt % 3 == 0
        paths = shared.files(company(version))
        process = LoadProcess(target, paths, "company", chunk=CHUNK, pause=write if between else 0)
        process.go_on()
        process.read_until(f"begin {write}")
        time.sleep((KILLS - attempt) * 0.003)
        if process.kill() == -signal.SIGKILL and "begin 2" in process.lines and f"end {last}" not in process.lines:
            in_write = process.lines[-1].startswith("begin") and not between
            killed.append("inside a write" if in_write else "between two writes")
        runs = shared.kb.cypher("MATCH (run:Run {status: 'incomplete'}) RETURN count(run) AS runs")
        assert runs == [{"runs": attempt + 1}]
        shared.load("company", company(version))
        assert owners_in(shared.kb.store) == expected[version]
        assert not nodes_of(shared.kb.store, "LoadLock")
        assert shared.load("company", company(version)).is_empty
    places = ", ".join(f"{killed.count(place)} {place}" for place in sorted(set(killed)))
    with capsys.disabled():
        print(f"\nkilled in the midst of a load into {shared.kb.store.name}: {len(killed)} of {KILLS}, {places}")  # noqa: T201 - the counts are to be seen
    assert len(killed) == KILLS
    assert {"inside a write", "between two writes"} == set(killed)
