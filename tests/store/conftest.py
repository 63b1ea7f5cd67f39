"""The stores that keep the protocol, the one through py2neo included, and a server that asks for a password."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import STORES, open_kind
from tests.support.runtime import NoServer
from tests.support.server import Server, start_server, without_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkb.store import GraphStore

USER: Final = "neo4j"
PASSWORD: Final = "correct-horse-battery"  # noqa: S105  # of a server that ends with the tests
KEEP_ALIVE: Final = {
    "server.bolt.connection_keep_alive": "500ms",
    "server.bolt.connection_keep_alive_streaming_scheduling_interval": "500ms",
}
"""The server shows that it is alive twice in a second, instead of once in a minute."""


@pytest.fixture(params=[*STORES, "py2neo"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, emptied: Callable[[GraphStore], None]
) -> Iterator[GraphStore]:
    """An empty store of each kind in turn."""
    opened = open_kind(request.param, tmp_path, request)
    if "://" in opened.name:
        emptied(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def guarded_server() -> Iterator[Server]:
    """Yield a server that asks for a password, and that tests may stop."""
    try:
        server = start_server(auth=(USER, PASSWORD), heap="512m", settings=KEEP_ALIVE)
    except NoServer as reason:
        without_server(reason)
    with server:
        yield server


@pytest.fixture
def free_port() -> int:
    """Return a port of this computer where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
