"""Dependencies that run in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graphkb.analysis.circles import circular_dependencies
from graphkb.errors import UsageError
from tests.support.graphs import Graph, random_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb import KnowledgeBase

SEEDS = range(60)


@pytest.fixture
def knot() -> Graph:
    """Give a circle of three with a short cut back, and one outside that depends on it."""
    graph = Graph()
    a, b, c, outside = (graph.add("Capability", name, title=name.upper()) for name in "abco")
    graph.link(a, "DEPENDS_ON", b, dependencyType="Critical")
    graph.link(b, "DEPENDS_ON", c, dependencyType="Critical")
    graph.link(c, "DEPENDS_ON", a)
    graph.link(b, "DEPENDS_ON", a, dependencyType="Supportive")
    graph.link(outside, "DEPENDS_ON", a)
    return graph


def test_a_knot_names_its_shortest_circle_and_its_weakest_link(
    knot: Graph, stored: Callable[[Graph], KnowledgeBase]
) -> None:
    """Two capabilities depend on each other directly; one direction is only supportive."""
    (row,) = circular_dependencies(stored(knot))
    assert (row.first_id, row.elements, row.size, row.kinds) == ("a", ("A", "B", "C"), 3, ("Capability",))
    assert row.shortest_circle == ("A", "B")
    assert (row.loosen_from, row.loosen_to, row.dependency_type) == ("B", "A", "Supportive")


def test_an_element_that_depends_on_itself_is_a_knot(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Of size one."""
    graph = Graph()
    alone = graph.add("Service", "alone")
    graph.link(alone, "DEPENDS_ON", alone)
    (row,) = circular_dependencies(stored(graph))
    assert (row.size, row.shortest_circle, row.loosen_from_id, row.loosen_to_id) == (
        1, ("Title of alone",), "alone", "alone",
    )  # fmt: skip


def test_a_kind_keeps_the_dependencies_among_its_elements(
    knot: Graph, stored: Callable[[Graph], KnowledgeBase]
) -> None:
    """A circle over a service is none among capabilities."""
    service = knot.add("Service", "s")
    knot.link(("Capability", "o"), "DEPENDS_ON", service)
    knot.link(service, "DEPENDS_ON", ("Capability", "o"))
    kb = stored(knot)
    assert [row.size for row in circular_dependencies(kb)] == [2, 3]
    assert [row.size for row in circular_dependencies(kb, kind="Capability")] == [3]
    with pytest.raises(UsageError, match="no kind 'Capabilities'"):
        circular_dependencies(kb, kind="Capabilities")


def test_the_knots_hold_exactly_what_lies_on_a_circle(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Every simple circle lies within one knot, and every element of a knot on a circle."""
    found = 0
    for seed in SEEDS:
        graph = random_graph(seed)
        depends: nx.DiGraph[tuple[str, str]] = nx.DiGraph(
            (edge.source, edge.target) for edge in graph.edges if edge.type == "DEPENDS_ON"
        )
        rows = list(circular_dependencies(stored(graph)))
        on_circles = {
            graph.nodes[key]["title"] for circle in nx.simple_cycles(depends, length_bound=4) for key in circle
        }
        assert on_circles <= {title for row in rows for title in row.elements}
        members = [key for c in nx.strongly_connected_components(depends) if len(c) > 1 for key in c]
        assert sorted(str(graph.nodes[key]["title"]) for key in members) == sorted(
            t for row in rows for t in row.elements
        )
        found += len(rows)
    assert found >= 20


def test_without_the_named_link_the_circle_is_open(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """The link to loosen lies on the shortest circle, so that taking it out leaves a longer one or none."""
    for seed in SEEDS:
        graph = random_graph(seed)
        for row in circular_dependencies(stored(graph), kind="Initiative"):
            source, target = ("Initiative", row.loosen_from_id), ("Initiative", row.loosen_to_id)
            left = [e for e in graph.edges if (e.source, e.type, e.target) != (source, "DEPENDS_ON", target)]
            remaining = circular_dependencies(stored(Graph(graph.nodes, left)), kind="Initiative")
            assert all(other.shortest_circle != row.shortest_circle for other in remaining)


def test_a_graph_without_circles_has_no_row(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """And the answer says so."""
    graph = Graph()
    graph.link(graph.add("Capability", "a"), "DEPENDS_ON", graph.add("Capability", "b"))
    assert circular_dependencies(stored(graph)).why == "Nothing depends on itself."
