"""The graph on a Neo4j server, through the official driver."""

from __future__ import annotations

import logging
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import neo4j
from neo4j import exceptions, graph, time

from graphkb.errors import (
    AuthenticationFailed,
    ConstraintViolated,
    QueryError,
    StoreError,
    StoreUnavailable,
    TooManyRows,
    UnsupportedServer,
    UsageError,
)
from graphkb.store import server
from graphkb.store.exceptions import Translation, kind_of, require_outcome, translated
from graphkb.store.protocol import Row, Statement, Value, WriteSummary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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

# Without any handler, Python prints the driver's warnings beside the exception that says the same.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jStore:
    """A graph store in one database of a Neo4j server."""

    most_changes: Final = server.MOST_CHANGES

    def __init__(
        self, uri: str, *, auth: tuple[str, str] | None = None, database: str = "neo4j", default_timeout: float = 60.0
    ) -> None:
        self._database = database
        self._default_timeout = default_timeout
        self._closed = False
        with translated({**EXCEPTIONS, ValueError: UsageError}, self._explain):
            address = server.split_address(uri)
            self.name = f"{address.scheme}://{address.netloc}"
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=auth,
                connection_timeout=server.CONNECTION_TIMEOUT,
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
            translated(EXCEPTIONS, self._explain, server.CODES),
            self._session() as session,
        ):
            write = neo4j.unit_of_work(timeout=server.WRITE_TIMEOUT)(_run)
            counters = session.execute_write(write, statements)
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
            translated(EXCEPTIONS, self._explain, server.CODES),
            self._session(default_access_mode=neo4j.READ_ACCESS, fetch_size=fetched) as session,
        ):
            arguments = dict(parameters or {})
            if server.needs_explaining(text):
                explain = neo4j.Query(f"EXPLAIN {text}", timeout=query.timeout)
                explained = session.run(explain, arguments).consume()
                server.require_within_the_graph(explained.plan, explained.query_type)
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
        server.require_supported(self.name, summary.server.agent)

    def _explain(self, error: Exception) -> str:
        match error:
            case exceptions.Neo4jError():
                kind = kind_of(error, EXCEPTIONS, server.CODES)
                return server.explain_answer(self.name, kind, error.message or str(error))
            case exceptions.IncompleteCommit():
                return server.explain_broken_commit(self.name)
            case exceptions.DriverError() if issubclass(EXCEPTIONS[type(error)], StoreUnavailable):
                return server.explain_absence(self.name, error)
        return str(error)


def _run(transaction: neo4j.ManagedTransaction, statements: list[Statement]) -> list[neo4j.SummaryCounters]:
    counters = []
    for statement in statements:
        result = transaction.run(statement.text, dict(statement.parameters))
        require_outcome(statement, _rows(result))
        counters.append(result.consume().counters)
    return counters


def _rows(result: neo4j.Result, most: int | None = None) -> list[Row]:
    names = result.keys()
    return [dict(zip(names, map(_plain, record.values()), strict=True)) for record in islice(result, most)]


def _plain(value: Any) -> Value:
    return server.plain(value, _CONVERSIONS)


def _duration(value: time.Duration) -> dict[str, int]:
    parts = {"months": value.months, "days": value.days, "seconds": value.seconds}
    return {**parts, "nanoseconds": value.nanoseconds} if value.nanoseconds else parts


_CONVERSIONS: server.Conversions = (
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
