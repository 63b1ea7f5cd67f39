"""The graph on a Neo4j server, through py2neo, for those who hold a ``py2neo.Graph`` or have to use that library.

Each store has one connection of its own; :mod:`graphkb.store.py2neo_connection` says what of py2neo it uses, and why
not more. A ``neo4j://`` address is asked for each connection which member takes writes, and that one is then read from
too.
"""

from __future__ import annotations

import time
import warnings
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from graphkb.errors import MissingExtra, QueryError, StoreError, StoreUnavailable, TooManyRows, UsageError
from graphkb.store import server
from graphkb.store.exceptions import Translation, kind_of, require_outcome, translated
from graphkb.store.protocol import Row, Statement, Value, WriteSummary

try:
    import pytz
    from py2neo import errors

    from graphkb.store.py2neo_connection import (
        BEGIN,
        COMMIT,
        PULL,
        ROUTE,
        RUN,
        Service,
        close_connection,
        exchange,
        open_connection,
        rows,
    )
except ModuleNotFoundError as error:
    raise MissingExtra(f"{error.name} is not installed; run `pip install 'graphkb[py2neo]'`.") from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from py2neo.client.bolt import Bolt, BoltResponse

    from graphkb.store import Py2neoGraph

EXCEPTIONS: Translation = {
    errors.Neo4jError: StoreError,
    errors.ClientError: QueryError,
    errors.DatabaseError: StoreError,
    errors.TransientError: StoreUnavailable,
    errors.ConnectionUnavailable: StoreUnavailable,
    errors.ConnectionBroken: StoreUnavailable,
    errors.ConnectionLimit: StoreUnavailable,
    errors.ServiceUnavailable: StoreUnavailable,
    errors.WriteServiceUnavailable: StoreUnavailable,
    errors.ProtocolError: StoreError,
    # Parameters that are no values, and values that Python has none for, raise Python's own exceptions.
    TypeError: QueryError,
    ValueError: QueryError,
    OverflowError: QueryError,
    RecursionError: QueryError,
    pytz.UnknownTimeZoneError: QueryError,
    OSError: StoreUnavailable,
}

LOST = (errors.ConnectionBroken, OSError)
"""What is raised where nobody is at the other end of a connection."""

RETRY_SECONDS = 30.0
"""How long a transaction is repeated that fails by a passing trouble."""


class Py2neoStore:
    """A graph store in one database of a Neo4j server, that of its user where ``database`` is none."""

    most_changes: Final = server.MOST_CHANGES

    def __init__(self, name: str, service: Service, *, database: str | None, default_timeout: float = 60.0) -> None:
        self.name = name
        self._service = service
        self._database = database
        self._default_timeout = default_timeout
        self._closed = False
        self._bookmark: str | None = None
        self._connection: Bolt | None = None
        _warn()
        self.read("RETURN 1 AS one")

    def read(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> list[Row]:
        """Run a reading statement in read access mode, where the server refuses writes; see :meth:`GraphStore.read`."""
        with self._at_the_border():
            seconds = self._default_timeout if timeout is None else timeout
            extra = self._transaction() | {"mode": "r", "tx_timeout": max(1, round(seconds * 1000))}
            arguments = dict(parameters or {})
            if server.needs_explaining(text):
                _, explained = self._start((RUN, f"EXPLAIN {text}", arguments, extra), (PULL, {"n": -1}))
                server.require_within_the_graph(explained.metadata.get("plan"), explained.metadata.get("type"))
            # One row more tells whether there are more; those after it never leave the server.
            most = -1 if max_rows is None else max(max_rows, 0) + 1
            header, answer = self._start((RUN, text, arguments, extra), (PULL, {"n": most}))
            if max_rows is not None and len(answer.records) == most:
                raise TooManyRows.of(max_rows)
            return rows(header, answer)

    def write(self, statements: Iterable[Statement]) -> WriteSummary:
        """Run the statements in one transaction; see :meth:`GraphStore.write`.

        The transaction is repeated where the server reports a passing trouble, such as a deadlock. Constraints need a
        write of their own, as the server takes them in no transaction with data; they hold when it returns.
        """
        statements = list(statements)
        with self._at_the_border():
            deadline, pause = time.monotonic() + RETRY_SECONDS, 0.5
            while True:
                try:
                    return self._transact(statements)
                except errors.Neo4jError as error:
                    if not error.should_retry() or time.monotonic() + pause > deadline:
                        raise
                    self._disconnect()
                time.sleep(pause)
                pause *= 2

    def close(self) -> None:
        """Close the store's own connection; a second call does nothing."""
        self._closed = True
        self._disconnect()

    def _transact(self, statements: list[Statement]) -> WriteSummary:
        self._start((BEGIN, self._transaction() | {"tx_timeout": round(server.WRITE_TIMEOUT * 1000)}))
        totals: dict[str, int] = {}
        for statement in statements:
            header, answer = self._exchange((RUN, statement.text, dict(statement.parameters), {}), (PULL, {"n": -1}))
            require_outcome(statement, rows(header, answer))
            for name, count in answer.metadata.get("stats", {}).items():
                totals[name] = totals.get(name, 0) + count
        try:
            [committed] = self._exchange((COMMIT,))
        except LOST as error:
            raise StoreUnavailable(server.explain_broken_commit(self.name)) from error
        self._bookmark = committed.metadata.get("bookmark")
        return WriteSummary(
            nodes_created=totals.get("nodes-created", 0),
            nodes_deleted=totals.get("nodes-deleted", 0),
            relationships_created=totals.get("relationships-created", 0),
            relationships_deleted=totals.get("relationships-deleted", 0),
            properties_set=totals.get("properties-set", 0),
        )

    def _transaction(self) -> dict[str, Any]:
        """Return what a transaction begins with: where, and after which one of this store."""
        where = {} if self._database is None else {"db": self._database}
        return where | ({} if self._bookmark is None else {"bookmarks": [self._bookmark]})

    @contextmanager
    def _at_the_border(self) -> Iterator[None]:
        """Translate exceptions, and let what did not end well end with its connection: the server undoes it."""
        if self._closed:
            raise StoreUnavailable(f"The store {self.name} is closed; open it again.")
        with translated(EXCEPTIONS, self._explain, server.CODES):
            try:
                yield
            except BaseException:
                self._disconnect()
                raise

    def _start(self, *messages: tuple[Any, ...]) -> list[BoltResponse]:
        """Exchange the first messages of a transaction, once more on a new connection where the old one has died."""
        if self._connection is not None:
            try:
                return self._exchange(*messages)
            except LOST:
                self._disconnect()
        self._connection = self._connect()
        return self._exchange(*messages)

    def _exchange(self, *messages: tuple[Any, ...]) -> list[BoltResponse]:
        return exchange(self._connection, *messages)

    def _connect(self) -> Bolt:
        seed = open_connection(self.name, self._service)
        if not self._service.routing:
            return seed
        try:
            address = f"{self._service.host}:{self._service.port}"
            [answer] = exchange(seed, (ROUTE, {"address": address}, [], self._database))
        finally:
            close_connection(seed)
        members = answer.metadata["rt"]["servers"]
        writers = [address for member in members if member["role"] == "WRITE" for address in member["addresses"]]
        if not writers:
            raise StoreUnavailable(f"{self.name} has no member that takes writes, at least at present.")
        member = urlsplit(f"//{writers[0]}")
        host, port = member.hostname or self._service.host, member.port or self._service.port
        return open_connection(self.name, replace(self._service, host=host, port=port))

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            close_connection(connection)

    def _explain(self, error: Exception) -> str:
        if isinstance(error, errors.Neo4jError):
            return server.explain_answer(self.name, kind_of(error, EXCEPTIONS, server.CODES), error.message)
        if isinstance(error, pytz.UnknownTimeZoneError):
            return f"The statement returns a time in {error}, a zone that Python does not know; use toString()."
        return server.explain_absence(self.name, error) if isinstance(error, LOST) else str(error)


def open_address(
    uri: str, *, auth: tuple[str, str] | None = None, database: str = "neo4j", default_timeout: float = 60.0
) -> Py2neoStore:
    """Open the database of the server at ``uri``, such as ``py2neo+bolt://localhost:7687``."""
    # A profile of py2neo would be read from the environment too, where NEO4J_URI may hold what it does not know.
    try:
        address = server.split_address(uri)
    except ValueError as error:
        raise UsageError(str(error)) from error
    _, protocol, *security = address.scheme.split("+")
    username, password = auth or (None, "")
    service = Service(
        host=address.hostname or "localhost",
        port=address.port or 7687,
        username=username,
        password=password,
        routing=protocol == "neo4j",
        secure=bool(security),
        verify=security != ["ssc"],
    )
    name = f"{address.scheme}://{address.netloc}"
    return Py2neoStore(name, service, database=database, default_timeout=default_timeout)


def open_graph(graph: Py2neoGraph, *, default_timeout: float = 60.0) -> Py2neoStore:
    """Open the database of a ``py2neo.Graph``, at its address and as its user; its own connections stay its own."""
    profile = graph.service.profile
    if profile.protocol != "bolt":
        raise UsageError(f"{profile.uri} is no address for Bolt. Make the Graph with bolt://host:7687 or neo4j://host.")
    service = Service(
        host=profile.host,
        port=profile.port_number,
        username=profile.user,
        password=profile.password,
        routing=profile.routing,
        secure=profile.secure,
        verify=profile.verify,
    )
    return Py2neoStore(f"py2neo+{profile.uri}", service, database=graph.name, default_timeout=default_timeout)


@cache  # once in a process, whatever the filters of warnings say
def _warn() -> None:
    # A DeprecationWarning would be shown to neither the users of the command line nor those of most programs.
    warnings.warn(
        "py2neo is no longer maintained. Move to the neo4j driver, which graphkb has with it and which does the same: "
        "open bolt://HOST:PORT (or neo4j://HOST:PORT) instead of py2neo+bolt://HOST:PORT or a py2neo.Graph.",
        FutureWarning,
        stacklevel=6,  # who calls graphkb.open
    )
