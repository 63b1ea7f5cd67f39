"""What a store holds, read as values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.declaration import title_field
from graphkb.model.garbage import without_collection
from graphkb.model.metamodel import BOOKKEEPING, ELEMENT, METAMODEL

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.model.relations import RelationshipKind
    from graphkb.store.protocol import GraphStore, Value

# One record a combination of labels and types: a record costs the driver more than a value in it.
# The title is named on its own, since the embedded engine leaves one out that equals the id.
READ_NODES = """MATCH (n:{kinds})
RETURN labels(n) AS labels, collect(n {{.*, title: n.title}}) AS nodes"""
# Where somebody took the common label away by hand, the kinds are read one by one, which takes a little longer. What
# has neither that label nor a run that created it is somebody else's, whatever they call it.
READ_UNLABELED = f"""MATCH (n:{{kinds}})
WHERE NOT n:{ELEMENT} AND n.createdRun IS NOT NULL
RETURN count(n) AS count"""
# Most edges have a position, sources and a run, and so the properties of many others: they come once for all of these.
# A server takes 3 and 3.0 for the same there. A property has one type wherever it was loaded, so that only a number
# that somebody set by hand, to the same number of the other type, reads as that of the other edges.
READ_EDGES = """MATCH (a:{kinds})-[r{types}]->(b:{kinds})
WHERE a.id IS NOT NULL AND b.id IS NOT NULL
WITH type(r) AS type, labels(a) AS source, labels(b) AS target, properties(r) AS properties,
  collect(a.id) AS sources, collect(b.id) AS targets
RETURN type, source, target, collect([properties, sources, targets]) AS edges"""

READ_ATTACHED = f"""MATCH (n:{ELEMENT})-[r]->(m)
WHERE NOT m:{ELEMENT} OR r.sources IS NULL OR NOT type(r) IN $types
RETURN DISTINCT labels(n) AS labels, n.id AS id, type(r) AS type, true AS starts, labels(m) AS others, m.id AS other
UNION ALL
MATCH (n:{ELEMENT})<-[r]-(m)
WHERE NOT m:{ELEMENT} OR r.sources IS NULL OR NOT type(r) IN $types
RETURN DISTINCT labels(n) AS labels, n.id AS id, type(r) AS type, false AS starts, labels(m) AS others, m.id AS other"""


@dataclass(slots=True)
class Stored:
    """Everything that files described and a store holds, bookkeeping included."""

    nodes: dict[NodeKey, Properties] = field(default_factory=dict)
    edges: dict[EdgeKey, Properties] = field(default_factory=dict)
    twins: set[EdgeKey] = field(default_factory=set)
    """Edges that stand twice, which only a hand can bring about."""
    mislabeled: set[NodeKey] = field(default_factory=set)
    """Nodes whose labels are not those of their kind and properties, which only a hand can bring about."""
    metamodel: Metamodel = field(default=METAMODEL, compare=False, repr=False)
    """What the store can hold."""

    def dataset(self) -> Dataset:
        """Return all of it without the bookkeeping."""
        return Dataset(
            {key: content(each) for key, each in self.nodes.items()},
            {key: content(each) for key, each in self.edges.items()},
        )

    def with_owners(self) -> Dataset:
        """Return all of it with the sources that own it, and without the runs that wrote it."""
        return Dataset(
            {key: _without_runs(each) for key, each in self.nodes.items()},
            {key: _without_runs(each) for key, each in self.edges.items()},
        )

    def without(self, source: str) -> Dataset:
        """Return what would be left if ``source`` left, without the bookkeeping.

        That is what other sources own, and as stubs what only they refer to then.
        """
        edges = {key: content(each) for key, each in self.edges.items() if others(each, source)}
        held = {end for edge in edges for end in (edge.source, edge.target)}
        nodes = {}
        for key, each in self.nodes.items():
            if others(each, source):
                nodes[key] = content(each)
            elif key in held:
                nodes[key] = self.stub_of(key)
        return Dataset(nodes, edges)

    def relabeling(self, key: NodeKey, target: Properties) -> dict[str, Any]:
        """Return the properties that decide on the labels of a node which is to become ``target``, None for absent."""
        decisive = self.metamodel.kinds[key.label].second_labels.values() if key in self.mislabeled else ()
        return {name: target.get(name) for name, _ in decisive}

    def stub_of(self, key: NodeKey) -> Properties:
        """Return what is left of a node when nobody defines it any more and somebody still refers to it.

        A title that is made of other fields goes with them.
        """
        titled = title_field(self.metamodel.kinds[key.label])
        return {"title": self.nodes[key].get("title", key.id) if titled else key.id, "isStub": True}


@without_collection()
def read_stored(
    store: GraphStore,
    metamodel: Metamodel = METAMODEL,
    *,
    kinds: Collection[str] = (),
    types: Collection[str] = (),
) -> Stored:
    """Read the elements and edges that a store holds, of all sources; of some kinds and types where any are named."""
    stored = Stored(metamodel=metamodel)
    labels = "|".join(kinds) or ELEMENT
    every = "|".join(sorted(metamodel.labels))
    if not kinds and store.read(READ_UNLABELED.format(kinds=every))[0]["count"]:
        labels = every
    keys: dict[str, dict[Any, NodeKey]] = {}
    for row in store.read(READ_NODES.format(kinds=labels)):
        label = kind_among(row["labels"], metamodel)
        if not label:
            continue
        nodes = {}
        is_element = ELEMENT in _items(row["labels"])
        for properties in _items(row["nodes"]):
            identifier = properties.pop("id", None)
            # A node made by hand may have none.
            if isinstance(identifier, str) and (is_element or "createdRun" in properties):
                nodes[NodeKey(label, identifier)] = properties
        keys.setdefault(label, {}).update((key.id, key) for key in nodes)
        stored.nodes |= nodes
        stored.mislabeled.update(_mislabeled(nodes, label, set(_items(row["labels"])), metamodel))
    for row in store.read(READ_EDGES.format(kinds=labels, types=f":{'|'.join(types)}" if types else "")):
        source, target = kind_among(row["source"], metamodel), kind_among(row["target"], metamodel)
        kind = metamodel.relationship(str(row["type"]), source, target)
        if kind is not None:
            _take_edges(stored, kind, (keys.get(source, {}), keys.get(target, {})), _items(row["edges"]))
    return stored


def _mislabeled(
    nodes: Mapping[NodeKey, Properties], label: str, labels: set[str], metamodel: Metamodel
) -> Collection[NodeKey]:
    """Return which nodes of a kind, that have these labels, should have others."""
    second = metamodel.kinds[label].second_labels
    if ELEMENT not in labels:
        return nodes.keys()
    given = labels & second.keys()
    return [key for key, each in nodes.items() if given != {*metamodel.labels_due(label, each)}] if second else ()


def _take_edges(
    stored: Stored, kind: RelationshipKind, ends: tuple[dict[Any, NodeKey], dict[Any, NodeKey]], groups: list[Any]
) -> None:
    """Take up the edges of one type between two kinds, which come in groups of those with the same properties."""
    for properties, sources, targets in groups:
        key = str(properties.get(kind.key, "")) if kind.key else ""
        found = zip(map(ends[0].get, sources), map(ends[1].get, targets), strict=True)
        edges = [EdgeKey(kind.type, source, target, key) for source, target in found if source and target]
        taken = dict.fromkeys(edges, properties)
        stored.twins |= taken.keys() & stored.edges.keys()
        if len(taken) < len(edges):
            stored.twins |= {edge for edge, number in Counter(edges).items() if number > 1}
        stored.edges |= taken


def read_attached(store: GraphStore, stored: Stored) -> set[NodeKey]:
    """Read which elements have a relationship that is not among what is ``stored``.

    Somebody drew it by hand to nodes of their own, or it is of an extension that is not there now.
    """
    metamodel = stored.metamodel
    types: list[Value] = [*sorted({each.type for each in metamodel.relationships})]
    found = set()
    for row in store.read(READ_ATTACHED, {"types": types}):
        one, other = (kind_among(row[name], metamodel) for name in ("labels", "others"))
        key = NodeKey(one, str(row["id"]))
        ends = (one, other) if row["starts"] else (other, one)
        is_known = NodeKey(other, str(row["other"])) in stored.nodes and metamodel.relationship(str(row["type"]), *ends)
        if key in stored.nodes and not is_known:
            found.add(key)
    return found


def content(properties: Properties) -> Properties:
    """Return properties without the bookkeeping."""
    return {name: value for name, value in properties.items() if name not in BOOKKEEPING}


def _without_runs(properties: Properties) -> Properties:
    return {name: value for name, value in properties.items() if name == "sources" or name not in BOOKKEEPING}


def owners(properties: Properties) -> list[str]:
    """Return the sources that own a node or an edge; what is no list of them was set by hand, and names none."""
    found = properties.get("sources")
    return found if isinstance(found, list) else []


def others(properties: Properties, source: str) -> list[str]:
    """Return the owners other than ``source``; what nobody owns counts as another's."""
    found = owners(properties) or [""]
    return [] if found == [source] else [each for each in found if each != source]


def kind_among(labels: Any, metamodel: Metamodel) -> str:
    """Return the label that is the kind; a server keeps no order among labels."""
    return next((str(label) for label in _items(labels) if label in metamodel.labels), "")


def _items(value: Any) -> list[Any]:
    return list(value)
