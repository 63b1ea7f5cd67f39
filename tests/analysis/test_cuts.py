"""Capabilities whose loss cuts a segment off from a value stream."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graphkb.analysis.cuts import cutting_off
from tests.support.graphs import Graph, random_graph
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphkb import KnowledgeBase
    from tests.support.graphs import Key

SEEDS = range(60)


@pytest.fixture
def flow() -> Graph:
    """Give a segment served over two value stages, each with a capability of its own, and one behind both."""
    graph = Graph()
    segment, journey, stream = (
        graph.add("CustomerSegment", "s"),
        graph.add("Journey", "j"),
        graph.add("ValueStream", "v"),
    )
    graph.link(journey, "DESIGNED_FOR", segment)
    behind = graph.add("Capability", "behind", title="Behind", maturityLevel=2)
    for n in "ab":
        stage, value_stage = graph.add("JourneyStage", f"stage-{n}"), graph.add("ValueStreamStage", f"value-{n}")
        capability = graph.add("Capability", n, title=n.upper())
        graph.link(journey, "HAS_STAGE", stage)
        graph.link(stream, "HAS_STAGE", value_stage)
        graph.link(stage, "MAPS_TO", value_stage)
        graph.link(value_stage, "ENABLED_BY", capability)
        graph.link(capability, "DEPENDS_ON", behind, dependencyType="Critical" if n == "a" else None)
    return graph


def test_what_lies_behind_every_way_cuts(flow: Graph, stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Either capability alone can be lost; the one that both depend on cannot."""
    (row,) = cutting_off(stored(flow))
    assert (row.segment_id, row.value_stream_id, row.capability_id) == ("s", "v", "behind")
    assert (row.through, row.value_stages, row.maturity_level) == (("A", "B"), 2, 2)


def test_only_critical_dependencies_bring_a_capability_down_where_asked(
    flow: Graph, stored: Callable[[Graph], KnowledgeBase]
) -> None:
    """One of the two dependencies is critical, so that one way is left."""
    assert len(cutting_off(stored(flow), critical_only=True)) == 0


def test_a_persona_that_walks_the_journey_brings_its_segment(
    flow: Graph, stored: Callable[[Graph], KnowledgeBase]
) -> None:
    """A segment is served by the journeys of its personas as well."""
    other, persona = flow.add("CustomerSegment", "t"), flow.add("Persona", "p")
    flow.link(persona, "REPRESENTS", other)
    flow.link(("Journey", "j"), "APPLIES_TO", persona)
    kb = stored(flow)
    assert [row.segment_id for row in cutting_off(kb)] == ["s", "t"]
    assert [row.segment_id for row in cutting_off(kb, segment="Title of t")] == ["t"]
    assert cutting_off(kb, segment="nobody").why == (
        "There is no CustomerSegment with the id or title 'nobody'. There are s (Title of s); t (Title of t)."
    )


def test_without_dependencies_they_are_the_dominators(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """The flow runs from segment over value stages and capabilities to the stream; networkx names what it must pass."""
    found = 0
    for seed in SEEDS:
        graph = _crowded(seed)
        graph.edges = [edge for edge in graph.edges if edge.type != "DEPENDS_ON"]
        expected = set()
        for segment, stream, ways in _served(World(graph)):
            flow: nx.DiGraph[object] = nx.DiGraph()
            for value_stage, capabilities in ways.items():
                for capability in capabilities:
                    flow.add_edge(segment, value_stage)
                    flow.add_edge(value_stage, capability)
                    flow.add_edge(capability, stream)
            if stream in flow:
                dominators = nx.immediate_dominators(flow, segment)
                node = dominators[stream]
                while node != segment:
                    expected |= {(segment[1], stream[1], node[1])} if node[0] == "Capability" else set()
                    node = dominators[node]
        assert {(r.segment_id, r.value_stream_id, r.capability_id) for r in cutting_off(stored(graph))} == expected
        found += len(expected)
    assert found >= 10


def test_taking_the_capability_and_its_dependents_out_leaves_no_way(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Every capability is tried: the way from segment to stream is gone exactly where a row says so."""
    found = 0
    for seed in SEEDS:
        graph = _crowded(seed)
        world = World(graph)
        expected = set()
        for segment, stream, ways in _served(world):
            for lost in world.all("Capability"):
                fallen = world.dependents(lost)
                carried = [capabilities for capabilities in ways.values() if capabilities]
                if carried and not any(set(capabilities) - fallen.keys() for capabilities in carried):
                    expected.add((segment[1], stream[1], lost[1]))
        assert {(r.segment_id, r.value_stream_id, r.capability_id) for r in cutting_off(stored(graph))} == expected
        found += len(expected)
    assert found >= 20


def _crowded(seed: int) -> Graph:
    """Return a generated graph in which every segment is served by a value stream, over few capabilities."""
    graph = random_graph(seed)
    for journey, segment in product([*graph.nodes], repeat=2):
        if (journey[0], segment[0]) == ("Journey", "CustomerSegment"):
            graph.link(journey, "DESIGNED_FOR", segment)
    stages = [key for key in graph.nodes if key[0] == "JourneyStage"]
    if seed % 2:
        graph.edges = [e for e in graph.edges if (e.source[0], e.type) != ("ValueStreamStage", "ENABLED_BY")]
    for stage, value_stage in product(stages[:2], [key for key in graph.nodes if key[0] == "ValueStreamStage"]):
        graph.link(stage, "MAPS_TO", value_stage)
        graph.link(value_stage, "ENABLED_BY", ("Capability", "capability-0"))
    return graph


def _served(world: World) -> Iterator[tuple[Key, Key, dict[Key, list[Key]]]]:
    """Yield segment, value stream, and the capabilities of each value stage by which the one is served by the other."""
    for segment in world.all("CustomerSegment"):
        journeys = {*world.before(segment, "DESIGNED_FOR", "Journey")}
        journeys |= {j for p in world.before(segment, "REPRESENTS") for j in world.before(p, "APPLIES_TO", "Journey")}
        for stream in world.all("ValueStream"):
            yield (
                segment,
                stream,
                {
                    value_stage: world.after(value_stage, "ENABLED_BY", "Capability")
                    for value_stage in world.after(stream, "HAS_STAGE", "ValueStreamStage")
                    if any(
                        j in journeys
                        for s in world.before(value_stage, "MAPS_TO")
                        for j in world.before(s, "HAS_STAGE")
                    )
                },
            )
