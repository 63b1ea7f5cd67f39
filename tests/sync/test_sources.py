"""Several sources in one store: who owns what, stubs and their adoption, conflicts, and what people changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.errors import DataError, DeletionRefused, UsageError
from graphkb.load_options import DEFAULTS, LoadOptions
from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.store import Statement
from graphkb.sync.plan import Count
from tests.support.loads import everything_in, nodes_of, owners_in

if TYPE_CHECKING:
    from graphkb.sync.plan import Plan
    from tests.support.loads import Document, Loader

STUB: Final = NodeKey("Capability", "fraud-detection")
DEFINED: Final = NodeKey("Capability", "cap-9")
STAGE: Final = NodeKey("JourneyStage", "apply")

FRAUD: Final[Document] = {"capabilities": [{"capabilityID": "cap-9", "title": "Fraud Detection", "maturityLevel": 2}]}


def journey(stage: str, *capabilities: Any, **fields: Any) -> Document:
    """Return a journey of one stage that these capabilities enable."""
    stages = [{"stageID": stage, "stageName": stage.title(), "relevantCapabilities": list(capabilities)} | fields]
    return {"journeys": [{"journeyID": f"{stage}-journey", "journeyTitle": stage, "journeyStages": stages}]}


def capabilities(number: int, **fields: Any) -> Document:
    """Return so many capabilities."""
    return {"capabilities": [{"capabilityID": f"c{n}", "title": f"Capability {n}"} | fields for n in range(number)]}


NAMING: Final = journey("apply", {"title": "Fraud Detection", "importanceLevel": 4})
"""Names a capability that it does not define."""


def uses(stage: NodeKey, capability: NodeKey) -> EdgeKey:
    """Return the edge that says that a capability enables a stage."""
    return EdgeKey("ENABLED_BY", stage, capability)


def owners_of(loader: Loader, key: NodeKey) -> object:
    """Return the sources of one element."""
    text = f"MATCH (n:{key.label} {{id: $id}}) RETURN n.sources AS sources"
    return loader.kb.store.read(text, {"id": key.id})[0]["sources"]


def changes(plan: Plan) -> tuple[Count, Count, Count]:
    """Return how much a plan creates, updates and deletes."""
    return plan.created, plan.updated, plan.deleted


# Stubs


def test_a_stub_is_adopted_by_the_source_that_defines_it(loader: Loader) -> None:
    """The defined element takes the stub's place under its own id, with the edge of the source that named it."""
    loader.load("a", NAMING)
    assert loader.kb.dataset().nodes[STUB] == {"title": "Fraud Detection", "isStub": True}
    plan = loader.load("b", FRAUD, options=DEFAULTS)
    assert plan.adopted == {STUB: DEFINED}
    data = loader.kb.dataset()
    assert STUB not in data.nodes
    assert data.nodes[DEFINED] == {"title": "Fraud Detection", "maturityLevel": 2}
    assert data.edges[uses(STAGE, DEFINED)] == {"importanceLevel": 4}
    assert uses(STAGE, STUB) not in data.edges
    assert loader.kb.sources() == {"a": Count(2, 2), "b": Count(1, 0)}


def test_a_stub_of_a_title_where_an_id_was_due_is_adopted(loader: Loader) -> None:
    """A title in a field of ids means the segment of that title, also where that is defined later."""
    told = {"personas": [{"title": "Ann", "customerSegmentID": "Home Renovators"}]}
    loader.load("a", told)
    plan = loader.load(
        "b", {"customerSegments": [{"customerID": "SEG-1", "title": "Home renovators"}]}, options=DEFAULTS
    )
    stub, defined = (NodeKey("CustomerSegment", each) for each in ("Home Renovators", "SEG-1"))
    assert plan.adopted == {stub: defined}
    assert loader.load("a", told).is_empty
    assert EdgeKey("REPRESENTS", NodeKey("Persona", "ann"), defined) in loader.kb.dataset().edges


def test_an_adoption_moves_the_edges_of_every_source(loader: Loader) -> None:
    """Edges of several sources, at either end of the stub, move with their properties and owners."""
    loader.load("a", NAMING)
    loader.load("c", journey("renew", "Fraud Detection"))
    parent = {
        "capabilityID": "k",
        "title": "K",
        "dependsOn": [{"title": "Fraud Detection"}],
        "parent": "Fraud Detection",
    }
    loader.load("d", {"capabilities": [parent]})
    before = loader.kb.dataset().edges
    assert sum(STUB in edge for edge in before) == 4
    loader.load("b", FRAUD, options=DEFAULTS)
    moved = {
        edge._replace(
            source=DEFINED if edge.source == STUB else edge.source,
            target=DEFINED if edge.target == STUB else edge.target,
        ): properties
        for edge, properties in before.items()
    }
    assert loader.kb.dataset().edges == moved
    assert loader.kb.sources() == {"a": Count(2, 2), "b": Count(1, 0), "c": Count(2, 2), "d": Count(1, 2)}


def test_after_an_adoption_neither_source_has_anything_to_change(loader: Loader) -> None:
    """The next loads of both sources find everything as they say it."""
    loader.load("a", NAMING)
    loader.load("b", FRAUD)
    assert loader.load("a", NAMING).is_empty
    assert loader.load("b", FRAUD).is_empty


def test_forgetting_the_defining_source_leaves_a_stub_again(loader: Loader) -> None:
    """What another source still links to stays, with id and title only, and belongs to that source."""
    loader.load("a", NAMING)
    loader.load("b", FRAUD)
    loader.kb.forget("b")
    data = loader.kb.dataset()
    assert data.nodes[DEFINED] == {"title": "Fraud Detection", "isStub": True}
    assert data.edges[uses(STAGE, DEFINED)] == {"importanceLevel": 4}
    assert loader.kb.sources() == {"a": Count(3, 2)}


def test_a_forgotten_definition_can_come_back(loader: Loader) -> None:
    """Loading the defining source again gives the graph as it was, owners included."""
    loader.load("a", NAMING)
    loader.load("b", FRAUD)
    before = owners_in(loader.kb.store)
    loader.kb.forget("b")
    loader.load("b", FRAUD)
    assert owners_in(loader.kb.store) == before


def test_a_stub_becomes_the_element_when_its_own_id_is_defined(loader: Loader) -> None:
    """A definition under the stub's id takes it over where it stands, without touching the edge."""
    loader.load("a", NAMING)
    plan = loader.load("b", {"capabilities": [{"title": "Fraud Detection", "purpose": "Trust"}]}, options=DEFAULTS)
    assert changes(plan) == (Count(), Count(1, 0), Count())
    assert loader.kb.dataset().nodes[STUB] == {"title": "Fraud Detection", "purpose": "Trust"}
    assert loader.kb.sources() == {"a": Count(2, 2), "b": Count(1, 0)}
    assert loader.load("a", NAMING).is_empty


def test_a_stub_that_its_definer_names_by_id_stays(loader: Loader) -> None:
    """A source that defines the title and names the stub's id as well means two things; repeated loads come to rest."""
    loader.load("a", NAMING)
    named = {**FRAUD, **journey("renew", {"capabilityID": "fraud-detection"})}
    plan = loader.load("b", named, options=DEFAULTS)
    assert plan.adopted == {}
    assert uses(NodeKey("JourneyStage", "renew"), STUB) in loader.kb.dataset().edges
    loader.load("a", NAMING)
    assert uses(STAGE, DEFINED) in loader.kb.dataset().edges
    loader.load("b", named)
    assert loader.load("b", named).is_empty
    assert loader.load("a", NAMING).is_empty


def test_a_stub_named_by_its_id_settles(loader: Loader) -> None:
    """Where one source names an id and another defines the title under another id, repeated loads come to rest."""
    named = journey("apply", {"capabilityID": "fraud-detection"})
    for _ in range(2):
        loader.load("a", named)
        loader.load("b", FRAUD)
    assert loader.load("a", named).is_empty
    assert loader.load("b", FRAUD).is_empty


def test_an_adoption_that_would_merge_differing_edges_is_a_problem(loader: Loader) -> None:
    """Two sources that rate the same use differently are told so when their edges would become one."""
    edge = {
        "type": "ENABLED_BY",
        "from": {"kind": "JourneyStage", "id": "apply"},
        "to": {"kind": "Capability", "title": "Fraud Detection"},
    }
    loader.load("a", journey("apply"), {"relationships": [edge | {"properties": {"importanceLevel": 5}}]})
    before = everything_in(loader.kb.store)
    with pytest.raises(DataError, match=r"(?s)importanceLevel 5.*1"):
        loader.load("b", FRAUD, {"relationships": [edge | {"properties": {"importanceLevel": 1}}]})
    assert everything_in(loader.kb.store) == before


def test_an_adoption_in_small_chunks_loses_no_edge_when_it_fails(loader: Loader) -> None:
    """The edges of the source that named the stub move in one transaction, however small the chunks."""
    loader.load("a", NAMING)

    def fail(done: int, total: int) -> None:
        raise RuntimeError(f"{done} of {total}")

    with pytest.raises(RuntimeError):
        loader.load("b", FRAUD, capabilities(3), chunk=1, progress=fail)
    loader.load("b", FRAUD, capabilities(3))
    assert uses(STAGE, DEFINED) in loader.kb.dataset().edges
    assert loader.load("a", NAMING).is_empty


# What two sources say of the same


def test_a_conflict_names_both_values_and_writes_nothing(loader: Loader) -> None:
    """Where two sources differ about an element, the load is refused with place, owner and both values."""
    loader.load("a", {"capabilities": [{"capabilityID": "c", "title": "C", "maturityLevel": 2}]})
    before = everything_in(loader.kb.store)
    with pytest.raises(DataError) as refused:
        loader.load("b", {"capabilities": [{"capabilityID": "c", "title": "C", "maturityLevel": 4}]})
    (problem,) = refused.value.problems
    assert (problem.rule, problem.pointer) == ("conflict", "/capabilities/0")
    assert "maturityLevel 2 by the source a" in problem.message
    assert "4 here" in problem.message
    assert everything_in(loader.kb.store) == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            journey("apply", {"title": "X", "importanceLevel": 4}),
            journey("apply", {"title": "X", "importanceLevel": 2}),
        ),
        (journey("apply", sequenceNumber=1), journey("apply", sequenceNumber=2)),
        (capabilities(1, purpose="One"), capabilities(1)),
    ],
    ids=["an edge", "a stated number", "a missing value"],
)
def test_every_difference_is_a_conflict(loader: Loader, first: Document, second: Document) -> None:
    """Properties of edges, sequence numbers of elements, and values that only one source states count too."""
    loader.load("a", first)
    with pytest.raises(DataError, match="conflict"):
        loader.load("b", second)


def test_a_plan_shows_conflicts_without_raising(loader: Loader) -> None:
    """A plan is made all the same; its problems say what stands in the way."""
    loader.load("a", capabilities(1, purpose="One"))
    assert [each.rule for each in loader.plan("b", capabilities(1, purpose="Two")).problems] == ["conflict"]


def test_an_equal_restatement_adds_the_second_owner(loader: Loader) -> None:
    """Two sources may say the same; both own it, and it goes with the last of them."""
    loader.load("a", NAMING)
    loader.load("b", NAMING)
    expected = loader.kb.dataset()
    stage = nodes_of(loader.kb.store, "JourneyStage")
    assert all('"sources": ["a", "b"]' in text for text in stage)
    assert loader.load("a", NAMING).is_empty
    loader.kb.forget("a")
    assert loader.kb.dataset() == expected
    assert list(loader.kb.sources()) == ["b"]
    loader.kb.forget("b")
    assert loader.kb.dataset().nodes == {}


def test_the_order_of_a_list_is_that_of_its_first_owner(loader: Loader) -> None:
    """Sources that list the same links in other orders, or only some of them, do not take turns in changing them."""

    def needing(*titles: str) -> Document:
        links = [{"title": title, "kind": "Capability"} for title in titles]
        return {"capabilities": [{"capabilityID": "q", "title": "Q", "dependsOn": links}]}

    loader.load("a", needing("X", "Y", "Z"))
    ordered = loader.kb.dataset().edges
    assert sorted(each["sequenceNumber"] for each in ordered.values()) == [1, 2, 3]
    loader.load("b", needing("Z", "Y"))
    assert loader.kb.dataset().edges == ordered
    assert loader.load("a", needing("X", "Y", "Z")).is_empty
    assert loader.load("b", needing("Z", "Y")).is_empty


# What goes and what stays


def test_a_partial_load_deletes_nothing(loader: Loader) -> None:
    """What a partial load does not mention stays; what it mentions is created and updated."""
    loader.load("a", capabilities(10), NAMING)
    before = loader.kb.dataset()
    other: Document = {"capabilities": [{"capabilityID": "cap-8", "title": "Notification"}]}
    plan = loader.load("a", capabilities(1, purpose="New"), other, options=LoadOptions(partial=True))
    assert plan.deleted == Count()
    data = loader.kb.dataset()
    assert data.nodes.keys() == before.nodes.keys() | {NodeKey("Capability", "cap-8")}
    assert data.edges == before.edges
    assert data.nodes[NodeKey("Capability", "c0")]["purpose"] == "New"


def test_a_partial_load_adopts_a_stub_of_its_own_source(loader: Loader) -> None:
    """What referred to the stub refers to its definition then, and nothing stands twice."""
    loader.load("a", NAMING)
    plan = loader.load("a", FRAUD, options=LoadOptions(partial=True))
    assert plan.adopted == {STUB: DEFINED}
    assert plan.lost == Count()
    data = loader.kb.dataset()
    assert STUB not in data.nodes
    assert data.edges[uses(STAGE, DEFINED)]["importanceLevel"] == 4


def test_a_stub_is_owned_by_whoever_refers_to_it(loader: Loader) -> None:
    """It is adopted also where only the source that defines it now has referred to it before others did."""
    loader.load("a", NAMING)
    loader.load("b", journey("pay", {"title": "Fraud Detection"}))
    assert owners_of(loader, STUB) == ["a", "b"]
    assert loader.load("a", NAMING).is_empty
    loader.load("a", FRAUD)
    assert STUB not in loader.kb.dataset().nodes
    assert uses(NodeKey("JourneyStage", "pay"), DEFINED) in loader.kb.dataset().edges


def test_what_a_source_no_longer_defines_but_still_names_is_not_made_twice(loader: Loader) -> None:
    """Another source refers to it, so it stays as a stub, and that is what the title means."""
    loader.load("a", FRAUD)
    loader.load("b", NAMING)
    loader.load("a", journey("pay", {"title": "Fraud Detection"}))
    titled = [key for key in loader.kb.dataset().nodes if key.label == "Capability"]
    assert titled == [DEFINED]
    assert loader.kb.dataset().nodes[DEFINED]["isStub"]
    assert owners_of(loader, DEFINED) == ["a", "b"]


def test_the_guard_refuses_to_delete_much_of_a_source(loader: Loader) -> None:
    """More than a fifth of a source goes only when told so; the message says how much and what to do."""
    loader.load("a", capabilities(10))
    before = everything_in(loader.kb.store)
    with pytest.raises(DeletionRefused, match=r"3 of the 10 .*--allow-delete"):
        loader.load("a", capabilities(7), options=DEFAULTS)
    assert everything_in(loader.kb.store) == before
    assert loader.load("a", capabilities(8), options=DEFAULTS).deleted == Count(2, 0)
    assert loader.load("a", capabilities(1)).deleted == Count(7, 0)


def test_forgetting_an_unknown_source_is_a_wrong_call(loader: Loader) -> None:
    """The message names the sources that there are."""
    loader.load("a", capabilities(1))
    with pytest.raises(UsageError, match=r"'b'.*Sources: a\."):
        loader.kb.forget("b")


def test_forgetting_can_be_tried_first(loader: Loader) -> None:
    """A dry run says what would go and leaves it."""
    loader.load("a", capabilities(3))
    before = everything_in(loader.kb.store)
    assert loader.kb.forget("a", dry_run=True).deleted == Count(3, 0)
    assert everything_in(loader.kb.store) == before


@pytest.mark.parametrize("name", ["", "  "])
def test_a_source_needs_a_name(loader: Loader, name: str) -> None:
    """A load under an empty name is a wrong call."""
    with pytest.raises(UsageError, match="needs a name"):
        loader.load(name, capabilities(1))


# What people do by hand


@pytest.mark.parametrize(
    "edit",
    [
        "MATCH (n:Capability {id: 'cap-9'}) SET n.maturityLevel = 5",
        "MATCH (n:Capability {id: 'cap-9'}) SET n.maturityLevel = 2.0",
        "MATCH (n:Capability {id: 'cap-9'}) SET n.maturityLevel = null",
        "MATCH (n:Capability {id: 'cap-9'}) SET n.color = 'red'",
        "MATCH (n:Capability {id: 'cap-9'}) SET n.title = 'Another'",
        "MATCH (a:JourneyStage)-[r:ENABLED_BY]->(b:Capability) SET r.importanceLevel = 1",
        "MATCH (a:JourneyStage)-[r:ENABLED_BY]->(b:Capability) DELETE r",
        "MATCH (n:CapabilityGap) DETACH DELETE n",
        "MATCH (n:JourneyStage) DETACH DELETE n",
        "MATCH (n:Capability {id: 'cap-9'}) SET n.sources = null",
        "MATCH (a:JourneyStage)-[r:ENABLED_BY]->(b:Capability) SET r.sources = null",
    ],
)
def test_what_was_edited_by_hand_is_healed_by_the_next_load(loader: Loader, edit: str) -> None:
    """The next load sees each change of what its source owns, type of a value included, and takes it back."""
    fraud = [{**FRAUD["capabilities"][0], "targetMaturityLevel": 4}]
    told = {**NAMING, "capabilities": fraud}
    loader.load("a", told)
    before = owners_in(loader.kb.store)
    loader.kb.store.write([Statement(edit)])
    assert owners_in(loader.kb.store) != before
    assert not loader.load("a", told).is_empty
    assert owners_in(loader.kb.store) == before
    assert loader.load("a", told).is_empty


def test_a_node_made_by_hand_is_left_alone(loader: Loader) -> None:
    """What nobody's files describe stays through loads and forgetting, and belongs to no source."""
    loader.load("a", capabilities(3))
    loader.kb.store.write([Statement("CREATE (n:Persona {id: 'mine'}) SET n:Element, n.title = 'Mine', n.own = true")])
    mine = nodes_of(loader.kb.store, "Persona")
    loader.load("a", capabilities(2, purpose="New"))
    loader.load("b", NAMING)
    loader.kb.forget("a")
    assert nodes_of(loader.kb.store, "Persona") == mine
    assert list(loader.kb.sources()) == ["b"]


@pytest.mark.parametrize(
    "drawing",
    [
        "MATCH (c:Capability {id: 'c0'}) CREATE (n:Note {id: 'x'})-[r:ABOUT]->(c)",
        "MATCH (c:Capability {id: 'c0'}) MATCH (d:Capability {id: 'cap-9'}) CREATE (c)-[r:DEPENDS_ON]->(d)",
        "MATCH (c:Capability {id: 'c0'}) MATCH (d:Capability {id: 'cap-9'}) CREATE (c)-[r:LIKES]->(d)",
    ],
    ids=["to a note", "of a known type", "of an own type"],
)
def test_a_relationship_made_by_hand_holds_what_it_joins(loader: Loader, drawing: str) -> None:
    """An element that goes from its source's files while somebody's own relationship ends at it becomes a stub."""
    loader.load("a", capabilities(2))
    loader.load("b", FRAUD)
    loader.kb.store.write([Statement(drawing)])
    plan = loader.load("a", {"capabilities": [{"capabilityID": "c1", "title": "Capability 1"}]})
    assert plan.deleted == Count()
    assert loader.kb.dataset().nodes[NodeKey("Capability", "c0")] == {"title": "Capability 0", "isStub": True}
    assert loader.kb.cypher("MATCH (c:Capability {id: 'c0'})-[r]-() RETURN count(r) AS kept") == [{"kept": 1}]
    assert loader.load("a", {"capabilities": [{"capabilityID": "c1", "title": "Capability 1"}]}).is_empty


def test_a_twin_of_a_relationship_made_by_hand_is_told(loader: Loader) -> None:
    """A second relationship of one type between the same two is a problem that names them, not a broken load."""
    loader.load("a", NAMING)
    twin = "MATCH (s:JourneyStage)-[:ENABLED_BY]->(c:Capability) CREATE (s)-[x:ENABLED_BY]->(c) SET x.note = 'mine'"
    loader.kb.store.write([Statement(twin)])
    with pytest.raises(DataError, match="ENABLED_BY") as caught:
        loader.load("a", journey("apply", {"title": "Fraud Detection", "importanceLevel": 1}))
    assert {problem.rule for problem in caught.value.problems} == {"twin"}


def test_a_node_made_by_hand_before_any_load_counts(loader: Loader) -> None:
    """A load sees what was there before the first load: a difference is a conflict, the same is taken over."""
    loader.kb.store.write([Statement("CREATE (n:Capability {id: 'c0'}) SET n:Element, n.title = 'Capability 0'")])
    with pytest.raises(DataError, match="conflict"):
        loader.load("a", capabilities(1, purpose="Trust"))
    assert loader.load("a", capabilities(1)).created == Count()
    assert loader.load("a", capabilities(1)).is_empty
    assert list(loader.kb.sources()) == ["a"]
    assert loader.load("a", capabilities(2, purpose="Trust")).created == Count(1, 0)


def test_a_node_made_by_hand_without_an_id_is_passed_over(loader: Loader) -> None:
    """A node that only looks like an element breaks neither loads nor reading, whatever it is joined to."""
    loader.load("a", capabilities(1))
    drawn = "MATCH (c:Capability) CREATE (n:JourneyStage)-[:ENABLED_BY]->(c) SET n:Element, n.title = 'Mine'"
    loader.kb.store.write([Statement(drawn)])
    loader.load("a", capabilities(2))
    assert loader.load("a", capabilities(2)).is_empty
    assert loader.kb.sources() == {"a": Count(2, 0)}
    loader.kb.forget("a")
    assert loader.kb.cypher("MATCH (n:JourneyStage)-[r]->() RETURN n.title AS title") == [{"title": "Mine"}]
