"""The store through py2neo against a server that a test scripts: encryption, versions, troubles, and the wire."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import pytest
from py2neo.client.bolt import Bolt4x3
from py2neo.errors import ConnectionBroken
from py2neo.wiring import Wire

from graphkb.errors import OutcomeError, StoreUnavailable, UnsupportedServer
from graphkb.store import Statement, WriteSummary
from graphkb.store.py2neo_connection import Reader
from graphkb.store.server import WRITE_TIMEOUT
from tests.support.bolt import (
    BEGIN,
    COMMIT,
    NO_OPERATION,
    PULL,
    RUN,
    ScriptedServer,
    failure,
    ignored,
    record,
    success,
    success_of,
)
from tests.support.py2neo import open_through_py2neo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphkb.store import GraphStore

LIKE_A_RECORD: Final = 0x71
"""The size of a message that py2neo's own reader takes for a row where an empty chunk stands before it."""


def one_row(tag: int) -> list[bytes]:
    """Answer everything with the row of one that opening a store asks for."""
    return [record(1), success(type="r")] if tag == PULL else [success(fields=["one"])]


@contextmanager
def scripted(answer: Callable[[int], list[bytes] | None]) -> Iterator[GraphStore]:
    """Give a store on a server that answers by ``answer`` once the store is open."""
    answers: list[Callable[[int], list[bytes] | None]] = [one_row]

    def last(tag: int) -> list[bytes] | None:
        return answers[-1](tag)

    with ScriptedServer(last) as server:
        store = open_through_py2neo(f"py2neo+bolt://{server.address}")
        answers.append(answer)
        try:
            yield store
        finally:
            store.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """What a server needs to encrypt, signed by itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes a certificate, is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", *files],
        capture_output=True,
        check=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def test_an_encrypted_server_is_trusted_only_where_that_is_asked_for(certificate: ssl.SSLContext) -> None:
    """A certificate that a server signed itself is taken with +ssc, and refused with +s."""
    with ScriptedServer(one_row, context=certificate) as server:
        store = open_through_py2neo(f"py2neo+bolt+ssc://{server.address}")
        assert store.read("RETURN 1 AS one") == [{"one": 1}]
        store.close()
        with pytest.raises(StoreUnavailable, match="certificate verify failed"):
            open_through_py2neo(f"py2neo+bolt+s://{server.address}")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"agent": "Neo4j/5.25.1"}, r"runs Neo4j/5\.25\.1; graphkb needs Neo4j 5\.26"),
        ({"agent": "Neo4j/4.4.40", "version": b"\x00\x00\x00\x04"}, r"runs Neo4j/4\.4\.40"),
        ({"version": b"\x00\x00\x00\x00"}, "speaks no version of Bolt that py2neo knows; open it by the neo4j driver"),
        ({"version": b"\x00\x00\x00\x06"}, "speaks no version of Bolt that py2neo knows"),
        ({"version": b"HTTP"}, "speaks no version of Bolt that py2neo knows"),
    ],
)
def test_a_server_that_is_too_old_or_too_new_is_refused(told: dict[str, Any], message: str) -> None:
    """By what it calls itself, or as it has no version of Bolt in common with py2neo."""
    with ScriptedServer(one_row, **told) as server, pytest.raises(UnsupportedServer, match=message):
        open_through_py2neo(f"py2neo+bolt://{server.address}")


@pytest.mark.parametrize("wanted", ["read", "write"])
def test_a_connection_that_died_is_replaced(wanted: str) -> None:
    """A server or a network that hung up while nobody asked is no trouble for the next read or write."""
    asked: list[int] = []

    def hang_up_first(tag: int) -> list[bytes] | None:
        asked.append(tag)
        return None if len(asked) == 1 else one_row(tag)

    with scripted(hang_up_first) as store:
        if wanted == "read":
            assert store.read("RETURN 1 AS one") == [{"one": 1}]
        else:
            assert store.write([]) == WriteSummary()
    assert asked[0] == asked[1] == (RUN if wanted == "read" else BEGIN)


def test_a_server_that_falls_silent_is_missed() -> None:
    """After the seconds within which it said that it would give a sign of life, and a second try."""
    silent = threading.Event()

    def fall_silent(tag: int) -> list[bytes]:
        return [] if silent.is_set() else one_row(tag)

    with ScriptedServer(fall_silent, hints={"connection.recv_timeout_seconds": 1}) as server:
        store = open_through_py2neo(f"py2neo+bolt://{server.address}")
        silent.set()
        with pytest.raises(StoreUnavailable, match="No Neo4j server answers at"):
            store.read("RETURN 1 AS one")
        with pytest.raises(StoreUnavailable, match="No Neo4j server answers at"):
            store.write([])
        store.close()


def test_a_write_may_take_no_longer_than_by_the_official_driver() -> None:
    """The server ends it then, so that no client that vanished keeps its locks."""
    asked: list[tuple[int, list[Any]]] = []
    with ScriptedServer(one_row, asked=asked) as server:
        store = open_through_py2neo(f"py2neo+bolt://{server.address}")
        store.write([])
        store.close()
    [[extra]] = [fields for tag, fields in asked if tag == BEGIN]
    assert extra["tx_timeout"] == WRITE_TIMEOUT * 1000


def test_a_passing_trouble_is_no_trouble() -> None:
    """A transaction that the server gives up for a deadlock is repeated from its beginning."""
    seen: list[int] = []

    def deadlocked_once(tag: int) -> list[bytes]:
        seen.append(tag)
        if seen.count(BEGIN) == 1 and tag == RUN:
            return [failure("Neo.TransientError.Transaction.DeadlockDetected")]
        if seen.count(BEGIN) == 1 and tag == PULL:
            return [ignored()]
        return [success(fields=[], stats={"nodes-created": 1} if tag == PULL else {})]

    with scripted(deadlocked_once) as store:
        assert store.write([Statement("CREATE (:K)")]) == WriteSummary(nodes_created=1)
    assert seen == [BEGIN, RUN, PULL, BEGIN, RUN, PULL, COMMIT]


def test_a_refused_commit_is_no_write() -> None:
    """What the server finds wrong only at the end raises, though py2neo's own commit would not look at it."""

    def refused(tag: int) -> list[bytes]:
        return [failure("Neo.DatabaseError.General.UnknownError", "disk full")] if tag == COMMIT else one_row(tag)

    with scripted(refused) as store, pytest.raises(Exception, match="disk full") as caught:
        store.write([Statement("CREATE (:K)")])
    assert type(caught.value).__name__ == "StoreError"


def test_a_commit_without_an_answer_is_said_to_be_open() -> None:
    """Where the server goes away while it commits, nobody knows what became of the write, and it is not repeated."""
    seen: list[int] = []

    def hang_up(tag: int) -> list[bytes] | None:
        seen.append(tag)
        return None if tag == COMMIT else one_row(tag)

    with scripted(hang_up) as store, pytest.raises(StoreUnavailable, match="not known whether the write took place"):
        store.write([Statement("CREATE (:K)")])
    assert seen == [BEGIN, RUN, PULL, COMMIT]


def test_an_unexpected_outcome_is_not_committed() -> None:
    """The store hangs up, and the server undoes what was not committed."""
    seen: list[int] = []

    def count(tag: int) -> list[bytes]:
        seen.append(tag)
        return [record(1), success()] if tag == PULL else [success(fields=["count"])]

    with scripted(count) as store, pytest.raises(OutcomeError):
        store.write([Statement("MATCH (n) RETURN count(*) AS count", expected=2)])
    assert seen == [BEGIN, RUN, PULL]


def test_a_cluster_without_a_leader_says_so() -> None:
    """A neo4j:// address whose members all only read cannot be used for now."""
    readers = success(rt={"ttl": 300, "servers": [{"role": "READ", "addresses": ["127.0.0.1:1"]}]})
    with (
        ScriptedServer(lambda _: [readers]) as server,
        pytest.raises(StoreUnavailable, match="no member that takes writes"),
    ):
        open_through_py2neo(f"py2neo+neo4j://{server.address}")


def test_a_cluster_is_used_at_its_leader() -> None:
    """The address is asked for the member that takes writes, and all goes there, after a change too."""
    with ScriptedServer(one_row) as leader:
        writers = success(rt={"ttl": 300, "servers": [{"role": "WRITE", "addresses": [leader.address]}]})
        asked: list[int] = []

        def route(tag: int) -> list[bytes]:
            asked.append(tag)
            return [writers]

        with ScriptedServer(route) as seed:
            store = open_through_py2neo(f"py2neo+neo4j://{seed.address}")
            assert store.read("RETURN 1 AS one") == [{"one": 1}]
            assert store.name == f"py2neo+neo4j://{seed.address}"
            store.close()
        assert asked == [0x66]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([record(1) + NO_OPERATION + success_of(LIKE_A_RECORD)], id="all at once"),
        pytest.param([record(1) + NO_OPERATION + b"\x00", success_of(LIKE_A_RECORD)[1:]], id="a byte after it"),
        pytest.param([NO_OPERATION, record(1), NO_OPERATION * 3, success()], id="by itself"),
        pytest.param([NO_OPERATION * 2 + record(1) + NO_OPERATION * 2 + success_of(0x171)], id="several"),
    ],
)
def test_a_sign_of_life_is_no_part_of_an_answer(parts: list[bytes]) -> None:
    """Empty chunks may stand before any message of an answer, wherever what is received at once ends."""
    with scripted(lambda tag: parts if tag == PULL else [success(fields=["one"])]) as store:
        for _ in range(3):
            assert store.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("step", [1, 7, 4096, 10**6])
def test_an_answer_may_come_in_any_pieces(step: int) -> None:
    """Long rows come in several chunks, and chunks in whatever pieces the network makes of them."""
    text = "0123456789" * 700
    rows = [record(number, text) for number in range(3)]
    assert len(rows[0]) > 7000
    sent = b"".join(in_chunks(row, 1000) for row in rows) + success()
    parts = [sent[place : place + step] for place in range(0, len(sent), step)]
    with scripted(lambda tag: parts if tag == PULL else [success(fields=["number", "text"])]) as store:
        assert store.read("...") == [{"number": number, "text": text} for number in range(3)]


def in_chunks(message: bytes, size: int) -> bytes:
    """Return a message of one chunk in several."""
    body = message[2:-2]
    pieces = [body[place : place + size] for place in range(0, len(body), size)]
    return b"".join(len(piece).to_bytes(2, "big") + piece for piece in pieces) + NO_OPERATION


def messages_read(*, with_own_reader: bool) -> list[tuple[int, int]]:
    """Return tag and number of fields of what a connection of py2neo reads: a row, a sign of life, and the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here = socket.create_connection(listener.getsockname())
        there, _ = listener.accept()
    with here, there:
        wire = Wire(here)
        here.settimeout(0.5)
        connection = Bolt4x3(wire, None)
        if not with_own_reader:
            connection._reader = Reader(wire)  # noqa: SLF001  # as the store does
        there.sendall(record(1) + NO_OPERATION + success_of(LIKE_A_RECORD))
        read: list[tuple[int, int]] = []
        with suppress(ConnectionBroken):
            while len(read) < 2:
                tag, fields = connection.read_message()
                read.append((tag, len(fields)))
    return read


def test_py2neos_own_reader_takes_the_end_of_an_answer_for_a_row() -> None:
    """It then waits for an end that has come. Where this fails, the store needs no reader of its own any more."""
    assert messages_read(with_own_reader=True) == [(0x71, 2)]
    assert messages_read(with_own_reader=False) == [(0x71, 1), (0x70, 1)]
