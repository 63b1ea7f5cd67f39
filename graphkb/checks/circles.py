"""What depends on itself, and what is a part of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from graphkb.checks.rule import computed
from graphkb.sync.state import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.checks.rule import Subject
    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.store.protocol import Row, Value

if TYPE_CHECKING:
    Links = nx.DiGraph[NodeKey]


@computed(
    """\
// question: What depends on itself, directly or over others?
// severity: warning
// advice: Take out the dependency that can best be done without; `graphkb analyze circular_dependencies` names one.
// message: {circle}.
// note: one finding a knot, elements each of which depends on every other; its shortest circle is told
// returns: kind string, id string, circle string
"""
)
def circular_dependency(subject: Subject, _: Mapping[str, Value]) -> Iterator[Row]:
    """Yield a shortest circle of each knot of DEPENDS_ON."""
    data = _joined_by(subject, "DEPENDS_ON")
    for circle in _circles((edge.source, edge.target) for edge in data.edges):
        yield _row(data, circle, "depends on")


@computed(
    """\
// question: What is, over any number of steps, a part of itself?
// severity: error
// advice: Turn the link that is the wrong way round; as a load refuses most such records, it may be drawn by hand.
// message: {circle}.
// note: hierarchies are those whose relationships may not be circular, and segments that call others parent or child
// returns: kind string, id string, circle string
"""
)
def circular_hierarchy(subject: Subject, _: Mapping[str, Value]) -> Iterator[Row]:
    """Yield a shortest circle of each knot of a hierarchy; each type of relationship is one of its own."""
    for type_ in sorted({row.type for row in subject.metamodel.relationships if row.acyclic}):
        data = _joined_by(subject, type_)
        for circle in _circles((edge.target, edge.source) for edge in data.edges):
            yield _row(data, circle, "is a part of")
    data = _joined_by(subject, "RELATED_SEGMENT")
    for circle in _circles(_segments_below(data)):
        # Of two segments that call each other the same, contradicting_segment_links speaks.
        if len(circle) != 2:  # noqa: PLR2004
            yield _row(data, circle, "is a part of")


def _segments_below(data: Dataset) -> Iterator[tuple[NodeKey, NodeKey]]:
    """Yield the pairs of segments of which the first is said to be a part of the second."""
    for edge, properties in data.edges.items():
        if properties.get("relationshipType") == "parent":
            yield edge.source, edge.target
        elif properties.get("relationshipType") == "child":
            yield edge.target, edge.source


def _joined_by(subject: Subject, type_: str) -> Dataset:
    """Read the edges of a type, and the elements that they may join."""
    rows = [row for row in subject.metamodel.relationships if row.type == type_]
    kinds = {kind for row in rows for kind in (*row.sources, *row.targets)}
    return read_stored(subject.store, subject.metamodel, kinds=sorted(kinds), types=[type_]).dataset()


def _circles(pairs: Iterable[tuple[NodeKey, NodeKey]]) -> Iterator[list[NodeKey]]:
    """Yield a shortest circle through the first element of each knot; in any order of pairs the same one."""
    graph: Links = nx.DiGraph(sorted(pairs))
    for component in nx.strongly_connected_components(graph):
        first = min(component)
        if graph.has_edge(first, first):
            yield [first]
        elif len(component) > 1:
            within = graph.subgraph(component)
            back = nx.single_target_shortest_path(within, first)
            start = min(sorted(within.successors(first)), key=lambda following: len(back[following]))
            yield [first, *back[start][:-1]]


def _row(data: Dataset, circle: list[NodeKey], link: str) -> Row:
    first, *others = [data.title(key) for key in (*circle, circle[0])]
    told = f"{first} {link} " + f", which {link} ".join(others)
    return {"kind": circle[0].label, "id": circle[0].id, "circle": told}
