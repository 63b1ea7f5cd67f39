"""The line to the server breaks or falls silent, the server stops: what a load says then, and what it leaves."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.cli import main
from graphkb.errors import StoreUnavailable
from graphkb.store import open_store
from graphkb.sync.runs import last_run
from tests.conftest import LONG, only_long
from tests.faults.test_kills import CHUNK, company
from tests.support.loads import Loader, WatchedStore, empty, nodes_of, owners_in
from tests.support.proxy import At, Proxy

if TYPE_CHECKING:
    import random
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.store import Statement
    from tests.support.server import Server

MOST_SECONDS: Final = 90
"""After so long, whatever happens to the line has been told."""
COMMITS: Final = (1, 2, 3, 4, 6, 9) if LONG else (1, 3)
"""Commits at which the line breaks: that of the lock, of the first chunk, of further ones."""
HELD: Final = (1, 2, 4) if LONG else (2,)
CUTS: Final = 20 if LONG else 3
"""At how many random moments the line is cut."""

STATES: Final[dict[int, Counter[str]]] = {}
"""What each state of the company looks like when nothing goes wrong."""


@pytest.fixture
def direct(own_server: Server, tmp_path: Path) -> Iterator[Loader]:
    """Yield what loads over an unbroken line; the store holds the first state of a company."""
    store = open_store(own_server.uri)
    empty(store)
    loader = Loader(store, tmp_path)
    for version in (1, 0):
        if version not in STATES or version == 0:
            loader.load("company", company(version))
            STATES[version] = owners_in(store)
    yield loader
    store.close()


def is_one_message(text: str) -> bool:
    """Tell whether a text is one line for the user."""
    return text.startswith("graphkb: ") and text.count("\n") == 1 and "Traceback" not in text


@pytest.mark.parametrize(
    ("what", "number"),
    [(each, number) for each in (At.cut_before, At.cut_after) for number in COMMITS]
    + [(each, number) for each in (At.held_before, At.held_after) for number in HELD],
    ids=str,
)
def test_a_line_that_breaks_at_a_commit_loses_nothing(
    direct: Loader, own_server: Server, what: At, number: int
) -> None:
    """Nobody knows then whether the write took place; the message says so, and loading again completes it."""
    begun = time.monotonic()
    with Proxy(own_server.uri, lambda commit: what if commit == number else At.nothing) as proxy:
        store = open_store(proxy.uri)
        loader = Loader(store, direct.folder)
        with pytest.raises(StoreUnavailable, match="not known whether the write took place"):
            loader.load("company", company(1), chunk=CHUNK)
        assert time.monotonic() - begun < MOST_SECONDS
        # The same process, in which the load that died does not live on.
        loader.load("company", company(1), chunk=CHUNK)
        store.close()
    assert owners_in(direct.kb.store) == STATES[1]
    assert last_run(direct.kb.store).status == "complete"
    assert not nodes_of(direct.kb.store, "LoadLock")
    assert direct.load("company", company(1)).is_empty


def test_a_line_that_is_cut_at_any_moment_loses_nothing(
    direct: Loader, own_server: Server, dice: random.Random, capsys: pytest.CaptureFixture[str]
) -> None:
    """The load goes on over a new line, or says that it cannot; either way, loading again ends with everything."""
    begun = time.monotonic()
    direct.load("company", company(1), chunk=CHUNK)
    seconds = time.monotonic() - begun
    ended = {"went on": 0, "gave up": 0}
    for attempt in range(CUTS):
        version = attempt % 2
        with Proxy(own_server.uri) as proxy:
            store = open_store(proxy.uri)
            loader = Loader(store, direct.folder)
            timer = threading.Timer(dice.uniform(0, seconds), proxy.cut)
            timer.start()
            try:
                loader.load("company", company(version), chunk=CHUNK)
                ended["went on"] += 1
            except StoreUnavailable:
                ended["gave up"] += 1
            timer.join()
            loader.load("company", company(version), chunk=CHUNK)
            store.close()
        assert owners_in(direct.kb.store) == STATES[version]
        assert not nodes_of(direct.kb.store, "LoadLock")
    with capsys.disabled():
        print(f"\ncut at {CUTS} moments of a load: {ended}")  # noqa: T201 - the counts are to be seen


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("what", [At.cut_before, At.cut_after])
def test_the_command_says_so_in_a_line(
    direct: Loader, own_server: Server, what: At, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 3 and no traceback, wherever the line breaks; called again, it completes the load."""
    [path] = direct.files(company(1))
    with Proxy(own_server.uri, lambda commit: what if commit == number else At.nothing) as proxy:
        arguments = ["--db", proxy.uri, "load", str(path), "--source", "company", "--allow-delete"]
        code = main(arguments)
        told = capsys.readouterr()
        broken = number <= proxy.commits
        if broken:
            assert (code, told.out) == (3, "")
            assert is_one_message(told.err)
            assert proxy.uri in told.err
        assert main(arguments) == 0
    assert broken == (number < 3)
    assert owners_in(direct.kb.store) == STATES[1]


def test_the_command_says_in_a_line_that_reading_broke_off(
    direct: Loader, own_server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question whose server is away ends with exit code 3."""
    with Proxy(own_server.uri) as proxy:
        proxy.is_down = True
        assert main(["--db", proxy.uri, "stats"]) == 3
        told = capsys.readouterr()
        assert is_one_message(told.err)
    assert owners_in(direct.kb.store) == STATES[0]


def test_a_server_that_is_started_anew_in_the_midst_of_a_load_goes_on(direct: Loader, own_server: Server) -> None:
    """Where it is away for seconds only, the load waits for it; where for longer, loading again completes it."""
    store = open_store(own_server.uri)
    stop = threading.Event()
    stopped = threading.Event()

    def before_write(number: int, statements: list[Statement]) -> list[Statement]:
        if number == 4:
            stop.set()
            assert stopped.wait(MOST_SECONDS)
        return statements

    failed: list[StoreUnavailable] = []

    def load() -> None:
        try:
            Loader(WatchedStore(store, before_write), direct.folder).load("company", company(1), chunk=CHUNK)
        except StoreUnavailable as error:
            failed.append(error)

    # A server ends with the thread that starts it.
    loading = threading.Thread(target=load)
    loading.start()
    assert stop.wait(MOST_SECONDS)
    own_server.stop()
    stopped.set()
    own_server.start()
    loading.join(MOST_SECONDS)
    assert not loading.is_alive()
    store.close()
    assert last_run(direct.kb.store).status == ("incomplete" if failed else "complete")
    direct.load("company", company(1), chunk=CHUNK)
    assert owners_in(direct.kb.store) == STATES[1]
    assert not nodes_of(direct.kb.store, "LoadLock")


@only_long
@pytest.mark.parametrize("at", [1, 2, 4, 8])
def test_a_server_that_stays_away_in_the_midst_of_a_load_is_told(direct: Loader, own_server: Server, at: int) -> None:
    """The load says after a while that nobody answers; with the server again, loading again completes it."""

    def stop(number: int, statements: list[Statement]) -> list[Statement]:
        if number == at:
            own_server.stop()
        return statements

    store = open_store(own_server.uri)
    begun = time.monotonic()
    try:
        with pytest.raises(StoreUnavailable, match=r"No Neo4j server answers at bolt://.*: start it"):
            Loader(WatchedStore(store, stop), direct.folder).load("company", company(1), chunk=CHUNK)
        assert time.monotonic() - begun < MOST_SECONDS
    finally:
        own_server.start()
        store.close()
    direct.load("company", company(1), chunk=CHUNK)
    assert owners_in(direct.kb.store) == STATES[1]
    assert not nodes_of(direct.kb.store, "LoadLock")


def test_a_client_that_vanishes_in_a_write_does_not_block_the_next(
    direct: Loader, own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its transaction stays open at the server, which nobody tells, and ends after the time that a write has."""
    monkeypatch.setattr("graphkb.store.server.WRITE_TIMEOUT", 3.0)
    begun = time.monotonic()
    with Proxy(own_server.uri, lambda commit: At.vanished if commit == 2 else At.nothing) as proxy:
        store = open_store(proxy.uri)
        with pytest.raises(StoreUnavailable):
            Loader(store, direct.folder).load("company", company(1), chunk=CHUNK)
        direct.load("company", company(1), chunk=CHUNK)
        store.close()
    assert time.monotonic() - begun < MOST_SECONDS
    assert owners_in(direct.kb.store) == STATES[1]
