"""One connection to a Neo4j server, on the lower half of py2neo: handshake, packing, the queue of messages and answers.

What py2neo 2021.2.4 builds on that cannot carry a store on Neo4j 5:

* Transactions take no timeout, and the one that the classes below would send has a name that no server knows.
* ``commit`` does not look at the answer, yet the server refuses there what a statement got wrong, such as deleting a
  node that has relationships: it looks written, and is not.
* A connector waits for ever for a server that is away, and a reader for one that falls silent.
* The reader looks ahead for records that have arrived. An empty chunk there, which the server sends to show that it is
  alive, it takes for the end of a message: it fails with an IndexError, or takes the end of the answer for a record and
  waits for ever for another end.
* Times lose their offset, and fractions of seconds are floats.
* The helpers for schemas write what Neo4j 5 does not read.
"""

# ruff: noqa: SLF001  # the methods of py2neo that can be used have underscores

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

import pytz
from interchange.packstream import Structure, Unpacker
from py2neo.client import bolt_user_agent
from py2neo.client.bolt import Bolt
from py2neo.wiring import Wire

from graphkb.errors import QueryError, UnsupportedServer
from graphkb.store import server

if TYPE_CHECKING:
    from py2neo.client.bolt import BoltResponse

    from graphkb.store.protocol import Row, Value

# Messages of Bolt 4.3.
HELLO, BEGIN, RUN, COMMIT, PULL, ROUTE = 0x01, 0x11, 0x10, 0x12, 0x3F, 0x66


@dataclass(frozen=True, slots=True)
class Service:
    """Where a server is, and as whom to talk to it."""

    host: str
    port: int
    username: str | None
    password: str = field(repr=False)
    routing: bool
    secure: bool
    verify: bool


class Reader:
    """Reads the messages of a connection one at a time, in place of py2neo's reader with its look ahead."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def read_message(self) -> tuple[int, list[Any]]:
        """Return tag and fields of the next message."""
        message = bytearray()
        while True:
            [size] = struct.unpack(">H", self._wire.read(2))
            if size:
                message += self._wire.read(size)
            elif message:  # an empty chunk ends a message; before one, it shows only that the server is alive
                break
        values = _Values(bytes(message), offset=2)
        return message[1], [values.unpack() for _ in range(message[0] & 0x0F)]

    def peek_message(self) -> None:
        """Return that nothing is known of the message after this one."""


class _Values(Unpacker):  # type: ignore[misc]  # py2neo has no types
    """Unpacks values, temporal and spatial ones into plain ones at once: py2neo's own lose what they were."""

    def _hydrate_date(self, days: int) -> str:
        return (date(1970, 1, 1) + timedelta(days=days)).isoformat()

    def _hydrate_time(self, nanoseconds: int, offset: int | None = None) -> str:
        local = datetime(1970, 1, 1) + timedelta(microseconds=nanoseconds // 1000)  # noqa: DTZ001  # has none
        zone = None if offset is None else timezone(timedelta(seconds=offset))
        return local.time().replace(tzinfo=zone).isoformat()

    def _hydrate_datetime(self, seconds: int, nanoseconds: int) -> str:
        local = datetime(1970, 1, 1) + timedelta(seconds=seconds, microseconds=nanoseconds // 1000)  # noqa: DTZ001
        return local.isoformat()

    def _hydrate_duration(self, months: int, days: int, seconds: int, nanoseconds: int) -> dict[str, int]:
        total = seconds * 10**9 + nanoseconds
        whole, rest = divmod(abs(total), 10**9)
        sign = -1 if total < 0 else 1
        parts = {"months": months, "days": days, "seconds": sign * whole}
        return {**parts, "nanoseconds": sign * rest} if rest else parts

    def _hydrate_point(self, _: int, *coordinates: float) -> list[float]:
        return list(coordinates)


def open_connection(name: str, service: Service) -> Bolt:
    """Return a new connection, authenticated, to a server that is supported.

    py2neo's own way to one waits without limit, does not close what it could not use, has a protocol for encryption
    that Python is giving up, and says of a refused password only that the connection was closed.
    """
    with ExitStack() as undo:
        connected = socket.create_connection((service.host, service.port), timeout=server.CONNECTION_TIMEOUT)
        undo.callback(connected.close)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if service.secure:
            connected = _secured(connected, service)
            undo.callback(connected.close)
        wire = Wire(connected)
        connected.settimeout(server.CONNECTION_TIMEOUT)  # the wire has taken it away
        try:
            connection = Bolt._get_subclass(Bolt._handshake(wire))(wire, None)
        except TypeError as error:
            raise UnsupportedServer(
                f"{name} speaks no version of Bolt that py2neo knows; open it by the neo4j driver. ({error})"
            ) from error
        connection._reader = Reader(wire)
        credentials = {"scheme": "basic", "principal": service.username, "credentials": service.password}
        user = credentials if service.username else {"scheme": "none"}
        # Without the patch, Bolt 4.3 gives times of named zones without their offset: the hour that comes twice when
        # summer time ends could be either.
        [hello] = exchange(connection, (HELLO, {"user_agent": bolt_user_agent(), "patch_bolt": ["utc"], **user}))
        server.require_supported(name, hello.metadata["server"])
        # A server shows that it is alive more often than after these seconds, however long it works; none, or less than
        # one, sets no limit.
        connected.settimeout(hello.metadata.get("hints", {}).get("connection.recv_timeout_seconds") or None)
        undo.pop_all()
        return connection


def _secured(connected: socket.socket, service: Service) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    if not service.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(connected, server_hostname=service.host)


def close_connection(connection: Bolt) -> None:
    """Close a connection; its own method for that leaves open the socket of one that is broken."""
    connection._wire.close()


def exchange(connection: Bolt, *messages: tuple[Any, ...]) -> list[BoltResponse]:
    """Send messages and return their answers; raises the first that is a refusal."""
    responses = [connection.append_message(*message) for message in messages]
    connection.send()
    while not responses[-1].done():
        connection._fetch()
    for response in responses:
        response.audit()
    return responses


def rows(header: BoltResponse, answer: BoltResponse) -> list[Row]:
    """Return the rows of an answer, whose columns the header names."""
    names = header.metadata["fields"]
    return [dict(zip(names, map(_plain, record), strict=True)) for record in answer.records]


def _moment(seconds: int, nanoseconds: int, zone: tzinfo) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, microseconds=nanoseconds // 1000)
    return moment.astimezone(zone).isoformat()


def _plain(value: Any) -> Value:
    return server.plain(value, _CONVERSIONS)


def _unpacked(structure: Structure) -> Any:
    match structure.tag, structure.fields:
        case 0x4E, [_, labels, properties]:
            return {"labels": labels, "properties": properties}
        case (0x52, [_, _, _, kind, properties]) | (0x72, [_, kind, properties]):
            return {"type": kind, "properties": properties}
        case 0x50, [nodes, relationships, sequence]:
            # Turns of a relationship, by its place from 1 and negative against its direction, and a node by its place.
            return {
                "nodes": [nodes[place] for place in [0, *sequence[1::2]]],
                "relationships": [relationships[abs(place) - 1] for place in sequence[::2]],
            }
        case (0x49, [seconds, nanoseconds, offset]):
            return _moment(seconds, nanoseconds, timezone(timedelta(seconds=offset)))
        case (0x69, [seconds, nanoseconds, zone]):
            return _moment(seconds, nanoseconds, pytz.timezone(zone))
    raise QueryError(f"The statement returns a value that py2neo does not know, with the tag {structure.tag:#x}.")


_CONVERSIONS: server.Conversions = (
    (Structure, _unpacked),
    (bytes, lambda octets: octets.hex()),
)
