"""One load at a time: who holds the lock, who waits, what a dead load leaves, and plans that are out of date."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.errors import LoadLocked, OutcomeError, PlanOutdated
from graphkb.load_options import DEFAULTS
from graphkb.store import Statement, open_store
from graphkb.sync.plan import Count
from tests.support.loads import Loader, empty, everything_in, nodes_of, owners_in
from tests.sync.processes import LoadProcess, started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.store import GraphStore, Value
    from tests.support.loads import Document
    from tests.support.server import Server

ELSEWHERE: Final = "another-computer.example"


def capabilities(letter: str, number: int = 3, **fields: Any) -> Document:
    """Return so many capabilities, each of which depends on the next."""
    return {
        "capabilities": [
            {"capabilityID": f"{letter}{n}", "title": f"{letter} {n}"}
            | ({"dependsOn": [{"id": f"{letter}{n + 1}", "kind": "Capability"}]} if n + 1 < number else {})
            | fields
            for n in range(number)
        ]
    }


def lock(store: GraphStore, process: int, host: str, age: dt.timedelta = dt.timedelta()) -> None:
    """Take the lock in the name of a process somewhere, as of some time ago."""
    taken = dt.datetime.now(dt.UTC) - age
    properties: dict[str, Value] = {
        "title": "A load is under way",
        "run": "run-of-another",
        "holder": f"somebody on {host}, process {process}",
        "host": host,
        "pid": process,
        "takenAt": taken.isoformat(timespec="microseconds"),
    }
    text = "CREATE (lock:LoadLock {id: 'load'}) SET lock += $properties RETURN count(*) AS count"
    store.write([Statement(text, {"properties": properties}, expected=1)])


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """Yield a living process that does nothing."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    yield process
    process.kill()
    process.wait()


def ended_process() -> int:
    """Return the number of a process that has just ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


# Held and stale locks


def test_a_lock_held_by_a_living_process_refuses_a_load(loader: Loader, sleeper: subprocess.Popen[bytes]) -> None:
    """The message names who holds the lock and how to wait; nothing is written."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, sleeper.pid, socket.gethostname())
    before = everything_in(loader.kb.store)
    with pytest.raises(LoadLocked, match=rf"somebody on .*, process {sleeper.pid}, since .*--wait"):
        loader.load("b", capabilities("b"))
    assert everything_in(loader.kb.store) == before


def test_a_load_that_waits_begins_when_the_holder_has_gone(loader: Loader, sleeper: subprocess.Popen[bytes]) -> None:
    """With a time to wait, a load goes on as soon as the process that holds the lock has died."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, sleeper.pid, socket.gethostname())

    def end() -> None:
        sleeper.kill()
        sleeper.wait()

    timer = threading.Timer(0.8, end)
    timer.start()
    begun = time.monotonic()
    loader.load("b", capabilities("b"), wait=30)
    assert 0.7 < time.monotonic() - begun < 20
    timer.join()
    assert loader.kb.sources() == {"a": Count(3, 2), "b": Count(3, 2)}


def test_waiting_ends_when_its_time_is_over(loader: Loader, sleeper: subprocess.Popen[bytes]) -> None:
    """A load waits no longer than it was told to."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, sleeper.pid, socket.gethostname())
    begun = time.monotonic()
    with pytest.raises(LoadLocked):
        loader.load("b", capabilities("b"), wait=0.5)
    assert 0.5 <= time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("host", "minutes"), [(socket.gethostname(), 0), (ELSEWHERE, 11)], ids=["dead here", "old elsewhere"]
)
def test_a_lock_of_a_dead_load_is_taken_over(loader: Loader, host: str, minutes: int) -> None:
    """A dead process of this computer shows at once; elsewhere, a lock counts as dead after ten minutes."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, ended_process(), host, dt.timedelta(minutes=minutes))
    loader.load("b", capabilities("b"))
    assert loader.kb.sources() == {"a": Count(3, 2), "b": Count(3, 2)}
    assert not nodes_of(loader.kb.store, "LoadLock")


def test_a_young_lock_of_another_computer_is_respected(loader: Loader) -> None:
    """Nothing tells from here whether a process elsewhere is alive, so its lock holds for ten minutes."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, ended_process(), ELSEWHERE, dt.timedelta(minutes=9))
    with pytest.raises(LoadLocked, match=ELSEWHERE):
        loader.load("b", capabilities("b"))


def test_an_old_lock_with_a_process_number_that_lives_again_is_taken_over(loader: Loader) -> None:
    """In a container that was started again, this very process may have the number of the one that died."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, os.getpid(), socket.gethostname(), dt.timedelta(minutes=11))
    loader.load("b", capabilities("b"))
    assert not nodes_of(loader.kb.store, "LoadLock")


def test_a_lock_does_not_hinder_reading_and_planning(loader: Loader, sleeper: subprocess.Popen[bytes]) -> None:
    """While another load is under way, a plan can be made and everything be read."""
    loader.load("a", capabilities("a"))
    lock(loader.kb.store, sleeper.pid, socket.gethostname())
    assert loader.plan("b", capabilities("b")).created == Count(3, 2)
    assert loader.load("a", capabilities("a")).is_empty
    assert list(loader.kb.sources()) == ["a"]


def test_a_load_within_a_load_is_refused(loader: Loader) -> None:
    """The process that holds the lock cannot load a second time meanwhile; the first load comes to its end."""
    refused = []

    def load_again(done: int, total: int) -> None:
        if done < total:
            with pytest.raises(LoadLocked, match=f"process {os.getpid()}") as error:
                loader.load("b", capabilities("b"))
            refused.append(error)

    loader.load("a", capabilities("a"), chunk=2, progress=load_again)
    assert len(refused) == 2
    assert loader.kb.sources() == {"a": Count(3, 2)}
    assert not nodes_of(loader.kb.store, "LoadLock")


def test_a_load_that_lost_its_lock_stops(loader: Loader) -> None:
    """A load whose lock was taken over while it slept writes no further chunk, and leaves the new holder's lock."""

    def take_over(_done: int, _total: int) -> None:
        loader.kb.store.write([Statement("MATCH (lock:LoadLock) DELETE lock")])
        lock(loader.kb.store, os.getpid(), socket.gethostname())

    with pytest.raises(OutcomeError, match="LoadLock"):
        loader.load("a", capabilities("a"), chunk=2, progress=take_over)
    assert loader.kb.sources() == {"a": Count(2, 0)}
    assert sum(nodes_of(loader.kb.store, "LoadLock").values()) == 1


# Plans


def test_a_fresh_plan_is_carried_out(loader: Loader) -> None:
    """A plan that was shown is applied as it is, once."""
    loader.load("b", capabilities("b"))
    plan = loader.plan("a", capabilities("a"))
    assert loader.kb.apply(plan) == plan
    assert loader.kb.sources() == {"a": Count(3, 2), "b": Count(3, 2)}
    with pytest.raises(PlanOutdated):
        loader.kb.apply(plan)
    assert loader.load("a", capabilities("a")).is_empty


def test_an_outdated_plan_is_refused(loader: Loader) -> None:
    """After another load, a plan made before is not applied; nothing is written and the lock is free."""
    plan = loader.plan("a", capabilities("a"))
    loader.load("b", capabilities("b"))
    before = everything_in(loader.kb.store)
    with pytest.raises(PlanOutdated, match="make the plan again"):
        loader.kb.apply(plan)
    assert everything_in(loader.kb.store) == before
    loader.kb.apply(loader.plan("a", capabilities("a")))
    assert list(loader.kb.sources()) == ["a", "b"]


def test_a_plan_made_in_the_midst_of_a_load_is_outdated_when_it_has_ended(loader: Loader) -> None:
    """What a plan saw of a load that was still under way is no base for carrying it out."""
    plans = []
    other = {"capabilities": [{"capabilityID": "a2", "title": "Of another title"}]}
    loader.load("a", capabilities("a"), chunk=2, progress=lambda *_: plans.append(loader.plan("b", other)))
    assert plans[0].problems == ()
    before = everything_in(loader.kb.store)
    with pytest.raises(PlanOutdated):
        loader.kb.apply(plans[0])
    assert everything_in(loader.kb.store) == before


def test_a_plan_made_in_the_midst_of_a_load_that_dies_is_outdated(loader: Loader) -> None:
    """Nor is it one where the load went on for some chunks and never ended."""
    plans = []
    other = {"capabilities": [{"capabilityID": "a3", "title": "Of another title"}]}

    def plan_and_die(done: int, _total: int) -> None:
        plans.append(loader.plan("b", other))
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loader.load("a", capabilities("a", 6), chunk=2, progress=plan_and_die)
    with pytest.raises(PlanOutdated):
        loader.kb.apply(plans[0])
    loader.load("a", capabilities("a", 6))
    assert loader.kb.sources() == {"a": Count(6, 5)}


# Processes


def test_a_load_says_which_process_is_loading(shared: Loader, target: dict[str, Any]) -> None:
    """While a process is in the midst of a load, another load is told its number; waiting, it comes second."""
    shared.load("a", capabilities("a"))
    paths = shared.files(capabilities("b"))
    with started(LoadProcess(target, paths, "b", chunk=2, pause=3)) as other:
        other.read_until("begin 3")
        with pytest.raises(LoadLocked, match=f"process {other.pid}, since"):
            shared.load("c", capabilities("c"), options=DEFAULTS)
        other.go_on()
        shared.load("c", capabilities("c"), wait=30)
        assert other.end() == 0
        assert other.lines[-1] == "done"
    assert shared.kb.sources() == {"a": Count(3, 2), "b": Count(3, 2), "c": Count(3, 2)}
    assert not nodes_of(shared.kb.store, "LoadLock")


def test_who_holds_the_lock_is_told_even_within_a_transaction(neo4j_server: Server, tmp_path: Path) -> None:
    """A load that comes while a server carries out another one's statements is told so at once, and does not hang."""
    stores = [
        open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password) for _ in "12"
    ]
    first, second = (Loader(store, tmp_path) for store in stores)
    empty(first.kb.store)
    first.load("a", capabilities("a"))
    changed, other = first.files(capabilities("a", purpose="New")), capabilities("b")
    with neo4j_server.driver() as driver, driver.session() as session:
        blocker = session.begin_transaction()
        blocker.run("MATCH (c:Capability {id: 'a0'}) SET c.purpose = 'held'").consume()
        loading = threading.Thread(target=lambda: first.kb.load(changed, source="a"))
        loading.start()
        while not nodes_of(second.kb.store, "LoadLock"):
            time.sleep(0.05)
        time.sleep(0.5)
        release = threading.Timer(10, blocker.rollback)
        release.start()
        with pytest.raises(LoadLocked):
            second.load("b", other)
        assert not blocker.closed()
        release.cancel()
        release.join()
        blocker.rollback()
    loading.join()
    assert first.load("a", capabilities("a", purpose="New")).is_empty
    for each in stores:
        each.close()


@pytest.mark.parametrize("chunk", [20, 50_000], ids=["in chunks", "in one"])
def test_loads_of_several_processes_at_once_all_end_up_whole(
    shared: Loader, target: dict[str, Any], chunk: int
) -> None:
    """Three processes that load their sources into a new store at once take turns, and each finds its data there."""
    loads = {source: capabilities(source, 40) for source in "abc"}
    processes = [
        LoadProcess(target, shared.files(document), source, chunk=chunk, wait=50) for source, document in loads.items()
    ]
    for process in processes:
        process.go_on()
    ended = [(process.end(), process.lines[-1]) for process in processes]
    assert ended == [(0, "done")] * 3
    assert shared.kb.sources() == dict.fromkeys("abc", Count(40, 39))
    together = owners_in(shared.kb.store)
    for source, document in loads.items():
        assert shared.load(source, document).is_empty
    assert owners_in(shared.kb.store) == together
    assert shared.kb.cypher("MATCH (run:Run) RETURN run.source AS source, run.status AS status ORDER BY source") == [
        {"source": source, "status": "complete"} for source in "abc"
    ]
