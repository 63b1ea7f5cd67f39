"""Communities of capabilities that serve the same journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.analysis.community import communities
from tests.support.graphs import Graph, random_graph
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb import KnowledgeBase

SEEDS = range(40)


@pytest.fixture
def two_circles() -> Graph:
    """Give two journeys with three capabilities each, and a seventh that serves neither."""
    graph = Graph()
    for journey in "xy":
        node = graph.add("Journey", journey, title=f"Journey {journey}")
        for n in range(3):
            stage = graph.add("JourneyStage", f"{journey}/{n}")
            graph.link(node, "HAS_STAGE", stage)
            graph.link(stage, "ENABLED_BY", graph.add("Capability", f"{journey}{n}", title=f"{journey}{n}"))
    graph.add("Capability", "idle")
    return graph


def test_capabilities_of_one_journey_are_one_community(
    two_circles: Graph, stored: Callable[[Graph], KnowledgeBase]
) -> None:
    """Three capabilities share a journey, so each two are tied by a half, and each has a tie of 1 in its community."""
    rows = list(communities(stored(two_circles)))
    assert [(row.community, row.capability_id) for row in rows] == [
        (1, "x0"), (1, "x1"), (1, "x2"), (2, "y0"), (2, "y1"), (2, "y2"),
    ]  # fmt: skip
    assert {(row.size, row.tie, row.modularity) for row in rows} == {(3, 1.0, 0.5)}
    assert rows[0].community_title == "x0"
    assert rows[3].journeys == ("Journey y",)


def test_every_capability_of_a_journey_is_in_one_community(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """The communities are a division: nothing twice, nothing left out, sizes as counted, ties within."""
    for seed in SEEDS:
        graph = random_graph(seed)
        world = World(graph)
        serving = {
            capability[1]
            for capability in world.all("Capability")
            if any(r.hops == 0 and world.before(r.stage, "HAS_STAGE", "Journey") for r in world.routes(capability))
        }
        rows = list(communities(stored(graph)))
        assert sorted(row.capability_id for row in rows) == sorted(serving)
        for row in rows:
            assert row.size == sum(other.community == row.community for other in rows)
            assert (row.tie == 0) or row.size > 1
            assert row.modularity >= -1e-9  # no worse than all in one


def test_the_same_graph_has_the_same_communities_in_any_order(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """The order in which a store gives its elements decides nothing."""
    for seed in SEEDS:
        graph = random_graph(seed)
        other = Graph(dict(reversed(graph.nodes.items())), graph.edges[::-1])
        assert communities(stored(other)).rows == communities(stored(graph)).rows
