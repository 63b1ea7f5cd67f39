"""The graph as values: what a load says, what a store holds, what an export writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.properties import Properties


class NodeKey(NamedTuple):
    """Names an element everywhere: its kind, and its id, which is unique within the kind."""

    label: str
    id: str

    def __str__(self) -> str:
        return f"{self.label} {self.id!r}"


class EdgeKey(NamedTuple):
    """Names an edge: its ends, its type and, where several may join the same ends, its record key."""

    type: str
    source: NodeKey
    target: NodeKey
    key: str = ""

    def __str__(self) -> str:
        return f"({self.source})-[{self.type}]->({self.target})"


@dataclass(slots=True)
class Dataset:
    """Nodes and edges with their properties.

    A node's properties hold its title but not its id. Marks (``isStub``, ``isDerived``) are properties;
    bookkeeping (sources, runs) is not part of a dataset.
    """

    nodes: dict[NodeKey, Properties] = field(default_factory=dict)
    edges: dict[EdgeKey, Properties] = field(default_factory=dict)

    def title(self, key: NodeKey) -> str:
        """Return the title of a node, or its id where it has none."""
        return str(self.nodes.get(key, {}).get("title", key.id))

    def outgoing(self) -> dict[NodeKey, list[EdgeKey]]:
        """Return the edges by the node at which they start."""
        return _grouped((edge.source, edge) for edge in self.edges)

    def incoming(self) -> dict[NodeKey, list[EdgeKey]]:
        """Return the edges by the node at which they end."""
        return _grouped((edge.target, edge) for edge in self.edges)


def _grouped(pairs: Iterator[tuple[NodeKey, EdgeKey]]) -> dict[NodeKey, list[EdgeKey]]:
    groups: dict[NodeKey, list[EdgeKey]] = {}
    for node, edge in pairs:
        groups.setdefault(node, []).append(edge)
    return groups
