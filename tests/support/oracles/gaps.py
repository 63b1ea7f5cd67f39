"""The questions about gaps, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.world import highest

if TYPE_CHECKING:
    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import Route, World


def affecting_stages(world: World, parameters: Parameters) -> Rows:
    """Find which capability gaps affect which journey stages, for whom, and how badly."""
    rows = []
    for gap in world.open_gaps():
        capability = world.first_after(gap, "GAP_IN", "Capability")
        by_stage: dict[Key, list[Route]] = {}
        for route in world.routes(capability):
            by_stage.setdefault(route.stage, []).append(route)
        for stage, routes in by_stage.items():
            for journey in world.before(stage, "HAS_STAGE", "Journey"):
                for persona in _personas(world, journey, stage):
                    row = _severity_row(world, gap, (journey, persona), routes, parameters)
                    if row is not None:
                        rows.append(row)
    return sorted(rows, key=lambda r: (-r["severity"], r["gapId"], r["journeyId"], r["stageId"], r["personaId"] or ""))


def _personas(world: World, journey: Key, stage: Key) -> list[Key | None]:
    witnesses = [
        persona for e in world.before(stage, "AT_STAGE") for persona in world.before(e, "HAS_EXPERIENCE", "Persona")
    ]
    return list(dict.fromkeys([*world.after(journey, "APPLIES_TO", "Persona"), *witnesses])) or [None]


def _counts_for(world: World, gap: Key, segment: Key | None) -> bool:
    hindered = world.first_after(gap, "HINDERS", "CustomerSegment")
    return hindered is None or segment is None or hindered == segment


def _severity_row(
    world: World, gap: Key, walk: tuple[Key, Key | None], routes: list[Route], parameters: Parameters
) -> dict[str, Any] | None:
    (journey, persona), stage = walk, routes[0].stage
    capability = world.first_after(gap, "GAP_IN", "Capability")
    segment = world.first_after(persona, "REPRESENTS", "CustomerSegment") or world.first_after(
        journey, "DESIGNED_FOR", "CustomerSegment"
    )
    for name, element in (("segment", segment), ("journey", journey), ("persona", persona)):
        if parameters[name] is not None and (element is None or element[1] != parameters[name]):
            return None
    superseded = world.of(gap, "gapKind") == "maturity" and any(
        world.of(other, "gapKind") == "assessed" and _counts_for(world, other, segment)
        for other in world.open_gaps()
        if capability in world.after(other, "GAP_IN")
    )
    if superseded or not _counts_for(world, gap, segment):
        return None

    def importance(route: Route) -> int:
        default: int = parameters["default_importance"]
        return default if route.stated is None else route.stated

    best = min(
        routes,
        key=lambda r: (-importance(r) * parameters["decay"] ** r.hops, r.hops, r.way != "direct", r.enabling[1]),
    )
    scores = world.scores([e for e in world.after(persona, "HAS_EXPERIENCE") if stage in world.after(e, "AT_STAGE")])
    ratings = [
        edge.properties.get("strategicImportance")
        for strategy in world.before(segment, "TARGETS", "Strategy")
        for edge in world.edges_from(strategy, "TARGETS")
        if edge.target == segment
    ]
    rating = highest(ratings)  # type: ignore[arg-type]  # the generator puts integers there
    size, share = world.gap_size(gap, capability), parameters["decay"] ** best.hops
    pain = 5.0 - min(scores, default=parameters["default_satisfaction"])
    weight = parameters["default_weight"] if rating is None else rating / 5.0
    severity = size * importance(best) * pain * weight * share
    if severity < parameters["min_severity"]:
        return None
    return world.gap_columns(gap, capability) | {
        "journeyId": journey[1],
        "journey": world.of(journey, "title"),
        "stageId": stage[1],
        "stage": world.of(stage, "title"),
        "personaId": persona and persona[1],
        "persona": world.of(persona, "title"),
        "segmentId": segment and segment[1],
        "segment": world.of(segment, "title"),
        "severity": severity,
        "gapSize": size,
        "importance": importance(best),
        "pain": pain,
        "painRecorded": bool(scores),
        "segmentWeight": weight,
        "share": share,
        "hops": best.hops,
        "route": "dependency" if best.hops else best.way,
        "stageRoute": best.way,
        "enablingCapabilityId": best.enabling[1],
        "enablingCapability": world.of(best.enabling, "title"),
        "routes": len(routes),
    }


def reaching_no_stage(world: World, _: Parameters) -> Rows:
    """Find the open gaps that no route leads to a stage of a journey, and the link that is missing."""
    rows = []
    for gap in world.open_gaps():
        capability = world.first_after(gap, "GAP_IN", "Capability")
        if any(world.before(route.stage, "HAS_STAGE", "Journey") for route in world.routes(capability)):
            continue
        hindered = world.first_after(gap, "HINDERS", "CustomerSegment")
        for (value_stage, stage), (hops, enabling) in _loose_ends(world, capability).items():
            if capability is None:
                missing = "the gap lies in no capability"
            elif stage is not None:
                missing = "the stage belongs to no journey"
            elif value_stage is not None:
                missing = "no journey stage maps to the value stage"
            else:
                missing = "no stage or value stage is enabled by the capability or by one that depends on it"
            row = world.gap_columns(gap, capability) | {
                "segmentId": hindered and hindered[1],
                "segment": world.of(hindered, "title"),
                "hops": hops,
                "enablingCapabilityId": enabling and enabling[1],
                "enablingCapability": world.of(enabling, "title"),
                "valueStageId": value_stage and value_stage[1],
                "valueStage": world.of(value_stage, "title"),
                "stageId": stage and stage[1],
                "stage": world.of(stage, "title"),
                "missingLink": missing,
            }
            rows.append(row)
    return sorted(rows, key=lambda r: (r["gapId"], r["hops"], r["valueStageId"] or "", r["stageId"] or ""))


def _loose_ends(world: World, capability: Key | None) -> dict[tuple[Key | None, Key | None], tuple[int, Key | None]]:
    """Return value stage and stage of each loose end, with the nearest capability that leads there."""
    ends: dict[tuple[Key | None, Key | None], tuple[int, Key | None]] = {}
    nearest_first = sorted(
        world.dependents(capability).items() if capability else (), key=lambda item: (item[1], item[0][1])
    )
    for enabling, hops in nearest_first:
        for enabled in world.before(enabling, "ENABLED_BY"):
            if enabled[0] == "JourneyStage":
                ends.setdefault((None, enabled), (hops, enabling))
            else:
                mapped: list[Key | None] = [*world.before(enabled, "MAPS_TO", "JourneyStage")]
                for stage in mapped or [None]:
                    ends.setdefault((enabled, stage), (hops, enabling))
    return ends or {(None, None): (0, capability)}


def unfunded(world: World, _: Parameters) -> Rows:
    """Find the open gaps that no initiative closes, and the stages that they reach."""
    rows = []
    for gap in world.open_gaps():
        closing = world.before(gap, "CLOSES", "Initiative")
        if any(world.of(initiative, "status") != "Cancelled" for initiative in closing):
            continue
        capability = world.first_after(gap, "GAP_IN", "Capability")
        hindered = world.first_after(gap, "HINDERS", "CustomerSegment")
        reached = {route.stage for route in world.routes(capability)}
        placed = [(journey, stage) for stage in reached for journey in world.before(stage, "HAS_STAGE", "Journey")]
        placed.sort(key=lambda place: _place(world, *place))
        scores = [score for _, stage in placed for score in world.scores(world.before(stage, "AT_STAGE"))]
        improving = [
            i for i in world.before(capability, "IMPROVES", "Initiative") if world.of(i, "status") != "Cancelled"
        ]
        row = world.gap_columns(gap, capability) | {
            "gapSize": world.gap_size(gap, capability),
            "segmentId": hindered and hindered[1],
            "segment": world.of(hindered, "title"),
            "stages": len(placed),
            "stageTitles": [f"{world.of(journey, 'title')}: {world.of(stage, 'title')}" for journey, stage in placed],
            "lowestSatisfaction": min(scores, default=None),
            "improvingInitiatives": world.titles(improving),
            "cancelledInitiatives": world.titles(closing),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (-r["stages"], -r["gapSize"], r["gapId"]))


def _place(world: World, journey: Key, stage: Key) -> tuple[Any, ...]:
    number = world.of(stage, "sequenceNumber")
    return world.of(journey, "title"), number is None, number or 0, world.of(stage, "title"), stage[1]


MUTATIONS: Final[Mutations] = {
    "affecting_stages": [
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        ("share: $decay ^ hops", "share: $decay"),
        ("route.importance * route.share > best", "route.importance > best"),
        ("route.hops < best.hops THEN route", "route.hops < best.hops THEN best"),
        ("route.way < best.way THEN route", "route.way < best.way THEN best"),
        ("route.id < best.id THEN route", "route.id < best.id THEN best"),
        ("DEPENDS_ON*1..8", "DEPENDS_ON*1..7"),
        ("DEPENDS_ON*1..8", "DEPENDS_ON*1..9"),
        ("(enabling)-[:DEPENDS_ON*1..8]->", "(enabling)<-[:DEPENDS_ON*1..8]-"),
        ("coalesce(stated, $default_importance)", "coalesce(stated, 4)"),
        ("max(uses.importanceLevel)", "min(uses.importanceLevel)"),
        ("coalesce(satisfaction, $default_satisfaction)", "coalesce(satisfaction, 4.0)"),
        ("score < lowest", "score > lowest"),
        ("WHERE witness.id = persona.id | experience", "WHERE true | experience"),
        ("rating / 5.0, $default_weight", "rating / 5.0, 0.5"),
        ("rating > highest", "rating < highest"),
        ("coalesce(segment, designed)", "segment"),
        ("coalesce(segment, designed)", "coalesce(designed, segment)"),
        ("RETURN null AS persona, null AS segment", "RETURN journey AS persona, null AS segment"),
        ("(journey)-[:APPLIES_TO]->(persona:Persona)", "(journey)-[:APPLIES_TO]->(persona:Journey)"),
        (
            "(stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)",
            "(stage)<-[:HAS_STAGE]-(persona:Persona)",
        ),
        ("hinderedId IS NULL OR segment IS NULL OR hinderedId = segment.id", "true"),
        ("hinderedId IS NULL OR segment IS NULL OR", "hinderedId IS NULL OR"),
        ("spared = '' OR spared = segment.id", "spared = ''"),
        ("gap.gapKind = 'maturity' AND other", "other"),
        ("coalesce(other.status, 'open') <> 'closed'", "true"),
        ("coalesce(gap.gapSize, capability", "coalesce(capability"),
        ("capability.maturityLevel, 1)", "capability.maturityLevel, 2)"),
        ("-[:MAPS_TO]->(:ValueStreamStage)-", "-"),
        ("routes: size(routes)", "routes: 1"),
        (
            "(:Persona {id: $persona})<-[:APPLIES_TO]-(journey:Journey)",
            "(:Persona {id: $persona})<-[:APPLIES_TO]-(:Journey)<-[:HAS_STAGE]-(journey:Journey)",
        ),
        ("(:CustomerSegment {id: $segment})<-[:DESIGNED_FOR]-", "(:CustomerSegment {id: $segment})-[:DESIGNED_FOR]->"),
    ],
    "reaching_no_stage": [
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        ("-(:JourneyStage)<-[:HAS_STAGE]-(:Journey) }\n", "-(:JourneyStage) }\n"),
        ("<-[:MAPS_TO]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)", "<-[:MAPS_TO]-(:JourneyStage)"),
        ("DEPENDS_ON*1..8", "DEPENDS_ON*1..1"),
        ("ORDER BY way.hops, way.id", "ORDER BY way.hops DESC, way.id"),
        ("size(looseEnds) = 1 OR", "true OR"),
        ("OPTIONAL MATCH (gap)-[:GAP_IN]", "MATCH (gap)-[:GAP_IN]"),
        ("-[:MAPS_TO]->", "<-[:MAPS_TO]-"),
        ("THEN [null] ELSE mapped", "THEN [null] ELSE [null]"),
    ],
    "unfunded": [
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        ("WHERE coalesce(closing.status, '') <> 'Cancelled' }", "}"),
        ("WHERE coalesce(improving.status, '') <> 'Cancelled'", "WHERE true"),
        ("THEN enabled ELSE mapped END", "THEN enabled END"),
        ("CASE WHEN journey IS NULL THEN null ELSE candidate END", "candidate"),
        ("min(satisfaction)", "max(satisfaction)"),
        ("journey.title, stage.sequenceNumber, stage.title", "journey.title, stage.title"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "affecting_stages": {
        "min_severity": [1, 2.5],
        "decay": [0, 0.25, 1],
        "default_importance": [1, 5],
        "default_satisfaction": [1, 4.5],
        "default_weight": [0, 1.0],
    }
}

SIGHTS: Final[Sights] = {
    "affecting_stages": {
        "a direct route": lambda row: row["route"] == "direct",
        "a route through a value stream": lambda row: row["route"] == "value stream",
        "a route through dependencies": lambda row: row["route"] == "dependency",
        "a stage without a persona": lambda row: row["personaId"] is None,
        "a pain that is assumed": lambda row: row["painRecorded"] is False,
    },
    "reaching_no_stage": {
        "a stage of no journey": lambda row: row["stageId"] is not None,
        "a value stage without a stage": lambda row: row["stageId"] is None and row["valueStageId"] is not None,
        "a gap without a capability": lambda row: row["capabilityId"] is None,
        "no link at all": lambda row: row["missingLink"].startswith("no stage or"),
    },
}
