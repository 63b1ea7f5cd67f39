"""What would feel it if an element were retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graphkb.analysis.retirement import GIVES, NEEDS, PARTS, retiring
from graphkb.errors import UsageError
from graphkb.model.metamodel import METAMODEL
from tests.support.graphs import Graph, random_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb import KnowledgeBase
    from tests.support.graphs import Key

SEEDS = range(40)


@pytest.fixture
def shop() -> Graph:
    """Give a capability that carries a stage beside another, an asset under it, and an initiative that improves it."""
    graph = Graph()
    journey, stage = graph.add("Journey", "j"), graph.add("JourneyStage", "s")
    one, other = graph.add("Capability", "one"), graph.add("Capability", "other")
    asset, initiative = graph.add("Asset", "a"), graph.add("Initiative", "i")
    graph.link(journey, "HAS_STAGE", stage)
    graph.link(stage, "ENABLED_BY", one)
    graph.link(stage, "ENABLED_BY", other)
    graph.link(asset, "SUPPORTS", one)
    graph.link(initiative, "IMPROVES", one)
    return graph


def test_the_reach_of_an_asset_goes_up_to_the_journey(shop: Graph, stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Asset, capability, stage, journey; the stage has another capability to rest on, the capability no other asset."""
    rows = list(retiring(stored(shop), element="a"))
    assert [(row.kind, row.id, row.steps, row.link, row.rests_on_id, row.others) for row in rows] == [
        ("Capability", "one", 1, "SUPPORTS", "a", 0),
        ("JourneyStage", "s", 2, "ENABLED_BY", "one", 1),
        ("Journey", "j", 3, "HAS_STAGE", "s", 0),
    ]


def test_parts_go_with_the_whole(shop: Graph, stored: Callable[[Graph], KnowledgeBase]) -> None:
    """A journey takes its stages with it, and what is lost with an initiative is not passed on."""
    rows = list(retiring(stored(shop), element="Journey:j"))
    assert [(row.id, row.steps, row.rests_on_id) for row in rows] == [("s", 0, None)]
    assert [row.id for row in retiring(stored(shop), element="i")] == ["one"]


def test_an_unknown_element_names_the_nearest(bank: KnowledgeBase) -> None:
    """By id and by title."""
    assert retiring(bank, element="Identity Verification").rows == retiring(bank, element="CAP-IDENTITY").rows
    with pytest.raises(UsageError, match="Did you mean 'Identity Verification'"):
        retiring(bank, element="Identity Verfication")


def test_with_enough_steps_all_descendants_are_reached(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """What rests on what is one graph, and its descendants of the element and its parts are the reach."""
    passed_on = (NEEDS | GIVES) - {"OWNS", "CLOSES", "IMPROVES", "ADDRESSES"}
    for seed in SEEDS:
        graph = random_graph(seed)
        # Links whose loss is not passed on are tested above.
        graph.edges = [edge for edge in graph.edges if edge.type in passed_on | PARTS]
        rests: nx.DiGraph[Key] = nx.DiGraph()
        rests.add_nodes_from(graph.nodes)
        rests.add_edges_from((e.target, e.source) for e in graph.edges if e.type in NEEDS)
        rests.add_edges_from((e.source, e.target) for e in graph.edges if e.type in GIVES)
        whole: nx.DiGraph[Key] = nx.DiGraph((e.source, e.target) for e in graph.edges if e.type in PARTS)
        start = ("Capability", "capability-0")
        gone = {start} | (nx.descendants(whole, start) if start in whole else set())
        expected = set().union(*(nx.descendants(rests, node) for node in gone)) | gone
        near = {node for node in expected if any(_within(rests, other, node, 8) for other in gone)}
        rows = retiring(stored(graph), element="Capability:capability-0", max_steps=8)
        assert {(row.kind, row.id) for row in rows} == near - {start}


def test_more_steps_reach_no_less(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """And the nearer rows stay as they are."""
    for seed in SEEDS:
        kb = stored(random_graph(seed))
        near, far = (retiring(kb, element="Capability:capability-1", max_steps=n).rows for n in (1, 3))
        assert [(row.kind, row.id) for row in near] == [(row.kind, row.id) for row in far if row.steps <= 1]


def test_the_links_are_relationships_of_the_metamodel() -> None:
    """A misspelt type would never be found."""
    assert METAMODEL.types >= NEEDS | GIVES | PARTS
    assert not NEEDS & GIVES


def _within(graph: nx.DiGraph[Key], source: Key, target: Key, steps: int) -> bool:
    try:
        return bool(nx.shortest_path_length(graph, source, target) <= steps)
    except nx.NetworkXNoPath:
        return False
