"""What a Neo4j server is to a store, whichever driver talks to it: its versions, its errors, what a read may not do."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import urlsplit

from graphkb.errors import (
    AuthenticationFailed,
    ConstraintViolated,
    GraphKBError,
    QueryError,
    QueryTimeout,
    StoreUnavailable,
    UnsupportedServer,
    UsageError,
    WriteRefused,
)
from graphkb.store.exceptions import TIMED_OUT, WRITE_REFUSED
from graphkb.store.protocol import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from urllib.parse import SplitResult

    from graphkb.store.protocol import Value

OLDEST = (5, 26)
"""The oldest server that graphkb supports; calendar versions such as 2026.2 are newer."""

CONNECTION_TIMEOUT = 10.0
"""How many seconds to wait for a server to take a connection."""

WRITE_TIMEOUT = 600.0
"""How many seconds the server lets a write take: one whose client died without a word would keep its locks for ever."""

CODES: Mapping[str, type[GraphKBError]] = {
    "Neo.ClientError.Cluster.NotALeader": StoreUnavailable,
    "Neo.ClientError.Database.DatabaseNotFound": StoreUnavailable,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": StoreUnavailable,
    "Neo.ClientError.Schema.ConstraintCreationFailed": ConstraintViolated,
    "Neo.ClientError.Schema.ConstraintValidationFailed": ConstraintViolated,
    "Neo.ClientError.Security.AuthenticationRateLimit": AuthenticationFailed,
    "Neo.ClientError.Security.CredentialsExpired": AuthenticationFailed,
    "Neo.ClientError.Security.TokenExpired": AuthenticationFailed,
    "Neo.ClientError.Security.Unauthorized": AuthenticationFailed,
    "Neo.ClientError.Statement.AccessMode": WriteRefused,
    "Neo.ClientError.Transaction.LockClientStopped": QueryTimeout,
    "Neo.ClientError.Transaction.TransactionTimedOut": QueryTimeout,
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": QueryTimeout,
    "Neo.DatabaseError.Schema.ConstraintCreationFailed": ConstraintViolated,
    "Neo.DatabaseError.Transaction.TransactionCommitFailed": StoreUnavailable,
    "Neo.DatabaseError.Transaction.TransactionLogError": StoreUnavailable,
    "Neo.DatabaseError.Transaction.TransactionStartFailed": StoreUnavailable,
}
"""What the server says more exactly by its code than a driver by its class."""

MOST_CHANGES = 50_000
"""How many changes one write makes at most: the server keeps those of a transaction in its memory until the end."""

Conversions: TypeAlias = "tuple[tuple[type[Any], Callable[[Any], Any]], ...]"
"""What becomes of a driver's own types; the first that fits counts."""

_SUSPECT = re.compile(r"\b(?:LOAD|TERMINATE|dbms)\b|\\u", re.IGNORECASE)
"""One of these is in every text that reaches beyond the graph by the server's own means; ``\\u`` may be any letter."""

_BEYOND = {
    "LOAD CSV": re.compile(r"\bLoadCSV@|\bLOAD CSV (?:WITH HEADERS )?FROM\b"),
    "TERMINATE TRANSACTIONS": re.compile(r"\bTerminateTransactions@"),
}
"""What reaches beyond the graph, and how the server's plan for it shows that."""


def split_address(uri: str) -> SplitResult:
    """Return the parts of a server's address.

    Raises :class:`~graphkb.errors.UsageError` where it holds credentials, and ValueError where it is no address.
    """
    address = urlsplit(uri)
    _ = address.port  # raises for what is no port, which a driver would notice only when it connects
    if "@" in address.netloc:
        raise UsageError("Give user name and password by themselves, not within the server's address.")
    return address


def is_supported(agent: str) -> bool:
    """Tell whether the server that calls itself ``agent``, such as ``Neo4j/5.26.0``, is new enough."""
    version = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST


def require_supported(name: str, agent: str) -> None:
    """Raise :class:`~graphkb.errors.UnsupportedServer` where the server at ``name`` is too old."""
    if not is_supported(agent):
        raise UnsupportedServer(
            f"{name} runs {agent}; graphkb needs Neo4j {OLDEST[0]}.{OLDEST[1]} or newer. Upgrade the server."
        )


def needs_explaining(text: str) -> bool:
    """Tell whether the plan of a reading text has to be looked at, by :func:`require_within_the_graph`."""
    return _SUSPECT.search(text) is not None


def require_within_the_graph(plan: object, query_type: str | None) -> None:
    """Refuse what read access mode lets through: administration, and reading files and network of the server.

    ``plan`` and ``query_type`` are the server's answer to EXPLAIN. It says what the text would do, so the words may
    stand in literals, comments and names.
    """
    for words, operator in _BEYOND.items():
        if operator.search(str(plan)):
            raise QueryError(f"{words} is refused: a read stays within the graph.")
    if query_type != "r":
        raise WriteRefused(WRITE_REFUSED)


def explain_answer(name: str, kind: type[GraphKBError], message: str) -> str:
    """Return for the user what the server at ``name`` answered, an error of this ``kind``."""
    if kind is WriteRefused:
        return WRITE_REFUSED
    if kind is QueryTimeout:
        return TIMED_OUT
    if kind is AuthenticationFailed:
        return f"{name} refuses the user name or the password: check both. ({message})"
    if issubclass(kind, StoreUnavailable):
        return f"{name} cannot do this, at least at present: its disk may be full, or its log says more. ({message})"
    return message


def explain_absence(name: str, error: Exception) -> str:
    """Return for the user that there is nobody to talk to at ``name``."""
    reason = " ".join(str(error).split())  # a driver may have several lines to say
    return f"No Neo4j server answers at {name}: start it, or check the address. ({reason})"


def explain_broken_commit(name: str) -> str:
    """Return for the user that nobody knows what became of a write."""
    return f"{name} went away while it was committing: it is not known whether the write took place."


def plain(value: Any, conversions: Conversions) -> Value:
    """Return a value as the stores give them, with what is a driver's own converted, within maps in its place."""
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return cast("Value", value)
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is list:
        return value if PLAIN.issuperset(map(type, value)) else [plain(item, conversions) for item in value]
    if kind is dict:
        for key, item in value.items():
            if type(item) not in PLAIN:
                value[key] = plain(item, conversions)
        return cast("Value", value)
    for foreign, converted in conversions:
        if isinstance(value, foreign):
            return plain(converted(value), conversions)
    raise QueryError(f"The statement returns a {kind.__name__}, which is no plain value.")
