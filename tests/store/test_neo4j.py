"""Connecting to a Neo4j server, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.errors import AuthenticationFailed, StoreUnavailable, UsageError
from graphkb.store import Statement, open_store
from graphkb.store.server import is_supported
from tests.store.conftest import PASSWORD, USER

if TYPE_CHECKING:
    from tests.support.server import Server


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_is_down_is_named(free_port: int, scheme: str) -> None:
    """Without a server at the address, the message names it and says what to do."""
    target = f"{scheme}://127.0.0.1:{free_port}"
    with pytest.raises(StoreUnavailable, match=f"{target}: start it, or check the address"):
        open_store(target)


@pytest.mark.parametrize("target", ["bolt://localhost:port", "neo4j://localhost:99999", "bolt://[::1"])
def test_an_address_that_is_none_is_refused(target: str) -> None:
    """An address that can be none, or with a port that can be none, is a wrong call."""
    with pytest.raises(UsageError):
        open_store(target)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_password_in_the_address_is_refused_and_not_repeated(scheme: str) -> None:
    """Credentials have arguments of their own, and do not show up in messages."""
    with pytest.raises(UsageError) as caught:
        open_store(f"{scheme}://someone:hidden@localhost:7687")
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("agent", "supported"),
    [
        ("Neo4j/5.26.0", True),
        ("Neo4j/5.27-aura", True),
        ("Neo4j/2025.01.0", True),
        ("Neo4j/2026.02.2", True),
        ("Neo4j/5.25.1", False),
        ("Neo4j/4.4.40", False),
        ("Neo4j/3.5.35", False),
        ("AnotherGraph/9.0", False),
        ("", False),
    ],
)
def test_servers_from_5_26_on_are_supported(agent: str, *, supported: bool) -> None:
    """The long-term release 5.26 and all later ones, by either way of counting, are supported."""
    assert is_supported(agent) is supported


def test_the_right_password_opens_the_store(guarded_server: Server) -> None:
    """With the server's credentials the store answers, and its name does not show them."""
    store = open_store(guarded_server.uri, username=USER, password=PASSWORD)
    assert store.read("RETURN 1 AS one") == [{"one": 1}]
    assert store.name == guarded_server.uri
    store.close()


@pytest.mark.parametrize(("username", "password"), [(USER, "wrong-password"), (None, None)])
def test_a_wrong_password_is_refused(guarded_server: Server, username: str | None, password: str | None) -> None:
    """Wrong credentials, or none, raise at opening; the message names the server and not the password."""
    with pytest.raises(AuthenticationFailed, match="refuses the user name or the password") as caught:
        open_store(guarded_server.uri, username=username, password=password)
    assert guarded_server.uri in str(caught.value)
    assert "wrong-password" not in str(caught.value)


def test_an_unknown_database_is_named(guarded_server: Server) -> None:
    """A database that the server does not have raises at opening."""
    with pytest.raises(StoreUnavailable, match="elsewhere"):
        open_store(guarded_server.uri, username=USER, password=PASSWORD, database="elsewhere")


def test_a_server_that_goes_away_is_missed(guarded_server: Server) -> None:
    """While the server is away a read says so, and when it is back the same store answers again."""
    store = open_store(guarded_server.uri, username=USER, password=PASSWORD)
    guarded_server.stop()
    with pytest.raises(StoreUnavailable, match="start it"):
        store.read("RETURN 1 AS one")
    guarded_server.start()
    assert store.read("RETURN 1 AS one") == [{"one": 1}]
    store.close()


def test_a_constraint_holds_when_its_write_returns(neo4j_server: Server) -> None:
    """The index behind a constraint is filled within the write that creates it, so nobody has to wait for it."""
    store = open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password)
    store.write([Statement("MATCH (n) DETACH DELETE n"), Statement("UNWIND range(1, 20000) AS x CREATE (:K {x: x})")])
    try:
        store.write([Statement("CREATE CONSTRAINT k_x IF NOT EXISTS FOR (n:K) REQUIRE n.x IS UNIQUE")])
        assert store.read("SHOW INDEXES YIELD name, state WHERE name = 'k_x' RETURN state") == [{"state": "ONLINE"}]
    finally:
        store.write([Statement("DROP CONSTRAINT k_x IF EXISTS")])
        store.write([Statement("MATCH (n) DETACH DELETE n")])
        store.close()
