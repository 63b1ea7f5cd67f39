"""The questions about capabilities, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.world import highest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.support.graphs import Edge, Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World


def mattering_most(world: World, parameters: Parameters) -> Rows:
    """Find the capabilities that matter most to a segment, and the open gaps in them."""
    rows = []
    for segment in _asked(world.all("CustomerSegment"), parameters["segment"]):
        for capability in dict.fromkeys(world.after(segment, "SUPPORTED_BY", "Capability")):
            links = [edge for edge in world.edges_from(segment, "SUPPORTED_BY") if edge.target == capability]
            gaps = _gaps_for(world, capability, segment)
            closing = {gap: _uncancelled(world, world.before(gap, "CLOSES", "Initiative")) for gap in gaps}
            row = {
                "segmentId": segment[1],
                "segment": world.of(segment, "title"),
                **_named(world, capability),
                "strength": _highest(links, "relationshipStrength"),
                "relationshipTypes": sorted({str(t) for e in links if (t := e.properties.get("relationshipType"))}),
                **_maturity(world, capability),
                "openGaps": len(gaps),
                "gapTitles": world.titles(gaps),
                "gapsNobodyCloses": sum(not initiatives for initiatives in closing.values()),
                "closingInitiatives": world.titles(list({i for initiatives in closing.values() for i in initiatives})),
            }
            rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            -(r["strength"] or 0),
            -r["openGaps"],
            9 if r["distance"] is None else -r["distance"],
            r["segmentId"],
            r["capabilityId"],
        ),
    )


def _gaps_for(world: World, capability: Key, segment: Key) -> list[Key]:
    """Return the open gaps in a capability that a segment feels, maturity gaps only where none was assessed."""
    felt = [
        gap
        for gap in world.open_gaps()
        if capability in world.after(gap, "GAP_IN")
        and world.first_after(gap, "HINDERS", "CustomerSegment") in (None, segment)
    ]
    if any(world.of(gap, "gapKind") == "assessed" for gap in felt):
        return [gap for gap in felt if world.of(gap, "gapKind") != "maturity"]
    return felt


_CLOSEST: Final = (
    {"SUPPORTED_BY", "REQUIRES", "ENABLED_BY"},
    {"DEPENDS_ON", "SHAPED_BY", "MAPS_TO"},
    {"HAS_EXPERIENCE", "DESIGNED_FOR"},
    {"EXPERIENCES"},
    {"APPLIES_TO"},
)
"""First links of a route, the closest first."""


def impact(world: World, parameters: Parameters) -> Rows:
    """Find whom and what a failing capability makes suffer, each by its shortest route."""
    failing = ("Capability", parameters["capability"])
    found: dict[Key, list[tuple[Any, ...]]] = {}
    for resting, hops in world.dependents(failing).items():
        for element, link, importance, at in _resting_on(world, resting):
            rank = next(place for place, links in enumerate(_CLOSEST) if link in links)
            order = (hops, rank, -(importance or 0), resting[1], at[1] if at else "")
            found.setdefault(element, []).append((*order, link, resting, importance, at))
    rows = []
    for element, routes in found.items():
        hops, *_, link, resting, importance, at = min(routes, key=lambda route: route[:5])
        stage = element if element[0] == "JourneyStage" else at
        journey = next(iter(world.before(stage, "HAS_STAGE", "Journey")), None)
        row = {
            "kind": element[0],
            "elementId": element[1],
            "element": world.of(element, "title"),
            "reachedBy": link,
            "hops": hops,
            "throughId": resting[1],
            "through": world.of(resting, "title"),
            "importance": importance,
            "atId": at and at[1],
            "at": world.of(at, "title"),
            "journeyId": journey and journey[1],
            "journey": world.of(journey, "title"),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (r["hops"], r["kind"], -(r["importance"] or 0), r["elementId"]))


def _resting_on(world: World, capability: Key) -> Iterator[tuple[Key, str, Any, Key | None]]:
    """Yield what rests on a capability without a dependency between: element, link, importance, stage between."""
    for kind, link, weight in (
        ("CustomerSegment", "SUPPORTED_BY", "relationshipStrength"),
        ("Persona", "REQUIRES", "priority"),
        ("CustomerSegment", "DEPENDS_ON", None),
        ("ValueStreamStage", "DEPENDS_ON", None),
        ("ValueStreamStage", "ENABLED_BY", "importanceLevel"),
        ("JourneyStage", "ENABLED_BY", "importanceLevel"),
    ):
        for edge in world.edges_to(capability, link, kind):
            yield edge.source, link, edge.properties.get(weight) if weight else None, None
    for experience in world.before(capability, "SHAPED_BY", "StageExperience"):
        for persona in world.before(experience, "HAS_EXPERIENCE", "Persona"):
            yield persona, "SHAPED_BY", None, world.first_after(experience, "AT_STAGE", "JourneyStage")
    for edge in world.edges_to(capability, "ENABLED_BY", "JourneyStage"):
        yield from _living(world, edge.source, edge.properties.get("importanceLevel"))
    for edge in world.edges_to(capability, "ENABLED_BY", "ValueStreamStage"):
        stated, carried = edge.properties.get("importanceLevel"), edge.source
        for persona in world.before(carried, "EXPERIENCES", "Persona"):
            yield persona, "EXPERIENCES", stated, carried
        for stage in world.before(carried, "MAPS_TO", "JourneyStage"):
            yield stage, "MAPS_TO", stated, carried
            yield from _living(world, stage, stated)


def _living(world: World, stage: Key, stated: Any) -> Iterator[tuple[Key, str, Any, Key]]:
    """Yield who lives through a stage: those with an experience there, and those for whom its journey is."""
    for experience in world.before(stage, "AT_STAGE", "StageExperience"):
        for persona in world.before(experience, "HAS_EXPERIENCE", "Persona"):
            yield persona, "HAS_EXPERIENCE", stated, stage
    for journey in world.before(stage, "HAS_STAGE", "Journey"):
        for link, kind in (("APPLIES_TO", "Persona"), ("DESIGNED_FOR", "CustomerSegment")):
            for one in world.after(journey, link, kind):
                yield one, link, stated, stage


def shared_by_stages(world: World, parameters: Parameters) -> Rows:
    """Find the capabilities on which most stages of journeys rest."""
    rows = []
    for capability in world.all("Capability"):
        resting = {
            (journey, stage): (direct, through)
            for stage, direct, through in _stages(world, capability)
            for journey in world.before(stage, "HAS_STAGE", "Journey")
        }
        if len(resting) < parameters["min_stages"]:
            continue
        journeys = {journey for journey, _ in resting}
        total = 0
        for direct, through in resting.values():
            stated = highest([*direct, *through])
            total += parameters["default_importance"] if stated is None else stated
        placed = sorted(resting, key=lambda place: _place(world, *place))
        row = {
            **_named(world, capability),
            "stages": len(resting),
            "directStages": sum(bool(direct) for direct, _ in resting.values()),
            "journeys": len(journeys),
            "segments": len({s for j in journeys for s in world.after(j, "DESIGNED_FOR", "CustomerSegment")}),
            "importanceTotal": total,
            "stageTitles": [f"{world.of(journey, 'title')}: {world.of(stage, 'title')}" for journey, stage in placed],
            **_maturity(world, capability),
            "owner": ", ".join(world.titles(world.before(capability, "OWNS", "OrgUnit")))
            or world.of(capability, "owner"),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (-r["stages"], -r["importanceTotal"], r["capabilityId"]))


def _stages(world: World, capability: Key) -> Iterator[tuple[Key, list[int | None], list[int | None]]]:
    """Yield every stage that rests on a capability, with what is stated directly and through value stages."""
    for stage in world.all("JourneyStage"):
        direct = world.importances(stage, capability)
        through = [
            level for carried in world.after(stage, "MAPS_TO") for level in world.importances(carried, capability)
        ]
        if direct or through:
            yield stage, direct, through


def _place(world: World, journey: Key, stage: Key) -> tuple[Any, ...]:
    number = world.of(stage, "sequenceNumber")
    return world.of(journey, "title"), journey[1], number is None, number or 0, world.of(stage, "title"), stage[1]


def heat_map(world: World, parameters: Parameters) -> Rows:
    """Colour the capabilities that belong to a segment, a persona or both, or else all."""
    segment = persona = None
    if parameters["segment"] is not None:
        segment = ("CustomerSegment", parameters["segment"])
    if parameters["persona"] is not None:
        persona = ("Persona", parameters["persona"])
    rows = []
    for capability in world.all("Capability"):
        for_segment = list(_reasons_for_segment(world, capability, segment)) if segment else []
        for_persona = list(_reasons_for_persona(world, capability, persona)) if persona else []
        if (segment and not for_segment) or (persona and not for_persona):
            continue
        parents = world.before(capability, "PARENT_OF", "Capability")
        parent = min(parents, key=lambda one: (world.of(one, "title"), one[1]), default=None)
        score, distance = world.of(capability, "performanceScore"), world.distance(capability)
        row = {
            "parentId": parent and parent[1],
            "parent": world.of(parent, "title"),
            **_named(world, capability),
            "heat": _heat(score, distance, parameters),
            "heatBasis": "performanceScore" if score is not None else None if distance is None else "distance",
            "performanceScore": score,
            **_maturity(world, capability),
            "reasons": sorted([*for_segment, *for_persona]),
        }
        rows.append(row)
    heats = ("red", "amber", "unknown", "green")
    return sorted(
        rows,
        key=lambda r: (
            r["parentId"] is None,
            r["parent"] or "",
            r["parentId"] or "",
            heats.index(r["heat"]),
            r["capability"],
            r["capabilityId"],
        ),
    )


def _heat(score: float | None, distance: int | None, parameters: Parameters) -> str:
    if score is not None:
        return "green" if score >= parameters["green_from"] else "amber" if score >= parameters["amber_from"] else "red"
    if distance is not None:
        return "green" if distance <= 0 else "amber" if distance <= parameters["amber_distance"] else "red"
    return "unknown"


def _reasons_for_segment(world: World, capability: Key, segment: Key) -> Iterator[str]:
    if segment in world.before(capability, "SUPPORTED_BY"):
        yield "supports the segment"
    if segment in _served(world, capability, "DESIGNED_FOR"):
        yield "enables a stage for the segment"


def _reasons_for_persona(world: World, capability: Key, persona: Key) -> Iterator[str]:
    if persona in world.before(capability, "REQUIRES"):
        yield "required by the persona"
    if any(capability in world.after(e, "SHAPED_BY") for e in world.after(persona, "HAS_EXPERIENCE")):
        yield "shapes an experience of the persona"
    if persona in _served(world, capability, "APPLIES_TO"):
        yield "enables a stage of the persona"


def _served(world: World, capability: Key, relationship: str) -> set[Key]:
    """Return for whom the journeys are of which a stage rests on a capability."""
    stages = [stage for stage, _, _ in _stages(world, capability)]
    journeys = [journey for stage in stages for journey in world.before(stage, "HAS_STAGE", "Journey")]
    return {one for journey in journeys for one in world.after(journey, relationship)}


def worth_raising(world: World, parameters: Parameters) -> Rows:
    """Find the capability of which one more level lifts the most stages, weighed by pain and segment."""
    rows = []
    for capability in world.all("Capability"):
        level = world.of(capability, "maturityLevel")
        if level is None or level >= 5:
            continue
        parts = sorted(
            _parts(world, capability, parameters),
            key=lambda part: (-part[0], part[1][1], part[2][1] if part[2] else ""),
        )
        if not parts:
            continue
        lift = 0.0
        for part in parts:
            lift += part[0]
        stage, persona = parts[0][1:3]
        valued = [s for s in {part[3] for part in parts} if s and world.of(s, "clvValue") is not None]
        richest = min(valued, key=lambda s: (-world.of(s, "clvValue"), s[1]), default=None)
        row = {
            **_named(world, capability),
            "maturityLevel": level,
            "nextLevel": level + 1,
            "targetMaturityLevel": world.of(capability, "targetMaturityLevel"),
            "gapOpen": any(capability in world.after(gap, "GAP_IN") for gap in world.open_gaps()),
            "lift": lift,
            "stages": len({part[1] for part in parts}),
            "personas": len({part[2] for part in parts} - {None}),
            "worstStageId": stage[1],
            "worstStage": world.of(stage, "title"),
            "worstPersonaId": persona and persona[1],
            "worstPersona": world.of(persona, "title"),
            "highestClv": world.of(richest, "clvValue"),
            "clvCurrency": world.of(richest, "clvCurrency"),
            "clvTimespan": world.of(richest, "clvTimespan"),
            "clvSegmentId": richest and richest[1],
            "clvSegment": world.of(richest, "title"),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (-r["lift"], -r["stages"], r["capabilityId"]))


def _parts(
    world: World, capability: Key, parameters: Parameters
) -> Iterator[tuple[float, Key, Key | None, Key | None]]:
    """Yield what each persona at each stage would gain: the gain, stage, persona and segment."""
    for stage, direct, through in _stages(world, capability):
        ways = [highest(levels) for levels in (direct, through) if levels]
        importance = max(parameters["default_importance"] if level is None else level for level in ways)
        lived = world.before(stage, "AT_STAGE", "StageExperience")
        for journey in world.before(stage, "HAS_STAGE", "Journey"):
            walkers: dict[Key | None, None] = dict.fromkeys(world.after(journey, "APPLIES_TO", "Persona"))
            walkers |= dict.fromkeys(p for e in lived for p in world.before(e, "HAS_EXPERIENCE", "Persona"))
            for persona in walkers or [None]:
                scores = world.scores([e for e in lived if persona in world.before(e, "HAS_EXPERIENCE")])
                segment = world.first_after(persona, "REPRESENTS", "CustomerSegment") or world.first_after(
                    journey, "DESIGNED_FOR", "CustomerSegment"
                )
                rating = _highest(world.edges_to(segment, "TARGETS", "Strategy"), "strategicImportance")
                weight = parameters["default_weight"] if rating is None else rating / 5.0
                pain = 5.0 - min(scores, default=parameters["default_satisfaction"])
                yield importance * pain * weight, stage, persona, segment


def raised_by_initiatives(world: World, parameters: Parameters) -> Rows:
    """Find what initiatives under way or ahead raise, and for which segments."""
    rows = []
    for initiative in world.all("Initiative"):
        if world.of(initiative, "status") in ("Completed", "Cancelled"):
            continue
        for edge in world.edges_from(initiative, "IMPROVES", "Capability"):
            capability = edge.target
            supported: list[Key | None] = [*dict.fromkeys(world.before(capability, "SUPPORTED_BY", "CustomerSegment"))]
            for segment in supported or [None]:
                if parameters["capability"] not in (None, capability[1]):
                    continue
                if parameters["segment"] is not None and (segment is None or segment[1] != parameters["segment"]):
                    continue
                rows.append(_raise_row(world, edge, segment))
    return sorted(
        rows,
        key=lambda r: (-(r["strength"] or 0), r["capabilityId"], r["initiativeId"], r["segmentId"] or ""),
    )


def _raise_row(world: World, edge: Edge, segment: Key | None) -> dict[str, Any]:
    initiative, capability = edge.source, edge.target
    links = [link for link in world.edges_from(segment, "SUPPORTED_BY") if link.target == capability]
    after: Any = edge.properties.get("toMaturity")
    target = world.of(capability, "targetMaturityLevel")
    return {
        "initiativeId": initiative[1],
        "initiative": world.of(initiative, "title"),
        "initiativeStatus": world.of(initiative, "status"),
        "endDate": world.of(initiative, "endDate"),
        **_named(world, capability),
        "fromMaturity": edge.properties.get("fromMaturity"),
        "toMaturity": after,
        "maturityLevel": world.of(capability, "maturityLevel"),
        "targetMaturityLevel": target,
        "meetsTarget": None if after is None or target is None else after >= target,
        "investment": edge.properties.get("investment"),
        "segmentId": segment and segment[1],
        "segment": world.of(segment, "title"),
        "strength": _highest(links, "relationshipStrength"),
        "capabilityIndicators": world.titles(world.after(capability, "MEASURED_BY", "PerformanceIndicator")),
        "initiativeIndicators": world.titles(world.after(initiative, "MEASURED_BY", "PerformanceIndicator")),
    }


def _asked(keys: Iterable[Key], asked: str | None) -> list[Key]:
    return [key for key in keys if asked in (None, key[1])]


def _named(world: World, capability: Key) -> dict[str, Any]:
    return {"capabilityId": capability[1], "capability": world.of(capability, "title")}


def _maturity(world: World, capability: Key) -> dict[str, Any]:
    return {
        "maturityLevel": world.of(capability, "maturityLevel"),
        "targetMaturityLevel": world.of(capability, "targetMaturityLevel"),
        "distance": world.distance(capability),
    }


def _highest(edges: list[Edge], name: str) -> int | None:
    return highest([edge.properties.get(name) for edge in edges])  # type: ignore[misc]  # the generator puts integers there


def _uncancelled(world: World, initiatives: list[Key]) -> list[Key]:
    return [initiative for initiative in initiatives if world.of(initiative, "status") != "Cancelled"]


MUTATIONS: Final[Mutations] = {
    "mattering_most": [
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        (" OR EXISTS { (gap)-[:HINDERS]->(segment) }", ""),
        ("gap.gapKind = 'assessed'", "false"),
        ("any(gap IN gaps WHERE gap.id = closing.id)", "true"),
        ("AND coalesce(initiative.status, '') <> 'Cancelled'", ""),
        ("size(gaps) - cared", "size(gaps)"),
        ("coalesce(strength, 0) DESC", "coalesce(strength, 0)"),
    ],
    "impact": [
        ("(resting)-[:DEPENDS_ON*1..8]->", "(resting)<-[:DEPENDS_ON*1..8]-"),
        ("DEPENDS_ON*1..8", "DEPENDS_ON*1..1"),
        ("|ENABLED_BY|DEPENDS_ON]", "|ENABLED_BY]"),
        ("ORDER BY hops, rank,", "ORDER BY rank, hops,"),
        ("hops, rank, coalesce(importance, 0) DESC", "hops, rank, coalesce(importance, 0)"),
        ("WHEN reachedBy = 'EXPERIENCES' THEN 4", "WHEN reachedBy = 'EXPERIENCES' THEN 6"),
        ("APPLIES_TO|DESIGNED_FOR", "DESIGNED_FOR"),
        ("CASE WHEN element:JourneyStage THEN element ELSE at END", "at"),
    ],
    "shared_by_stages": [
        ("max(stated)", "min(stated)"),
        ("max(direct)", "min(direct)"),
        ("stages >= $min_stages", "stages > $min_stages"),
        ("count(DISTINCT segment)", "count(segment)"),
        ("MATCH (stage)<-[:HAS_STAGE]-(journey:Journey)", "OPTIONAL MATCH (stage)<-[:HAS_STAGE]-(journey:Journey)"),
        ("coalesce(stated, $default_importance)", "coalesce(stated, 2)"),
        ("title), capability.owner)", "title))"),
    ],
    "heat_map": [
        ("score >= $green_from", "score > $green_from"),
        ("distance <= $amber_distance", "distance < $amber_distance"),
        ("WHEN score IS NOT NULL THEN 'red'", "WHEN score IS NOT NULL AND distance IS NULL THEN 'red'"),
        ("<-[:PARENT_OF]-", "-[:PARENT_OF]->"),
        ("  AND ($persona IS NULL OR any", "  OR ($persona IS NULL OR any"),
        ("-[:SHAPED_BY]->", "-[:AT_STAGE]->(:JourneyStage)-[:ENABLED_BY]->"),
        ("(stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]", "(stage)-[:ENABLED_BY]"),
        ("WHEN 'unknown' THEN 3 ELSE 4", "WHEN 'unknown' THEN 4 ELSE 3"),
    ],
    "worth_raising": [
        ("capability.maturityLevel < 5", "capability.maturityLevel < 4"),
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        ("CASE WHEN represented IS NULL THEN designed.id ELSE represented.id END", "represented.id"),
        ("CASE WHEN represented IS NULL THEN designedRating ELSE", "CASE WHEN true THEN designedRating ELSE"),
        ("score >= lowest", "score <= lowest"),
        ("rating <= highest", "rating >= highest"),
        ("max(coalesce(stated, $default_importance))", "coalesce(max(stated), $default_importance)"),
        ("walkerIds + [each IN witnessed | each.id]", "walkerIds"),
        ("THEN [null] ELSE personaIds", "THEN [] ELSE personaIds"),
        ("ORDER BY part DESC", "ORDER BY part"),
        ("place.clv < richest.clv", "place.clv > richest.clv"),
    ],
    "raised_by_initiatives": [
        ("['Completed', 'Cancelled']", "['Cancelled']"),
        ("OPTIONAL MATCH (capability)<-[supports", "MATCH (capability)<-[supports"),
        ("raises.toMaturity >=", "raises.toMaturity >"),
        ("$segment IS NULL OR segment.id = $segment", "$segment IS NULL OR segment IS NULL OR segment.id = $segment"),
        ("OPTIONAL MATCH (initiative)-[:MEASURED_BY]", "OPTIONAL MATCH (capability)-[:MEASURED_BY]"),
        ("coalesce(strength, 0) DESC", "coalesce(strength, 9) DESC"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "shared_by_stages": {"min_stages": [1, 3], "default_importance": [1, 5]},
    "heat_map": {"green_from": [55, 90.0], "amber_from": [20, 55.0], "amber_distance": [0, 2]},
    "worth_raising": {
        "default_importance": [1, 5],
        "default_satisfaction": [1, 4.5],
        "default_weight": [0, 1.0],
    },
}

SIGHTS: Final[Sights] = {
    "mattering_most": {
        "a capability without a gap": lambda row: row["openGaps"] == 0,
        "a gap that is being closed": lambda row: row["closingInitiatives"],
        "a gap that nobody closes": lambda row: row["gapsNobodyCloses"] > 0,
    },
    "impact": {
        link: lambda row, link=link: row["reachedBy"] == link
        for link in sorted(link for links in _CLOSEST for link in links)
    }
    | {"several hops": lambda row: row["hops"] > 1},
    "heat_map": {heat: lambda row, heat=heat: row["heat"] == heat for heat in ("red", "amber", "green", "unknown")}
    | {
        "a parent": lambda row: row["parentId"] is not None,
        "a reason": lambda row: row["reasons"],
        "by distance": lambda row: row["heatBasis"] == "distance",
    },
    "worth_raising": {
        "a lift": lambda row: row["lift"] > 0,
        "a stage without a persona": lambda row: row["worstPersonaId"] is None,
        "a lifetime value": lambda row: row["highestClv"] is not None,
    },
    "raised_by_initiatives": {
        "no segment": lambda row: row["segmentId"] is None,
        "a target that is met": lambda row: row["meetsTarget"] is True,
        "a target that is missed": lambda row: row["meetsTarget"] is False,
    },
}
