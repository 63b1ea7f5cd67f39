"""The questions about journey stages, answered from their prose."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any, Final

from tests.support.stage_order import stages_in_order
from tests.support.world import highest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World


def weakest(world: World, parameters: Parameters) -> Rows:
    """Find the worst-rated stages, the capabilities that enable them, their distance to target, and the owners."""
    rows = []
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


def lacking(world: World, parameters: Parameters) -> Rows:
    """Find the stages that map to no value stage, or lack a capability, a measure, an owner or evidence."""
    rows = []
    for journey, stage in stages_in_order(world, parameters["journey"]):
        carriers = [stage, *world.after(stage, "MAPS_TO", "ValueStreamStage")]
        backing = [
            e for e in world.edges_from(stage, "EVIDENCED_BY", "Evidence") if e.properties.get("supports") is not False
        ]
        has = {
            "value stage": len(carriers) > 1,
            "capability": any(world.after(carrier, "ENABLED_BY", "Capability") for carrier in carriers),
            "measure": bool(world.after(stage, "MEASURED_BY", "PerformanceIndicator")),
            "owner": bool(world.before(stage, "OWNS", "OrgUnit")),
            "evidence": bool(backing),
        }
        missing = [thing for thing, there in has.items() if not there]
        if missing and parameters["lacking"] in (None, *missing):
            row = {
                "journeyId": journey[1],
                "journey": world.of(journey, "title"),
                "stageId": stage[1],
                "stage": world.of(stage, "title"),
                "sequenceNumber": world.of(stage, "sequenceNumber"),
                "hasValueStage": has["value stage"],
                "hasCapability": has["capability"],
                "hasMeasure": has["measure"],
                "hasOwner": has["owner"],
                "hasEvidence": has["evidence"],
                "missing": missing,
            }
            rows.append(row)
    return rows


def dividing_personas(world: World, parameters: Parameters) -> Rows:
    """Find the stages at which two personas feel the opposite."""
    rows = []
    for journey, stage in stages_in_order(world, parameters["journey"]):
        felt: dict[Key, list[Key]] = {}
        for experience in sorted(world.before(stage, "AT_STAGE", "StageExperience"), key=lambda key: key[1]):
            if world.scores([experience]):
                for persona in world.before(experience, "HAS_EXPERIENCE", "Persona"):
                    felt.setdefault(persona, []).append(experience)
        for happier, unhappier in permutations(felt, 2):
            best, worst = min(world.scores(felt[happier])), min(world.scores(felt[unhappier]))
            if best - worst >= parameters["min_difference"]:
                place = {
                    "journeyId": journey[1],
                    "journey": world.of(journey, "title"),
                    "stageId": stage[1],
                    "stage": world.of(stage, "title"),
                    "difference": best - worst,
                }
                first = _feelings(world, "happier", happier, felt[happier])
                rows.append(place | first | _feelings(world, "unhappier", unhappier, felt[unhappier]))
    return sorted(
        rows,
        key=lambda r: (-r["difference"], r["journeyId"], r["stageId"], r["happierPersonaId"], r["unhappierPersonaId"]),
    )


def _feelings(world: World, which: str, persona: Key, experiences: list[Key]) -> dict[str, Any]:
    segment = world.first_after(persona, "REPRESENTS", "CustomerSegment")
    told = [[world.of(each, "emotion"), *(world.of(each, "feeling") or [])] for each in experiences]
    return {
        f"{which}PersonaId": persona[1],
        f"{which}Persona": world.of(persona, "title"),
        f"{which}SegmentId": segment and segment[1],
        f"{which}Segment": world.of(segment, "title"),
        f"{which}Score": min(world.scores(experiences)),
        f"{which}Feelings": [feeling for each in told for feeling in each if feeling is not None],
    }


def clashing_responses(world: World, parameters: Parameters) -> Rows:
    """Find the responses that change a stage, and those of them that clash."""
    rows = []
    for journey, stage in stages_in_order(world, parameters["journey"]):
        changing = world.edges_to(stage, "CHANGES", "StrategicResponse")
        changing.sort(key=lambda e: (world.of(e.source, "startDate") or "", world.of(e.source, "title"), e.source[1]))
        for edge in changing:
            response = edge.source
            clashing = [o.source for o in changing if o.source != response and _clash(world, response, o.source)]
            if clashing or not parameters["clashing_only"]:
                row = {
                    "journeyId": journey[1],
                    "journey": world.of(journey, "title"),
                    "sequenceNumber": world.of(stage, "sequenceNumber"),
                    "stageId": stage[1],
                    "stage": world.of(stage, "title"),
                    "responseId": response[1],
                    "response": world.of(response, "title"),
                    "responseStatus": world.of(response, "status"),
                    "startDate": world.of(response, "startDate"),
                    "endDate": world.of(response, "endDate"),
                    "change": edge.properties.get("changeDescription"),
                    "expectedImpact": edge.properties.get("expectedImpact"),
                    "executedBy": world.titles(world.before(response, "EXECUTES", "OrgUnit")),
                    "clashesWith": world.titles(clashing),
                }
                rows.append(row)
    return rows


def _clash(world: World, one: Key, other: Key) -> bool:
    """Say whether neither of two responses is out of the way, or over before the other begins."""
    if any(world.of(each, "status") in ("Cancelled", "Deferred", "Completed") for each in (one, other)):
        return False
    return all(
        _day(world.of(begun, "startDate"), "01-01", "0000") <= _day(world.of(ended, "endDate"), "12-31", "9999")
        for begun, ended in ((one, other), (other, one))
    )


def _day(text: str | None, missing: str, unknown: str) -> str:
    """Return the first or last day that a date, perhaps partial, may mean."""
    year_month_day = (text or unknown).split("-")
    return "-".join([*year_month_day, *missing.split("-")[len(year_month_day) - 1 :]])


MUTATIONS: Final[Mutations] = {
    "weakest": [
        ("min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        ("count(experience.satisfactionScore)", "count(experience)"),
        ("min(way) AS route", "max(way) AS route"),
        ("max(stated)", "min(stated)"),
        ("WHERE NOT EXISTS { (stage)-[:ENABLED_BY]->(:Capability) }", "WHERE false"),
        ("WHERE NOT EXISTS { (stage)-[:ENABLED_BY]->(:Capability) }", "WHERE true"),
        ("coalesce(distance, -9) DESC", "coalesce(distance, -9)"),
        ("title), capability.owner)", "title))"),
    ],
    "lacking": [
        ("hasDirect OR hasThrough", "hasDirect"),
        ("hasDirect OR hasThrough", "hasThrough"),
        ("coalesce(backs.supports, true)", "coalesce(backs.supports, false)"),
        ("coalesce(backs.supports, true)", "true"),
        ("(stage)<-[:OWNS]-(:OrgUnit)", "(stage)<-[:PARTICIPATES_IN]-(:OrgUnit)"),
        ("size(missing) > 0 AND", ""),
        ("$lacking IN missing", "$lacking = missing[0]"),
        ("journeyId, sequenceNumber, stage", "journeyId, stage"),
    ],
    "dividing_personas": [
        ("min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        (">= $min_difference", "> $min_difference"),
        (">= $min_difference", ">= 2.0"),
        ("ORDER BY experience.id", "ORDER BY experience.id DESC"),
        ("difference DESC", "difference"),
    ],
    "clashing_responses": [
        ("other.id <> response.id", "true"),
        ("AND NOT coalesce(response.status, '') IN ['Cancelled', 'Deferred', 'Completed']", ""),
        ("AND NOT coalesce(other.status, '') IN ['Cancelled', 'Deferred', 'Completed']", ""),
        ("coalesce(other.endDate, '9999') + '~'", "coalesce(other.endDate, '9999')"),
        ("coalesce(response.startDate, '') <=", "response.startDate <="),
        ("coalesce(response.endDate, '9999')", "coalesce(response.endDate, '0000')"),
        ("-[:EXECUTES]->", "-[:OWNS]->"),
        ("NOT $clashing_only OR", ""),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "weakest": {"phase": ["onboard", "use"], "max_satisfaction": [2, 3.0]},
    "lacking": {"lacking": ["value stage", "capability", "measure", "owner", "evidence"]},
    "dividing_personas": {"min_difference": [0.5, 1]},
    "clashing_responses": {"clashing_only": [True]},
}
"""Values to ask with, other than the defaults, for parameters that name no element."""

SIGHTS: Final[Sights] = {
    "lacking": {
        "a stage that lacks one thing": lambda row: len(row["missing"]) == 1,
        "a stage that lacks everything": lambda row: len(row["missing"]) == 5,
        "a capability without a value stage": lambda row: row["hasCapability"] and not row["hasValueStage"],
    },
    "dividing_personas": {
        "feelings of several experiences": lambda row: len(row["unhappierFeelings"]) > 1,
    },
    "clashing_responses": {
        "a clash": lambda row: row["clashesWith"],
        "a clash without a start": lambda row: row["clashesWith"] and row["startDate"] is None,
        "a response of its own": lambda row: not row["clashesWith"],
    },
}
"""By question: what rows of the generated graphs must show, and how a row shows it."""
