"""The graph, or a part of it, as a networkx graph."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

import networkx as nx

from graphkb.errors import UsageError
from graphkb.model.metamodel import METAMODEL
from graphkb.queries.catalog import nearest
from graphkb.sync.state import read_stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore

if TYPE_CHECKING:
    Graph: TypeAlias = nx.MultiDiGraph[NodeKey]

JOURNEY_TYPES: Final = (
    "DESIGNED_FOR", "APPLIES_TO", "REPRESENTS", "HAS_STAGE", "MAPS_TO", "ENABLED_BY", "DEPENDS_ON"
)  # fmt: skip
"""Relationships from a segment over its journeys down to what carries their stages."""

MOST_HOPS: Final = 8
"""How many steps of dependency are followed, as in the questions."""


def project(dataset: Dataset) -> Graph:
    """Return the graph of a dataset.

    A node is a ``NodeKey``, which equals the pair of its kind and id; its attributes are ``kind``, ``id``, ``title``
    and every property, as Python values of their own types. An edge runs as its relationship does; its key is the pair
    of type and record key (mostly empty), its attributes are ``type`` and every property. Nodes and edges come in the
    order of their keys, so that the same data give the same graph.
    """
    graph: Graph = nx.MultiDiGraph()
    for key in sorted(dataset.nodes):
        graph.add_node(key, **dataset.nodes[key] | {"kind": key.label, "id": key.id, "title": dataset.title(key)})
    for edge in sorted(dataset.edges):
        graph.add_edge(edge.source, edge.target, key=(edge.type, edge.key), **dataset.edges[edge] | {"type": edge.type})
    return graph


def read_graph(
    store: GraphStore,
    metamodel: Metamodel = METAMODEL,
    *,
    kinds: Iterable[str] | str = (),
    relationships: Iterable[str] | str = (),
) -> Graph:
    """Read elements of some ``kinds`` and ``relationships`` of some types between them, all where none is named.

    Raises :class:`~graphkb.errors.UsageError` for a kind or type that the metamodel does not know.
    """
    chosen = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    types = (relationships,) if isinstance(relationships, str) else tuple(relationships)
    _check(chosen, metamodel.labels, "kind")
    _check(types, metamodel.types, "relationship")
    return project(read_stored(store, metamodel, kinds=chosen, types=types).dataset())


def links(graph: Graph, type_: str) -> dict[NodeKey, list[NodeKey]]:
    """Return where the edges of a type lead, by the node at which they start."""
    found: dict[NodeKey, list[NodeKey]] = {}
    for source, target, (edge_type, _) in graph.edges(keys=True):
        if edge_type == type_:
            found.setdefault(source, []).append(target)
    return found


def reversed_links(found: Mapping[NodeKey, Iterable[NodeKey]]) -> dict[NodeKey, list[NodeKey]]:
    """Return the same links by the node at which they end."""
    other: dict[NodeKey, list[NodeKey]] = {}
    for source, targets in found.items():
        for target in targets:
            other.setdefault(target, []).append(source)
    return other


def journey_segments(graph: Graph) -> dict[NodeKey, frozenset[NodeKey]]:
    """Return the segments of each journey: those that it is designed for, and those of the personas that walk it."""
    represents, designed, applies = (links(graph, name) for name in ("REPRESENTS", "DESIGNED_FOR", "APPLIES_TO"))
    return {
        journey: frozenset(designed.get(journey, ())).union(
            segment for persona in applies.get(journey, ()) for segment in represents.get(persona, ())
        )
        for journey in graph
        if journey.label == "Journey"
    }


def steps_from(
    start: NodeKey, onward: Mapping[NodeKey, Iterable[NodeKey]], most: int = MOST_HOPS
) -> dict[NodeKey, int]:
    """Return every node within reach with the fewest steps to it; the start is zero steps away."""
    steps = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if steps[node] == most:
            continue
        for other in onward.get(node, ()):
            if other not in steps:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps


def _check(names: Iterable[str], known: Collection[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"There is no {what} {name!r}.{nearest(name, sorted(known))}")
