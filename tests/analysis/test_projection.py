"""The graph for networkx holds what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graphkb.errors import UsageError
from graphkb.model.dataset import NodeKey
from tests.support.graphs import Graph, random_graph, write_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkb import KnowledgeBase


def test_the_graph_has_every_element_and_edge_of_the_store(bank: KnowledgeBase) -> None:
    """Nodes are pairs of kind and id, edges keep their type, and both their properties with their types."""
    graph, data = bank.graph(), bank.dataset()
    assert set(graph) == set(data.nodes)
    assert {(source, target, *key) for source, target, key in graph.edges(keys=True)} == {
        (edge.source, edge.target, edge.type, edge.key) for edge in data.edges
    }
    decision = graph.nodes[NodeKey("Capability", "CAP-DECISION")]
    assert (decision["kind"], decision["id"], decision["title"]) == ("Capability", "CAP-DECISION", "Credit Decisioning")
    assert decision["maturityLevel"] == 2
    stage, capability = NodeKey("ValueStreamStage", "VS-LOAN/decide"), NodeKey("Capability", "CAP-DECISION")
    assert graph.edges[stage, capability, ("ENABLED_BY", "")]["importanceLevel"] == 5


def test_bookkeeping_is_no_attribute(bank: KnowledgeBase) -> None:
    """Sources and runs are about the store, not about the domain."""
    graph = bank.graph()
    names = {name for _, each in graph.nodes(data=True) for name in each}
    names |= {name for *_, each in graph.edges(data=True) for name in each}
    assert names.isdisjoint({"sources", "createdRun", "changedRun"})


def test_kinds_and_relationships_keep_a_part(bank: KnowledgeBase) -> None:
    """Of the named kinds all elements, and of the named types the edges between them."""
    graph = bank.graph(kinds=["Capability", "JourneyStage"], relationships=["DEPENDS_ON", "ENABLED_BY"])
    assert {key.label for key in graph} == {"Capability", "JourneyStage"}
    assert {type_ for _, _, (type_, _) in graph.edges(keys=True)} == {"DEPENDS_ON", "ENABLED_BY"}
    whole = bank.graph()
    assert graph.number_of_nodes() == sum(key.label in ("Capability", "JourneyStage") for key in whole)


def test_an_unknown_kind_or_relationship_names_the_nearest(bank: KnowledgeBase) -> None:
    """A misspelt name is no empty graph."""
    with pytest.raises(UsageError, match=r"no kind 'Capabilty'\. Did you mean Capability"):
        bank.graph(kinds=["Capabilty"])
    with pytest.raises(UsageError, match=r"no relationship 'ENABLES'"):
        bank.graph(relationships=["ENABLES"])


def test_the_same_data_give_the_same_graph_in_any_order(stored: Callable[[Graph], KnowledgeBase]) -> None:
    """Algorithms that break ties by order break them alike."""
    graph = random_graph(7)
    other = Graph(dict(reversed(graph.nodes.items())), graph.edges[::-1])
    one = stored(graph).graph()
    assert list(stored(other).graph().edges(keys=True)) == list(one.edges(keys=True))
    assert list(stored(other).graph()) == list(one)


def test_networkx_takes_it_for_what_it_is(bank: KnowledgeBase) -> None:
    """A directed graph with parallel edges, on which its algorithms run."""
    graph = bank.graph(kinds=["Capability"], relationships=["DEPENDS_ON"])
    assert isinstance(graph, nx.MultiDiGraph)
    events, decision = NodeKey("Capability", "CAP-EVENTS"), NodeKey("Capability", "CAP-DECISION")
    assert nx.shortest_path_length(graph, decision, events) == 4


def test_a_store_of_either_kind_gives_the_same_graph(
    stored: Callable[[Graph], KnowledgeBase], neo4j_kb: KnowledgeBase
) -> None:
    """The projection is of what is stored, not of how."""
    graph = random_graph(11)
    write_graph(neo4j_kb.store, graph)
    one, other = stored(graph).graph(), neo4j_kb.graph()
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert sorted(one.edges(keys=True, data=True), key=str) == sorted(other.edges(keys=True, data=True), key=str)
