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

from graphkb.errors import ConstraintViolated, LoadLocked, StoreBusy, StoreDamaged
from graphkb.model.metamodel import ELEMENT
from graphkb.store.protocol import Statement
from graphkb.store.server import WRITE_TIMEOUT
from graphkb.sync.schema import LOCK, RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.store.protocol import GraphStore, Row

LAST_RUN = f"""MATCH (run:{RUN})
WITH run
ORDER BY coalesce(run.number, 0) DESC, run.startedAt DESC, run.id DESC
RETURN count(run) AS runs, collect([run.id, run.status, run.schemaMark, run.chunks])[0] AS last"""
# Under the lock, the number orders runs as they took place, which clocks of several machines do not.
CREATE_RUN = f"""OPTIONAL MATCH (before:{RUN})
WITH count(before) AS runs
CREATE (run:{RUN} {{id: $id}})
SET run += $properties, run.number = runs + 1
RETURN count(*) AS count"""
UPDATE_RUN = f"MATCH (run:{RUN} {{id: $id}})\nSET run += $properties\nRETURN count(*) AS count"
# Both stores know these numbers without counting, where each is asked for by itself.
_COUNTED = f"""CALL () {{
  MATCH (n:{ELEMENT})
  RETURN count(n) AS nodes
}}
CALL () {{
  MATCH ()-[r]->()
  RETURN count(r) AS relationships
}}"""
COUNT_CONTENT = f"""MATCH (run:{RUN} {{id: $id}})
{_COUNTED}
SET run.nodesAfter = nodes, run.relationshipsAfter = relationships
RETURN count(*) AS count"""
LEFT_AND_FOUND = f"""MATCH (run:{RUN})
WHERE run.nodesAfter IS NOT NULL AND run.relationshipsAfter IS NOT NULL
WITH run
ORDER BY run.number DESC, run.startedAt DESC, run.id DESC
LIMIT 1
{_COUNTED}
RETURN run.title AS title, run.startedAt AS startedAt, run.nodesAfter AS nodesLeft,
  run.relationshipsAfter AS relationshipsLeft, nodes, relationships"""
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

STALE_AFTER: Final = dt.timedelta(seconds=WRITE_TIMEOUT)
"""A lock not refreshed for so long belongs to a load that died: a server ends a write that takes longer.

On this machine a dead process shows at once.
"""
PATIENCE: Final = 10.0
"""Seconds to try again where another process is writing the same file."""

_PAUSE: Final = 0.3
_under_way: Final[set[str]] = set()
"""Runs of this process that hold the lock, or may: where the line breaks, nobody knows whether they took it."""


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


def count_content(run: str) -> Statement:
    """Return the statement by which a run keeps how much the store holds after it."""
    return Statement(COUNT_CONTENT, {"id": run}, expected=1)


def require_whole(store: GraphStore) -> None:
    """Raise :class:`~graphkb.errors.StoreDamaged` where a store holds less than its last run left in it.

    More is no damage: somebody may add by hand.
    """
    for row in store.read(LEFT_AND_FOUND):
        left, found = (
            [int(str(row[name])) for name in names]
            for names in (("nodesLeft", "relationshipsLeft"), ("nodes", "relationships"))
        )
        lacking = [max(0, before - now) for before, now in zip(left, found, strict=True)]
        if any(lacking):
            raise StoreDamaged(
                f"{store.name} is not whole: {lacking[0]} elements and {lacking[1]} relationships are missing of the "
                f"{left[0]} and {left[1]} that were there after the last run ({row['title']}, {row['startedAt']}). "
                "Restore your last backup: graphkb restore FOLDER --replace. Where somebody deleted them on purpose, "
                "graphkb backup FOLDER --as-it-is, and then this restore, vouch for what is left."
            )


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
    taking = Statement(TAKE_LOCK, {"properties": _lock_properties(run)}, expected=1)
    _under_way.add(run)
    try:
        while True:
            # Whoever only looks is not kept waiting by a transaction that has the lock in its hands.
            _clear_or_wait(store, deadline)
            with contextlib.suppress(ConstraintViolated):
                write_patiently(store, [taking], patience=max(wait, PATIENCE))
                break
        yield
    except BaseException:
        # What went wrong in the body matters more than a lock that cannot be dropped now and goes stale later. A read
        # tells at once whether there is a store to write to.
        with contextlib.suppress(Exception):
            if any(lock["run"] == run for lock in store.read(READ_LOCK)):
                write_patiently(store, [drop_lock(run)])
        raise
    finally:
        _under_way.discard(run)


def refresh_lock(run: str) -> Statement:
    """Return the statement that shows that a run is alive; it fails where another run took the lock over."""
    return Statement(REFRESH_LOCK, {"run": run, "properties": {"takenAt": timestamp()}}, expected=1)


def drop_lock(run: str) -> Statement:
    """Return the statement that lets go of the lock."""
    return Statement(DROP_LOCK, {"run": run}, expected=1)


def _clear_or_wait(store: GraphStore, deadline: float) -> None:
    """Return when nobody holds the lock, or raise :class:`~graphkb.errors.LoadLocked` when the time is over."""
    while rows := store.read(READ_LOCK):
        lock = rows[0]
        if is_stale(lock):
            write_patiently(store, [Statement(DROP_LOCK, {"run": lock["run"]})])
            return
        if time.monotonic() >= deadline:
            raise LoadLocked(
                f"Another load is under way in {store.name}: {lock['holder']}, since {lock['takenAt']}. "
                "Wait for it to end, or call with --wait."
            )
        time.sleep(_PAUSE)


def is_stale(lock: Row) -> bool:
    """Tell whether whoever took the lock has died."""
    if lock["host"] == socket.gethostname():
        process = int(str(lock["pid"]))
        if process == os.getpid() and lock["run"] not in _under_way:
            return True
        if sys.platform != "win32" and not _is_alive(process):
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
