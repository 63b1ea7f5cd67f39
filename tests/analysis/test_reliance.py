"""How much the journeys rely on each capability."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from graphkb.analysis.reliance import relied_upon
from tests.support.graphs import Graph, random_graph
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb import KnowledgeBase

SEEDS = range(40)


@pytest.fixture
def chain() -> Graph:
    """Give two stages: one enabled directly and through a value stage, one only by what depends on the capability."""
    graph = Graph()
    journey, value_stage = graph.add("Journey", "j"), graph.add("ValueStreamStage", "v")
    one, other = graph.add("JourneyStage", "one"), graph.add("JourneyStage", "other")
    top, base = graph.add("Capability", "top"), graph.add("Capability", "base", maturityLevel=2)
    for stage in (one, other):
        graph.link(journey, "HAS_STAGE", stage)
    graph.link(one, "ENABLED_BY", top, importanceLevel=2)
    graph.link(one, "MAPS_TO", value_stage)
    graph.link(value_stage, "ENABLED_BY", top, importanceLevel=4)
    graph.link(other, "ENABLED_BY", top)
    graph.link(other, "ENABLED_BY", base, importanceLevel=1)
    graph.link(top, "DEPENDS_ON", base)
    return graph


def test_the_strongest_way_from_each_stage_counts(chain: Graph, stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Top: 4 + 3. Base: half of 4 at one stage; at the other half of 3, which is more than the 1 that it is given."""
    rows = {row.capability_id: row for row in relied_upon(stored(chain))}
    assert (rows["top"].reliance, rows["top"].stages, rows["top"].direct_stages, rows["top"].dependents) == (7, 2, 2, 0)
    assert (rows["base"].reliance, rows["base"].stages, rows["base"].direct_stages) == (3.5, 2, 1)
    assert (rows["base"].journeys, rows["base"].dependents, rows["base"].maturity_level) == (1, 1, 2)
    assert [row.capability_id for row in relied_upon(stored(chain))] == ["top", "base"]


def test_without_passing_on_only_what_enables_a_stage_counts(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """With a decay of 0 the reliances add up to the importances that the stages of journeys state."""
    for seed in SEEDS:
        graph = random_graph(seed)
        world = World(graph)
        stages = [stage for stage in world.all("JourneyStage") if world.before(stage, "HAS_STAGE", "Journey")]
        routes = {
            (route.stage, route.enabling): max(
                level or 3
                for place in (route.stage, *world.after(route.stage, "MAPS_TO"))
                for level in world.importances(place, route.enabling)
            )
            for capability in world.all("Capability")
            for route in world.routes(capability)
            if route.hops == 0 and route.stage in stages
        }
        assert sum(row.reliance for row in relied_upon(stored(graph), decay=0)) == sum(routes.values())


def test_a_further_link_never_lowers_a_reliance(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """The measure is monotone: what enables more, or has more depend on it, is relied upon no less."""
    for seed in SEEDS:
        graph = random_graph(seed)
        before = {row.capability_id: row.reliance for row in relied_upon(stored(graph))}
        dice = random.Random(seed)  # noqa: S311  # a test's dice, not a secret
        world = World(graph)
        capabilities = world.all("Capability")
        graph.link(dice.choice(capabilities), "DEPENDS_ON", dice.choice(capabilities))
        for stage in world.all("JourneyStage")[:1]:
            graph.link(stage, "ENABLED_BY", dice.choice(capabilities), importanceLevel=5)
        after = {row.capability_id: row.reliance for row in relied_upon(stored(graph))}
        assert all(after[key] >= reliance - 1e-9 for key, reliance in before.items())


def test_a_segment_counts_its_own_journeys(chain: Graph, stored: Callable[[Graph], KnowledgeBase]) -> None:
    """No reliance is left for a segment of no journey."""
    segment = chain.add("CustomerSegment", "s")
    assert len(relied_upon(stored(chain), segment="s")) == 0
    chain.link(("Journey", "j"), "DESIGNED_FOR", segment)
    assert [row.segments for row in relied_upon(stored(chain), segment="s")] == [1, 1]
