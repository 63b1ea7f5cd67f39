"""The questions about customer segments, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.world import highest

if TYPE_CHECKING:
    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World


def dependencies(world: World, parameters: Parameters) -> Rows:
    """Find what a segment depends on, over up to eight steps, and what of it is critical."""
    segment = ("CustomerSegment", parameters["segment"])
    if segment not in world.graph.nodes:
        return []
    distances = _reached(world, segment, "DEPENDS_ON", 8)
    vital = _reached(world, segment, "DEPENDS_ON", 8, _is_critical)
    rows = []
    for element, steps in distances.items():
        stating = [
            edge
            for edge in world.edges_to(element, "DEPENDS_ON")
            if edge.source == segment or distances.get(edge.source, 8) < 8
        ]
        rows.append(
            _named(world, segment)
            | {
                "kind": element[0],
                "elementId": element[1],
                "element": world.of(element, "title"),
                "steps": steps,
                "critical": element in vital,
                "neededBy": world.titles([edge.source for edge in stating]),
                "dependencyTypes": sorted({str(t) for e in stating if (t := e.properties.get("dependencyType"))}),
            }
        )
    return sorted(rows, key=lambda r: (not r["critical"], r["steps"], r["kind"], r["elementId"]))


def _is_critical(properties: Any) -> bool:
    return str(properties.get("dependencyType")).lower() == "critical"


def _reached(world: World, start: Key, relationship: str, most: int, counts: Any = lambda _: True) -> dict[Key, int]:
    """Return what edges that count lead to, with the fewest steps, one ring of neighbours after the other."""
    found: dict[Key, int] = {}
    ring = {start}
    for steps in range(1, most + 1):
        ring = {e.target for node in ring for e in world.edges_from(node, relationship) if counts(e.properties)}
        ring -= {start, *found}
        found |= dict.fromkeys(ring, steps)
    return found


def funding(world: World, parameters: Parameters) -> Rows:
    """Find which segments are strategic priorities, and whether the money follows."""
    of_segment = {segment: _initiatives(world, segment) for segment in world.all("CustomerSegment")}
    everybody = {initiative for initiatives in of_segment.values() for initiative in initiatives}
    total = sum(world.of(initiative, "budget") or 0 for initiative in everybody)
    rows = []
    for segment, initiatives in of_segment.items():
        budgets = [world.of(initiative, "budget") for initiative in initiatives]
        stated = [budget for budget in budgets if budget is not None]
        words = {
            (True, True): "priority with money",
            (True, False): "priority without money",
            (False, True): "money without priority",
            (False, False): "neither",
        }
        texts = [
            (world.of(edge.source, "title"), edge.source[1], edge.properties["investmentPriority"])
            for edge in world.edges_to(segment, "TARGETS", "Strategy")
            if "investmentPriority" in edge.properties
        ]
        rows.append(
            _named(world, segment)
            | {
                "verdict": words[_is_priority(world, segment, parameters), sum(stated) > 0],
                "strategicImportance": _importance(world, segment),
                "isPriority": world.of(segment, "isPriority"),
                "strategies": world.titles(world.before(segment, "TARGETS", "Strategy")),
                "investmentPriorities": [f"{title}: {text}" for title, _, text in sorted(texts)],
                "initiatives": world.titles(initiatives),
                "withoutBudget": world.titles([i for i in initiatives if world.of(i, "budget") is None]),
                "budget": float(sum(stated)) if stated else None,
                "share": sum(stated) / total if stated and total else None,
            }
        )
    return sorted(rows, key=lambda r: (-(r["strategicImportance"] or 0), r["budget"] or 0.0, r["segmentId"]))


def poorly_served(world: World, parameters: Parameters) -> Rows:
    """Find the priority segments with low satisfaction and no money behind a remedy."""
    rows = []
    for segment in world.all("CustomerSegment"):
        scores = _scores(world, segment)
        if not _is_priority(world, segment, parameters):
            continue
        mean = sum(scores) / len(scores) if scores else None
        responses = [
            response
            for response in world.before(segment, "TARGETS", "StrategicResponse")
            if world.of(response, "status") in ("Planned", "In_Progress")
        ]
        initiatives = _initiatives(world, segment)
        remedies = [*initiatives, *(i for r in responses for i in _alive(world, world.before(r, "IMPLEMENTS")))]
        if (mean or 0) > parameters["max_satisfaction"] or any(world.of(i, "budget") for i in remedies):
            continue
        words = {
            (False, False): "a response and an initiative",
            (True, False): "an initiative, and a budget behind the response",
            (False, True): "a response, and a budget for the initiative",
            (True, True): "a budget for the response and the initiative",
        }
        rows.append(
            _named(world, segment)
            | {
                "strategicImportance": _importance(world, segment),
                "isPriority": world.of(segment, "isPriority"),
                "strategies": world.titles(world.before(segment, "TARGETS", "Strategy")),
                "meanSatisfaction": mean,
                "lowestSatisfaction": min(scores, default=None),
                "ratings": len(scores),
                "responses": world.titles(responses),
                "initiatives": world.titles(initiatives),
                "missing": words[bool(responses), bool(initiatives)],
            }
        )
    return sorted(rows, key=lambda r: (-(r["strategicImportance"] or 0), r["meanSatisfaction"] or 9, r["segmentId"]))


def progression(world: World, parameters: Parameters) -> Rows:
    """Find where each segment progresses to, and which link is the strongest."""
    rows = []
    for segment in world.all("CustomerSegment"):
        if parameters["segment"] not in (None, segment[1]):
            continue
        own = {e.target: e.properties.get("relationshipStrength") for e in _progressions(world, segment)}
        top = highest([*own.values()])
        reached = _reached(
            world, segment, "RELATED_SEGMENT", 5, lambda properties: properties.get("relationshipType") == "progression"
        )
        for other, steps in reached.items():
            row = _named(world, segment) | {
                "reachedId": other[1],
                "reached": world.of(other, "title"),
                "steps": steps,
                "strength": own.get(other),
                "strongest": (top is not None and own[other] == top) if other in own else None,
            }
            rows.append(row)
    return sorted(rows, key=lambda r: (r["segmentId"], r["steps"], -(r["strength"] or 0), r["reachedId"]))


def _progressions(world: World, segment: Key) -> list[Any]:
    links = world.edges_from(segment, "RELATED_SEGMENT")
    return [link for link in links if link.properties.get("relationshipType") == "progression"]


def relationships_at_risk(world: World, parameters: Parameters) -> Rows:
    """Find the relationships of a loyalty status, what they are worth, and their risks and opportunities."""
    rows = []
    for relationship in world.all("CustomerRelationship"):
        segment = world.first_after(relationship, "WITH_SEGMENT", "CustomerSegment")
        if parameters["status"] not in (None, world.of(relationship, "loyaltyStatus")):
            continue
        if parameters["segment"] not in (None, segment and segment[1]):
            continue
        risks = world.after(relationship, "EXPOSED_TO", "Risk")
        both = [(world.of(risk, "probability"), world.of(risk, "impact")) for risk in risks]
        products = [probability * impact for probability, impact in both if probability and impact]
        rows.append(
            {
                "relationshipId": relationship[1],
                "relationship": world.of(relationship, "title"),
                "segmentId": segment and segment[1],
                "segment": world.of(segment, "title"),
                "loyaltyStatus": world.of(relationship, "loyaltyStatus"),
                "strength": world.of(relationship, "relationshipStrength"),
                "engagementLevel": world.of(relationship, "engagementLevel"),
                "currentValue": world.of(relationship, "currentValue"),
                "potentialValue": world.of(relationship, "potentialValue"),
                "valueCurrency": world.of(relationship, "valueCurrency"),
                "valueBasis": world.of(relationship, "valueBasis"),
                "highestRisk": max(products, default=None),
                "risks": world.titles(risks),
                "opportunities": world.titles(world.after(relationship, "HAS_OPPORTUNITY", "Opportunity")),
                "owners": world.titles(world.before(relationship, "OWNS", "OrgUnit")),
            }
        )

    def worth_most(row: dict[str, Any]) -> float:
        known: float | None = row["currentValue"] if row["potentialValue"] is None else row["potentialValue"]
        return known or 0.0

    return sorted(rows, key=lambda r: (-worth_most(r), r["relationshipId"]))


def uncovered(world: World, parameters: Parameters) -> Rows:
    """Find the priority segments that lack a persona, a journey or a measure."""
    rows = []
    for segment in world.all("CustomerSegment"):
        has = {
            "persona": bool(world.before(segment, "REPRESENTS", "Persona")),
            "journey": bool(_journeys(world, segment)),
            "measure": bool(world.after(segment, "MEASURED_BY", "PerformanceIndicator")),
        }
        if all(has.values()) or not _is_priority(world, segment, parameters):
            continue
        row = _named(world, segment) | {
            "strategicImportance": _importance(world, segment),
            "isPriority": world.of(segment, "isPriority"),
            "hasPersona": has["persona"],
            "hasJourney": has["journey"],
            "hasMeasure": has["measure"],
            "missing": [name for name, there in has.items() if not there],
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (-len(r["missing"]), -(r["strategicImportance"] or 0), r["segmentId"]))


def unmet_needs(world: World, parameters: Parameters) -> Rows:
    """Find the needs of each segment and its personas that no offering meets."""
    rows = []
    for segment in world.all("CustomerSegment"):
        personas = world.before(segment, "REPRESENTS", "Persona")
        for need in world.all("Need") if parameters["segment"] in (None, segment[1]) else ():
            stating = [e for e in world.edges_to(need, "HAS_NEED") if e.source in (segment, *personas)]
            meeting = world.edges_to(need, "FULFILLS")
            if not stating or any(e.properties.get("forSegmentID", segment[1]) == segment[1] for e in meeting):
                continue
            stated = highest([e.properties.get("priority") for e in stating])  # type: ignore[misc]  # integers
            row = _named(world, segment) | {
                "needId": need[1],
                "need": world.of(need, "title"),
                "needKind": world.of(need, "needKind"),
                "priority": world.of(need, "priority") if stated is None else stated,
                "statedBySegment": any(e.source == segment for e in stating),
                "personas": world.titles([e.source for e in stating if e.source != segment]),
                "stages": _placed_stages(world, world.after(need, "ARISES_AT", "JourneyStage")),
                "capabilities": world.titles(world.before(need, "ADDRESSES", "Capability")),
                "initiatives": world.titles(
                    [i for i in world.before(need, "ADDRESSES", "Initiative") if world.of(i, "status") != "Cancelled"]
                ),
                "offeringsForOthers": world.titles([e.source for e in meeting]),
            }
            rows.append(row)
    return sorted(rows, key=lambda r: (-(r["priority"] or 0), r["segmentId"], r["needId"]))


def _placed_stages(world: World, stages: list[Key]) -> list[str]:
    """Return ``journey: stage`` of each stage, or its title where no journey has it, by journey and order."""

    def place(stage: Key) -> tuple[Any, ...]:
        journeys = world.before(stage, "HAS_STAGE", "Journey")
        number = world.of(stage, "sequenceNumber")
        first = world.of(journeys[0], "title") if journeys else ""
        return not journeys, first, number is None, number or 0, world.of(stage, "title"), stage[1]

    placed = [place(stage) for stage in sorted(stages, key=place)]
    return [title if loose else f"{journey}: {title}" for loose, journey, _, _, title, _ in placed]


def whole_chain(world: World, parameters: Parameters) -> Rows:
    """Follow the chain of a segment from its strategies to touchpoints, capabilities and initiatives."""
    segment = ("CustomerSegment", parameters["segment"])
    if segment not in world.graph.nodes:
        return []
    rows = []
    for journey in _journeys(world, segment):
        for stage in world.after(journey, "HAS_STAGE", "JourneyStage"):
            direct = world.after(stage, "ENABLED_BY", "Capability")
            value_stages = world.after(stage, "MAPS_TO", "ValueStreamStage")
            through = [c for v in value_stages for c in world.after(v, "ENABLED_BY", "Capability")]
            found: list[Key | None] = [*dict.fromkeys([*direct, *through])]
            for capability in found or [None]:
                improving = [
                    i
                    for i in world.before(capability, "IMPROVES", "Initiative")
                    if world.of(i, "status") != "Cancelled"
                ]
                implemented = {s for i in improving for s in world.after(i, "IMPLEMENTS", "Strategy")}
                gaps = [
                    gap
                    for gap in world.open_gaps()
                    if capability and capability in world.after(gap, "GAP_IN")
                    if world.first_after(gap, "HINDERS", "CustomerSegment") in (None, segment)
                ]
                rows.append(
                    _named(world, segment)
                    | {
                        "strategies": world.titles(world.before(segment, "TARGETS", "Strategy")),
                        "journeyId": journey[1],
                        "journey": world.of(journey, "title"),
                        "stageId": stage[1],
                        "stage": world.of(stage, "title"),
                        "sequenceNumber": world.of(stage, "sequenceNumber"),
                        "touchpoints": world.titles(world.after(stage, "HAS_TOUCHPOINT", "Touchpoint")),
                        "capabilityId": capability and capability[1],
                        "capability": world.of(capability, "title"),
                        "route": "direct" if capability in direct else "value stream" if capability else None,
                        "openGaps": world.titles(gaps),
                        "initiatives": world.titles(improving),
                        "implementedStrategies": world.titles([*implemented]),
                    }
                )
    return sorted(
        rows,
        key=lambda r: (
            r["journey"],
            r["journeyId"],
            r["sequenceNumber"] is None,
            r["sequenceNumber"] or 0,
            r["stageId"],
            r["capability"] or "",
            r["capabilityId"] or "",
        ),
    )


def worth(world: World, _: Parameters) -> Rows:
    """Compare strategic importance, lifetime value and capability gaps of the segments."""
    rows = []
    for segment in world.all("CustomerSegment"):
        gaps = [gap for gap in world.open_gaps() if segment in world.after(gap, "HINDERS")]
        sizes = [world.gap_size(gap, world.first_after(gap, "GAP_IN", "Capability")) for gap in gaps]
        row = _named(world, segment) | {
            "strategicImportance": _importance(world, segment),
            "isPriority": world.of(segment, "isPriority"),
            "clvValue": world.of(segment, "clvValue"),
            "clvCurrency": world.of(segment, "clvCurrency"),
            "clvTimespan": world.of(segment, "clvTimespan"),
            "openGaps": len(gaps),
            "gapSize": sum(sizes),
            "gapTitles": world.titles(gaps),
            "lowestSatisfaction": min(_scores(world, segment), default=None),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (-(r["strategicImportance"] or 0), -(r["clvValue"] or 0.0), r["segmentId"]))


def _named(world: World, segment: Key) -> dict[str, Any]:
    return {"segmentId": segment[1], "segment": world.of(segment, "title")}


def _importance(world: World, segment: Key) -> int | None:
    edges = world.edges_to(segment, "TARGETS", "Strategy")
    return highest([edge.properties.get("strategicImportance") for edge in edges])  # type: ignore[misc]  # integers


def _is_priority(world: World, segment: Key, parameters: Parameters) -> bool:
    importance = _importance(world, segment)
    heavy = importance is not None and importance >= parameters["min_importance"]
    return heavy or world.of(segment, "isPriority") is True


def _scores(world: World, segment: Key) -> list[float]:
    """Return what the personas of a segment recorded."""
    personas = world.before(segment, "REPRESENTS", "Persona")
    return world.scores([e for persona in personas for e in world.after(persona, "HAS_EXPERIENCE")])


def _alive(world: World, initiatives: list[Key]) -> list[Key]:
    return [i for i in initiatives if world.of(i, "status") not in ("Cancelled", "Completed")]


def _initiatives(world: World, segment: Key) -> list[Key]:
    """Return the initiatives for a segment that are neither completed nor cancelled, each once."""
    targets = [segment, *world.before(segment, "REPRESENTS", "Persona")]
    targeting = [i for target in targets for i in world.before(target, "TARGETS", "Initiative")]
    gaps = world.before(segment, "HINDERS", "CapabilityGap")
    closing = [i for gap in gaps for i in world.before(gap, "CLOSES", "Initiative")]
    return _alive(world, [*dict.fromkeys([*targeting, *closing])])


def _journeys(world: World, segment: Key) -> list[Key]:
    """Return the journeys that are designed for a segment or apply to a persona of it, each once."""
    personas = world.before(segment, "REPRESENTS", "Persona")
    walked = [journey for persona in personas for journey in world.before(persona, "APPLIES_TO", "Journey")]
    return [*dict.fromkeys([*world.before(segment, "DESIGNED_FOR", "Journey"), *walked])]


MUTATIONS: Final[Mutations] = {
    "dependencies": [
        ("*1..7", "*1..2"),
        ("WHERE all(link IN links WHERE", "WHERE any(link IN links WHERE"),
        ("MATCH (source)-[link:DEPENDS_ON]->(element)", "MATCH (source)<-[link:DEPENDS_ON]-(element)"),
        ("WHERE element.id <> segment.id OR NOT element:CustomerSegment", "WHERE element:Capability"),
        ("ORDER BY critical DESC, steps", "ORDER BY critical, steps"),
        ("  RETURN segment AS source\n  UNION\n", ""),
    ],
    "funding": [
        ("['Cancelled', 'Completed'] THEN null", "['Cancelled'] THEN null"),
        ("max(rates.strategicImportance)", "min(rates.strategicImportance)"),
        ("(:CapabilityGap)-[:HINDERS]->(segment)", "(:CapabilityGap)-[:HINDERS]->()"),
        ("MATCH (initiative:Initiative)-[:TARGETS]->(:Persona)-[:REPRESENTS]->(segment)", "MATCH (initiative:Asset)"),
        ("WHERE NOT coalesce(initiative.status, '') IN ['Cancelled', 'Completed']", "WHERE true"),
        ("coalesce(segment.isPriority, false) OR ", ""),
        ("CASE WHEN budgeted > 0 THEN 1.0 * money END", "1.0 * money"),
        ("coalesce(budget, 0.0), segmentId", "coalesce(budget, 0.0) DESC, segmentId"),
    ],
    "poorly_served": [
        ("avg(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        ("mean IS NULL OR ", ""),
        ("segment.isPriority = true OR importance >=", "importance >="),
        ("IN ['Planned', 'In_Progress']", "IN ['Planned', 'Completed']"),
        (" AND implementing.budget > 0", ""),
        ("THEN null ELSE initiative END", "THEN initiative ELSE initiative END"),
        ("max(rates.strategicImportance)", "min(rates.strategicImportance)"),
    ],
    "progression": [
        ("(segment)-[links:RELATED_SEGMENT*1..5]->", "(segment)<-[links:RELATED_SEGMENT*1..5]-"),
        (" AND all(link IN links WHERE link.relationshipType = 'progression')", ""),
        ("*1..5", "*1..1"),
        ("min(size(links))", "max(size(links))"),
        ("max(strength) AS highest", "min(strength) AS highest"),
    ],
    "relationships_at_risk": [
        ("$status IS NULL OR relationship.loyaltyStatus = $status", "true"),
        ("OPTIONAL MATCH (relationship)-[:WITH_SEGMENT]->", "MATCH (relationship)-[:WITH_SEGMENT]->"),
        ("max(risk.probability * risk.impact)", "max(risk.probability)"),
        ("coalesce(potentialValue, currentValue, 0.0) DESC", "coalesce(currentValue, 0.0) DESC"),
    ],
    "uncovered": [
        ("segment.isPriority = true OR importance >=", "segment.isPriority = true AND importance >="),
        ("designed + walked > 0", "designed > 0"),
        ("designed + walked > 0", "walked > 0"),
        ("ORDER BY size(missing) DESC", "ORDER BY size(missing)"),
        ("max(rates.strategicImportance)", "min(rates.strategicImportance)"),
    ],
    "unmet_needs": [
        ("meets.forSegmentID IS NULL OR ", ""),
        ("meets.forSegmentID IS NULL OR meets.forSegmentID = segment.id", "true"),
        ("max(stated)", "min(stated)"),
        ("MATCH (segment)<-[:REPRESENTS]-(persona:Persona)-[has:HAS_NEED]->", "MATCH (persona:Asset)-[has:HAS_NEED]->"),
        ("<> 'Cancelled'", "<> 'Completed'"),
        ("coalesce(priority, 0) DESC", "coalesce(priority, 0)"),
    ],
    "whole_chain": [
        ("MATCH (journey:Journey)-[:APPLIES_TO]->(:Persona)-[:REPRESENTS]->(segment)", "MATCH (journey:Asset)"),
        ("MATCH (journey:Journey)-[:DESIGNED_FOR]->(segment)", "MATCH (journey:Asset)"),
        ("min(way) AS route", "max(way) AS route"),
        ("WHERE found = 1 OR capability IS NOT NULL", "WHERE capability IS NOT NULL"),
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        ("  AND NOT EXISTS { MATCH (gap)-[:HINDERS]->(other:CustomerSegment) WHERE other.id <> $segment }\n", ""),
        ("-[:IMPLEMENTS]->(implemented:Strategy)", "-[:IMPLEMENTS|IMPROVES]->(implemented:Capability)"),
    ],
    "worth": [
        ("coalesce(gap.status, 'open') <> 'closed'", "true"),
        ("max(rates.strategicImportance)", "min(rates.strategicImportance)"),
        ("min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        ("coalesce(gap.gapSize, capability", "coalesce(capability"),
        ("coalesce(clvValue, 0.0) DESC", "coalesce(clvValue, 0.0)"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "funding": {"min_importance": [1, 3, 5]},
    "poorly_served": {"min_importance": [1, 2], "max_satisfaction": [4, 5.0]},
    "relationships_at_risk": {"status": [None, None, "stable"]},
    "uncovered": {"min_importance": [1, 3, 5]},
}

SIGHTS: Final[Sights] = {
    "dependencies": {
        "a critical element more than one step away": lambda row: row["critical"] and row["steps"] > 1,
        "an element that is not critical": lambda row: not row["critical"],
        "something else than a capability": lambda row: row["kind"] != "Capability",
    },
    "funding": {
        "a priority with money": lambda row: row["verdict"] == "priority with money",
        "a priority without money": lambda row: row["verdict"] == "priority without money",
        "money without a priority": lambda row: row["verdict"] == "money without priority",
        "an initiative without a budget": lambda row: row["withoutBudget"],
        "a text on spending": lambda row: row["investmentPriorities"],
    },
    "poorly_served": {
        "a remedy without a budget": lambda row: row["responses"] or row["initiatives"],
        "no remedy": lambda row: row["missing"] == "a response and an initiative",
    },
    "progression": {
        "a segment two steps away": lambda row: row["steps"] > 1,
        "a link that is not the strongest": lambda row: row["strongest"] is False,
    },
    "relationships_at_risk": {
        "a risk that is rated": lambda row: row["highestRisk"] is not None,
        "an opportunity": lambda row: row["opportunities"],
    },
    "uncovered": {
        "no persona": lambda row: not row["hasPersona"],
        "no journey": lambda row: not row["hasJourney"],
        "no measure": lambda row: not row["hasMeasure"],
    },
    "unmet_needs": {
        "a need that only a persona states": lambda row: not row["statedBySegment"],
        "a need that is met for others": lambda row: row["offeringsForOthers"],
        "a need that an initiative addresses": lambda row: row["initiatives"],
    },
    "whole_chain": {
        "a stage without a capability": lambda row: row["capabilityId"] is None,
        "a gap": lambda row: row["openGaps"],
        "a chain that closes": lambda row: set(row["strategies"]) & set(row["implementedStrategies"]),
    },
    "worth": {
        "a segment with several gaps": lambda row: row["openGaps"] > 1,
        "a segment without a satisfaction": lambda row: row["lowestSatisfaction"] is None,
    },
}
