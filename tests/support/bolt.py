"""A server that speaks as much Bolt as a test scripts for it, for what a real one does only now and then."""

from __future__ import annotations

import socket
import struct
import threading
from typing import TYPE_CHECKING, Any, Final, Self

from interchange.packstream import pack, unpack

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

BEGIN, COMMIT, RUN, PULL = 0x11, 0x12, 0x10, 0x3F
NO_OPERATION: Final = b"\x00\x00"
"""An empty chunk, by which a server that works for long shows that it is alive."""

_PATIENCE: Final = 10
"""How many seconds to wait for a client, which a failed test may have left open."""


def message(tag: int, *fields: object) -> bytes:
    """Return a message in one chunk."""
    body: bytes = bytes([0xB0 + len(fields), tag]) + pack(*fields, version=(4, 3))
    return struct.pack(">H", len(body)) + body + NO_OPERATION


def success(**metadata: object) -> bytes:
    """Return an answer that ends well."""
    return message(0x70, metadata)


def success_of(size: int) -> bytes:
    """Return an answer that ends well, in a chunk of so many bytes."""
    padded = (success(type="r", note="x" * count) for count in range(size))
    return next(each for each in padded if struct.unpack(">H", each[:2]) == (size,))


def record(*values: object) -> bytes:
    """Return a row."""
    return message(0x71, list(values))


def failure(code: str, text: str = "as scripted") -> bytes:
    """Return an answer that is a refusal."""
    return message(0x7F, {"code": code, "message": text})


def ignored() -> bytes:
    """Return the answer to what stands behind a message that was refused."""
    return message(0x7E)


class ScriptedServer:
    """Answers on 127.0.0.1 one client after the other. As a context manager it ends itself.

    ``answer`` gets the tag of each message and returns the parts to send, each by itself, or none to hang up. Only what
    comes before, it answers by itself: the greeting, which names ``version`` of Bolt, the server's ``agent`` and what
    else is ``told``. Messages are added to ``asked``, with their fields.
    """

    def __init__(
        self,
        answer: Callable[[int], list[bytes] | None],
        *,
        agent: str = "Neo4j/5.26.0",
        version: bytes = b"\x00\x00\x03\x04",
        context: ssl.SSLContext | None = None,
        asked: list[tuple[int, list[Any]]] | None = None,
        **told: object,
    ) -> None:
        self._answer = answer
        self._agent = agent
        self._version = version
        self._context = context
        self._asked = asked
        self._told = told
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # the listener was shut down
                return
            with client:
                try:
                    self._talk(client if self._context is None else self._context.wrap_socket(client, server_side=True))
                except OSError:  # the client hung up, as clients may
                    continue

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as incoming:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.settimeout(_PATIENCE)
            incoming.read(20)
            client.sendall(self._version)
            for tag, fields in _messages(incoming):
                if self._asked is not None:
                    self._asked.append((tag, fields))
                parts = [success(server=self._agent, **self._told)] if tag == 0x01 else self._answer(tag)
                if parts is None:
                    return
                for part in parts:
                    client.sendall(part)


def _messages(incoming: Any) -> Iterator[tuple[int, list[Any]]]:
    body = b""
    while head := incoming.read(2):
        [size] = struct.unpack(">H", head)
        if size:
            body += incoming.read(size)
        elif body:
            yield body[1], list(unpack(body, offset=2))
            body = b""
