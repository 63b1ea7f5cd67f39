"""CSV files for ``neo4j-admin database import full``, which fills a database faster than any load."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.metamodel import ELEMENT
from graphkb.sync.schema import constraints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties

ARGUMENTS: Final = "import.args"
"""File of the arguments of the call; its first lines say how to call."""
AFTERWARDS: Final = "after-import.cypher"
"""File of statements that complete the new database: constraints, and what CSV cannot hold."""

LEAST_BUFFER: Final = 65_536
MOST_BUFFER: Final = 4_194_304
"""The importer's own choice. It takes so much for every file, which for many small ones costs more than the import."""

_HOW_TO: Final = (
    "# Fills a database that does not exist yet. In this folder, while the server does not run:",
    f"#   neo4j-admin database import full neo4j @{ARGUMENTS}",
    "# Then, while it runs:",
    f"#   cypher-shell --file {AFTERWARDS}",
)
_TYPES: Final = {bool: "boolean", int: "long", float: "double"}
_SEPARATORS: Final = (";", "|", *map(chr, range(0xE000, 0xF900)))
"""What may part the items of lists: the first that stands in none of them is taken."""


def neo4j_admin_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, str]:
    """Return a CSV file for each kind, one for each type of relationship between two kinds, and how to import them.

    The import reads a list that is empty, or holds one empty text, as no list: statements to run afterwards restore
    those. Where properties name the sources that own an element, the new database is loaded on as the old one; without
    them, a load of files that state an element takes it over.
    """
    separator = _separator(dataset)
    tables = dict(chain(_node_tables(dataset, metamodel), _edge_tables(dataset)))
    files = {f"{name}.csv": table.text(separator) for name, table in tables.items()}
    largest = max((len(text.encode()) for text in files.values()), default=0)
    options = {
        "multiline-fields": "true",
        "array-delimiter": separator if separator.isascii() else f"U+{ord(separator):04X}",
        "read-buffer-size": str(min(max(largest, LEAST_BUFFER), MOST_BUFFER)),
    }
    lines = [
        *_HOW_TO,
        *(f"--{name}={value}" for name, value in options.items()),
        *(f"{table.option}{name}.csv" for name, table in tables.items()),
    ]
    statements = [*constraints(metamodel), *_node_statements(dataset), *_edge_statements(dataset, metamodel)]
    return files | {
        ARGUMENTS: "".join(f"{line}\n" for line in lines),
        AFTERWARDS: "".join(f"{text};\n" for text in statements),
    }


@dataclass(slots=True)
class _Table:
    """A file: columns that every row has, and columns of properties, each of one type."""

    option: str
    """What the call says of it."""
    fixed: tuple[str, ...]
    types: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[tuple[Any, ...], Properties]] = field(default_factory=list)

    def takes(self, types: Mapping[str, str]) -> bool:
        """Tell whether its columns can hold properties of these types."""
        return all(self.types.get(name, each) == each for name, each in types.items())

    def text(self, separator: str) -> str:
        """Return the file."""
        names = sorted(self.types)
        lines: list[tuple[Any, ...]] = [(*self.fixed, *(f"{name}:{self.types[name]}" for name in names))]
        lines += [(*first, *(properties.get(name) for name in names)) for first, properties in self.rows]
        return "".join(",".join(_cell(each, separator) for each in line) + "\n" for line in lines)


def _node_tables(dataset: Dataset, metamodel: Metamodel) -> Iterator[tuple[str, _Table]]:
    by_label: dict[str, list[NodeKey]] = {}
    for key in sorted(dataset.nodes):
        by_label.setdefault(key.label, []).append(key)
    for label, keys in by_label.items():
        rows = []
        for key in keys:
            properties = dataset.nodes[key]
            second = metamodel.labels_due(label, properties)
            rows.append(((key.id, [label, ELEMENT, *second]), properties))
        yield from _tables(label, "--nodes=", (f"id:ID({label})", ":LABEL"), rows)


def _edge_tables(dataset: Dataset) -> Iterator[tuple[str, _Table]]:
    groups: dict[tuple[str, str, str], list[EdgeKey]] = {}
    for edge in sorted(dataset.edges):
        groups.setdefault((edge.source.label, edge.type, edge.target.label), []).append(edge)
    for (source, type_, target), edges in groups.items():
        rows = [((edge.source.id, edge.target.id), dataset.edges[edge]) for edge in edges]
        columns = (f":START_ID({source})", f":END_ID({target})")
        yield from _tables(f"{source}-{type_}-{target}", f"--relationships={type_}=", columns, rows)


def _tables(
    name: str, option: str, fixed: tuple[str, ...], rows: Iterable[tuple[tuple[Any, ...], Properties]]
) -> Iterator[tuple[str, _Table]]:
    """Yield the tables of rows by name: one, unless a property has values of several types, set by hand."""
    tables: list[_Table] = []
    for first, properties in rows:
        types = {each: _type(value) for each, value in properties.items() if not _is_lost(value)}
        table = next((each for each in tables if each.takes(types)), None)
        if table is None:
            table = _Table(option, fixed)
            tables.append(table)
        table.types |= types
        table.rows.append((first, properties))
    for number, table in enumerate(tables, 1):
        yield (name if number == 1 else f"{name}.{number}"), table


def _type(value: Any) -> str:
    if isinstance(value, list):
        return f"{_type(value[0])}[]"
    return _TYPES.get(type(value), "string")


def _is_lost(value: Any) -> bool:
    return value in ([], [""])


def _cell(value: Any, separator: str) -> str:
    """Return a value as it stands in a cell: text always within quotes, as an empty cell is no value."""
    if value is None or _is_lost(value):
        return ""
    if isinstance(value, list):
        return _quoted(separator.join(map(_plain, value)))
    return _quoted(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _separator(dataset: Dataset) -> str:
    values = chain.from_iterable(each.values() for each in (*dataset.nodes.values(), *dataset.edges.values()))
    used = {letter for value in values if isinstance(value, list) for item in value for letter in str(item)}
    return next(each for each in _SEPARATORS if each not in used)


def _node_statements(dataset: Dataset) -> Iterator[str]:
    for key in sorted(dataset.nodes):
        if lost := _lost(dataset.nodes[key]):
            yield f"MATCH (x{_node(key)}) SET {lost}"


def _edge_statements(dataset: Dataset, metamodel: Metamodel) -> Iterator[str]:
    for edge in sorted(dataset.edges):
        if lost := _lost(dataset.edges[edge]):
            row = metamodel.relationship(edge.type, edge.source.label, edge.target.label)
            key = f" {{{_name(row.key)}: {_literal(edge.key)}}}" if row and edge.key else ""
            ends = f"({_node(edge.source)})-[x:{_name(edge.type)}{key}]->({_node(edge.target)})"
            yield f"MATCH {ends} SET {lost}"


def _lost(properties: Properties) -> str:
    return ", ".join(
        f"x.{_name(name)} = {_literal(each)}" for name, each in sorted(properties.items()) if _is_lost(each)
    )


def _node(key: NodeKey) -> str:
    return f":{_name(key.label)} {{id: {_literal(key.id)}}}"


def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _literal(value: Any) -> str:
    """Return a text or a list as Cypher writes it; for these it writes as JSON does."""
    return json.dumps(value)
