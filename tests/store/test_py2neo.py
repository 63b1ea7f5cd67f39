"""What is particular to the store through py2neo; what it has in common with the others stands beside this."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import py2neo
import pytest
from py2neo.client.bolt import Bolt4x3
from py2neo.database import Schema

import graphkb
from graphkb.errors import (
    AuthenticationFailed,
    ConstraintViolated,
    QueryError,
    StoreUnavailable,
    TooManyRows,
    UsageError,
)
from graphkb.knowledge_base import KnowledgeBase
from graphkb.store import Statement, WriteSummary, open_store
from tests.conftest import clear
from tests.store.conftest import PASSWORD, USER
from tests.support.py2neo import open_through_py2neo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.store import GraphStore, Row
    from tests.support.server import Server

NOWHERE: Final = "py2neo+bolt://127.0.0.1:1"
VALUES: Final = (
    "date('0001-01-01')",
    "localdatetime('1969-12-31T23:59:59.123456789')",
    "datetime('2026-02-01T10:00-03:30')",
    "datetime('2026-07-01T10:00:00.25[Europe/Berlin]')",
    "datetime({epochSeconds: 1792888200, timezone: 'Europe/Berlin'})",
    "datetime({epochSeconds: 1792891800, timezone: 'Europe/Berlin'})",
    "localtime('10:00:01')",
    "time('23:59:59.999999-11:00')",
    "duration('P1Y2M3DT4H5M6.7S')",
    "duration('-PT0.5S')",
    "duration('P-1M2DT-3S')",
    "point({x: 1, y: 2})",
    "point({longitude: 1, latitude: 2, height: 3.5})",
    "{a: [date('2026-02-01'), {b: point({x: 1, y: 2})}]}",
)
"""What the server has types of its own for; among them both of the hours that come twice when summer time ends."""


@pytest.fixture
def py2neo_graph(neo4j_server: Server) -> Iterator[py2neo.Graph]:
    """A graph of the caller's own, on the server of all tests, emptied."""
    graph = py2neo.Graph(neo4j_server.uri, auth=(neo4j_server.username or "any", neo4j_server.password or "any"))
    store = open_through_py2neo(graph)
    clear(store)
    store.close()
    yield graph
    graph.service.connector.close()


@pytest.fixture
def py2neo_store(py2neo_graph: py2neo.Graph) -> Iterator[GraphStore]:
    """A store over that graph."""
    store = open_through_py2neo(py2neo_graph)
    yield store
    store.close()


def run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own, where the filters of warnings are Python's."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPHKB_", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-c", program],
        env=ours | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_process_is_told_once_what_to_move_to() -> None:
    """The warning is shown by Python's own filters, in a module too, and not repeated."""
    done = run(
        "import contextlib, graphkb.store, graphkb.errors\n"
        "for _ in range(3):\n"
        "    with contextlib.suppress(graphkb.errors.StoreUnavailable):\n"
        f"        graphkb.store.open_store({NOWHERE!r})\n"
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("FutureWarning: py2neo is no longer maintained. Move to the neo4j driver") == 1
    assert "open bolt://HOST:PORT" in done.stderr


def test_the_command_line_tells_it_too_and_takes_the_target_from_neo4j_uri() -> None:
    """What py2neo itself would make of that variable is of no account."""
    program = "import sys; from graphkb.cli import main; sys.exit(main(['stats']))"
    done = run(program, NEO4J_URI=NOWHERE, NEO4J_PASSWORD="hidden")  # noqa: S106  # of no server
    assert done.returncode == 3, done.stderr
    assert "FutureWarning: py2neo is no longer maintained" in done.stderr
    assert f"graphkb: No Neo4j server answers at {NOWHERE}: start it, or check the address." in done.stderr
    assert "hidden" not in done.stderr
    assert "Traceback" not in done.stderr


def test_without_py2neo_the_message_says_what_to_install() -> None:
    """The package does not come with graphkb itself."""
    done = run(
        "import sys; sys.modules['py2neo'] = None\n"
        "import graphkb.store, graphkb.errors\n"
        "try:\n"
        f"    graphkb.store.open_store({NOWHERE!r})\n"
        "except graphkb.errors.MissingExtra as error:\n"
        "    print(error)\n"
    )
    assert done.stdout == "py2neo is not installed; run `pip install 'graphkb[py2neo]'`.\n", done.stderr


def test_a_graph_stays_its_owners(py2neo_graph: py2neo.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A knowledge base over a graph takes none of its connections, and closing it closes none."""
    connector = py2neo_graph.service.connector
    open_through_py2neo(py2neo_graph).close()  # the warning may come here
    used: list[Any] = []
    monkeypatch.setattr(type(connector), "_acquire", lambda *arguments: used.append(arguments))
    with graphkb.open(py2neo_graph) as kb:
        kb.store.write([Statement("CREATE (n:Capability {id: 'a'})")])
        assert kb.cypher("MATCH (n) RETURN n.id AS id") == [{"id": "a"}]
    assert used == []
    monkeypatch.undo()
    assert py2neo_graph.run("MATCH (n) RETURN count(n)").evaluate() == 1


def test_a_graph_gives_address_user_and_database(guarded_server: Server) -> None:
    """The name of a store over it shows the address alone; a database that the server lacks is named."""
    graph = py2neo.Graph(guarded_server.uri, auth=(USER, PASSWORD))
    elsewhere = py2neo.Graph(guarded_server.uri, name="elsewhere", auth=(USER, PASSWORD))
    try:
        store = open_through_py2neo(graph)
        assert store.read("RETURN 1 AS one") == [{"one": 1}]
        assert store.name == f"py2neo+{guarded_server.uri}"
        store.close()
        with pytest.raises(StoreUnavailable, match="elsewhere"):
            open_through_py2neo(elsewhere)
    finally:
        for each in (graph, elsewhere):
            each.service.connector.close()


def test_a_graph_over_http_is_refused() -> None:
    """There transactions have neither a timeout nor all or nothing over several requests."""
    profile = py2neo.ServiceProfile("http://localhost:7474")
    with pytest.raises(UsageError, match=r"http://localhost:7474 is no address for Bolt\..*bolt://host:7687"):
        open_through_py2neo(SimpleNamespace(name=None, service=SimpleNamespace(profile=profile)))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_target_with_py2neo_before_it_is_opened_through_it(guarded_server: Server, scheme: str) -> None:
    """One server or a cluster's member that takes writes, as the address says."""
    target = f"py2neo+{guarded_server.uri.replace('bolt', scheme)}"
    store = open_through_py2neo(target, username=USER, password=PASSWORD)
    try:
        assert type(store).__name__ == "Py2neoStore"
        assert store.name == target
        assert store.write([Statement("CREATE (n:Capability {id: 'a'})")]).nodes_created == 1
        assert store.read("MATCH (n:Capability) RETURN n.id AS id") == [{"id": "a"}]
    finally:
        clear(store)
        store.close()


@pytest.mark.parametrize("target", ["py2neo+bolt://localhost:port", "py2neo+neo4j://h:99999", "py2neo+bolt://[::1"])
def test_an_address_that_is_none_is_refused(target: str) -> None:
    """An address that can be none, or with a port that can be none, is a wrong call."""
    with pytest.raises(UsageError):
        open_through_py2neo(target)


@pytest.mark.parametrize("target", ["py2neo+http://localhost:7474", "py2neo://localhost", "py2neo+py2neo+bolt://h"])
def test_other_schemes_of_py2neo_are_refused_with_the_forms_possible(target: str) -> None:
    """Only Bolt can do what a store must."""
    with pytest.raises(UsageError, match=r"bolt://host:7687.*py2neo\+ before it"):
        open_store(target)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    """Credentials have arguments of their own, and do not show up in messages."""
    with pytest.raises(UsageError) as caught:
        open_through_py2neo("py2neo+bolt://someone:hidden@localhost:7687")
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+ssc"])
def test_a_server_that_is_down_is_named(free_port: int, scheme: str) -> None:
    """Without a server at the address, the message names it and says what to do, at once."""
    target = f"py2neo+{scheme}://127.0.0.1:{free_port}"
    with pytest.raises(StoreUnavailable) as caught:
        open_through_py2neo(target)
    assert f"{target}: start it, or check the address" in str(caught.value)


@pytest.mark.parametrize(("username", "password"), [(USER, "wrong-password"), (USER, None), (None, None)])
def test_a_wrong_password_is_refused(guarded_server: Server, username: str | None, password: str | None) -> None:
    """Wrong credentials, or none, raise at opening; the message names the server and not the password."""
    with pytest.raises(AuthenticationFailed, match="refuses the user name or the password") as caught:
        open_through_py2neo(f"py2neo+{guarded_server.uri}", username=username, password=password)
    assert guarded_server.uri in str(caught.value)
    assert "wrong-password" not in str(caught.value)


def test_a_server_that_goes_away_is_missed(guarded_server: Server) -> None:
    """While the server is away reads and writes say so, and when it is back the same store does both again."""
    store = open_through_py2neo(f"py2neo+{guarded_server.uri}", username=USER, password=PASSWORD)
    guarded_server.stop()
    with pytest.raises(StoreUnavailable, match="start it"):
        store.read("RETURN 1 AS one")
    with pytest.raises(StoreUnavailable, match="start it"):
        store.write([])
    guarded_server.start()
    assert store.write([]) == WriteSummary()
    assert store.read("RETURN 1 AS one") == [{"one": 1}]
    store.close()


@pytest.mark.parametrize("text", VALUES)
def test_a_value_comes_as_by_the_official_driver(neo4j_server: Server, py2neo_store: GraphStore, text: str) -> None:
    """The server's own types become the same plain values, whichever library reads them."""
    other = open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password)
    rows = other.read(f"RETURN {text} AS value")
    other.close()
    assert py2neo_store.read(f"RETURN {text} AS value") == rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("RETURN date('+12345-01-01') AS day", "out of range"),
        ("RETURN datetime('2026-07-01T10:00:00[SystemV/EST5EDT]') AS moment", "SystemV/EST5EDT.*toString"),
    ],
)
def test_a_time_that_python_has_no_value_for_is_refused(py2neo_store: GraphStore, text: str, message: str) -> None:
    """The read raises, and the next one has its own answer."""
    with pytest.raises(QueryError, match=message):
        py2neo_store.read(text)
    assert py2neo_store.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_path_against_the_direction_of_its_edges_is_read(py2neo_store: GraphStore) -> None:
    """Nodes and edges stand in the order of the path, not of the graph."""
    py2neo_store.write([Statement("CREATE (:K {id: 'a'})-[:X {n: 1}]->(:K {id: 'b'})<-[:Y {n: 2}]-(:K {id: 'c'})")])
    [row] = py2neo_store.read("MATCH p = (:K {id: 'c'})-[*2]-(:K {id: 'a'}) RETURN p AS path")
    assert row["path"] == {
        "nodes": [{"labels": ["K"], "properties": {"id": name}} for name in "cba"],
        "relationships": [{"type": "Y", "properties": {"n": 2}}, {"type": "X", "properties": {"n": 1}}],
    }


def test_a_server_stops_where_there_are_too_many_rows(py2neo_store: GraphStore) -> None:
    """A statement with a billion rows is ended at once, and the server is not left at work on it."""
    start = time.monotonic()
    with pytest.raises(TooManyRows):
        py2neo_store.read("UNWIND range(1, 1000000000) AS x RETURN x", max_rows=1000, timeout=60)
    while running(py2neo_store, "1000000000"):
        assert time.monotonic() - start < 10
    assert time.monotonic() - start < 10


def test_a_read_outlasts_the_signs_of_life_of_a_server(guarded_server: Server) -> None:
    """A statement that works for seconds is answered, also where rows came before and the client is slow to take them.

    The server puts an empty chunk between what it sends, twice in a second here.
    """
    store = open_through_py2neo(f"py2neo+{guarded_server.uri}", username=USER, password=PASSWORD)
    work = "COUNT { UNWIND range(1, $count) AS y WITH y WHERE y % 7 = x RETURN y }"
    text = f"UNWIND range(1, 3001) AS x RETURN x, CASE x WHEN 3000 THEN {work} ELSE 0 END AS found"
    start = time.monotonic()
    count = 4_000_000
    while time.monotonic() - start < 2:
        start = time.monotonic()
        rows = store.read(text, {"count": count})
        assert [row["x"] for row in rows] == list(range(1, 3002))
        count *= 4
    store.close()


def test_an_interrupted_read_leaves_nothing_behind(py2neo_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server still sends for it is not taken for the answer to the next read."""

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bolt4x3, "_fetch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        py2neo_store.read("RETURN 1 AS one")
    monkeypatch.undo()
    assert py2neo_store.read("RETURN 2 AS two") == [{"two": 2}]


def running(store: GraphStore, words: str) -> list[Row]:
    """Return the statements that the server works on and that hold the words, without this one."""
    rows = store.read("SHOW TRANSACTIONS YIELD currentQuery AS text")
    return [row for row in rows if words in str(row["text"]) and "SHOW" not in str(row["text"])]


def test_a_load_goes_through_the_store_and_not_through_py2neos_schema(
    py2neo_graph: py2neo.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Load, load again without a change, and forget; constraints hold, though py2neo's helpers may not be touched."""

    def touched(_: object, name: str) -> None:
        raise AssertionError(f"py2neo's schema helper was asked for {name}")

    file = tmp_path / "capabilities.yaml"
    file.write_text("capabilities: [{title: Home Delivery, dependsOn: [Stock]}, {title: Stock}]", encoding="utf-8")
    monkeypatch.setattr(Schema, "__getattribute__", touched)
    with KnowledgeBase(open_through_py2neo(py2neo_graph)) as kb:
        assert sum(kb.load([file], source="shop").created) == 3
        assert kb.load([file], source="shop").is_empty
        assert len(kb.cypher("SHOW CONSTRAINTS")) > 30
        with pytest.raises(ConstraintViolated):
            kb.store.write([Statement("UNWIND ['x', 'x'] AS id CREATE (:Capability {id: id})")])
        kb.forget("shop")
        assert kb.sources() == {}
        assert kb.stats() == {"nodes": {}, "relationships": {}}
