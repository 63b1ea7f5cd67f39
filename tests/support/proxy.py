"""A line between a client and a server on 127.0.0.1 that a test cuts or holds, at once or at a commit."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from enum import Enum
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

COMMIT: Final = b"\x00\x02\xb0\x12\x00\x00"
"""The message of Bolt by which a client commits."""
_RESET: Final = struct.pack("ii", 1, 0)
"""Lets a socket end its connection at once, as a line that is cut, and not after a last word."""


class At(Enum):
    """What becomes of the line when a client commits."""

    nothing = "all goes on"
    cut_before = "cut before the server hears of it"
    cut_after = "cut after the server has done it, before it can say so"
    held_before = "held before the server hears of it"
    held_after = "held after the server has done it, before it can say so"
    vanished = "held before the server hears of it, and nobody tells it that the client is gone"


class Proxy:
    """A line to the server at ``uri``, open until it is told otherwise. As a context manager it ends itself.

    ``at_commit`` gets the number of each commit, from 1, and says what becomes of the line.
    """

    def __init__(self, uri: str, at_commit: Callable[[int], At] = lambda _: At.nothing) -> None:
        address = urlsplit(uri)
        self._server = (address.hostname or "127.0.0.1", address.port or 7687)
        self._at_commit = at_commit
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"{address.scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self.commits = 0
        self.is_down = False
        """Whether the line stays away: further connections end at once."""
        self._lines: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_down = True
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._threads[0].join()
        self._listener.close()
        self.cut()
        for thread in self._threads[1:]:
            thread.join()

    def cut(self) -> None:
        """End all connections at once."""
        with self._lock:
            lines, self._lines = self._lines, []
        for each in (end for line in lines for end in line):
            with contextlib.suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                each.shutdown(socket.SHUT_RD)  # wakes the thread that reads from it
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # the listener was shut down
                return
            if self.is_down:
                client.close()
                continue
            try:
                server = socket.create_connection(self._server, timeout=10)
            except OSError:  # the server is away
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._lines.append((client, server))
            silent = threading.Event()
            for thread in (
                threading.Thread(target=self._to_server, args=(client, server, silent)),
                threading.Thread(target=self._to_client, args=(server, client, silent)),
            ):
                self._threads.append(thread)
                thread.start()

    def _to_server(self, client: socket.socket, server: socket.socket, silent: threading.Event) -> None:
        with contextlib.suppress(OSError):  # an end that is cut
            while data := client.recv(65536):
                if COMMIT not in data:
                    if not silent.is_set():
                        server.sendall(data)
                    continue
                self.commits += 1
                what = self._at_commit(self.commits)
                if what is At.vanished:
                    client.close()
                    return
                if what in (At.cut_after, At.held_before, At.held_after):
                    silent.set()
                if what not in (At.cut_before, At.held_before):
                    server.sendall(data)
                if what is At.cut_before:
                    self.cut()
        self._end(client, server)

    def _to_client(self, server: socket.socket, client: socket.socket, silent: threading.Event) -> None:
        held = False
        with contextlib.suppress(OSError):  # an end that is cut
            while data := server.recv(65536):
                if not silent.is_set():
                    client.sendall(data)
                elif self._at_commit(self.commits) is At.cut_after and not held:
                    held = True
                    self.cut()
        self._end(client, server)

    def _end(self, *ends: socket.socket) -> None:
        """End a line of which one end was ended."""
        for each in ends:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
