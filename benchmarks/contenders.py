# ruff: noqa: INP001 - a program, no package
"""Other ways to get the same rows into a store: Cypher by hand, and other people's libraries.

Each is given rows that are prepared already, plain dictionaries by label or by type and ends, and a store that is empty
and has the constraints. None keeps account of sources and runs, and none knows what it changes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import kglite
import neo4j

from graphkb.model.metamodel import METAMODEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.model.dataset import Dataset
    from tests.support.server import Server

BATCH: Final = 5_000
"""Rows of one statement; twice or half as many make no difference that can be measured."""

KINDS: Final = "benchmarks.kinds"
"""Module of the classes that neomodel wants, which looks each other class up where it is said to be."""


class Ends(NamedTuple):
    """What the edges of one statement have in common."""

    type: str
    source: str
    target: str
    key: str
    """Property by which several edges between the same two nodes are told apart, if they have one."""


@dataclass(frozen=True)
class Rows:
    """A dataset as somebody prepares it who writes the statements by hand."""

    nodes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    edges: dict[Ends, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Dataset) -> Rows:
        """Prepare the rows of a dataset."""
        rows = cls()
        for key, properties in data.nodes.items():
            rows.nodes.setdefault(key.label, []).append({"id": key.id, "set": properties})
        for edge, properties in data.edges.items():
            row = METAMODEL.relationship(edge.type, edge.source.label, edge.target.label)
            key = row.key if row and edge.key else ""
            ends = Ends(edge.type, edge.source.label, edge.target.label, key)
            told = {"s": edge.source.id, "t": edge.target.id, "k": edge.key, "set": properties}
            rows.edges.setdefault(ends, []).append(told)
        return rows

    def statements(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Yield the statements that merge everything, each with its rows."""
        for label, nodes in self.nodes.items():
            text = f"UNWIND $rows AS r\nMERGE (n:`{label}` {{id: r.id}})\nSET n += r.set"
            yield from ((text, nodes[at : at + BATCH]) for at in range(0, len(nodes), BATCH))
        for ends, edges in self.edges.items():
            key = f" {{`{ends.key}`: r.k}}" if ends.key else ""
            text = (
                f"UNWIND $rows AS r\nMATCH (a:`{ends.source}` {{id: r.s}})\nMATCH (b:`{ends.target}` {{id: r.t}})\n"
                f"MERGE (a)-[x:`{ends.type}`{key}]->(b)\nSET x += r.set"
            )
            yield from ((text, edges[at : at + BATCH]) for at in range(0, len(edges), BATCH))


def merge_by_driver(driver: neo4j.Driver, rows: Rows) -> None:
    """Merge by hand-written statements, each in a transaction of its own."""
    with driver.session() as session:
        for text, part in rows.statements():
            session.run(neo4j.Query(text), rows=part).consume()  # type: ignore[arg-type]  # built of labels and types


def merge_by_engine(path: Path, rows: Rows) -> None:
    """Merge by hand-written statements into an embedded file, in one transaction."""
    graph = kglite.open(str(path), durable="off")
    with graph.begin() as transaction:
        for text, part in rows.statements():
            transaction.cypher(text, params={"rows": part})
    graph.save(layout="compact")
    graph.__exit__(InterruptedError, None, None)  # lets go of the file without saving it once more


def create_by_py2neo(server: Server, rows: Rows) -> None:
    """Create by the bulk functions of py2neo, as its documentation shows."""
    from py2neo import Graph  # noqa: PLC0415  # a library of this contender alone
    from py2neo.bulk import create_nodes, create_relationships  # noqa: PLC0415

    graph = Graph(server.uri, auth=server.auth)
    for label, nodes in rows.nodes.items():
        listed = [{"id": each["id"], **each["set"]} for each in nodes]
        for at in range(0, len(listed), BATCH):
            create_nodes(graph.auto(), listed[at : at + BATCH], labels={label})
    for ends, edges in rows.edges.items():
        triples = [(each["s"], each["set"], each["t"]) for each in edges]
        for at in range(0, len(triples), BATCH):
            create_relationships(
                graph.auto(),
                triples[at : at + BATCH],
                ends.type,
                start_node_key=(ends.source, "id"),
                end_node_key=(ends.target, "id"),
            )


class Neomodel:
    """The classes that neomodel wants for a dataset, made before anything is timed."""

    def __init__(self, rows: Rows) -> None:
        import neomodel  # noqa: PLC0415  # a library of this contender alone

        self._library: Final = neomodel
        self._rows: Final = rows
        self._module: Final = ModuleType(KINDS)
        sys.modules[KINDS] = self._module
        base = neomodel.StructuredNode
        self._kinds: Final[dict[str, Any]] = {}
        by_type: dict[str, list[dict[str, Any]]] = {}
        for ends, edges in rows.edges.items():
            by_type.setdefault(ends.type, []).extend(edges)
        # Of a type there is one class, whatever it joins.
        carriers = {type_: self._carrier(type_, edges) for type_, edges in by_type.items()}
        for label, nodes in rows.nodes.items():
            links = {
                self._name(ends): neomodel.RelationshipTo(
                    f"{KINDS}.{ends.target}", ends.type, model=carriers[ends.type]
                )
                for ends in rows.edges
                if ends.source == label
            }
            identity = {"uid": neomodel.StringProperty(db_property="id", unique_index=True)}
            declared = {**self._properties(nodes), **links, **identity, "__module__": KINDS}
            self._kinds[label] = type(base)(label, (base,), declared)
            setattr(self._module, label, self._kinds[label])

    def load(self, driver: neo4j.Driver) -> None:
        """Create nodes in bulk, and connect them one by one in one transaction: there is no bulk for relationships."""
        self._library.db.set_connection(driver=driver)
        known: dict[tuple[str, str], Any] = {}
        with self._library.db.transaction:
            for label, nodes in self._rows.nodes.items():
                told = [{"uid": each["id"], **each["set"]} for each in nodes]
                for at in range(0, len(told), BATCH):
                    made = self._kinds[label].nodes.bulk_create(*told[at : at + BATCH])
                    known.update(((label, node.uid), node) for node in made)
            for ends, edges in self._rows.edges.items():
                for each in edges:
                    source, target = known[ends.source, each["s"]], known[ends.target, each["t"]]
                    getattr(source, self._name(ends)).connect(target, each["set"])

    def _name(self, ends: Ends) -> str:
        return f"{ends.type}_{ends.target}_{ends.key}".lower()

    def _carrier(self, type_: str, edges: list[dict[str, Any]]) -> Any:
        base = self._library.StructuredRel
        return type(base)(type_, (base,), {**self._properties(edges), "__module__": KINDS})

    def _properties(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        library = self._library
        types = {
            bool: library.BooleanProperty,
            int: library.IntegerProperty,
            float: library.FloatProperty,
            list: library.ArrayProperty,
            str: library.StringProperty,
        }
        return {name: types[type(value)]() for row in rows for name, value in row["set"].items()}
