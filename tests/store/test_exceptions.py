"""Exceptions of the engines do not get out, and the engines are imported only where they are used."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import kglite
import neo4j.exceptions
import py2neo.errors
import pytest

from graphkb.errors import GraphKBError, OutcomeError, QueryError, StoreError, StoreUnavailable, UsageError
from graphkb.store import Statement, embedded, open_store
from graphkb.store import neo4j as by_driver
from graphkb.store import py2neo as by_py2neo
from graphkb.store.exceptions import require_outcome, translated

if TYPE_CHECKING:
    from graphkb.store.exceptions import Translation


def exceptions_of(module: object) -> list[type[Exception]]:
    """Return the public exception classes of a module, without warnings."""
    members = [value for name, value in vars(module).items() if not name.startswith("_")]
    kinds = [member for member in members if isinstance(member, type) and issubclass(member, Exception)]
    return [kind for kind in kinds if not issubclass(kind, Warning)]


TABLES = [
    *((embedded.EXCEPTIONS, kind) for kind in exceptions_of(kglite)),
    *((by_driver.EXCEPTIONS, kind) for kind in exceptions_of(neo4j.exceptions)),
    *((by_py2neo.EXCEPTIONS, kind) for kind in exceptions_of(py2neo.errors)),
]


@pytest.mark.parametrize(("table", "kind"), TABLES, ids=[kind.__qualname__ for _, kind in TABLES])
def test_every_exception_of_an_engine_has_a_row(table: Translation, kind: type[Exception]) -> None:
    """An engine's new exception class must be placed on purpose: add a row for it to the store's table."""
    assert kind in table
    assert issubclass(table[kind], StoreError | UsageError)


def test_all_engines_have_exceptions_to_enumerate() -> None:
    """The enumeration finds the classes that are known to exist."""
    known = {kglite.WriterLeaseHeldError, neo4j.exceptions.AuthError, py2neo.errors.ConnectionBroken}
    assert known <= {kind for _, kind in TABLES}
    assert len(TABLES) > 60


def test_the_most_specific_row_wins() -> None:
    """A class without a row of its own takes that of its nearest base, and a code goes before both."""

    class TooLateError(TimeoutError):
        code = "late"

    table: Translation = {Exception: GraphKBError, OSError: StoreUnavailable}
    with pytest.raises(StoreUnavailable, match=r"^too late$"), translated(table, str):
        raise TooLateError("too late")
    with pytest.raises(QueryError), translated(table, str, {"late": QueryError}):
        raise TooLateError("too late")


def test_what_stands_in_no_table_passes() -> None:
    """An exception that is not the engine's is not disguised."""
    with pytest.raises(KeyError), translated({OSError: StoreUnavailable}, str):
        raise KeyError("a defect")


def test_an_unexpected_outcome_names_the_first_line_and_both_numbers() -> None:
    """The message is about one line of the statement, not all of it."""
    statement = Statement("\nMATCH (n)\nDELETE n\nRETURN count(*) AS count", {}, 2)
    with pytest.raises(OutcomeError, match=r"'MATCH \(n\)' was expected to touch 2, but touched 1\."):
        require_outcome(statement, [{"count": 1}])


@pytest.mark.parametrize(
    "target", ["", "graph", "graph.db", "bolt:7687", "http://localhost:7474", "mem", "neo4j", "bolt+x://localhost"]
)
def test_an_unknown_target_is_refused_with_the_forms_possible(target: str) -> None:
    """The message for what is no store says what a store looks like."""
    with pytest.raises(UsageError, match=r"neo4j://host:7687.*\.kgl.*:memory:"):
        open_store(target)


@pytest.mark.parametrize(
    ("target", "absent"),
    [
        (None, {"neo4j", "kglite", "py2neo"}),
        (":memory:", {"neo4j", "py2neo"}),
        ("neo4j://127.0.0.1:1", {"kglite", "py2neo"}),
    ],
)
def test_an_engine_is_imported_only_when_its_store_is_opened(target: str | None, absent: set[str]) -> None:
    """Importing the stores is light, and opening one leaves the other engine alone; nothing is printed either."""
    program = (
        "import sys, contextlib, graphkb.store, graphkb.errors\n"
        "with contextlib.suppress(graphkb.errors.StoreUnavailable):\n"
        f"    {'pass' if target is None else f'graphkb.store.open_store({target!r})'}\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert not absent & set(done.stdout.split())
    assert done.stderr == ""
