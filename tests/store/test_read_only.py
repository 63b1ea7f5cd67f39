"""Free text of a user reads, and nothing else: attempts to write by it, and texts that only look like one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.errors import QueryError, TooManyRows, WriteRefused
from graphkb.knowledge_base import KnowledgeBase
from graphkb.store import GraphStore, Row, Statement, Value, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.server import Server

WRITES_ON_BOTH: Final = {
    "create": "CREATE (n:Capability {id: 'c'})",
    "create in mixed case": "cReAtE (n:Capability {id: 'c'})",
    "create and return": "CREATE (n:Capability {id: 'c'}) RETURN n.id AS id",
    "create edge": "MATCH (a:Capability), (b:Capability) CREATE (a)-[:DEPENDS_ON]->(b)",
    "insert": "INSERT (n:Capability {id: 'c'})",
    "merge": "MERGE (n:Capability {id: 'c'})",
    "merge what exists": "MERGE (n:Capability {id: 'a'}) ON MATCH SET n.title = 'x' RETURN n.id AS id",
    "set": "MATCH (n:Capability) SET n.title = 'x'",
    "set a map": "MATCH (n:Capability) SET n += {title: 'x'}",
    "replace by a map": "MATCH (n:Capability) SET n = {id: 'x'}",
    "set a label": "MATCH (n:Capability) SET n:Other",
    "remove": "MATCH (n:Capability) REMOVE n.title",
    "remove a label": "MATCH (n:Capability) REMOVE n:Capability",
    "delete": "MATCH ()-[r]->() DELETE r",
    "delete a path": "MATCH p = ()-->() DELETE p",
    "detach delete": "MATCH (n) DETACH DELETE n",
    "for each": "MATCH (n:Capability) FOREACH (x IN [1] | SET n.rank = x)",
    "for each by itself": "FOREACH (x IN ['c'] | MERGE (:Capability {id: x}))",
    "union": "RETURN 1 AS one UNION MATCH (n:Capability) SET n.rank = 1 RETURN 1 AS one",
    "union all": "MATCH (n) RETURN n.id AS id UNION ALL CREATE (n:Capability {id: 'c'}) RETURN n.id AS id",
    "create index": "CREATE INDEX FOR (n:Capability) ON (n.title)",
    "create an index that exists": "CREATE INDEX by_rank IF NOT EXISTS FOR (n:Capability) ON (n.rank)",
    "create text index": "CREATE TEXT INDEX FOR (n:Capability) ON (n.title)",
    "create fulltext index": "CREATE FULLTEXT INDEX words FOR (n:Capability) ON EACH [n.title]",
    "create constraint": "CREATE CONSTRAINT FOR (n:Other) REQUIRE n.id IS UNIQUE",
    "drop constraint": "DROP CONSTRAINT one_id",
    "drop index": "DROP INDEX by_rank",
    "drop index that may exist": "DROP INDEX by_rank IF EXISTS",
    "after a comment": "// RETURN 1 AS one\nCREATE (n:Capability {id: 'c'})",
    "words apart by a comment": "MATCH (n) DETACH // RETURN n\n DELETE n",
    "comment begins in a string": "WITH '/*' AS x CREATE (n:Capability {id: '*/'}) RETURN x",
    "line comment in a string": "WITH 'http://x' AS x CREATE (n:Capability {id: 'c'}) RETURN x",
    "quoted names": "CREATE (`RETURN`:`Capability` {`id`: 'c'})",
    "comment in a quoted name": "MATCH (`n // `) SET `n // `.rank = 1",
    "profile": "PROFILE CREATE (n:Capability {id: 'c'})",
    "profile in lower case": "profile MATCH (n) SET n.rank = 1",
    "version": "CYPHER 5 CREATE (n:Capability {id: 'c'})",
    "option": "CYPHER runtime=slotted CREATE (n:Capability {id: 'c'})",
}
"""Both stores know these for writes."""

WRITES_ON_NEO4J: Final = {
    "set a property by name": "MATCH (n:Capability) SET n['title'] = 'x'",
    "set a label by is": "MATCH (n:Capability) SET n IS Other",
    "subquery": "CALL { CREATE (n:Capability {id: 'c'}) } RETURN 1 AS one",
    "subquery of a match": "MATCH (n:Capability) CALL (n) { SET n.rank = 1 } RETURN n.id AS id",
    "nested subqueries": "CALL { CALL { MERGE (n:Capability {id: 'c'}) RETURN 1 AS x } RETURN x } RETURN x",
    "batches": "UNWIND [1] AS x CALL (x) { CREATE (n:Capability {id: 'c'}) } IN TRANSACTIONS RETURN x",
    "batches side by side": "UNWIND [1] AS x CALL (x) { CREATE (:Other) } IN 2 CONCURRENT TRANSACTIONS RETURN x",
    "batches past errors": "UNWIND [1] AS x CALL (x) { CREATE (:Other) } IN TRANSACTIONS ON ERROR CONTINUE RETURN x",
    "after a block comment": "/* RETURN 1 */ CREATE (n:Capability {id: 'c'}) RETURN 1 AS one",
    "after a return in a comment": "// RETURN 1 AS one\rCREATE (n:Capability {id: 'c'})",
    "comment ends in a string": "RETURN '*/' AS x /* ' */ UNION CREATE (n:Capability {id: 'c'}) RETURN 'y' AS x",
    "comment in place of a space": "MATCH (n) DETACH/* */DELETE n",
    "comments all over": "MATCH (n)/**/SET/**/n.rank/**/=/**/1",
    "escaped word": "MATCH (n) \\u0053ET n.rank = 1",
    "escaped letters": "MATCH (n) \\u0053\\u0045\\u0054 n.rank = 1",
    "escaped end of a string": "RETURN '\\u0027 AS x UNION CREATE (n:Capability {id: 'c'}) RETURN '' AS x",
    "escaped end of a comment": "// RETURN 1 AS one\\u000aCREATE (n:Capability {id: 'c'})",
    "no-break space": "CREATE\u00a0(n:Capability\u00a0{id:\u00a0'c'})",
    "ideographic space": "CREATE\u3000(n:Capability {id: 'c'})",
    "separators": "MATCH\u2003(n)\u2028SET\u2029n.rank\u1680=\u205f1",
    "vertical tab": "MATCH (n)\x0bSET\x0cn.rank = 1",
    "control characters": "MATCH (n)\x1cSET\x1dn.rank\x1e=\x1f1",
    "use": "USE neo4j CREATE (n:Capability {id: 'c'})",
    "use in a subquery": "CALL { USE neo4j CREATE (n:Capability {id: 'c'}) } RETURN 1 AS one",
    "new label": "CALL db.createLabel('Other')",
    "new property": "CALL db.createProperty('other')",
    "new type": "CALL db.createRelationshipType('OTHER')",
    "quoted procedure": "CALL `db`.`createLabel`('Other')",
    "vector": "MATCH (n:Capability) CALL db.create.setNodeVectorProperty(n, 'v', [1.0]) RETURN 1 AS one",
    "vector of an edge": "MATCH ()-[r]->() CALL db.create.setRelationshipVectorProperty(r, 'v', [1.0]) RETURN 1 AS one",
    "vector index": "CALL db.index.vector.createNodeIndex('v', 'Capability', 'v', 3, 'cosine')",
    "upgrade": "CALL dbms.upgrade()",
    "end a connection": "CALL dbms.killConnection('bolt-0')",
    "end a connection in secret": "CALL /* */ dbms . \\u006billConnections(['bolt-0'])",
    "end a connection in a subquery": (
        "RETURN [x IN [1] WHERE EXISTS { CALL dbms.killConnection('bolt-0') YIELD message RETURN message } | x] AS y"
    ),
    "create database": "CREATE DATABASE other",
    "replace database": "CREATE OR REPLACE DATABASE neo4j",
    "drop database": "DROP DATABASE neo4j",
    "stop database": "STOP DATABASE neo4j",
    "alter database": "ALTER DATABASE neo4j SET ACCESS READ ONLY",
    "create user": "CREATE USER eve SET PASSWORD 'correct-horse'",
    "alter user": "ALTER USER neo4j SET PASSWORD 'correct-horse'",
    "alter current user": "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'correct-horse'",
    "drop user": "DROP USER neo4j",
    "rename user": "RENAME USER neo4j TO eve",
    "create role": "CREATE ROLE readers",
    "grant": "GRANT ROLE admin TO neo4j",
    "alias": "CREATE ALIAS other FOR DATABASE neo4j",
}
"""Neo4j knows these for writes; the embedded engine does not know them at all."""

WRITES_ON_EMBEDDED: Final = {
    "table": (
        "MATCH (n:Capability {id: 'a'}) CALL table.upsert({node: n, property: 'rows', key: 'k', row: {k: 1}}) "
        "YIELD node RETURN 1 AS one"
    ),
    "declare ontology": "CALL db.ontology.declare({ontology: {classes: {Other: {}}}})",
    "clear ontology": "CALL db.ontology.clear()",
    "change log": "CALL db.cdc.enable()",
    "change log in capitals": "CALL DB.CDC.ENABLE()",
    "change log in a subquery": "CALL { CALL db.cdc.enable() YIELD x RETURN x } RETURN x",
    "index of words": "CALL db.text_index.build({type: 'Capability', text_column: 'title'})",
    "embeddings": (
        "MATCH (n:Capability) WITH collect({node: n, vector: [1.0, 2.0]}) AS entries "
        "CALL db.node_embeddings.set({text_column: 'title', entries: entries}) YIELD stored RETURN stored"
    ),
    "validity": "CALL db.temporal.declare({label: 'Capability', from: 'f', to: 't', convention: 'closed'})",
    "at a time": "FOR VALID_TIME AS OF date('2020-01-01') CREATE (n:Capability {id: 'c'})",
    "format": "CREATE (n:Capability {id: 'c'}) RETURN n.id AS id FORMAT CSV",
    "after show": "SHOW INDEXES YIELD name CREATE (n:Capability {id: 'c'})",
}
"""The embedded engine knows these for writes; Neo4j does not know them at all."""

REFUSED_ON_BOTH: Final = {
    "second statement": "RETURN 1 AS one; CREATE (n:Capability {id: 'c'})",
    "first statement": "CREATE (n:Capability {id: 'c'}); RETURN 1 AS one",
    "empty first statement": "; CREATE (n:Capability {id: 'c'})",
    "second statement after a comment": "RETURN 1 AS one; // x\n CREATE (n:Capability {id: 'c'})",
    "second statement between comments": "RETURN 1 AS one /* ' */; CREATE (n:Capability {id: 'c'}) /* ' */",
    "escaped semicolon": "RETURN 1 AS one\\u003b CREATE (n:Capability {id: 'c'})",
    "word split by a comment": "CRE/* */ATE (n:Capability {id: 'c'})",
    "escaped first word": "\\u0043REATE (n:Capability {id: 'c'})",
    "Unicode line end in a comment": "// RETURN 1 AS one\u2028CREATE (n:Capability {id: 'c'})",
    "Cyrillic letter": "\u0421REATE (n:Capability {id: 'c'})",
    "Greek letter": "CRE\u0391TE (n:Capability {id: 'c'})",
    "full width": "\uff23\uff32\uff25\uff21\uff34\uff25 (n:Capability {id: 'c'})",
    "letter with this upper case": "MATCH (n) \u017fET n.rank = 1",
    "zero-width joiner": "CREATE\u200d (n:Capability {id: 'c'})",
    "zero-width space": "CRE\u200bATE (n:Capability {id: 'c'})",
    "soft hyphen": "CRE\u00adATE (n:Capability {id: 'c'})",
    "byte order mark": "\ufeffCREATE (n:Capability {id: 'c'})",
    "right to left": "\u202eCREATE (n:Capability {id: 'c'})",
    "null character": "CREATE\x00 (n:Capability {id: 'c'})",
    "next line": "MATCH (n)\u0085SET n.rank = 1",
    "quoted word": "`CREATE` (n:Capability {id: 'c'})",
    "explain and profile": "EXPLAIN PROFILE CREATE (n:Capability {id: 'c'})",
    "write in a condition": "RETURN EXISTS { CREATE (n:Capability {id: 'c'}) } AS x",
    "write in a list": "RETURN COLLECT { CREATE (n:Capability {id: 'c'}) RETURN n } AS x",
    "next": "RETURN 1 AS one NEXT CREATE (n:Capability {id: 'c'})",
    "use by name": "USE graph.byName('neo4j') CREATE (n:Capability {id: 'c'})",
    "create database elsewhere": "USE system CREATE DATABASE other",
    "begin": "BEGIN",
    "commit": "COMMIT",
    "rollback": "ROLLBACK",
    "whole transaction": "BEGIN TRANSACTION CREATE (n:Capability {id: 'c'}) COMMIT",
    "command of a shell": ":begin",
    "index of old": "CREATE INDEX ON :Capability(title)",
    "unique of old": "MATCH (a:Capability) CREATE UNIQUE (a)-[:X]->(b)",
    "start of old": "START n=node(*) DELETE n",
    "load": "LOAD CSV FROM 'file:///etc/hostname' AS line CREATE (:Line {text: line[0]})",
    "load without a write": "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1/' AS line RETURN line",
    "load apart": "LOAD // '\n CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "load by quoted words": "`LOAD``x` `LOAD` `CSV` FROM 'file:///etc/hostname' AS line RETURN line",
    "load in a union": "RETURN '//' AS line UNION LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "load in secret": "WITH 1 AS x L\\u004fAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "load in a subquery": "RETURN [x IN [1] WHERE EXISTS { LOAD CSV FROM 'file:///x' AS l RETURN l } | x] AS y",
    "periodic commit": "USING PERIODIC COMMIT 10 LOAD CSV FROM 'file:///x' AS line CREATE (:Line)",
    "terminate": "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "terminate all": (
        "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message"
    ),
    "set configuration": "CALL dbms.setConfigValue('db.transaction.timeout', '1s')",
    "user by procedure": "CALL dbms.security.createUser('eve', 'correct-horse', false)",
    "library's create": "CALL apoc.create.node(['Other'], {id: 'x'}) YIELD node RETURN node",
    "library's run": "CALL apoc.cypher.doIt('CREATE (n:Other)', {}) YIELD value RETURN value",
    "library's batches": "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {})",
    "copy": "COPY Capability TO 'out.csv'",
    "save": "CALL db.save('out.kgl')",
    "table of SQL": "DROP TABLE Capability",
    "nothing": "",
    "comment": "// nothing",
}
"""No statements that a read can have, for either store."""

ATTEMPTS: Final = [
    *((text, WriteRefused, WriteRefused) for text in WRITES_ON_BOTH.values()),
    *((text, QueryError, WriteRefused) for text in WRITES_ON_NEO4J.values()),
    *((text, WriteRefused, QueryError) for text in WRITES_ON_EMBEDDED.values()),
    *((text, QueryError, QueryError) for text in REFUSED_ON_BOTH.values()),
]
NAMES: Final = [*WRITES_ON_BOTH, *WRITES_ON_NEO4J, *WRITES_ON_EMBEDDED, *REFUSED_ON_BOTH]

LOOKALIKES: Final[dict[str, tuple[str, list[Row]]]] = {
    "string": ("RETURN 'CREATE (n) DETACH DELETE n' AS x", [{"x": "CREATE (n) DETACH DELETE n"}]),
    "string with a semicolon": ("RETURN '; DROP INDEX by_rank' AS x", [{"x": "; DROP INDEX by_rank"}]),
    "string with quotes": ("RETURN 'it\\'s SET' AS x, \"it's MERGE\" AS y", [{"x": "it's SET", "y": "it's MERGE"}]),
    "string of another command": ("RETURN 'LOAD CSV FROM' AS x", [{"x": "LOAD CSV FROM"}]),
    "comment": ("// CREATE (n); LOAD CSV FROM 'x' AS line\nRETURN 1 AS one // SET n.x = 1", [{"one": 1}]),
    "quoted column": (
        "RETURN 1 AS `CREATE (n)`, 2 AS `LOAD CSV`, 3 AS `; DROP`",
        [{"CREATE (n)": 1, "LOAD CSV": 2, "; DROP": 3}],
    ),
    "quoted variable": ("WITH 1 AS `DELETE` RETURN `DELETE` AS x", [{"x": 1}]),
    "quoted label and type": ("MATCH (:`CREATE`)-[r:`DELETE`]->(:`TERMINATE`) RETURN r", []),
    "words in longer ones": ("WITH 1 AS created RETURN created AS settled, 2 AS loaded", [{"settled": 1, "loaded": 2}]),
    "property": ("MATCH (n:Capability {id: 'a'}) RETURN n.`set` AS x, n.created AS y", [{"x": None, "y": None}]),
    "key": ("RETURN {`set`: 1, dbms: 2} AS x", [{"x": {"set": 1, "dbms": 2}}]),
    "parameter": ("RETURN $create AS x", [{"x": "DELETE"}]),
    "condition": ("MATCH (n:Capability) WHERE n.title CONTAINS 'MERGE' RETURN n.id AS id", []),
}


@pytest.fixture
def filled(store: GraphStore) -> Iterator[GraphStore]:
    """A store with a constraint, an index, two capabilities and an edge."""
    store.write(
        [
            Statement("CREATE CONSTRAINT one_id IF NOT EXISTS FOR (n:Capability) REQUIRE n.id IS UNIQUE"),
            Statement("CREATE INDEX by_rank IF NOT EXISTS FOR (n:Capability) ON (n.rank)"),
        ]
    )
    store.write(
        [
            Statement("UNWIND ['a', 'b'] AS id CREATE (n:Capability {id: id}) SET n.title = 'T ' + id, n.rank = 5"),
            Statement(
                "MATCH (a:Capability {id: 'a'}) MATCH (b:Capability {id: 'b'}) "
                "CREATE (a)-[r:DEPENDS_ON]->(b) SET r.strength = 4"
            ),
        ]
    )
    if on_neo4j(store):
        store.read("CALL db.awaitIndexes()")
    yield store
    store.write([Statement("DROP INDEX by_rank IF EXISTS")])


def everything(store: GraphStore) -> dict[str, object]:
    """Return all that a write could change: data, indexes, constraints, whatever else is declared, and the files."""
    texts = [
        "MATCH (n) RETURN labels(n) AS labels, n {.*, title: n.title} AS properties ORDER BY n.id",
        "MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties",
        "SHOW CONSTRAINTS",
        "SHOW INDEXES",
    ]
    if on_neo4j(store):
        texts += [
            "CALL db.labels() YIELD label RETURN label ORDER BY label",
            "CALL db.relationshipTypes() YIELD relationshipType AS type RETURN type ORDER BY type",
            "CALL db.propertyKeys() YIELD propertyKey AS name RETURN name ORDER BY name",
            "SHOW DATABASES YIELD name, access, currentStatus",
            "SHOW USERS",
        ]
    else:
        texts += [
            "CALL db.ontology.show()",
            "CALL db.temporal.declarations()",
            "CALL db.cdc.status()",
            "CALL db.text_index.list()",
            "CALL db.embeddings.list()",
        ]
    found: dict[str, object] = {text: [without_usage(row) for row in store.read(text)] for text in texts}
    folder = Path(store.name).parent
    files = folder.iterdir() if store.name.endswith(".kgl") else ()
    return found | {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def without_usage(row: Row) -> Row:
    """Leave out of a row about an index how often it was read."""
    return {name: value for name, value in row.items() if name not in {"lastRead", "readCount", "trackedSince"}}


def on_neo4j(store: GraphStore) -> bool:
    """Tell whether a store is a server."""
    return "://" in store.name


@pytest.mark.parametrize(("text", "embedded", "neo4j"), ATTEMPTS, ids=NAMES)
def test_no_text_writes(
    filled: GraphStore, text: str, embedded: type[QueryError], neo4j: type[QueryError], tmp_path: Path
) -> None:
    """Each attempt ends in the store's own error with a message for the user, and not a byte has changed."""
    before = everything(filled)
    with pytest.raises(QueryError) as caught:
        KnowledgeBase(filled).cypher(text, timeout=10)
    assert type(caught.value) is (neo4j if on_neo4j(filled) else embedded)
    message = str(caught.value)
    if type(caught.value) is WriteRefused:
        assert message == "The statement would write, and a read cannot. Nothing was written."
    assert message.partition("\n")[0].strip()
    assert "Traceback" not in message
    assert everything(filled) == before
    assert (tmp_path / "graph.kgl").exists() == filled.name.endswith(".kgl")


@pytest.mark.parametrize(
    "text",
    [
        "EXPLAIN CREATE (n:Capability {id: 'c'})",
        "EXPLAIN CREATE INDEX FOR (n:Capability) ON (n.title)",
        "explain MATCH (n) DETACH DELETE n",
    ],
)
def test_an_explained_write_is_refused_or_only_explained(filled: GraphStore, text: str) -> None:
    """The embedded store refuses to explain a write; Neo4j explains it, and does nothing."""
    before = everything(filled)
    if on_neo4j(filled):
        assert KnowledgeBase(filled).cypher(text) == []
    else:
        with pytest.raises(WriteRefused):
            KnowledgeBase(filled).cypher(text)
    assert everything(filled) == before


@pytest.mark.parametrize(("text", "rows"), LOOKALIKES.values(), ids=LOOKALIKES.keys())
def test_what_only_looks_like_a_write_runs(filled: GraphStore, text: str, rows: list[Row]) -> None:
    """The words of a write in strings, comments, names and parameters are no write."""
    before = everything(filled)
    assert KnowledgeBase(filled).cypher(text, create="DELETE") == rows
    assert everything(filled) == before


def test_a_block_comment_is_no_write_where_there_are_any(filled: GraphStore) -> None:
    """Neo4j reads over a write in a block comment; the embedded engine has none, and says what to use instead."""
    text = "RETURN /* CREATE (n) SET n.x = 1 */ 1 AS one"
    if on_neo4j(filled):
        assert KnowledgeBase(filled).cypher(text) == [{"one": 1}]
    else:
        with pytest.raises(QueryError, match="use a // line comment"):
            KnowledgeBase(filled).cypher(text)


@pytest.mark.parametrize("name", ["text", "parameters", "self", "named"])
def test_a_parameter_may_have_any_name(store: GraphStore, name: str) -> None:
    """A parameter is given by its name, whatever the method calls its own."""
    given: dict[str, Value] = {name: 7}
    assert KnowledgeBase(store).cypher(f"RETURN ${name} AS x", given) == [{"x": 7}]
    assert KnowledgeBase(store).cypher(f"RETURN ${name} AS x", **{name: 7}) == [{"x": 7}]


def test_parameters_called_like_a_limit_are_given_in_a_mapping(store: GraphStore) -> None:
    """They do not limit anything, and go together with those given by name."""
    rows = KnowledgeBase(store).cypher(
        "UNWIND [1, 2] AS x RETURN x, $timeout AS timeout, $max_rows AS most, $other AS other",
        {"timeout": 0, "max_rows": 0},
        other="o",
        timeout=30,
        max_rows=2,
    )
    assert rows == [{"x": x, "timeout": 0, "most": 0, "other": "o"} for x in (1, 2)]


def test_a_text_gives_a_hundred_thousand_rows_at_most(store: GraphStore) -> None:
    """Without being told more, free text of a user gives no more rows than that."""
    kb = KnowledgeBase(store)
    with pytest.raises(TooManyRows, match=r"more than 100,000 rows; ask for less, as by LIMIT .* or raise max_rows\."):
        kb.cypher("UNWIND range(1, 100001) AS x RETURN x")
    assert len(kb.cypher("UNWIND range(1, 100001) AS x RETURN x", max_rows=100_001)) == 100_001


def test_a_server_stops_where_there_are_too_many_rows(neo4j_server: Server) -> None:
    """A statement with a billion rows is ended at once, and the server is not left at work on it."""
    store = open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password)
    start = time.monotonic()
    with pytest.raises(TooManyRows):
        store.read("UNWIND range(1, 1000000000) AS x RETURN x", max_rows=1000, timeout=60)
    assert time.monotonic() - start < 10
    running = store.read("SHOW TRANSACTIONS YIELD currentQuery AS text")
    assert not [row for row in running if "1000000000" in str(row["text"])]
    store.close()
