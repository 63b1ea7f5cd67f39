"""The graph in one file, or in memory only, without a server.

The file alone is the truth. A write takes the file's writer lease, reads the file anew, runs in one transaction, saves
(an atomic, flushed replacement of the file) and lets go of the lease; there is no log beside the file and nothing is
held between writes. A reader notices that the file was replaced and reads it anew.

What the engine answers otherwise than Neo4j, and a store cannot hide: a node without a title shows its id as title;
``properties(n)`` and ``keys(n)`` leave out a title that equals the id or ``Label_id`` (``n.title`` is right);
constraints hold for a node's first label only; a list may mix types.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import re
import shutil
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final, cast

import kglite

from graphkb.errors import (
    ConstraintViolated,
    QueryError,
    QueryTimeout,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreUnavailable,
    TooManyRows,
    WriteRefused,
)
from graphkb.store.exceptions import TIMED_OUT, WRITE_REFUSED, Translation, require_outcome, translated
from graphkb.store.protocol import PLAIN, Row, Statement, Value, WriteSummary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# Warnings are read from the results instead: an empty store warns of unknown labels at every question.
kglite.set_query_warning_policy("silent")

EXCEPTIONS: Translation = {
    kglite.KgError: StoreError,
    kglite.CypherError: QueryError,
    kglite.CypherSyntaxError: QueryError,
    kglite.CypherTimeoutError: QueryTimeout,
    kglite.CypherExecutionError: QueryError,
    kglite.CypherTypeMismatchError: QueryError,
    kglite.SchemaError: QueryError,
    kglite.ValidationError: QueryError,
    kglite.ExprError: QueryError,
    kglite.NodeNotFoundError: QueryError,
    kglite.ConnectionNotFoundError: QueryError,
    kglite.PropertyNotFoundError: QueryError,
    kglite.ArgumentError: QueryError,
    kglite.MissingArgumentError: QueryError,
    kglite.ReadOnlyError: WriteRefused,
    kglite.ConstraintError: ConstraintViolated,
    kglite.ConstraintViolationError: ConstraintViolated,
    kglite.ConstraintCreationError: ConstraintViolated,
    kglite.OntologyViolationError: ConstraintViolated,
    kglite.FileError: StoreUnavailable,
    kglite.FileIoError: StoreUnavailable,
    kglite.FileFormatError: StoreDamaged,
    kglite.WriterLeaseHeldError: StoreBusy,
    kglite.LoadMemoryLimitError: StoreUnavailable,
    kglite.WriteBudgetExceededError: StoreUnavailable,
    kglite.NotDurableError: StoreUnavailable,
    kglite.InternerCollisionError: StoreError,
    kglite.InternalError: StoreError,
    kglite.TransactionConflictError: StoreError,
    # The engine refuses parameters with Python's own exceptions.
    TypeError: QueryError,
    ValueError: QueryError,
    OverflowError: QueryError,
    RecursionError: QueryError,
    OSError: StoreUnavailable,
}

# With the file itself, a ValueError is a log of the engine's beside it that runs ahead of it.
_FILE_EXCEPTIONS: Translation = {**EXCEPTIONS, ValueError: StoreUnavailable}

_LEAST_ROOM = 4096
"""Bytes free on a disk below which not even a small file can be written."""

_SKIPPED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*", re.DOTALL)
_SECOND_STATEMENT = re.compile(r";\s*[^\s;]")
_LOAD_CSV = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)
_LOSSY = ("hops", "duplicate id")


class EmbeddedStore:
    """A graph store in the file ``path``, or in memory only where ``path`` is none."""

    most_changes: Final = 250_000
    """Each write reads and saves the whole file, so that few large ones are quicker than many."""

    def __init__(self, path: Path | None, *, default_timeout: float = 60.0) -> None:
        self.name = ":memory:" if path is None else str(path)
        self._path = path
        self._default_timeout = default_timeout
        self._closed = False
        self._version: object = None
        self._graph = _empty_graph()
        try:
            misplaced = path is not None and (path.is_dir() or not path.absolute().parent.is_dir())
        except OSError as error:
            raise StoreUnavailable(f"{path} cannot be a file: {error.strerror}.") from error
        if misplaced:
            raise StoreUnavailable(f"{path} cannot be a file: it is a folder, or the folder it lies in does not exist.")
        self._refresh()

    def read(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> list[Row]:
        """Run a reading statement on the last state saved; see :meth:`GraphStore.read`."""
        _refuse_foreign_forms(text)
        self._refresh()
        seconds = self._default_timeout if timeout is None else timeout
        with translated(EXCEPTIONS, self._explain):
            result = self._graph.cypher(
                text,
                params=dict(parameters or {}),
                timeout_ms=max(1, round(seconds * 1000)),
                hide_structural_keys=True,
            )
            if not isinstance(result, kglite.ResultView):
                raise QueryError("FORMAT is no part of Cypher; rows are formatted after they were read.")
            # The engine finds every row before it answers, but only here do they become Python's.
            if max_rows is not None and len(result) > max(max_rows, 0):
                raise TooManyRows.of(max_rows)
            rows = result.to_list()
        lossy = [warning for warning in result.warnings if any(word in warning for word in _LOSSY)]
        if lossy:
            raise QueryError(f"The answer would not be complete. {' '.join(lossy)}")
        for row in rows:
            _make_plain(row)
        return rows

    def write(self, statements: Iterable[Statement]) -> WriteSummary:
        """Run the statements in one transaction and save; see :meth:`GraphStore.write`.

        Raises :class:`~graphkb.errors.StoreBusy` while another process is writing the file.
        """
        statements = list(statements)
        self._require_open()
        if self._path is None:
            return self._run(self._graph, statements)
        with translated(_FILE_EXCEPTIONS, self._explain), _full_disk_named(self._path):
            graph = kglite.open(self.name, durable="off")
            try:
                summary = self._run(graph, statements)
                graph.save(layout="compact")
                self._graph, self._version = graph, self._file_version()
            finally:
                # Left as by an exception, the graph lets go of the lease without saving once more, and stays readable.
                graph.__exit__(InterruptedError, None, None)
        return summary

    def close(self) -> None:
        """Let go of the graph; a second call does nothing."""
        self._closed = True
        self._graph = _empty_graph()

    def _run(self, graph: kglite.KnowledgeGraph, statements: list[Statement]) -> WriteSummary:
        totals: dict[str, int] = {}
        graph.read_only(False)
        try:
            with translated(EXCEPTIONS, self._explain), graph.begin() as transaction:
                for statement in statements:
                    _refuse_foreign_forms(statement.text)
                    result = transaction.cypher(statement.text, params=dict(statement.parameters), timeout_ms=0)
                    require_outcome(statement, result.to_list())
                    for name, count in (result.stats or {}).items():
                        totals[name] = totals.get(name, 0) + count
        finally:
            graph.read_only(True)
        return WriteSummary(
            nodes_created=totals.get("nodes_created", 0),
            nodes_deleted=totals.get("nodes_deleted", 0),
            relationships_created=totals.get("relationships_created", 0),
            relationships_deleted=totals.get("relationships_deleted", 0),
            properties_set=totals.get("properties_set", 0) + totals.get("properties_removed", 0),
        )

    def _refresh(self) -> None:
        """Read the file where another process has saved it since."""
        self._require_open()
        version = self._file_version()
        if version == self._version:
            return
        graph = _empty_graph()
        if version is not None:
            with translated(_FILE_EXCEPTIONS, self._explain):
                graph = kglite.load(self.name)
            graph.read_only(True)
        self._graph, self._version = graph, version

    def _file_version(self) -> tuple[int, int, int] | None:
        """Return what changes with every save, as each puts a new file in the place of the old; none without a file."""
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreUnavailable(f"{self.name} cannot be read: {error}") from error
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _require_open(self) -> None:
        if self._closed:
            raise StoreUnavailable(f"The store {self.name} is closed; open it again.")

    def _explain(self, error: Exception) -> str:
        match error:
            case kglite.WriterLeaseHeldError():
                holder = error.holder
                who = "this same process" if holder["self"] else f"process {holder['pid'] or '(unknown)'}"
                return (
                    f"{self.name} is being written by {who}, since {holder['since'] or '(unknown)'}. "
                    "Try again when it has finished, or end it; reading goes on meanwhile."
                )
            case kglite.FileFormatError():
                return (
                    f"{self.name} is damaged, or no file of graphkb: {error} "
                    "Move it away and load again from your last export."
                )
            case kglite.FileError() | kglite.FileIoError() | OSError():
                reason = error.strerror if isinstance(error, OSError) else str(error)
                told = f"{self.name} cannot be read or written: {reason or error}."
                return f"{told} What was saved before is still there."
            case kglite.ReadOnlyError():
                return WRITE_REFUSED
            case kglite.CypherTimeoutError():
                return TIMED_OUT
        return str(error)


@contextlib.contextmanager
def _full_disk_named(path: Path) -> Iterator[None]:
    """Raise that the disk is full where the engine takes that for another writer.

    It notes beside the file who writes, and where that note is empty, it knows of a writer but not of which.
    """
    try:
        yield
    except kglite.WriterLeaseHeldError as error:
        if error.holder["pid"] is None and shutil.disk_usage(path.absolute().parent).free < _LEAST_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _empty_graph() -> kglite.KnowledgeGraph:
    graph = kglite.KnowledgeGraph()
    graph.read_only(True)
    return graph


def _refuse_foreign_forms(text: str) -> None:
    """Refuse what the engine would run and Neo4j would not, or would not from here: a text is one statement, no file.

    The engine itself refuses writes in a read. ``LOAD CSV`` must not reach it: it reads any local file.
    """
    code = _SKIPPED.sub(_unless_a_word, text)
    if _SECOND_STATEMENT.search(code):
        raise QueryError("More than one statement in a text: send what stands after the semicolon by itself.")
    if _LOAD_CSV.search(code):
        raise QueryError("LOAD CSV is refused: it would read files of this computer.")


def _unless_a_word(skipped: re.Match[str]) -> str:
    """Return nothing for a literal, a comment or a quoted name, save that the engine takes these for the words."""
    return f" {skipped[0][1:-1]} " if skipped[0].upper() in ("`LOAD`", "`CSV`") else " "


def _plain(value: Any) -> Value:
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return cast("Value", value)
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is list:
        return value if PLAIN.issuperset(map(type, value)) else [_plain(item) for item in value]
    if kind is dict:
        return _plain_map(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise QueryError(f"The statement returns a {kind.__name__}, which is no plain value.")


def _plain_map(value: dict[str, Any]) -> Value:
    """Convert a map; one that is a node or a relationship loses the engine's own numbers."""
    if "properties" in value and type(value.get("id")) is int:
        if value.keys() == {"id", "labels", "properties"}:
            properties = {key: _plain(item) for key, item in value["properties"].items() if key != "type"}
            return {"labels": _plain(value["labels"]), "properties": properties}
        if value.keys() == {"id", "start", "end", "type", "properties"}:
            return {"type": value["type"], "properties": _plain(value["properties"])}
    _make_plain(value)
    return value


def _make_plain(values: dict[str, Any]) -> None:
    """Convert the values of a map in their places, as most of them are plain, and there may be a great many."""
    for key, item in values.items():
        if type(item) not in PLAIN:
            values[key] = _plain(item)
