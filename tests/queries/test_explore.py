"""The texts for Neo4j Browser return the paths that they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.queries import catalog
from tests.support.graphs import Graph, write_graph

if TYPE_CHECKING:
    from tests.queries.conftest import Knowledge


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
