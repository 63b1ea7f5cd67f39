"""Two sources that differ about an element: nobody wins in silence, and whoever loads may say who wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.errors import DataError
from graphkb.load_options import LoadOptions
from graphkb.store import Statement, open_store
from tests.support.loads import Loader, everything_in

if TYPE_CHECKING:
    from tests.support.loads import Document

KEEP: Final = LoadOptions(allow_delete=True, on_conflict="keep")
TAKE: Final = LoadOptions(allow_delete=True, on_conflict="take")

FIELDS: Final = {"maturityLevel": (1, 2, 3), "purpose": ("One", "Two"), "owner": ("Ada", "Grace")}


def capability(**fields: Any) -> Document:
    """Return one capability."""
    return {"capabilities": [{"capabilityID": "c", "title": "C"} | fields]}


def stage(importance: int) -> Document:
    """Return a stage that a capability enables, with how important that is."""
    uses = [{"title": "C", "importanceLevel": importance}]
    stages = [{"stageID": "s", "stageName": "S", "relevantCapabilities": uses}]
    return {"journeys": [{"journeyID": "j", "journeyTitle": "J", "journeyStages": stages}], **capability()}


documents = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FIELDS.items()}).map(
    lambda fields: capability(**fields)
)


def test_a_plan_reports_a_conflict_field_by_field(loader: Loader) -> None:
    """Who says what, and what this load says, for each field that differs; values that only one states count."""
    loader.load("a", capability(maturityLevel=2, purpose="One"))
    plan = loader.plan("b", capability(maturityLevel=4, owner="Ada"))
    told = [(each["field"], each["sources"], each["theirs"], each["ours"]) for each in plan.to_dict()["conflicts"]]
    assert told == [
        ("maturityLevel", ["a"], 2, 4),
        ("owner", ["a"], None, "Ada"),
        ("purpose", ["a"], "One", None),
    ]
    assert {(each["kind"], each["id"], each["relationship"]) for each in plan.to_dict()["conflicts"]} == {
        ("Capability", "c", None)
    }
    assert [each.rule for each in plan.problems] == ["conflict"] * 3


def test_keep_leaves_what_the_other_source_says_and_adds_an_owner(loader: Loader) -> None:
    """The load goes through, the values stay, and the plan still tells what differed."""
    loader.load("a", capability(maturityLevel=2, purpose="One"))
    before = loader.kb.dataset()
    plan = loader.load("b", capability(maturityLevel=4), options=KEEP)
    assert [each.field for each in plan.conflicts] == ["maturityLevel", "purpose"]
    assert loader.kb.dataset() == before
    assert list(loader.kb.sources()) == ["a", "b"]
    assert loader.load("b", capability(maturityLevel=4), options=KEEP).is_empty
    assert loader.load("a", capability(maturityLevel=2, purpose="One")).is_empty


def test_take_puts_what_is_loaded_and_the_other_source_is_told_next_time(loader: Loader) -> None:
    """The values are replaced; the source that was overruled meets the conflict at its own next load."""
    loader.load("a", capability(maturityLevel=2, purpose="One"))
    loader.load("b", capability(maturityLevel=4), options=TAKE)
    assert loader.kb.cypher("MATCH (c:Capability) RETURN c.maturityLevel AS level, c.purpose AS purpose") == [
        {"level": 4, "purpose": None}
    ]
    assert loader.load("b", capability(maturityLevel=4)).is_empty
    with pytest.raises(DataError, match="maturityLevel 4 by the source b, but maturityLevel 2 here"):
        loader.load("a", capability(maturityLevel=2, purpose="One"))


def test_a_source_that_was_overruled_has_its_say_when_the_other_leaves(loader: Loader) -> None:
    """Kept values go with their source: what the other one says counts at its next load."""
    loader.load("a", capability(maturityLevel=2))
    loader.load("b", capability(maturityLevel=4), options=KEEP)
    loader.kb.forget("a")
    loader.load("b", capability(maturityLevel=4))
    assert loader.kb.cypher("MATCH (c:Capability) RETURN c.maturityLevel AS level") == [{"level": 4}]


@pytest.mark.parametrize(("options", "expected"), [(KEEP, 4), (TAKE, 2)], ids=["keep", "take"])
def test_edges_are_decided_like_elements(loader: Loader, options: LoadOptions, expected: int) -> None:
    """How important a capability is at a stage is a statement of its own."""
    loader.load("a", stage(4))
    plan = loader.load("b", stage(2), options=options)
    (conflict,) = plan.to_dict()["conflicts"]
    assert (conflict["field"], conflict["theirs"], conflict["ours"]) == ("importanceLevel", 4, 2)
    assert "ENABLED_BY" in conflict["relationship"]
    assert loader.kb.cypher("MATCH (:JourneyStage)-[r:ENABLED_BY]->() RETURN r.importanceLevel AS i") == [
        {"i": expected}
    ]


@pytest.mark.parametrize(("options", "expected"), [(KEEP, 9), (TAKE, 2)], ids=["keep", "take"])
def test_what_nobody_owns_is_decided_like_a_source(loader: Loader, options: LoadOptions, expected: int) -> None:
    """An element that somebody made by hand is not overwritten in silence either."""
    loader.load("a", {"capabilities": [{"capabilityID": "other", "title": "Other", "maturityLevel": 1}]})
    loader.kb.store.write([Statement("CREATE (:Capability:Element {id: 'c', title: 'C', maturityLevel: 9})")])
    with pytest.raises(DataError, match=r"nobody \(made by hand\)"):
        loader.load("b", capability(maturityLevel=2))
    loader.load("b", capability(maturityLevel=2), options=options)
    assert loader.kb.cypher("MATCH (c:Capability {id: 'c'}) RETURN c.maturityLevel AS level") == [{"level": expected}]


@pytest.mark.parametrize("options", [KEEP, TAKE], ids=["keep", "take"])
def test_an_adoption_that_would_merge_differing_edges_can_be_decided(loader: Loader, options: LoadOptions) -> None:
    """The stub's edge and that of the source that defines the element become one."""
    naming = {"title": "Fraud Detection", "importanceLevel": 4}
    stages = [{"stageID": "s", "stageName": "S", "relevantCapabilities": [naming]}]
    journey = {"journeyID": "j", "journeyTitle": "J", "journeyStages": stages}
    loader.load("a", {"journeys": [journey]})
    edge = {
        "type": "ENABLED_BY",
        "from": {"kind": "JourneyStage", "id": "s"},
        "to": {"kind": "Capability", "id": "cap-9"},
        "properties": {"importanceLevel": 2},
    }
    defining = {"capabilities": [{"capabilityID": "cap-9", "title": "Fraud Detection"}], "relationships": [edge]}
    with pytest.raises(DataError, match="conflict"):
        loader.load("b", defining)
    loader.load("b", defining, options=options)
    rows = loader.kb.cypher("MATCH ()-[r:ENABLED_BY]->(c) RETURN r.importanceLevel AS i, r.sources AS by, c.id AS id")
    assert rows == [{"i": 4 if options is KEEP else 2, "by": ["a", "b"], "id": "cap-9"}]


REPRESENTED: Final = "MATCH (p:Persona)-[r:REPRESENTS]->(s) RETURN p.id AS persona, s.id AS segment, r.sources AS by"


def persona(segment: str | None, **fields: Any) -> Document:
    """Return a persona, with the segment that it stands for, of which there may be one."""
    link = {"customerSegmentID": segment} if segment else {}
    return {"personas": [{"personaID": "p", "title": "Pat"} | link | fields]}


def test_a_link_of_which_there_may_be_one_is_reported_with_both_ends(loader: Loader) -> None:
    """Where each leads, how many there may be, and where the file states it."""
    loader.load("a", persona("s1"))
    plan = loader.plan("b", persona("s2"))
    assert plan.to_dict()["conflicts"] == [
        {
            "kind": "Persona",
            "id": "p",
            "relationship": None,
            "field": "REPRESENTS",
            "sources": ["a"],
            "theirs": "CustomerSegment 's1'",
            "ours": "CustomerSegment 's2'",
        }
    ]
    (problem,) = plan.problems
    assert (problem.rule, problem.pointer) == ("conflict", "/personas/0/customerSegmentID")
    assert "by the source a" in problem.message
    assert "where at most one REPRESENTS starts at it. Correct one of them, or decide by" in problem.message
    with pytest.raises(DataError, match="REPRESENTS"):
        loader.load("b", persona("s2"))
    assert list(loader.kb.sources()) == ["a"]


def test_keep_leaves_the_only_link_where_it_is(loader: Loader) -> None:
    """What only the other link would have named does not come at all; again nothing changes."""
    loader.load("a", persona("s1"))
    before = loader.kb.dataset()
    assert len(loader.load("b", persona("s2"), options=KEEP).conflicts) == 1
    assert loader.kb.dataset() == before
    assert loader.load("b", persona("s2"), options=KEEP).is_empty
    loader.kb.forget("a")
    loader.load("b", persona("s2"))
    assert loader.kb.cypher(REPRESENTED) == [{"persona": "p", "segment": "s2", "by": ["b"]}]


def test_take_moves_the_only_link_and_the_other_source_is_told_next_time(loader: Loader) -> None:
    """However small what is loaded, taking a link away from another source is no deletion of its own."""
    loader.load("a", persona("s1"))
    loader.load("b", persona("s2"), options=LoadOptions(on_conflict="take"))
    assert loader.kb.cypher(REPRESENTED) == [{"persona": "p", "segment": "s2", "by": ["b"]}]
    assert loader.load("b", persona("s2")).is_empty
    with pytest.raises(DataError, match=r"REPRESENTS .*'s2'.* by the source b, but REPRESENTS .*'s1'"):
        loader.load("a", persona("s1"))
    loader.load("a", persona("s1"), options=KEEP)
    loader.load("a", persona("s2"), options=KEEP)
    assert loader.kb.cypher(REPRESENTED) == [{"persona": "p", "segment": "s2", "by": ["a", "b"]}]


def test_a_source_that_changes_its_mind_about_the_only_link_meets_those_who_agreed(loader: Loader) -> None:
    """Until then both owned it; taking leaves one link, and keeping the old one to the other source alone."""
    for source in ("a", "b"):
        loader.load(source, persona("s1"))
    loader.load("b", persona("s2"), options=KEEP)
    assert loader.kb.cypher(REPRESENTED) == [{"persona": "p", "segment": "s1", "by": ["a"]}]
    loader.load("b", persona("s2"), options=TAKE)
    assert loader.kb.cypher(REPRESENTED) == [{"persona": "p", "segment": "s2", "by": ["b"]}]


@pytest.mark.parametrize(("options", "expected"), [(KEEP, "s1"), (TAKE, "s2")], ids=["keep", "take"])
def test_a_link_that_somebody_drew_is_decided_like_a_source(
    loader: Loader, options: LoadOptions, expected: str
) -> None:
    """It may be the only one, and is not overruled in silence either."""
    segments: Document = {"customerSegments": [{"customerID": each, "title": each} for each in ("s1", "s2")]}
    loader.load("base", {**segments, **persona(None)})
    drawn = "MATCH (p:Persona), (s:CustomerSegment {id: 's1'}) CREATE (p)-[:REPRESENTS]->(s)"
    loader.kb.store.write([Statement(drawn)])
    with pytest.raises(DataError, match=r"nobody \(made by hand\)"):
        loader.load("base", {**segments, **persona("s2")})
    loader.load("base", {**segments, **persona("s2")}, options=options)
    assert [row["segment"] for row in loader.kb.cypher(REPRESENTED)] == [expected]


def test_a_partial_load_does_not_overrule_its_own_source(loader: Loader) -> None:
    """It only creates and updates, so that there would be two."""
    loader.load("a", persona("s1"))
    for options in (KEEP, TAKE):
        partial = LoadOptions(partial=True, on_conflict=options.on_conflict)
        with pytest.raises(DataError, match="'p' has 2, where at most one REPRESENTS starts at it"):
            loader.load("a", persona("s2"), options=partial)


@pytest.mark.parametrize(("options", "expected"), [(KEEP, "j1"), (TAKE, "j2")], ids=["keep", "take"])
def test_a_part_has_one_whole(loader: Loader, options: LoadOptions, expected: str) -> None:
    """A stage that two sources state belongs to the journey of one of them."""

    def journey(identifier: str) -> Document:
        stages = [{"stageID": "s", "stageName": "S"}]
        return {"journeys": [{"journeyID": identifier, "journeyTitle": identifier, "journeyStages": stages}]}

    loader.load("a", journey("j1"))
    with pytest.raises(DataError, match="exactly one HAS_STAGE ends at it"):
        loader.load("b", journey("j2"))
    loader.load("b", journey("j2"), options=options)
    rows = loader.kb.cypher("MATCH (j)-[:HAS_STAGE]->(s {id: 's'}) RETURN j.id AS journey, s.sources AS by")
    assert rows == [{"journey": expected, "by": ["a", "b"]}]


links = st.lists(st.sampled_from([None, "s1", "s2", "s3"]), min_size=3, max_size=3)


@given(links, links)
def test_whoever_is_decided_for_has_the_only_links(
    tmp_path_factory: pytest.TempPathFactory, one: list[str | None], two: list[str | None]
) -> None:
    """Of each persona the link of who wins, else that of who has one; and the winner's next load changes nothing."""

    def personas(of: list[str | None]) -> Document:
        told = (persona(to, personaID=f"p{n}", title=f"P {n}") for n, to in enumerate(of))
        return {"personas": [each for document in told for each in document["personas"]]}

    for options, first, second in ((KEEP, one, two), (TAKE, two, one)):
        loader = Loader(open_store(":memory:"), tmp_path_factory.mktemp("rivals"))
        loader.load("a", personas(one))
        plan = loader.load("b", personas(two), options=options)
        assert len(plan.conflicts) == sum(bool(x and y and x != y) for x, y in zip(one, two, strict=True))
        found = {row["persona"]: row["segment"] for row in loader.kb.cypher(REPRESENTED)}
        due = {f"p{n}": won or other for n, (won, other) in enumerate(zip(first, second, strict=True)) if won or other}
        assert found == due
        winner, told = ("a", one) if options is KEEP else ("b", two)
        assert loader.load(winner, personas(told)).is_empty


@given(documents, documents)
def test_deciding_is_only_for_what_differs(
    tmp_path_factory: pytest.TempPathFactory, one: Document, two: Document
) -> None:
    """Keep changes no value, take leaves exactly what was loaded, and both do the same where nothing differs."""
    results = []
    for options in (KEEP, TAKE):
        loader = Loader(open_store(":memory:"), tmp_path_factory.mktemp("conflicts"))
        loader.load("a", one)
        alone = loader.kb.dataset()
        plan = loader.load("b", two, options=options)
        assert bool(plan.conflicts) == (one != two)
        results.append(loader.kb.dataset())
        only = Loader(open_store(":memory:"), tmp_path_factory.mktemp("conflicts"))
        only.load("b", two)
        assert results[-1] == (alone if options is KEEP else only.kb.dataset())
    assert (results[0] == results[1]) == (one == two)


def test_a_refused_load_writes_nothing(loader: Loader) -> None:
    """Without a decision, everything stays, bookkeeping included."""
    loader.load("a", capability(maturityLevel=2))
    before = everything_in(loader.kb.store)
    with pytest.raises(DataError, match="--on-conflict keep or take"):
        loader.load("b", capability(maturityLevel=3))
    assert everything_in(loader.kb.store) == before


def test_a_plan_tells_what_a_decision_would_change(loader: Loader) -> None:
    """Nothing is written, and the problems are gone."""
    loader.load("a", capability(maturityLevel=2))
    plan = loader.plan("b", capability(maturityLevel=3), options=TAKE)
    assert plan.updated.nodes == 1
    assert not plan.problems
    assert loader.kb.cypher("MATCH (c:Capability) RETURN c.maturityLevel AS level") == [{"level": 2}]
