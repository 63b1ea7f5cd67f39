"""The stores under test, the data folder, and what the run says of them."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

from graphkb.store import Statement, open_store
from tests.support import chromium
from tests.support.py2neo import open_through_py2neo
from tests.support.runtime import NoServer
from tests.support.server import find_server, report_header, without_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphkb.store import GraphStore
    from tests.support.server import Server

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = Path(os.environ.get("GRAPHKB_TEST_DATA", ROOT.parent / "shared" / "data"))
"""Folder of real files that nobody on the project wrote; tests that use them skip where it is missing."""

STORES: Final = ("memory", "file", "neo4j")

LONG: Final = os.environ.get("GRAPHKB_TEST_LONG", "") not in ("", "0")
"""Whether every moment and every generated graph is tried, which takes long; ``make test-long`` sets it."""

only_long: Final = pytest.mark.skipif(not LONG, reason="takes long; make test-long runs it")

# A pipeline's run can be repeated; a person's looks at other examples each time.
_ANY = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=bool(os.environ.get("CI")))
settings.register_profile("thorough", _ANY, max_examples=100)
settings.register_profile("fast", _ANY, max_examples=15)
settings.load_profile(os.environ.get("GRAPHKB_HYPOTHESIS", "thorough"))

_run: Counter[str] = Counter()
"""How many tests ran on which store."""


def pytest_report_header() -> list[str]:
    """Say which server and web browser the run uses, or why none, and whether the data folder is there."""
    data = "found" if DATA.is_dir() else f"not found, tests that use it skip ({DATA.name})"
    return [report_header(), chromium.report_header(), f"real data: {data}"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note on which store a test runs; its report brings the note to where the tests are counted."""
    names = getattr(item, "fixturenames", ())
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    if "py2neo" in item.nodeid:
        used = "py2neo"
    elif "neo4j_server" in names or "neo4j" in parameters.values():
        used = "Neo4j"
    elif {"memory", "file", "embedded"} & {value for value in parameters.values() if isinstance(value, str)}:
        used = "embedded"
    else:
        used = "no particular store"
    item.user_properties.append(("store", used))
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the tests by the store on which they ran, also those of other processes."""
    if report.when == "call":
        _run.update(str(value) for name, value in report.user_properties if name == "store")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on which store."""
    counts = ", ".join(f"{count} on {name}" for name, count in sorted(_run.items()))
    terminalreporter.write_line(f"tests by store: {counts or 'none'}")


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """A real Neo4j server; where there is none, skip, or fail where tests must not skip."""
    try:
        server = find_server()
    except NoServer as reason:
        without_server(reason)
    with server:
        yield server


@pytest.fixture
def emptied() -> Callable[[GraphStore], None]:
    """What empties a server before a test; a folder of tests may have its own."""
    return clear


@pytest.fixture(params=STORES)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, emptied: Callable[[GraphStore], None]
) -> Iterator[GraphStore]:
    """An empty store of each kind in turn."""
    opened = open_kind(request.param, tmp_path, request)
    if "://" in opened.name:
        emptied(opened)
    yield opened
    opened.close()


def open_kind(kind: str, folder: Path, request: pytest.FixtureRequest) -> GraphStore:
    """Open a store of one of :data:`STORES`, or with ``py2neo`` the server through it; a server is not emptied."""
    if kind == "memory":
        return open_store(":memory:")
    if kind == "file":
        return open_store(folder / "graph.kgl")
    server = request.getfixturevalue("neo4j_server")
    if kind == "py2neo":
        return open_through_py2neo(f"py2neo+{server.uri}", username=server.username, password=server.password)
    return open_store(server.uri, username=server.username, password=server.password)


def open_cleared(kind: str, folder: Path, request: pytest.FixtureRequest) -> GraphStore:
    """Open a store of a kind in which there is nothing, no constraint either."""
    store = open_kind(kind, folder, request)
    if "://" in store.name:
        clear(store)
    return store


def clear(store: GraphStore) -> None:
    """Delete everything that a store holds, constraints included."""
    store.write([Statement("MATCH (n) DETACH DELETE n")])
    names = [row["name"] for row in store.read("SHOW CONSTRAINTS YIELD name")]
    if names:
        store.write([Statement(f"DROP CONSTRAINT `{name}`") for name in names])


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files."""
    if not DATA.is_dir():
        pytest.skip(f"the folder of real files is missing: {DATA.name}")
    return DATA


@pytest.fixture(scope="session")
def example() -> Path:
    """The folder of the shipped example."""
    return ROOT / "graphkb" / "example" / "bank"
