"""The questions answered once more, in plain Python over plain data, from their prose and not from their Cypher.

Each function takes a graph and the question's parameters and returns rows by column name, in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.world import Route, World, highest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.support.graphs import Graph, Key

    Rows = list[dict[str, Any]]
    Parameters = Mapping[str, Any]


def affecting_stages(graph: Graph, parameters: Parameters) -> Rows:
    """Find which capability gaps affect which journey stages, for whom, and how badly."""
    world, rows = World(graph), []
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


def reaching_no_stage(graph: Graph, _: Parameters) -> Rows:
    """Find the open gaps that no route leads to a stage of a journey, and the link that is missing."""
    world, rows = World(graph), []
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


def unfunded(graph: Graph, _: Parameters) -> Rows:
    """Find the open gaps that no initiative closes, and the stages that they reach."""
    world, rows = World(graph), []
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


def closing_nothing(graph: Graph, _: Parameters) -> Rows:
    """Find the initiatives that close no gap and improve nothing that touches a stage."""
    world, rows = World(graph), []
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


def weakest(graph: Graph, parameters: Parameters) -> Rows:
    """Find the worst-rated stages, the capabilities that enable them, their distance to target, and the owners."""
    world, rows = World(graph), []
    for stage in world.all("JourneyStage"):
        scores = world.scores(world.before(stage, "AT_STAGE", "StageExperience"))
        if not scores or min(scores) > parameters["max_satisfaction"]:
            continue
        if parameters["phase"] not in (None, world.of(stage, "engagementPhase")):
            continue
        owners = world.titles(world.before(stage, "OWNS", "OrgUnit"))
        for journey in world.before(stage, "HAS_STAGE", "Journey"):
            if parameters["journey"] not in (None, journey[1]):
                continue
            common = {
                "journeyId": journey[1],
                "journey": world.of(journey, "title"),
                "stageId": stage[1],
                "stage": world.of(stage, "title"),
                "lowestSatisfaction": min(scores),
                "meanSatisfaction": sum(scores) / len(scores),
                "ratings": len(scores),
                "stageOwner": ", ".join(owners) or None,
            }
            rows += [common | use for use in _uses(world, stage)]
    return sorted(
        rows,
        key=lambda r: (
            r["lowestSatisfaction"],
            r["meanSatisfaction"],
            r["journeyId"],
            r["stageId"],
            9 if r["distance"] is None else -r["distance"],
            r["capabilityId"] or "",
        ),
    )


def _uses(world: World, stage: Key) -> Iterator[dict[str, Any]]:
    enabling: list[tuple[Key | None, str | None, int | None]]
    enabling = [(c, *_use(world, stage, c)) for c in world.all("Capability") if _use(world, stage, c)[0] is not None]
    for capability, route, importance in enabling or [(None, None, None)]:
        units = world.titles(world.before(capability, "OWNS", "OrgUnit"))
        yield {
            "capabilityId": capability and capability[1],
            "capability": world.of(capability, "title"),
            "route": route,
            "importance": importance,
            "maturityLevel": world.of(capability, "maturityLevel"),
            "targetMaturityLevel": world.of(capability, "targetMaturityLevel"),
            "distance": world.distance(capability),
            "capabilityOwner": ", ".join(units) or world.of(capability, "owner"),
        }


def _use(world: World, stage: Key, capability: Key) -> tuple[str | None, int | None]:
    direct = world.importances(stage, capability)
    through = [level for v in world.after(stage, "MAPS_TO") for level in world.importances(v, capability)]
    return "direct" if direct else "value stream" if through else None, highest([*direct, *through])


ORACLES: Final[Mapping[str, Callable[[Graph, Parameters], Rows]]] = {
    "gaps/affecting_stages": affecting_stages,
    "gaps/reaching_no_stage": reaching_no_stage,
    "gaps/unfunded": unfunded,
    "initiatives/closing_nothing": closing_nothing,
    "stages/weakest": weakest,
}
"""The oracle of every question, by name."""
