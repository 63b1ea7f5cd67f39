"""What depends on itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import networkx as nx

from graphkb.analysis.declared import answer, declare
from graphkb.analysis.projection import read_graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.model.dataset import NodeKey
    from graphkb.queries.answer import Answer, Asked
    from graphkb.store.protocol import Value

CIRCULAR_DEPENDENCIES: Final = declare(
    "circular_dependencies",
    """\
// question: What depends on itself over others, and which link is the easiest to loosen?
// grain: one row a knot: elements each of which depends on every other, however long the way
// param: kind string? = null    kind of the elements, such as Capability, or null for all together
// param: limit integer = 1000    1.., at most so many rows, the smallest knots first
// returns: firstId string, elements list<string>, size integer, kinds list<string>, shortestCircle list<string>
// returns: loosenFromId string, loosenFrom string, loosenToId string, loosenTo string, dependencyType string?
// table: elements, size, shortestCircle, loosenFrom, loosenTo, dependencyType
// none: Nothing depends on itself.
""",
)

_WEIGHTS: Final = {"Minimal": 0, "Supportive": 1, None: 2, "Important": 3, "Critical": 4}
"""What can be done without comes first; a type of its own wording counts as one that is not stated."""


@dataclass(frozen=True, slots=True)
class Knot:
    """Elements that all depend on one another."""

    first_id: str
    """Id of the first element in the order of kinds and ids; names the knot."""
    elements: tuple[str, ...]
    """Titles of all, in that order."""
    size: int
    """How many; 1 where an element states to depend on itself."""
    kinds: tuple[str, ...]
    shortest_circle: tuple[str, ...]
    """Titles along a shortest circle within the knot; the last depends on the first."""
    loosen_from_id: str
    """The link of that circle whose dependency type matters least: this element depends on the next."""
    loosen_from: str
    loosen_to_id: str
    loosen_to: str
    dependency_type: str | None
    """As stated on that link."""


def circular_dependencies(kb: Asked, *, kind: str | None = None, limit: int = 1000) -> Answer[Knot]:
    """Find the knots of DEPENDS_ON: the strongly connected components that hold a circle, the smallest first.

    ``kind`` keeps the dependencies among elements of one kind. A knot can only be loosened by taking out a link; the
    one that matters least on a shortest circle is named (Minimal, Supportive, not stated, Important, Critical). Found
    by R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (1972).

    Raises :class:`~graphkb.errors.UsageError` for an unknown kind, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"kind": kind, "limit": limit}
    kinds = [kind] if kind else []
    return answer(
        kb,
        CIRCULAR_DEPENDENCIES,
        parameters,
        lambda _: _knots(read_graph(kb.store, kinds=kinds, relationships=["DEPENDS_ON"])),
    )


def _knots(graph: Graph) -> list[Knot]:
    found = [
        _knot(graph, sorted(component))
        for component in nx.strongly_connected_components(graph)
        if len(component) > 1 or graph.has_edge(*[*component] * 2)
    ]
    return sorted(found, key=lambda knot: (knot.size, knot.first_id, knot.kinds))


def _knot(graph: Graph, members: list[NodeKey]) -> Knot:
    within = graph.subgraph(members)
    circle = min((found for member in members for found in _circles_through(within, member)), key=lambda c: (len(c), c))
    ends = zip(circle, [*circle[1:], circle[0]], strict=True)
    weighed = sorted((_WEIGHTS.get(_stated(graph, *pair), 2), pair) for pair in ends)
    (source, target) = weighed[0][1]
    return Knot(
        first_id=members[0].id,
        elements=tuple(graph.nodes[key]["title"] for key in members),
        size=len(members),
        kinds=tuple(sorted({key.label for key in members})),
        shortest_circle=tuple(graph.nodes[key]["title"] for key in circle),
        loosen_from_id=source.id,
        loosen_from=graph.nodes[source]["title"],
        loosen_to_id=target.id,
        loosen_to=graph.nodes[target]["title"],
        dependency_type=_stated(graph, source, target),
    )


def _circles_through(graph: Graph, member: NodeKey) -> Iterator[list[NodeKey]]:
    """Yield a shortest circle through a member of a knot; of those of equal length, one that is always the same."""
    for following in sorted(graph.successors(member)):
        if following == member:
            yield [member]
        else:
            yield [member, *nx.shortest_path(graph, following, member)[:-1]]


def _stated(graph: Graph, source: NodeKey, target: NodeKey) -> str | None:
    edges: Mapping[object, Mapping[str, Value]] = graph.get_edge_data(source, target)
    stated = [edge.get("dependencyType") for edge in edges.values()]
    return next((str(each) for each in stated if each is not None), None)
