"""Runs, which tell of loads, and the lock that keeps loads apart."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import os
import socket
import sys
import time
import uuid
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkb.errors import ConstraintViolated, LoadLocked, StoreBusy
from graphkb.store.protocol import Statement
from graphkb.sync.schema import LOCK, RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.store.protocol import GraphStore, Row

LAST_RUN = f"""MATCH (run:{RUN})
WITH run
ORDER BY run.startedAt DESC, run.id DESC
RETURN count(run) AS runs, collect([run.id, run.status, run.schemaMark, run.chunks])[0] AS last"""
CREATE_RUN = f"CREATE (run:{RUN} {{id: $id}})\nSET run += $properties\nRETURN count(*) AS count"
UPDATE_RUN = f"MATCH (run:{RUN} {{id: $id}})\nSET run += $properties\nRETURN count(*) AS count"
READ_LOCK = f"""MATCH (lock:{LOCK} {{id: 'load'}})
RETURN lock.run AS run, lock.holder AS holder, lock.host AS host, lock.pid AS pid, lock.takenAt AS takenAt"""
TAKE_LOCK = f"CREATE (lock:{LOCK} {{id: 'load'}})\nSET lock += $properties\nRETURN count(*) AS count"
REFRESH_LOCK = f"""MATCH (lock:{LOCK} {{id: 'load'}})
WHERE lock.run = $run
SET lock += $properties
RETURN count(*) AS count"""
DROP_LOCK = f"""MATCH (lock:{LOCK} {{id: 'load'}})
WHERE lock.run = $run
DELETE lock
RETURN count(*) AS count"""

STALE_AFTER: Final = dt.timedelta(minutes=10)
"""A lock not refreshed for so long belongs to a load that died; on this machine a dead process shows at once."""
PATIENCE: Final = 10.0
"""Seconds to try again where another process is writing the same file."""

_PAUSE: Final = 0.3


class Run(NamedTuple):
    """The last run of a store; two that are equal tell that no load took place in between."""

    id: str = ""
    status: str = ""
    schema_mark: str = ""
    chunks: str = ""
    """How many transactions of it are written."""
    number: int = 0
    """How many runs there are; clocks of several machines do not order them reliably."""


NO_RUN: Final = Run()


def new_run_id() -> str:
    """Return an id for a run; ids sort by time."""
    return f"run-{_now():%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}"


def timestamp() -> str:
    """Return the time as ISO text in UTC."""
    return _now().isoformat(timespec="microseconds")


def user() -> str:
    """Return who loads, as the system knows them."""
    with contextlib.suppress(OSError, KeyError):
        return getpass.getuser()
    return "unknown"


def last_run(store: GraphStore) -> Run:
    """Return the last run of a store, or :data:`NO_RUN`."""
    row = store.read(LAST_RUN)[0]
    if not isinstance(row["last"], list):
        return NO_RUN
    identifier, status, mark, chunks = ("" if each is None else str(each) for each in row["last"])
    return Run(identifier, status, mark, chunks, int(str(row["runs"])))


def write_patiently(store: GraphStore, statements: list[Statement], *, patience: float = PATIENCE) -> None:
    """Write; where another process is writing the same file, try again for ``patience`` seconds."""
    deadline = time.monotonic() + patience
    while True:
        try:
            store.write(statements)
        except StoreBusy:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


@contextlib.contextmanager
def load_lock(store: GraphStore, run: str, *, wait: float = 0.0) -> Iterator[None]:
    """Keep other loads away while the body runs; ``wait`` is how many seconds to wait for another to end.

    The body drops the lock in its last transaction by :data:`DROP_LOCK`; left by an exception, it is dropped here.
    Raises :class:`~graphkb.errors.LoadLocked` naming the holder.
    """
    deadline = time.monotonic() + wait
    while True:
        try:
            taking = Statement(TAKE_LOCK, {"properties": _lock_properties(run)}, expected=1)
            write_patiently(store, [taking], patience=max(wait, PATIENCE))
            break
        except ConstraintViolated:
            _clear_or_wait(store, deadline)
    try:
        yield
    except BaseException:
        # What went wrong in the body matters more than a lock that cannot be dropped now and goes stale later.
        with contextlib.suppress(Exception):
            write_patiently(store, [Statement(DROP_LOCK, {"run": run})])
        raise


def refresh_lock(run: str) -> Statement:
    """Return the statement that shows that a run is alive; it fails where another run took the lock over."""
    return Statement(REFRESH_LOCK, {"run": run, "properties": {"takenAt": timestamp()}}, expected=1)


def drop_lock(run: str) -> Statement:
    """Return the statement that lets go of the lock."""
    return Statement(DROP_LOCK, {"run": run}, expected=1)


def _clear_or_wait(store: GraphStore, deadline: float) -> None:
    rows = store.read(READ_LOCK)
    if not rows:
        return
    lock = rows[0]
    if _is_stale(lock):
        write_patiently(store, [Statement(DROP_LOCK, {"run": lock["run"]})])
        return
    if time.monotonic() >= deadline:
        raise LoadLocked(
            f"Another load is under way in {store.name}: {lock['holder']}, since {lock['takenAt']}. "
            "Wait for it to end, or call with --wait."
        )
    time.sleep(_PAUSE)


def _is_stale(lock: Row) -> bool:
    if lock["host"] == socket.gethostname() and sys.platform != "win32" and not _is_alive(int(str(lock["pid"]))):
        return True
    taken = dt.datetime.fromisoformat(str(lock["takenAt"]))
    return _now() - taken > STALE_AFTER


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _lock_properties(run: str) -> Row:
    host, process = socket.gethostname(), os.getpid()
    return {
        "title": "A load is under way",
        "run": run,
        "holder": f"{user()} on {host}, process {process}",
        "host": host,
        "pid": process,
        "takenAt": timestamp(),
    }


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
