"""What every store does: one suite, run over each of them."""

from __future__ import annotations

import logging
import math
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from graphkb.errors import (
    ConstraintViolated,
    OutcomeError,
    QueryError,
    QueryTimeout,
    StoreUnavailable,
    TooManyRows,
    WriteRefused,
)
from graphkb.store import GraphStore, Row, Statement, Value, WriteSummary

if TYPE_CHECKING:
    from collections.abc import Iterator

UNIQUE = "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Capability) REQUIRE n.id IS UNIQUE"

PARAMETERS: list[Value] = [
    None,
    True,
    False,
    0,
    -1,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    1.0,
    -0.5,
    1e300,
    "",
    "Überraschung 客户 \U0001f600 'quoted' \\ \n\t",
    [],
    [1, 2, 3],
    ["a", None, 1.5],
    {},
    {"outer": {"inner": [{"deep": None}, "x"]}},
]

PROPERTIES: dict[str, Value] = {
    "text": "naïve 客户",
    "empty": "",
    "whole": 3,
    "big": 2**53 + 1,
    "real": 3.0,
    "yes": True,
    "no": False,
    "texts": ["b", "a"],
    "wholes": [1, 2],
    "reals": [1.0, 2.5],
    "none": [],
}

WRITES = {
    "create": "CREATE (n:Capability {id: 'c'})",
    "lower case": "create (n:Capability {id: 'c'})",
    "merge": "MERGE (n:Capability {id: 'c'}) RETURN n.id AS id",
    "merge what exists": "MERGE (n:Capability {id: 'a'}) RETURN n.id AS id",
    "set": "MATCH (n:Capability) SET n.title = 'other' RETURN n.id AS id",
    "set nothing": "MATCH (n:Capability {id: 'nobody'}) SET n.title = 'other'",
    "set label": "MATCH (n:Capability) SET n:Other",
    "remove": "MATCH (n:Capability) REMOVE n.title",
    "delete edge": "MATCH ()-[r:DEPENDS_ON]->() DELETE r",
    "detach delete": "MATCH (n) DETACH DELETE n",
    "for each": "MATCH (n:Capability) FOREACH (x IN [1] | SET n.rank = x)",
    "union": "RETURN 1 AS one UNION MATCH (n:Capability) SET n.rank = 1 RETURN 1 AS one",
    "after a comment": "// RETURN 1 AS one\nCREATE (n:Capability {id: 'c'})",
    "constraint": "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Other) REQUIRE n.id IS UNIQUE",
    "index": "CREATE INDEX IF NOT EXISTS FOR (n:Other) ON (n.title)",
}

EVASIONS = {
    "subquery": "CALL { CREATE (n:Capability {id: 'c'}) } RETURN 1 AS one",
    "subquery of a match": "MATCH (n:Capability) CALL (n) { SET n.rank = 1 } RETURN n.id AS id",
    "second statement": "RETURN 1 AS one; CREATE (n:Capability {id: 'c'})",
    "first statement": "CREATE (n:Capability {id: 'c'}); RETURN 1 AS one",
    "block comment": "/* RETURN 1 */ CREATE (n:Capability {id: 'c'}) RETURN 1 AS one",
    "escaped word": "\\u0043REATE (n:Capability {id: 'c'})",
    "explained": "PROFILE CREATE (n:Capability {id: 'c'})",
    "batches": "UNWIND [1] AS x CALL (x) { CREATE (n:Capability {id: 'c'}) } IN TRANSACTIONS RETURN x",
}


@pytest.fixture
def chain(store: GraphStore) -> GraphStore:
    """Return a store with a uniqueness constraint, two capabilities and one edge."""
    store.write([Statement(UNIQUE)])
    store.write(
        [
            Statement("UNWIND $ids AS id CREATE (n:Capability {id: id}) SET n.title = 'T ' + id", {"ids": ["a", "b"]}),
            Statement(
                "MATCH (a:Capability {id: 'a'}) MATCH (b:Capability {id: 'b'}) "
                "CREATE (a)-[r:DEPENDS_ON]->(b) SET r.strength = 4"
            ),
        ]
    )
    return store


def contents(store: GraphStore) -> list[Row]:
    """Return all that is stored, in a fixed order."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, n {.*, title: n.title} AS properties ORDER BY n.id")
    edges = store.read("MATCH (a)-[r]->(b) RETURN a.id AS s, type(r) AS t, b.id AS e, properties(r) AS p ORDER BY s, e")
    return nodes + edges


@pytest.mark.parametrize("value", PARAMETERS, ids=repr)
def test_a_parameter_comes_back_unchanged(store: GraphStore, value: Value) -> None:
    """What is passed as a parameter is returned with the same value and type."""
    rows = store.read("RETURN $value AS value", {"value": value})
    assert rows == [{"value": value}]
    assert type(rows[0]["value"]) is type(value)


def test_properties_keep_value_and_type(store: GraphStore) -> None:
    """Properties written as a map are read back as they were, one by one and as a map."""
    store.write([Statement("CREATE (n:Capability {id: 'a'}) SET n += $properties", {"properties": PROPERTIES})])
    one_by_one = ", ".join(f"n.{name} AS {name}" for name in PROPERTIES)
    [separate] = store.read(f"MATCH (n:Capability) RETURN {one_by_one}")
    [together] = store.read("MATCH (n:Capability) RETURN properties(n) AS map")
    assert separate == PROPERTIES
    assert together["map"] == {"id": "a"} | PROPERTIES
    assert {name: type(value) for name, value in separate.items()} == {n: type(v) for n, v in PROPERTIES.items()}


def test_a_title_is_read_whatever_it_is(store: GraphStore) -> None:
    """A map projection that names the title has it, also where it equals the id."""
    store.write([Statement("CREATE (n:Capability {id: 'a'}) SET n.title = 'a'")])
    [row] = store.read("MATCH (n:Capability) RETURN collect(n {.*, title: n.title}) AS maps")
    assert row["maps"] == [{"id": "a", "title": "a"}]


def test_null_in_a_map_removes_the_property(chain: GraphStore) -> None:
    """Setting a property to null leaves no trace of it."""
    chain.write([Statement("MATCH (n:Capability {id: 'a'}) SET n += $set", {"set": {"title": "new", "rank": 1}})])
    chain.write([Statement("MATCH (n:Capability {id: 'a'}) SET n += $set", {"set": {"rank": None}})])
    [row] = chain.read("MATCH (n:Capability {id: 'a'}) RETURN properties(n) AS map, n.rank AS rank, keys(n) AS names")
    assert row["map"] == {"id": "a", "title": "new"}
    assert row["rank"] is None
    assert sorted(str(name) for name in row["names"] or ()) == ["id", "title"]  # type: ignore[union-attr] # a list


def test_nodes_edges_and_paths_become_plain_maps(chain: GraphStore) -> None:
    """A text that returns parts of the graph gives maps without anything of an engine's own."""
    [row] = chain.read("MATCH p = (a:Capability)-[r:DEPENDS_ON]->(b) RETURN p AS path, r AS edge, [a] AS nodes")
    first: Value = {"labels": ["Capability"], "properties": {"id": "a", "title": "T a"}}
    last: Value = {"labels": ["Capability"], "properties": {"id": "b", "title": "T b"}}
    edge: Value = {"type": "DEPENDS_ON", "properties": {"strength": 4}}
    assert row == {"path": {"nodes": [first, last], "relationships": [edge]}, "edge": edge, "nodes": [first]}


def test_dates_and_times_come_as_iso_text(store: GraphStore) -> None:
    """Temporal values of the query language leave the store as ISO text, durations as a map."""
    [row] = store.read(
        "RETURN date('2026-02-01') AS day, localdatetime('2026-02-01T10:00:00') AS local, "
        "datetime('2026-02-01T10:00:00.5+01:00') AS moment, localtime('10:00') AS clock, "
        "duration.inDays(date('2026-01-01'), date('2026-03-01')) AS gap"
    )
    assert row == {
        "day": "2026-02-01",
        "local": "2026-02-01T10:00:00",
        "moment": "2026-02-01T10:00:00.500000+01:00",
        "clock": "10:00:00",
        "gap": {"months": 0, "days": 59, "seconds": 0},
    }


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_float_that_is_not_finite_is_null(store: GraphStore, value: float) -> None:
    """Rows hold finite floats only."""
    assert store.read("RETURN $value AS value, [$value] AS list", {"value": value}) == [{"value": None, "list": [None]}]


@pytest.mark.parametrize("value", [2**63, object(), "\ud800", {1: 2}])
def test_what_is_no_value_is_refused(store: GraphStore, value: Value) -> None:
    """A parameter that is no value raises, and does not turn into another one."""
    with pytest.raises(QueryError):
        store.read("RETURN $value AS value", {"value": value})


def test_an_empty_store_answers_without_rows_or_warnings(
    store: GraphStore, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Unknown labels, types and properties are an empty answer, and nothing is printed or logged about them."""
    caplog.set_level(logging.INFO)
    assert store.read("MATCH (n:Nothing)-[r:NOWHERE]->(m:Nobody) WHERE n.x = 1 RETURN n.y AS y ORDER BY y") == []
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_rows_and_columns_keep_their_order(store: GraphStore) -> None:
    """Ten thousand rows come in the order of the statement, their columns too."""
    rows = store.read("UNWIND range(1, 10000) AS x RETURN -x AS z, x AS a, 'row' AS m")
    assert [row["a"] for row in rows] == list(range(1, 10001))
    assert list(rows[0]) == ["z", "a", "m"]


def test_ten_thousand_rows_are_written_by_one_statement(store: GraphStore) -> None:
    """A statement takes a list of ten thousand maps, and checks how many it touched."""
    store.write([Statement(UNIQUE)])
    rows: list[Value] = [{"id": f"c{x}", "props": {"title": f"Capability {x}", "rank": x}} for x in range(10_000)]
    create = "UNWIND $rows AS r CREATE (n:Capability {id: r.id}) SET n:Element, n += r.props RETURN count(*) AS count"
    summary = store.write([Statement(create, {"rows": rows}, expected=10_000)])
    assert summary.nodes_created == 10_000
    [row] = store.read("MATCH (n:Capability:Element) RETURN count(n) AS nodes, sum(n.rank) AS ranks")
    assert row == {"nodes": 10_000, "ranks": sum(range(10_000))}


def test_a_write_counts_what_it_did(chain: GraphStore) -> None:
    """The summary adds up nodes, edges and properties over all statements."""
    summary = chain.write(
        [
            Statement("CREATE (n:Capability {id: 'c'})"),
            Statement("MATCH (a:Capability {id: 'a'}) MATCH (c:Capability {id: 'c'}) CREATE (a)-[:DEPENDS_ON]->(c)"),
            Statement("MATCH (:Capability {id: 'a'})-[r:DEPENDS_ON]->(:Capability {id: 'b'}) DELETE r"),
            Statement("MATCH (n:Capability {id: 'b'}) DELETE n"),
        ]
    )
    assert summary.nodes_created == summary.nodes_deleted == 1
    assert summary.relationships_created == summary.relationships_deleted == 1
    assert chain.write([]) == WriteSummary()


def test_statements_may_come_from_a_generator(store: GraphStore) -> None:
    """Any iterable of statements is written, in its order."""

    def statements() -> Iterator[Statement]:
        yield Statement("CREATE (n:Capability {id: 'a'})")
        yield Statement("MATCH (n:Capability {id: 'a'}) SET n.title = 'A' RETURN count(*) AS count", expected=1)

    store.write(statements())
    assert store.read("MATCH (n:Capability) RETURN n.title AS title") == [{"title": "A"}]


@pytest.mark.parametrize("text", ["CREATE (n:Capability {id: 'a'})", "RETURN 1 +", "RETURN $missing AS x"])
def test_an_error_in_a_later_statement_undoes_the_earlier_ones(chain: GraphStore, text: str) -> None:
    """All statements of a write are stored, or none."""
    before = contents(chain)
    with pytest.raises(QueryError):
        chain.write(
            [
                Statement("CREATE (n:Capability {id: 'c'}) SET n.title = 'C'"),
                Statement("MATCH (n:Capability {id: 'a'}) SET n.title = 'other'"),
                Statement(text),
            ]
        )
    assert contents(chain) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (n:Capability) SET n.title = 'x' RETURN count(*) AS count", 2),
        ("MATCH (n:Capability {id: 'nobody'}) SET n.title = 'x' RETURN count(*) AS count", 1),
        ("MATCH (n:Capability) SET n.title = 'x' RETURN n.id AS id", 2),
        ("MATCH (n:Capability) SET n.title = 'x'", 2),
    ],
)
def test_an_unexpected_outcome_is_rolled_back(chain: GraphStore, text: str, expected: int) -> None:
    """A statement that touches other than the expected number undoes the whole write and says which it was."""
    before = contents(chain)
    with pytest.raises(OutcomeError, match=rf"MATCH \(n:Capability.*expected to touch {expected}"):
        chain.write([Statement("CREATE (n:Capability {id: 'c'})"), Statement(text + "\n", {}, expected)])
    assert contents(chain) == before


def test_an_expected_outcome_stands(chain: GraphStore) -> None:
    """A statement that touches the expected number is stored; zero is a number too."""
    chain.write(
        [
            Statement("MATCH (n:Capability) SET n.rank = 1 RETURN count(*) AS count", {}, 2),
            Statement("MATCH (n:Capability {id: 'nobody'}) DELETE n RETURN count(*) AS count", {}, 0),
        ]
    )
    assert chain.read("MATCH (n:Capability) WHERE n.rank = 1 RETURN count(n) AS nodes") == [{"nodes": 2}]


def test_a_repeated_id_violates_the_constraint(chain: GraphStore) -> None:
    """A second node of a kind with the same id raises, naming the id, and nothing is stored."""
    before = contents(chain)
    with pytest.raises(ConstraintViolated, match="'a'"):
        chain.write([Statement("CREATE (n:Capability {id: 'a'}) SET n.title = 'second'")])
    assert contents(chain) == before


def test_a_constraint_that_the_data_break_is_not_created(store: GraphStore) -> None:
    """Asking for uniqueness that does not hold raises."""
    store.write([Statement("CREATE (n:Capability {id: 'a', code: 1})"), Statement("CREATE (n:Capability {id: 'b'})")])
    store.write([Statement("MATCH (n:Capability {id: 'b'}) SET n.code = 1")])
    with pytest.raises(ConstraintViolated):
        store.write([Statement("CREATE CONSTRAINT IF NOT EXISTS FOR (n:Capability) REQUIRE n.code IS UNIQUE")])


def test_creating_a_constraint_again_is_harmless(chain: GraphStore) -> None:
    """Constraints are asked for at every load; several go into one write."""
    other = "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Segment) REQUIRE n.id IS UNIQUE"
    assert chain.write([Statement(UNIQUE), Statement(other)]) == WriteSummary()
    assert chain.write([Statement(UNIQUE), Statement(other)]) == WriteSummary()
    for label in ("Capability", "Segment"):
        with pytest.raises(ConstraintViolated):
            chain.write([Statement(f"UNWIND ['x', 'x'] AS id CREATE (n:{label} {{id: id}})")])


def test_a_node_with_edges_is_not_deleted(chain: GraphStore) -> None:
    """Deleting a node that still has an edge raises instead of taking the edge along."""
    before = contents(chain)
    with pytest.raises(QueryError, match="still has relationships"):
        chain.write([Statement("MATCH (n:Capability {id: 'a'}) DELETE n")])
    assert contents(chain) == before


@pytest.mark.parametrize("text", WRITES.values(), ids=WRITES.keys())
def test_a_read_refuses_to_write(chain: GraphStore, text: str) -> None:
    """Each kind of write sent through a read is refused, and changes nothing."""
    before = contents(chain), len(chain.read("SHOW CONSTRAINTS")), len(chain.read("SHOW INDEXES"))
    with pytest.raises(WriteRefused, match="Nothing was written"):
        chain.read(text)
    assert before == (contents(chain), len(chain.read("SHOW CONSTRAINTS")), len(chain.read("SHOW INDEXES")))


@pytest.mark.parametrize("text", EVASIONS.values(), ids=EVASIONS.keys())
def test_a_read_refuses_hidden_writes(chain: GraphStore, text: str) -> None:
    """A write dressed up as something else is refused as a write or as no statement, and changes nothing."""
    before = contents(chain)
    with pytest.raises(QueryError):
        chain.read(text)
    assert contents(chain) == before


def test_a_store_still_writes_after_a_refusal(chain: GraphStore) -> None:
    """A refused write leaves the store as usable as before."""
    with pytest.raises(WriteRefused):
        chain.read("CREATE (n:Capability {id: 'c'})")
    chain.write([Statement("CREATE (n:Capability {id: 'c'})")])
    assert chain.read("MATCH (n:Capability) RETURN count(n) AS nodes") == [{"nodes": 3}]


def test_a_semicolon_is_allowed_where_it_separates_nothing(store: GraphStore) -> None:
    """A text may end in a semicolon, and a literal or a comment may hold one."""
    assert store.read("RETURN ';x' AS a, \"it's; \\\" so\" AS b // c; d\n;\n") == [{"a": ";x", "b": "it's; \" so"}]


def test_a_syntax_error_shows_the_place(store: GraphStore) -> None:
    """The message of a syntax error quotes the line and marks the place."""
    with pytest.raises(QueryError) as caught:
        store.read("RETURN 1 AS one\nWHERE +")
    assert "WHERE" in str(caught.value)
    assert "line 2" in str(caught.value)


def test_an_unknown_function_is_named(store: GraphStore) -> None:
    """The message about a function that does not exist says its name."""
    with pytest.raises(QueryError, match="frobnicate"):
        store.read("RETURN frobnicate(1) AS one")


def test_a_missing_parameter_is_named(store: GraphStore) -> None:
    """The message about a parameter that was not passed says its name."""
    with pytest.raises(QueryError, match="segment"):
        store.read("RETURN $segment AS segment")


def test_a_read_ends_with_its_timeout(store: GraphStore) -> None:
    """A statement that would run for hours is stopped, and the store answers on."""
    endless = (
        "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x * y AS z WHERE z % 7 = 3 RETURN sum(z) AS s"
    )
    with pytest.raises(QueryTimeout, match="longer than its timeout"):
        store.read(endless, timeout=0.2)
    assert store.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(("max_rows", "said"), [(0, "0 rows"), (1, "1 row;"), (2, "2 rows"), (1999, "1,999 rows")])
def test_a_read_of_more_rows_than_allowed_is_refused(store: GraphStore, max_rows: int, said: str) -> None:
    """A statement that gives one row too many or thousands raises and says how many were allowed, and what to do."""
    for count in (max_rows + 1, max_rows + 5000):
        with pytest.raises(TooManyRows, match=f"more than {said}.*LIMIT"):
            store.read("UNWIND range(1, $count) AS x RETURN x", {"count": count}, max_rows=max_rows)
    rows = store.read("UNWIND range(1, $count) AS x RETURN x", {"count": max_rows}, max_rows=max_rows)
    assert [row["x"] for row in rows] == list(range(1, max_rows + 1))


def test_no_rows_are_never_too_many(store: GraphStore) -> None:
    """A statement without rows is answered whatever the maximum, and without one there is none."""
    for max_rows in (-1, 0, 2**40, None):
        assert store.read("UNWIND [] AS x RETURN x", max_rows=max_rows) == []
    with pytest.raises(TooManyRows):
        store.read("RETURN 1 AS one", max_rows=-1)


def test_rows_beyond_those_allowed_are_not_taken(store: GraphStore) -> None:
    """The memory that a refused read takes goes with the rows allowed, not with those found."""
    tracemalloc.start()
    try:
        with pytest.raises(TooManyRows):
            store.read("UNWIND range(1, 100000) AS x RETURN x, 'row ' + toString(x) AS text", max_rows=10)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


def test_closing_twice_is_harmless_and_using_a_closed_store_is_not(store: GraphStore) -> None:
    """After it was closed, a store says so."""
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.read("RETURN 1 AS one")
    with pytest.raises(StoreUnavailable, match="closed"):
        store.write([])
