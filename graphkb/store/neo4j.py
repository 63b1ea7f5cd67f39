"""The graph on a Neo4j server, through the official driver."""

from __future__ import annotations

import logging
import math
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions, graph, time

from graphkb.errors import (
    AuthenticationFailed,
    ConstraintViolated,
    GraphKBError,
    QueryError,
    QueryTimeout,
    StoreError,
    StoreUnavailable,
    TooManyRows,
    UnsupportedServer,
    UsageError,
    WriteRefused,
)
from graphkb.store.exceptions import TIMED_OUT, WRITE_REFUSED, Translation, require_outcome, translated
from graphkb.store.protocol import Row, Statement, Value, WriteSummary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

OLDEST = (5, 26)
"""The oldest server that graphkb supports; calendar versions such as 2026.2 are newer."""

EXCEPTIONS: Translation = {
    exceptions.GqlError: StoreError,
    exceptions.Neo4jError: StoreError,
    exceptions.ClientError: QueryError,
    exceptions.CypherSyntaxError: QueryError,
    exceptions.CypherTypeError: QueryError,
    exceptions.ConstraintError: ConstraintViolated,
    exceptions.AuthError: AuthenticationFailed,
    exceptions.TokenExpired: AuthenticationFailed,
    exceptions.Forbidden: QueryError,
    exceptions.DatabaseError: StoreError,
    exceptions.TransientError: StoreUnavailable,
    exceptions.DatabaseUnavailable: StoreUnavailable,
    exceptions.NotALeader: StoreUnavailable,
    exceptions.ForbiddenOnReadOnlyDatabase: StoreUnavailable,
    exceptions.DriverError: StoreError,
    exceptions.SessionError: StoreError,
    exceptions.TransactionError: StoreError,
    exceptions.TransactionNestingError: StoreError,
    exceptions.ResultError: StoreError,
    exceptions.ResultFailedError: StoreError,
    exceptions.ResultConsumedError: StoreError,
    exceptions.ResultNotSingleError: StoreError,
    exceptions.BrokenRecordError: StoreError,
    exceptions.SessionExpired: StoreUnavailable,
    exceptions.ServiceUnavailable: StoreUnavailable,
    exceptions.RoutingServiceUnavailable: StoreUnavailable,
    exceptions.WriteServiceUnavailable: StoreUnavailable,
    exceptions.ReadServiceUnavailable: StoreUnavailable,
    exceptions.IncompleteCommit: StoreUnavailable,
    exceptions.ConfigurationError: UsageError,
    exceptions.AuthConfigurationError: UsageError,
    exceptions.CertificateConfigurationError: UsageError,
    exceptions.UnsupportedServerProduct: UnsupportedServer,
    exceptions.ConnectionPoolError: StoreUnavailable,
    exceptions.ConnectionAcquisitionTimeoutError: StoreUnavailable,
    # The driver refuses parameters with Python's own exceptions.
    TypeError: QueryError,
    ValueError: QueryError,
    OverflowError: QueryError,
    RecursionError: QueryError,
    OSError: StoreUnavailable,
}

CODES: Mapping[str, type[GraphKBError]] = {
    "Neo.ClientError.Database.DatabaseNotFound": StoreUnavailable,
    "Neo.ClientError.Schema.ConstraintCreationFailed": ConstraintViolated,
    "Neo.ClientError.Security.AuthenticationRateLimit": AuthenticationFailed,
    "Neo.ClientError.Statement.AccessMode": WriteRefused,
    "Neo.ClientError.Transaction.LockClientStopped": QueryTimeout,
    "Neo.ClientError.Transaction.TransactionTimedOut": QueryTimeout,
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": QueryTimeout,
    "Neo.DatabaseError.Schema.ConstraintCreationFailed": ConstraintViolated,
}
"""What the server says more exactly by its code than the driver by its class."""

_SUSPECT = re.compile(r"\b(?:LOAD|TERMINATE|dbms)\b|\\u", re.IGNORECASE)
"""One of these is in every text that reaches beyond the graph by the server's own means; ``\\u`` may be any letter."""

_BEYOND = {
    "LOAD CSV": re.compile(r"\bLoadCSV@|\bLOAD CSV (?:WITH HEADERS )?FROM\b"),
    "TERMINATE TRANSACTIONS": re.compile(r"\bTerminateTransactions@"),
}
"""What reaches beyond the graph, and how the server's plan for it shows that."""


# Without any handler, Python prints the driver's warnings beside the exception that says the same.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def is_supported(agent: str) -> bool:
    """Tell whether the server that calls itself ``agent``, such as ``Neo4j/5.26.0``, is new enough."""
    version = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST


class Neo4jStore:
    """A graph store in one database of a Neo4j server."""

    def __init__(
        self, uri: str, *, auth: tuple[str, str] | None = None, database: str = "neo4j", default_timeout: float = 60.0
    ) -> None:
        self._database = database
        self._default_timeout = default_timeout
        self._closed = False
        with translated({**EXCEPTIONS, ValueError: UsageError}, self._explain):
            address = urlsplit(uri)
            self.name = f"{address.scheme}://{address.netloc}"
            _ = address.port  # raises for what is no port, which the driver would notice only when it connects
            if "@" in address.netloc:
                raise UsageError("Give user name and password by themselves, not within the server's address.")
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=auth,
                connection_timeout=10.0,
                # An unknown label is an empty answer, not something to report: a store starts empty.
                notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
            )
        try:
            self._require_supported_server()
        except BaseException:
            self.close()
            raise

    def read(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> list[Row]:
        """Run a reading statement in read access mode, where the server refuses writes; see :meth:`GraphStore.read`."""
        return self._read(text, parameters, timeout, max_rows)[0]

    def write(self, statements: Iterable[Statement]) -> WriteSummary:
        """Run the statements in one transaction; see :meth:`GraphStore.write`.

        The transaction is repeated where the server reports a passing trouble, such as a deadlock. Constraints need a
        write of their own, as the server takes them in no transaction with data; they hold when it returns.
        """
        statements = list(statements)
        self._require_open()
        with (
            translated(EXCEPTIONS, self._explain, CODES),
            self._session() as session,
        ):
            counters = session.execute_write(_run, statements)
        return WriteSummary(
            nodes_created=sum(counter.nodes_created for counter in counters),
            nodes_deleted=sum(counter.nodes_deleted for counter in counters),
            relationships_created=sum(counter.relationships_created for counter in counters),
            relationships_deleted=sum(counter.relationships_deleted for counter in counters),
            properties_set=sum(counter.properties_set for counter in counters),
        )

    def close(self) -> None:
        """Close the connections; a second call does nothing."""
        self._closed = True
        self._driver.close()

    def _read(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> tuple[list[Row], neo4j.ResultSummary]:
        self._require_open()
        seconds = self._default_timeout if timeout is None else timeout
        query = neo4j.Query(text, timeout=max(seconds, 0.001))
        # One row more tells whether there are more; those after it never leave the server.
        fetched = -1 if max_rows is None else max(max_rows, 0) + 1
        with (
            translated(EXCEPTIONS, self._explain, CODES),
            self._session(default_access_mode=neo4j.READ_ACCESS, fetch_size=fetched) as session,
        ):
            arguments = dict(parameters or {})
            if _SUSPECT.search(text):
                _require_within_the_graph(session, neo4j.Query(f"EXPLAIN {text}", timeout=query.timeout), arguments)
            result = session.run(query, arguments)
            rows = _rows(result, fetched if fetched > 0 else None)
            summary = result.consume()
            if max_rows is not None and len(rows) == fetched:
                raise TooManyRows.of(max_rows)
            return rows, summary

    def _session(self, **settings: Any) -> neo4j.Session:
        """Return a session that sees what this store wrote before, also on another member of a cluster."""
        bookmarks = self._driver.execute_query_bookmark_manager
        return self._driver.session(database=self._database, bookmark_manager=bookmarks, **settings)

    def _require_open(self) -> None:
        if self._closed:
            raise StoreUnavailable(f"The store {self.name} is closed; open it again.")

    def _require_supported_server(self) -> None:
        _, summary = self._read("RETURN 1 AS one")
        agent = summary.server.agent
        if not is_supported(agent):
            raise UnsupportedServer(
                f"{self.name} runs {agent}; graphkb needs Neo4j {OLDEST[0]}.{OLDEST[1]} or newer. Upgrade the server."
            )

    def _explain(self, error: Exception) -> str:
        if isinstance(error, exceptions.Neo4jError):
            return self._explain_answer(error)
        match error:
            case exceptions.IncompleteCommit():
                return f"{self.name} went away while it was committing: it is not known whether the write took place."
            case exceptions.DriverError() if issubclass(EXCEPTIONS[type(error)], StoreUnavailable):
                return f"No Neo4j server answers at {self.name}: start it, or check the address. ({error})"
        return str(error)

    def _explain_answer(self, error: exceptions.Neo4jError) -> str:
        kind = CODES.get(error.code or "")
        if kind is WriteRefused:
            return WRITE_REFUSED
        if kind is QueryTimeout:
            return TIMED_OUT
        message = error.message or str(error)
        if isinstance(error, exceptions.AuthError) or kind is AuthenticationFailed:
            return f"{self.name} refuses the user name or the password: check both. ({message})"
        if isinstance(error, exceptions.TransientError) or kind is StoreUnavailable:
            return f"{self.name} cannot do this, at least at present. ({message})"
        return message


def _run(transaction: neo4j.ManagedTransaction, statements: list[Statement]) -> list[neo4j.SummaryCounters]:
    counters = []
    for statement in statements:
        result = transaction.run(statement.text, dict(statement.parameters))
        require_outcome(statement, _rows(result))
        counters.append(result.consume().counters)
    return counters


def _require_within_the_graph(session: neo4j.Session, explain: neo4j.Query, parameters: dict[str, Value]) -> None:
    """Refuse what read access mode lets through: administration, and reading files and network of the server.

    The server says what the text would do, so the words may stand in literals, comments and names.
    """
    summary = session.run(explain, parameters).consume()
    for words, operator in _BEYOND.items():
        if operator.search(str(summary.plan)):
            raise QueryError(f"{words} is refused: a read stays within the graph.")
    if summary.query_type != "r":
        raise WriteRefused(WRITE_REFUSED)


def _rows(result: neo4j.Result, most: int | None = None) -> list[Row]:
    names = result.keys()
    return [dict(zip(names, map(_plain, record.values()), strict=True)) for record in islice(result, most)]


def _plain(value: Any) -> Value:
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return cast("Value", value)
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is list:
        return [_plain(item) for item in value]
    if kind is dict:
        return {key: _plain(item) for key, item in value.items()}
    for foreign, converted in _CONVERSIONS:
        if isinstance(value, foreign):
            return _plain(converted(value))
    raise QueryError(f"The statement returns a {kind.__name__}, which is no plain value.")


def _duration(value: time.Duration) -> dict[str, int]:
    parts = {"months": value.months, "days": value.days, "seconds": value.seconds}
    return {**parts, "nanoseconds": value.nanoseconds} if value.nanoseconds else parts


_CONVERSIONS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (graph.Node, lambda node: {"labels": list(node.labels), "properties": dict(node)}),
    (graph.Relationship, lambda edge: {"type": edge.type, "properties": dict(edge)}),
    (graph.Path, lambda path: {"nodes": list(path.nodes), "relationships": list(path.relationships)}),
    (time.Duration, _duration),
    (time.Date, lambda day: day.iso_format()),
    (time.DateTime, lambda moment: moment.to_native().isoformat()),
    (time.Time, lambda moment: moment.to_native().isoformat()),
    (bytes, lambda octets: octets.hex()),
    (bytearray, lambda octets: octets.hex()),
    (tuple, list),
)
