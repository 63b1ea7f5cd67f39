"""The questions about initiatives, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def at_stake(world: World, parameters: Parameters) -> Rows:
    """Find what an initiative closes and improves, the stages and segments that this reaches, and what measures it."""
    initiative = ("Initiative", parameters["initiative"])
    dependents = [
        later
        for later in world.all("Initiative")
        if later != initiative and _goes_on(world, later) and world.needed(later).get(initiative)
    ]
    rows = []
    for edge in [*world.edges_from(initiative, "CLOSES"), *world.edges_from(initiative, "IMPROVES")]:
        element = edge.target
        if world.of(element, "status") == "closed":
            continue
        in_one = world.first_after(element, "GAP_IN", "Capability")
        capability = in_one if edge.type == "CLOSES" else element if element[0] == "Capability" else None
        others = [*world.before(element, "CLOSES"), *world.before(element, "IMPROVES")]
        hindered = world.first_after(element, "HINDERS", "CustomerSegment")
        for journey, stage, route, hops, segment, personas in _losers(world, element, capability, hindered):
            measured = {initiative, element, capability, stage} - {None}
            indicators = {indicator for node in measured for indicator in world.after(node, "MEASURED_BY")}
            row = {
                "initiativeId": initiative[1],
                "initiative": world.of(initiative, "title"),
                "status": world.of(initiative, "status"),
                "endDate": world.of(initiative, "endDate"),
                "effect": edge.type.lower(),
                "kind": element[0],
                "elementId": element[1],
                "element": world.of(element, "title"),
                "capabilityId": capability and capability[1],
                "capability": world.of(capability, "title"),
                "expectedShare": edge.properties.get("expectedShare"),
                "sole": not any(other != initiative and _goes_on(world, other) for other in others),
                "journeyId": journey and journey[1],
                "journey": world.of(journey, "title"),
                "stageId": stage and stage[1],
                "stage": world.of(stage, "title"),
                "route": route,
                "hops": hops,
                "segmentId": segment and segment[1],
                "segment": world.of(segment, "title"),
                "personas": world.titles(personas),
                "indicators": world.titles([*indicators]),
                "dependents": world.titles(dependents),
            }
            rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            r["effect"],
            r["kind"],
            r["elementId"],
            9 if r["hops"] is None else r["hops"],
            *(r[name] or "" for name in ("journeyId", "stageId", "segmentId")),
        ),
    )


def circular_dependencies(world: World, _: Parameters) -> Rows:
    """Find the initiatives that wait for themselves, in how many steps, and who waits with them."""
    circles: dict[Key, list[int]] = {}
    leading: dict[Key, list[Key]] = {}
    for initiative in world.all("Initiative"):
        for needed in world.after(initiative, "DEPENDS_ON", "Initiative"):
            back = 0 if needed == initiative else world.needed(needed).get(initiative)
            if back is not None:
                circles.setdefault(initiative, []).append(back + 1)
                leading.setdefault(initiative, []).append(needed)
    rows = []
    for initiative, steps in circles.items():
        fellows = [
            other
            for other in circles
            if other == initiative or (world.needed(initiative).get(other) and world.needed(other).get(initiative))
        ]
        row = {
            "initiativeId": initiative[1],
            "initiative": world.of(initiative, "title"),
            "status": world.of(initiative, "status"),
            "startDate": world.of(initiative, "startDate"),
            "endDate": world.of(initiative, "endDate"),
            "steps": min(steps),
            "waitsFor": world.titles(leading[initiative]),
            "circle": world.titles(fellows),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (r["circle"][0], r["initiativeId"]))


def on_the_roadmap(world: World, parameters: Parameters) -> Rows:
    """Find the items that are still to come, the initiatives that they schedule, and what these better."""
    rows = []
    for item in world.all("RoadmapItem"):
        end, day = world.of(item, "endDate"), parameters["from_day"]
        if world.of(item, "status") in ("done", "dropped") and not parameters["all_items"]:
            continue
        if end and day and (end.ljust(10, "9") < day):
            continue
        roadmap = next(iter(world.before(item, "HAS_ITEM", "Roadmap")), None)
        journeys = {*world.after(roadmap, "FOR_JOURNEY", "Journey"), *world.after(item, "SCHEDULES", "Journey")}
        if parameters["journey"] is not None and ("Journey", parameters["journey"]) not in journeys:
            continue
        scheduled: list[Key | None] = [*world.after(item, "SCHEDULES", "Initiative")]
        for initiative in scheduled or [None]:
            gaps = [gap for gap in world.after(initiative, "CLOSES") if world.of(gap, "status") != "closed"]
            waits = world.after(initiative, "DEPENDS_ON", "Initiative")
            row = {
                "roadmapId": roadmap and roadmap[1],
                "roadmap": world.of(roadmap, "title"),
                "horizon": world.of(roadmap, "horizon"),
                "track": world.of(roadmap, "track"),
                "itemId": item[1],
                "item": world.of(item, "title"),
                "itemStatus": world.of(item, "status"),
                "sequenceNumber": world.of(item, "sequenceNumber"),
                "startDate": world.of(item, "startDate"),
                "endDate": end,
                "initiativeId": initiative and initiative[1],
                "initiative": world.of(initiative, "title"),
                "initiativeStatus": world.of(initiative, "status"),
                "otherWork": world.titles(world.after(item, "SCHEDULES", "StrategicResponse")),
                "journeys": world.titles([*journeys]),
                "stages": _bettered(world, [*world.after(initiative, "IMPROVES"), *gaps]),
                "gaps": world.titles(gaps),
                "waitsFor": world.titles([wait for wait in waits if world.of(wait, "status") != "Completed"]),
            }
            rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            r["startDate"] or "9999",
            r["roadmapId"] or "",
            r["sequenceNumber"] or 0,
            r["itemId"],
            r["initiativeId"] or "",
        ),
    )


def _goes_on(world: World, initiative: Key) -> bool:
    return world.of(initiative, "status") not in ("Completed", "Cancelled")


def _losers(
    world: World, element: Key, capability: Key | None, hindered: Key | None
) -> Iterator[tuple[Key | None, Key | None, str | None, int | None, Key | None, list[Key]]]:
    """Yield journey, stage, route, hops, segment and personas for each segment at each stage that feels the change."""
    nearest: dict[Key, tuple[int, str]] = {}
    for stage, hops, route in _ways(world, element, capability):
        nearest[stage] = min(nearest.get(stage, (hops, route)), (hops, route))
    none = True
    for stage, (hops, route) in nearest.items():
        for journey in world.before(stage, "HAS_STAGE", "Journey"):
            for segment, personas in _people(world, journey, stage).items():
                if hindered is None or segment is None or segment == hindered:
                    none = False
                    yield journey, stage, route, hops, segment, personas
    if none:
        yield None, None, None, None, hindered, []


def _ways(world: World, element: Key, capability: Key | None) -> Iterator[tuple[Key, int, str]]:
    """Yield stage, hops and route of every way from what is closed or improved to a stage."""
    if element[0] == "JourneyStage":
        yield element, 0, "direct"
    for stage in world.before(element, "HAS_TOUCHPOINT", "JourneyStage"):
        yield stage, 0, "direct"
    for stage in world.before(element, "MAPS_TO", "JourneyStage"):
        yield stage, 0, "value stream"
    for route in world.routes(capability):
        yield route.stage, route.hops, "dependency" if route.hops else route.way


def _people(world: World, journey: Key, stage: Key) -> dict[Key | None, list[Key]]:
    """Return the personas at a stage by their segment."""
    personas = set(world.after(journey, "APPLIES_TO", "Persona"))
    for experience in world.before(stage, "AT_STAGE", "StageExperience"):
        personas.update(world.before(experience, "HAS_EXPERIENCE", "Persona"))
    designed = world.first_after(journey, "DESIGNED_FOR", "CustomerSegment")
    people: dict[Key | None, list[Key]] = {}
    for persona in personas:
        people.setdefault(world.first_after(persona, "REPRESENTS", "CustomerSegment") or designed, []).append(persona)
    return people or {designed: []}


def _bettered(world: World, elements: list[Key]) -> list[str]:
    """Return the stages that gain if elements improve and gaps are closed, as journey and stage in their order."""
    stages: set[Key] = set()
    for element in elements:
        capability = element if element[0] == "Capability" else world.first_after(element, "GAP_IN", "Capability")
        stages.update(stage for stage, hops, _ in _ways(world, element, capability) if hops == 0)
    placed: list[tuple[Any, ...]] = []
    for stage in stages:
        title, number = world.of(stage, "title"), world.of(stage, "sequenceNumber")
        journeys = world.titles(world.before(stage, "HAS_STAGE", "Journey"))
        placed += [(journey, number is None, number or 0, title, stage[1]) for journey in journeys]
    return [f"{journey}: {title}" for journey, _, _, title, _ in sorted(placed)]


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
    "at_stake": [
        ("WHERE coalesce(element.status, 'open') <> 'closed'", ""),
        ("(initiative)<-[:DEPENDS_ON*1..8]-(later:Initiative)", "(initiative)-[:DEPENDS_ON*1..8]->(later:Initiative)"),
        ("(enabling)-[:DEPENDS_ON*1..8]->(needed)", "(needed)-[:DEPENDS_ON*1..8]->(enabling)"),
        ("coalesce(enabled, touching, ", "coalesce(enabled, "),
        ("coalesce(represented, designed)", "represented"),
        ("WHERE other.id <> initiative.id AND NOT coalesce", "WHERE NOT coalesce"),
        ("coalesce(other.status, '') IN ['Completed', 'Cancelled']", "coalesce(other.status, '') IN ['Completed']"),
        ("CASE WHEN place IS NULL THEN hindered END", "null"),
        ("hindered IS NULL OR segment IS NULL OR hindered.id = segment.id", "true"),
        ("[initiative, element, capability, stage] WHERE", "[element, capability, stage] WHERE"),
        ("ORDER BY hops, route", "ORDER BY hops DESC, route"),
    ],
    "circular_dependencies": [
        ("DEPENDS_ON*1..8]->(initiative)", "DEPENDS_ON*1..1]->(initiative)"),
        ("min(back)", "max(back)"),
        ("back + 1", "back"),
        ("MATCH again = shortestPath((member)-[:DEPENDS_ON*1..8]->(initiative))", ""),
        ("ORDER BY head(circle), initiativeId", "ORDER BY initiativeId"),
    ],
    "on_the_roadmap": [
        ("IN ['done', 'dropped']", "IN ['done']"),
        ("$all_items OR", ""),
        ("left($from_day, size(item.endDate))", "$from_day"),
        (
            "  MATCH (item)-[:SCHEDULES]->(gaining:Journey)",
            "  MATCH (item)-[:SCHEDULES]->(gaining:Journey) WHERE false",
        ),
        ("WHERE coalesce(before.status, '') <> 'Completed'", ""),
        ("WHERE coalesce(gap.status, 'open') <> 'closed'", ""),
        ("lackings + improvements", "improvements"),
        ("coalesce(enabled, touching, ", "coalesce(touching, "),
        ("coalesce(startDate, '9999')", "coalesce(endDate, '9999')"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "on_the_roadmap": {"from_day": ["2026-01-15", "2026-07-01", "2027-03-01"], "all_items": [True]},
}

SIGHTS: Final[Sights] = {
    "closing_nothing": {"work that touches no stage": lambda row: bool(row["improves"])},
    "at_stake": {
        "a gap that only this one closes": lambda row: row["effect"] == "closes" and row["sole"],
        "a gap that others close, too": lambda row: row["effect"] == "closes" and not row["sole"],
        "a route through dependencies": lambda row: row["route"] == "dependency",
        "a touchpoint of a stage": lambda row: row["kind"] == "Touchpoint" and row["stageId"],
        "what reaches no stage": lambda row: row["stageId"] is None,
        "initiatives that depend on it": lambda row: bool(row["dependents"]),
        "indicators": lambda row: bool(row["indicators"]),
    },
    "circular_dependencies": {
        "two that wait for each other": lambda row: row["steps"] == 2,
        "a longer circle": lambda row: row["steps"] > 2,
    },
    "on_the_roadmap": {
        "an item without an initiative": lambda row: row["initiativeId"] is None,
        "an item of no roadmap": lambda row: row["roadmapId"] is None,
        "stages that gain": lambda row: bool(row["stages"]),
        "an initiative that waits": lambda row: bool(row["waitsFor"]),
        "other work": lambda row: bool(row["otherWork"]),
    },
}
