"""What tests of loading need: loads of documents given as values, watched stores, and a store's full content."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from graphkb.knowledge_base import KnowledgeBase
from graphkb.load_options import LoadOptions
from graphkb.model.metamodel import METAMODEL
from graphkb.store import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from graphkb.store import GraphStore, Row, Value, WriteSummary
    from graphkb.sync.plan import Plan

Document: TypeAlias = "Mapping[str, Any]"

ALLOW_DELETE: Final = LoadOptions(allow_delete=True)
"""For loads of small documents, of which any deletion is more than the guard allows."""

REJECTED: Final = Statement("CREATE (n:Element) SET n.broken = noSuchFunction(1)")
"""A statement that every store refuses."""

_NODES: Final = "MATCH (n) RETURN labels(n) AS labels, n {.*, title: n.title} AS properties"
_EDGES: Final = """MATCH (a)-[r]->(b)
RETURN type(r) AS type, labels(a) AS aLabels, a.id AS a, labels(b) AS bLabels, b.id AS b, properties(r) AS properties"""


class Loader:
    """A knowledge base over ``store`` that loads documents; each is written to a file in ``folder`` first."""

    def __init__(self, store: GraphStore, folder: Path) -> None:
        self.kb = KnowledgeBase(store)
        self.folder = folder
        self._numbers: Iterator[int] = count(1)

    def files(self, *documents: Document) -> list[Path]:
        """Write each document to a file of its own."""
        paths = [self.folder / f"document-{next(self._numbers)}.json" for _ in documents]
        for path, document in zip(paths, documents, strict=True):
            path.write_text(json.dumps(document), encoding="utf-8")
        return paths

    def load(self, source: str, *documents: Document, **how: Any) -> Plan:
        """Load documents as a source; deletions are allowed unless ``how`` has other options."""
        return self.kb.load(self.files(*documents), source=source, **{"options": ALLOW_DELETE, **how})

    def plan(self, source: str, *documents: Document, options: LoadOptions = ALLOW_DELETE) -> Plan:
        """Plan a load of documents as a source."""
        return self.kb.plan(self.files(*documents), source=source, options=options)


@dataclass
class WatchedStore:
    """A store that tells before each write how many there were, itself included, and lets the statements be changed."""

    inner: GraphStore
    before_write: Callable[[int, list[Statement]], Iterable[Statement]] = lambda _, statements: statements
    writes: int = 0

    @property
    def name(self) -> str:
        """The name of the store within."""
        return self.inner.name

    @property
    def most_changes(self) -> int:
        """What the store within takes."""
        return self.inner.most_changes

    def read(
        self,
        text: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> list[Row]:
        """Read from the store within."""
        return self.inner.read(text, parameters, timeout=timeout, max_rows=max_rows)

    def write(self, statements: Iterable[Statement]) -> WriteSummary:
        """Write what is left of the statements to the store within."""
        self.writes += 1
        return self.inner.write(self.before_write(self.writes, list(statements)))

    def close(self) -> None:
        """Leave the store within to its opener."""


def empty(store: GraphStore) -> None:
    """Delete all data of a store; constraints stay."""
    store.write([Statement("MATCH (n) DETACH DELETE n")])


def nodes_of(store: GraphStore, label: str = "") -> Counter[str]:
    """Return every node of a store as text, runs and locks included, or those with the label ``label``."""
    rows = ((sorted(map(str, _list(row["labels"]))), row["properties"]) for row in store.read(_NODES))
    return Counter(_text(labels, properties) for labels, properties in rows if not label or label in labels)


def edges_of(store: GraphStore) -> Counter[str]:
    """Return every relationship of a store as text, with its ends and all its properties."""
    return Counter(
        _text(
            [row["type"], _kinds(row["aLabels"]), row["a"], _kinds(row["bLabels"]), row["b"]],
            row["properties"],
        )
        for row in store.read(_EDGES)
    )


def everything_in(store: GraphStore) -> tuple[Counter[str], Counter[str]]:
    """Return all nodes and all relationships of a store."""
    return nodes_of(store), edges_of(store)


def owners_in(store: GraphStore) -> Counter[str]:
    """Return each element and each of their relationships as text with all properties, but not the runs' ids."""
    runs = {"createdRun", "changedRun"}
    texts = nodes_of(store, "Element") + edges_of(store)
    kept: Counter[str] = Counter()
    for text, number in texts.items():
        identity, properties = json.loads(text)
        kept[_text(identity, {name: value for name, value in properties.items() if name not in runs})] += number
    return kept


def _kinds(labels: Any) -> list[str]:
    """Return labels without the second ones, which an end may get or lose while its edges stay as they are."""
    second = {label for kind in METAMODEL.kinds.values() for label in kind.second_labels}
    return sorted(label for label in labels if label not in second)


def _list(value: Any) -> list[Any]:
    return list(value)


def _text(identity: Any, properties: Any) -> str:
    return json.dumps([identity, properties], sort_keys=True, ensure_ascii=False)
