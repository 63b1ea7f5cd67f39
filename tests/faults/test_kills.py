"""Loads killed in their midst: what a process that gets no chance to clean up leaves to the next load."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any, Final

from graphkb.sync.runs import last_run
from tests.conftest import LONG
from tests.support.loads import nodes_of, owners_in
from tests.sync.processes import LoadProcess

if TYPE_CHECKING:
    import random

    import pytest

    from tests.support.loads import Document, Loader

KILLS: Final = 50 if LONG else 8
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
    shared: Loader, target: dict[str, Any], dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whenever a load in chunks is killed, the store opens, its run stays incomplete, and loading again mends all."""
    shared.load("other", OTHER)
    expected = {version: undisturbed(shared, version) for version in (1, 0)}
    plan = shared.plan("company", company(1))
    last = 1 + -(-sum(plan.created + plan.updated + plan.deleted) // CHUNK)
    seconds = typical_write(shared, target)
    killed: list[str] = []
    attempts = 0
    while len(killed) < KILLS:
        attempts += 1
        assert attempts < 2 * KILLS + 5, f"only {len(killed)} of {attempts} loads were killed in their midst"
        version, write = 1 - attempts % 2, dice.randint(FIRST, last)
        between = dice.random() < 0.25
        process = LoadProcess(
            target, shared.files(company(version)), "company", chunk=CHUNK, pause=write if between else 0
        )
        process.go_on()
        process.read_until(f"begin {write}")
        time.sleep(dice.uniform(0, seconds))
        in_midst = process.kill() == -signal.SIGKILL and f"end {last}" not in process.lines
        if in_midst:
            in_write = process.lines[-1].startswith("begin") and not between
            killed.append("inside a write" if in_write else "between two writes")
        status = last_run(shared.kb.store).status
        # The last write may have ended before the process could say so.
        assert status == "incomplete" or f"begin {last}" in process.lines
        if status == "incomplete":
            assert shared.kb.history()[0].status == "incomplete"
            assert shared.kb.history()[0].command
        shared.load("company", company(version))
        assert owners_in(shared.kb.store) == expected[version]
        assert not nodes_of(shared.kb.store, "LoadLock")
        assert shared.load("company", company(version)).is_empty
        assert last_run(shared.kb.store).status == "complete"
    places = ", ".join(f"{killed.count(place)} {place}" for place in sorted(set(killed)))
    with capsys.disabled():
        print(f"\n{len(killed)} loads into {shared.kb.store.name} killed, {places}")  # noqa: T201 - to be seen


def typical_write(shared: Loader, target: dict[str, Any]) -> float:
    """Return how many seconds a write of a load takes in a process of its own, from the second chunk on."""
    process = LoadProcess(target, shared.files(company(1)), "company", chunk=CHUNK)
    process.go_on()
    process.read_until(f"begin {FIRST}")
    begun = time.monotonic()
    process.read_until(f"end {FIRST + 3}")
    seconds = (time.monotonic() - begun) / 4
    assert process.end() == 0
    return seconds
