"""The questions about initiatives, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World


def closing_nothing(world: World, _: Parameters) -> Rows:
    """Find the initiatives that close no gap and improve nothing that touches a stage."""
    rows = []
    for initiative in world.all("Initiative"):
        improved = world.after(initiative, "IMPROVES")
        if (
            world.of(initiative, "status") in ("Completed", "Cancelled")
            or world.after(initiative, "CLOSES", "CapabilityGap")
            or any(_touches_a_stage(world, element) for element in improved)
        ):
            continue
        row = {
            "initiativeId": initiative[1],
            "initiative": world.of(initiative, "title"),
            "status": world.of(initiative, "status"),
            "budget": world.of(initiative, "budget"),
            "ownerUnits": world.titles(world.before(initiative, "OWNS", "OrgUnit")),
            "improves": world.titles(improved),
            "targets": world.titles(world.after(initiative, "TARGETS")),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (-(r["budget"] or 0.0), r["initiativeId"]))


def _touches_a_stage(world: World, element: Key) -> bool:
    if element[0] == "Capability":
        return any(world.routes(element))
    if element[0] == "JourneyStage":
        return True
    return bool(
        world.before(element, "HAS_TOUCHPOINT", "JourneyStage") or world.before(element, "MAPS_TO", "JourneyStage")
    )


MUTATIONS: Final[Mutations] = {
    "closing_nothing": [
        ("['Completed', 'Cancelled']", "['Completed']"),
        ("AND NOT EXISTS { (initiative)-[:CLOSES]->(:CapabilityGap) }", ""),
        ("AND NOT EXISTS { (initiative)-[:IMPROVES]->(:JourneyStage) }", ""),
        ("(:Touchpoint)<-[:HAS_TOUCHPOINT]-(:JourneyStage)", "(:Touchpoint)"),
        ("(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)", "(:ValueStreamStage)"),
        ("OR EXISTS { (enabled)<-[:MAPS_TO]-(:JourneyStage) }", ""),
        ("OR EXISTS { (enabled)<-[:MAPS_TO]-(:JourneyStage) }", "OR true"),
        ("WHERE touched = 0", "WHERE true"),
        ("DEPENDS_ON*1..8", "DEPENDS_ON*1..1"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

SIGHTS: Final[Sights] = {"closing_nothing": {"work that touches no stage": lambda row: bool(row["improves"])}}
