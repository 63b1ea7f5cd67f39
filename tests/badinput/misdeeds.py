"""What no reader may do, to see that the guard notices it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def _read_beside(path: Path) -> None:
    (path.parent.parent / "secret.txt").read_bytes()


def _write_beside(path: Path) -> None:
    path.with_name("written.txt").write_bytes(b"x")


def _write_unseen(path: Path) -> None:
    # Whoever swallows the exception is noticed all the same.
    try:
        _write_beside(path)
    except OSError:
        return


def _delete(path: Path) -> None:
    path.unlink()


def _ask_a_host(_: Path) -> None:
    socket.create_connection(("192.0.2.1", 80), timeout=0.01)


def _take_memory(_: Path) -> None:
    bytearray(3 << 30)


def _never_end(_: Path) -> None:
    while True:
        pass


def _fail(_: Path) -> None:
    raise LookupError("a fault of a reader")


MISDEEDS: Final[Mapping[str, Callable[[Path], None]]] = {
    "read a file that was not named": _read_beside,
    "write a file": _write_beside,
    "write a file and hush it up": _write_unseen,
    "delete a file": _delete,
    "ask a host": _ask_a_host,
    "take 3 GiB": _take_memory,
    "never end": _never_end,
    "raise an exception": _fail,
}
