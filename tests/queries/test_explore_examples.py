"""What each text for Neo4j Browser draws and does not draw, by examples, and changes to it that they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from graphkb.example import BANK
from graphkb.knowledge_base import KnowledgeBase
from graphkb.queries import catalog
from graphkb.store import open_store
from tests.conftest import clear
from tests.support.graphs import Graph, write_graph
from tests.support.loads import Loader
from tests.support.paths import drawing, paths
from tests.support.sights import MUTATIONS, SIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.store.protocol import GraphStore
    from tests.queries.conftest import Knowledge


APART: Final = {"last_changes", "metamodel", "stubs"}
"""Texts with examples of their own: below, and for the metamodel in test_explore."""


@pytest.fixture(scope="module")
def bank() -> Iterator[GraphStore]:
    """Give the shipped example, in memory."""
    with KnowledgeBase(open_store(":memory:")) as kb:
        kb.load([BANK], source="bank")
        yield kb.store


@pytest.mark.parametrize("name", SIGHTS)
def test_a_drawing_shows_what_belongs_to_it_and_nothing_else(bank: GraphStore, name: str) -> None:
    """Every element said to be there is drawn, and none said to be absent, all of which exist."""
    assert _faults(bank, name, catalog.find(f"explore/{name}").text) == []
    known = {str(row["id"]) for row in bank.read("MATCH (n:Element) RETURN n.id AS id")}
    assert {each for sight in SIGHTS[name] for each in f"{sight.there} {sight.absent}".split()} - known == set()


@pytest.mark.parametrize(("name", "old", "new"), MUTATIONS)
def test_a_changed_text_is_found_out(bank: GraphStore, name: str, old: str, new: str) -> None:
    """With one thing changed a text shows too much or too little."""
    text = catalog.find(f"explore/{name}").text
    assert old in text
    assert _faults(bank, name, text.replace(old, new))


def test_every_text_has_an_example_and_changes_that_it_finds() -> None:
    """A text without either could draw anything."""
    shipped = {each.name.removeprefix("explore/") for each in catalog.explorations()}
    assert SIGHTS.keys() | APART == shipped
    assert {name for name, _, _ in MUTATIONS} | APART == shipped


def test_the_neighborhood_of_a_gap_holds_its_stages_and_who_feels_it(kb: Knowledge) -> None:
    """Paths lead from the gap by every route to stages, journeys and personas, and nothing of another gap is there."""
    graph = Graph()
    gap, other = graph.add("CapabilityGap", "gap"), graph.add("CapabilityGap", "other")
    core, above, apart = (graph.add("Capability", name) for name in ("core", "above", "apart"))
    stage, step, value_stage = (
        graph.add("JourneyStage", "stage"),
        graph.add("JourneyStage", "step"),
        ("ValueStreamStage", "value"),
    )
    graph.add(*value_stage)
    journey, persona, walker = (
        graph.add("Journey", "journey"),
        graph.add("Persona", "persona"),
        graph.add("Persona", "walker"),
    )
    experience = graph.add("StageExperience", "experience")
    graph.link(gap, "GAP_IN", core)
    graph.link(other, "GAP_IN", apart)
    graph.link(above, "DEPENDS_ON", core)
    graph.link(stage, "ENABLED_BY", core)
    graph.link(value_stage, "ENABLED_BY", above)
    graph.link(step, "MAPS_TO", value_stage)
    graph.link(journey, "HAS_STAGE", stage)
    graph.link(journey, "HAS_STAGE", step)
    graph.link(journey, "APPLIES_TO", walker)
    graph.link(persona, "HAS_EXPERIENCE", experience)
    graph.link(experience, "AT_STAGE", step)
    write_graph(kb.store, graph)
    text = catalog.find("explore/gap_neighbourhood").text
    assert "RETURN DISTINCT path AS path" in text
    nodes = text.replace("RETURN DISTINCT path AS path", "RETURN [node IN nodes(path) | node.id] AS path")
    paths = {tuple(row["path"]) for row in kb.store.read(nodes, {"gap": "gap"}) if isinstance(row["path"], list)}
    assert paths == {
        ("gap", "core"),
        ("above", "core"),
        ("core", "stage", "journey"),
        ("core", "stage", "journey", "walker"),
        ("above", "value", "step", "journey"),
        ("above", "value", "step", "journey", "walker"),
        ("above", "value", "step", "experience", "persona"),
    }


def test_behind_a_painful_stage_are_the_gaps_of_every_route(kb: Knowledge) -> None:
    """An open gap lies in what the stage names, what its value stage needs or what shapes the experience."""
    graph = Graph()
    journey, stage = graph.add("Journey", "journey"), graph.add("JourneyStage", "stage")
    value_stage = graph.add("ValueStreamStage", "value")
    graph.link(journey, "HAS_STAGE", stage)
    graph.link(stage, "MAPS_TO", value_stage)
    for persona, score in (("mild", 2.5), ("sore", 1.0), ("glad", 2.6)):
        experience = graph.add("StageExperience", f"{persona} stage", satisfactionScore=score)
        graph.link(graph.add("Persona", persona), "HAS_EXPERIENCE", experience)
        graph.link(experience, "AT_STAGE", stage)
    sore = ("StageExperience", "sore stage")
    for source, way, name in (
        (stage, "ENABLED_BY", "named"),
        (value_stage, "ENABLED_BY", "hidden"),
        (sore, "SHAPED_BY", "held"),
    ):
        capability = graph.add("Capability", name)
        graph.link(source, way, capability)
        graph.link(graph.add("CapabilityGap", f"{name} gap"), "GAP_IN", capability)
        graph.link(graph.add("CapabilityGap", f"{name} gap that was", status="closed"), "GAP_IN", capability)
    write_graph(kb.store, graph)
    text, arguments = catalog.find("explore/painful_stages").text, {"max_satisfaction": 2.5, "limit": 60}
    assert [tuple(node_id for _, node_id in path.nodes) for path in paths(kb.store, text, arguments)] == [
        ("sore", "sore stage", "stage", "journey"),
        ("sore stage", "held", "held gap"),
        ("sore stage", "stage", "named", "named gap"),
        ("sore stage", "stage", "value", "hidden", "hidden gap"),
        ("mild", "mild stage", "stage", "journey"),
        ("mild stage", "stage", "named", "named gap"),
        ("mild stage", "stage", "value", "hidden", "hidden gap"),
    ]


def test_the_evidence_of_an_experience_counts_for_its_persona(kb: Knowledge) -> None:
    """It is drawn with who gave it, and what is known of another's experience is not."""
    graph = Graph()
    for name in ("asked", "other"):
        persona, experience = graph.add("Persona", name), graph.add("StageExperience", f"{name} stage")
        evidence = graph.add("Evidence", f"{name} survey")
        graph.link(persona, "HAS_EXPERIENCE", experience)
        graph.link(experience, "EVIDENCED_BY", evidence)
        graph.link(evidence, "CONTRIBUTED_BY", graph.add("OrgUnit", f"{name} unit"))
    write_graph(kb.store, graph)
    found = paths(kb.store, catalog.find("explore/evidence_trail").text, {"claim": "asked"})
    assert {tuple(node_id for _, node_id in path.nodes) for path in found} == {
        ("asked", "asked stage", "asked survey"),
        ("asked", "asked stage", "asked survey", "asked unit"),
    }


def test_the_stages_of_a_journey_come_in_order(kb: Knowledge) -> None:
    """Places decide, and then titles; what is stated to come next is linked, also back to an earlier stage."""
    graph = Graph()
    journey = graph.add("Journey", "journey")
    last, first = (graph.add("JourneyStage", name, sequenceNumber=n) for name, n in (("a", 3), ("z", 1)))
    second, unplaced = graph.add("JourneyStage", "m", sequenceNumber=2), graph.add("JourneyStage", "b")
    for stage in (last, first, second, unplaced):
        graph.link(journey, "HAS_STAGE", stage)
    graph.link(first, "NEXT_STAGE", second)
    graph.link(second, "NEXT_STAGE", first)
    write_graph(kb.store, graph)
    found = paths(kb.store, catalog.find("explore/journey_map").text, {"journey": "journey"})
    assert [(path.nodes[-1][1], *path.types) for path in found] == [
        ("z", "HAS_STAGE"),
        ("m", "NEXT_STAGE"),
        ("m", "HAS_STAGE"),
        ("z", "NEXT_STAGE"),
        ("a", "HAS_STAGE"),
        ("b", "HAS_STAGE"),
    ]


def test_a_stub_is_drawn_with_everybody_who_refers_to_it(kb: Knowledge) -> None:
    """Whoever is linked with it, in either direction; not who is linked with what is defined."""
    graph = Graph()
    stub, unit = graph.add("Capability", "stub", isStub=True), graph.add("OrgUnit", "unit")
    stage, defined = graph.add("JourneyStage", "stage"), graph.add("Capability", "defined", isStub=False)
    for capability in (stub, defined):
        graph.link(stage, "ENABLED_BY", capability)
    graph.link(unit, "OWNS", defined)
    graph.link(stub, "DEPENDS_ON", graph.add("Capability", "base"))
    write_graph(kb.store, graph)
    found = paths(kb.store, catalog.find("explore/stubs").text, {"limit": 60})
    assert [tuple(node_id for _, node_id in path.nodes) for path in found] == [("stub", "base"), ("stub", "stage")]


def test_a_load_is_drawn_with_what_it_created_and_changed(kb: Knowledge, tmp_path: Path) -> None:
    """The last load unless another is named, with its relationships, and alone what has none of this load."""
    clear(kb.store)
    loader = Loader(kb.store, tmp_path)

    def document(purpose: str, *dependencies: str) -> dict[str, object]:
        capabilities = [
            {"capabilityID": "base", "title": "Base", "purpose": purpose},
            {"capabilityID": "same", "title": "Same"},
            {"capabilityID": "above", "title": "Above", "dependsOn": list(dependencies)},
            {"capabilityID": "other", "title": "Other", "dependsOn": ["Same"]},
        ]
        return {"capabilities": capabilities}

    loader.load("test", document("old"))
    loader.load("test", document("new", "Same"))
    rows = kb.store.read("MATCH (run:Run) RETURN run.id AS id ORDER BY run.startedAt, run.id")
    first, last = (str(row["id"]) for row in rows)
    text = catalog.find("explore/last_changes").text

    def drawn(run: str | None) -> list[tuple[str, ...]]:
        return [tuple(key for _, key in path.nodes) for path in paths(kb.store, text, {"run": run, "limit": 60})]

    assert drawn(None) == drawn(last) == [(last,), ("base",), ("above", "same")]
    assert drawn(first) == [(first,), ("above",), ("base",), ("other", "same")]


def _faults(bank: GraphStore, name: str, text: str) -> list[str]:
    """Return what is missing in the drawings of the example, and what should not be there."""
    found = []
    for given, there, absent in SIGHTS[name]:
        arguments = catalog.check_arguments(catalog.find(f"explore/{name}"), given)
        seen = drawing(paths(bank, text, arguments)).ids
        found += [f"{each} is missing" for each in there.split() if each not in seen]
        found += [f"{each} is drawn" for each in absent.split() if each in seen]
    return found
