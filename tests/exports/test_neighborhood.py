"""Parts of a graph: what lies around an element, and how the element is named."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkb.errors import UsageError
from graphkb.exports.neighborhood import find_element, neighborhood
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from tests.model.reading import meaning
from tests.strategies import Document, documents

if TYPE_CHECKING:
    from graphkb.model.properties import Properties


@settings(max_examples=50)
@given(documents(), st.data(), st.integers(0, 4))
def test_a_neighborhood_is_what_networkx_takes_for_it(document: Document, data: st.DataObject, hops: int) -> None:
    """The nodes within the radius, whichever way edges run, with all edges among them and all properties."""
    dataset = meaning(document)
    center = data.draw(st.sampled_from([*sorted(dataset.nodes), NodeKey("Need", "alone")]))
    dataset.nodes.setdefault(center, {"title": "Alone"})
    graph: nx.MultiGraph[NodeKey] = nx.MultiGraph()
    graph.add_nodes_from(dataset.nodes)
    for edge in dataset.edges:
        graph.add_edge(edge.source, edge.target, key=edge)
    around = nx.ego_graph(graph, center, radius=hops)
    found = neighborhood(dataset, center, hops)
    assert found.nodes == {key: dataset.nodes[key] for key in around.nodes}
    assert found.edges == {edge: dataset.edges[edge] for _, _, edge in around.edges(keys=True)}


def test_a_neighborhood_ends_at_the_last_hop() -> None:
    """In a chain, one node more on each side for every hop; an edge to what is left out is left out."""
    keys = [NodeKey("Capability", str(number)) for number in range(7)]
    edges: dict[EdgeKey, Properties] = {EdgeKey("DEPENDS_ON", *ends): {} for ends in pairwise(keys)}
    dataset = Dataset({key: {} for key in keys}, edges)
    for hops in range(4):
        found = neighborhood(dataset, keys[3], hops)
        assert sorted(key.id for key in found.nodes) == [str(each) for each in range(3 - hops, 4 + hops)]
        assert len(found.edges) == 2 * hops


NAMED = Dataset(
    {
        NodeKey("Journey", "home"): {"title": "Buy a First Home"},
        NodeKey("Capability", "pay"): {"title": "Payments"},
        NodeKey("ValueStream", "pay"): {"title": "Order to Cash"},
        NodeKey("Need", "n-1"): {"title": "Be Paid"},
        NodeKey("Persona", "p-1"): {"title": "Be paid!"},
        NodeKey("Product", "be-paid"): {"title": "home"},
    }
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("n-1", NodeKey("Need", "n-1")),
        ("Buy a First Home", NodeKey("Journey", "home")),
        ("buy-a-first  HOME", NodeKey("Journey", "home")),
        ("ValueStream:pay", NodeKey("ValueStream", "pay")),
        ("home", NodeKey("Journey", "home")),
    ],
    ids=["id", "title", "title in another spelling", "kind and id", "id before title"],
)
def test_an_element_is_named_by_id_or_title(name: str, found: NodeKey) -> None:
    """An id goes before a title, and titles are compared as everywhere."""
    assert find_element(NAMED, name) == found


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("pay", "Capability:pay (Payments), ValueStream:pay (Order to Cash)"),
        ("Be paid", "Need:n-1 (Be Paid), Persona:p-1 (Be paid!)"),
    ],
)
def test_a_name_of_several_is_refused_with_all_of_them(name: str, listed: str) -> None:
    """Each as it can be named alone."""
    with pytest.raises(UsageError) as error:
        find_element(NAMED, name)
    assert str(error.value) == f"{name!r} names several elements. Say which: {listed}."
    for each in listed.split(", "):
        assert find_element(NAMED, each.partition(" (")[0])


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    """Among ids and titles."""
    with pytest.raises(UsageError, match=r"or the title 'Paymets'\. Did you mean 'Payments'\?"):
        find_element(NAMED, "Paymets")
    with pytest.raises(UsageError, match=r"the title 'xyzzy'\.$"):
        find_element(NAMED, "xyzzy")
