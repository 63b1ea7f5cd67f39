"""What is read of a store: edges of which many have the same properties come in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.store import Statement
from graphkb.sync.apply import apply_plan
from graphkb.sync.planning import make_plan
from graphkb.sync.state import Stored, read_stored

if TYPE_CHECKING:
    from graphkb.store import GraphStore

ENDS: Final = [(NodeKey("Capability", f"c{n}"), NodeKey("Capability", f"c{n + 1}")) for n in range(4)]
DATA: Final = Dataset(
    {key: {"title": key.id} for ends in ENDS for key in ends},
    {EdgeKey("DEPENDS_ON", *ends): {"sequenceNumber": 1} if n % 2 else {} for n, ends in enumerate(ENDS)},
)


def _loaded(store: GraphStore) -> Stored:
    apply_plan(store, lambda: make_plan("mine", DATA, Stored()))
    return read_stored(store)


def test_edges_of_equal_properties_are_read_one_by_one(store: GraphStore) -> None:
    """Each has its own ends, and all that was said of it."""
    assert _loaded(store).dataset() == DATA


def test_a_relationship_drawn_twice_with_the_same_properties_is_a_twin(store: GraphStore) -> None:
    """Nothing tells the two apart, and yet there are two."""
    _loaded(store)
    twin = "MATCH (a:Capability {id: 'c1'})-[r:DEPENDS_ON]->(b) CREATE (a)-[x:DEPENDS_ON]->(b) SET x = properties(r)"
    store.write([Statement(twin)])
    assert read_stored(store).twins == {EdgeKey("DEPENDS_ON", *ENDS[1])}


def test_nodes_of_several_kinds_are_deleted_together(store: GraphStore) -> None:
    """A source that says nothing any more leaves nothing behind, of whatever kind."""
    further = {NodeKey("Channel", "web"): {"title": "Web"}, NodeKey("Product", "loan"): {"title": "Loan"}}
    wanted = Dataset(DATA.nodes | further, DATA.edges)
    apply_plan(store, lambda: make_plan("mine", wanted, Stored()))
    stored = read_stored(store)
    assert stored.nodes.keys() == wanted.nodes.keys()
    gone = make_plan("mine", Dataset(), stored)
    apply_plan(store, lambda: gone)
    assert read_stored(store).dataset() == Dataset()
