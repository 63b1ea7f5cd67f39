"""The questions about strategies, their indicators and the answers to triggers, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.world import highest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World

_MOST_STEPS: Final = 8
_IMPACTS: Final = ["Critical", "High", "Medium", "Low"]


def unmeasured(world: World, _: Parameters) -> Rows:
    """Find the strategies without an indicator, and the indicators of their initiatives."""
    rows = []
    for strategy in world.all("Strategy"):
        if _serving(world, strategy):
            continue
        targets = world.edges_from(strategy, "TARGETS", "CustomerSegment")
        at_work = _not_cancelled(world, world.before(strategy, "IMPLEMENTS", "Initiative"))
        row = {
            "strategyId": strategy[1],
            "strategy": world.of(strategy, "title"),
            "timeHorizon": world.of(strategy, "timeHorizon"),
            "owner": ", ".join(world.titles(world.before(strategy, "OWNS", "OrgUnit"))) or world.of(strategy, "owner"),
            "highestImportance": highest([edge.properties.get("strategicImportance") for edge in targets]),  # type: ignore[misc]  # the generator puts integers there
            "segments": world.titles(list({edge.target for edge in targets})),
            "initiatives": len(at_work),
            "initiativeTitles": world.titles(at_work),
            "candidateIndicators": world.titles(list({i for each in at_work for i in _serving(world, each)})),
        }
        rows.append(row)
    return sorted(
        rows, key=lambda r: (-(r["highestImportance"] or 0), -r["initiatives"], r["strategy"], r["strategyId"])
    )


def indicators(world: World, parameters: Parameters) -> Rows:
    """Find the indicators that serve a strategy, and how they stand."""
    rows = []
    for strategy in world.all("Strategy"):
        if parameters["strategy"] not in (None, strategy[1]):
            continue
        for indicator in _serving(world, strategy):
            measuring = strategy in world.before(indicator, "MEASURED_BY")
            alignments = [edge for edge in world.edges_from(indicator, "ALIGNED_WITH") if edge.target == strategy]
            standing = _standing(world, indicator)
            row = {
                "strategyId": strategy[1],
                "strategy": world.of(strategy, "title"),
                "indicatorId": indicator[1],
                "indicator": world.of(indicator, "title"),
                "via": "both" if measuring and alignments else "measured by" if measuring else "aligned with",
                "alignmentStrength": highest([edge.properties.get("alignmentStrength") for edge in alignments]),  # type: ignore[misc]  # the generator puts integers there
                "currentText": world.of(indicator, "currentValueText"),
                "targetText": world.of(indicator, "targetValueText"),
                "targetDate": world.of(indicator, "targetDate"),
                "heat": world.of(indicator, "heat"),
            }
            rows.append(row | standing)
    return sorted(
        rows,
        key=lambda r: (
            r["strategy"],
            r["strategyId"],
            [False, None, True].index(r["onTarget"]),
            -(r["alignmentStrength"] or 0),
            r["indicator"],
            r["indicatorId"],
        ),
    )


def _serving(world: World, judged: Key) -> list[Key]:
    """Return the indicators that measure something or are aligned with it."""
    measuring = world.after(judged, "MEASURED_BY", "PerformanceIndicator")
    return list(dict.fromkeys([*measuring, *world.before(judged, "ALIGNED_WITH", "PerformanceIndicator")]))


def _not_cancelled(world: World, nodes: list[Key]) -> list[Key]:
    return [node for node in nodes if world.of(node, "status") != "Cancelled"]


def _standing(world: World, indicator: Key | None) -> dict[str, Any]:
    """Return the columns that say how an indicator stands to its target."""
    actual = [
        measurement
        for measurement in world.after(indicator, "HAS_MEASUREMENT", "Measurement")
        if world.of(measurement, "kind") in (None, "actual")
        and world.of(measurement, "value") is not None
        and world.of(measurement, "measuredOn")
    ]
    latest = max(actual, key=lambda m: (world.of(m, "measuredOn"), m[1]), default=None)
    baseline, current, target = (world.of(indicator, f"{name}Value") for name in ("baseline", "current", "target"))
    stated = world.of(indicator, "thresholdType")
    better = {"higher-is-better": "higher", "lower-is-better": "lower"}.get(stated)
    if stated is None and None not in (baseline, target) and baseline != target:
        better = "higher" if target > baseline else "lower"
    now = world.of(latest, "value") if current is None else current
    comparable = better is not None and now is not None and target is not None
    return {
        "unit": world.of(indicator, "unit"),
        "baseline": baseline,
        "current": current,
        "target": target,
        "latestValue": world.of(latest, "value"),
        "latestOn": world.of(latest, "measuredOn"),
        "better": better,
        "onTarget": (now == target or (now > target) == (better == "higher")) if comparable else None,
    }


def indicator_sources(world: World, parameters: Parameters) -> Rows:
    """Find what feeds an indicator, directly or over other indicators."""
    rows = []
    for indicator in world.all("PerformanceIndicator"):
        if parameters["indicator"] not in (None, indicator[1]):
            continue
        steps = {indicator: 1}
        queue = [indicator]
        for fed in queue:
            found = list(_feeding(world, fed))
            for source, _, _ in found:
                if source[0] == fed[0] and source not in steps and steps[fed] < _MOST_STEPS:
                    steps[source] = steps[fed] + 1
                    queue.append(source)
            strongest: dict[tuple[Key | None, str | None], list[int | None]] = {}
            for source, said, strength in found:
                strongest.setdefault((source, said), []).append(strength)
            for (origin, link), strengths in (strongest or {(None, None): [None]}).items():
                row = {
                    "indicatorId": indicator[1],
                    "indicator": world.of(indicator, "title"),
                    "steps": steps[fed],
                    "fedId": fed[1],
                    "fed": world.of(fed, "title"),
                    "sourceText": world.of(fed, "dataSourceText"),
                    "sourceKind": origin and origin[0],
                    "sourceId": origin and origin[1],
                    "source": world.of(origin, "title"),
                    "link": link,
                    "strength": highest(strengths),
                }
                rows.append(row)
    columns = ("indicator", "indicatorId", "steps", "fed", "fedId", "sourceKind", "source", "sourceId", "link")
    return sorted(rows, key=lambda r: [r[column] or "" for column in columns])


def _feeding(world: World, fed: Key) -> Iterator[tuple[Key, str, int | None]]:
    """Yield what feeds an indicator: the source, what it is to the indicator, and how strongly."""
    for source in world.after(fed, "READ_FROM", "DataSource"):
        yield source, "read from", None
    for edge in world.graph.edges:
        if edge.type != "RELATED_INDICATOR" or edge.source == edge.target:
            continue
        # The target is to the source what the type says.
        said, strength = edge.properties.get("relationshipType"), edge.properties.get("relationshipStrength")
        if edge.source == fed and said in ("child", "component-of", "influences"):
            yield edge.target, str(said), strength  # type: ignore[misc]  # the generator puts integers there
        if edge.target == fed and said in ("parent", "derived-from"):
            yield edge.source, "child" if said == "parent" else "basis", strength  # type: ignore[misc]  # as above


def responses(world: World, parameters: Parameters) -> Rows:
    """Find the responses to triggers, their reasons, segments and results."""
    rows = []
    for trigger in world.all("Trigger"):
        if parameters["trigger"] not in (None, trigger[1]):
            continue
        for response in world.before(trigger, "RESPONDS_TO", "StrategicResponse"):
            segments = world.after(response, "TARGETS", "CustomerSegment")
            if parameters["segment"] not in (None, *(segment[1] for segment in segments)):
                continue
            measuring: list[Key | None] = [*dict.fromkeys(world.after(response, "MEASURED_BY", "PerformanceIndicator"))]
            for indicator in measuring or [None]:
                standing = _standing(world, indicator)
                start, latest_on = world.of(response, "startDate"), standing["latestOn"]
                row = {
                    "triggerId": trigger[1],
                    "trigger": world.of(trigger, "title"),
                    "impactLevel": world.of(trigger, "impactLevel"),
                    "detectedOn": world.of(trigger, "detectionDate"),
                    "responseId": response[1],
                    "response": world.of(response, "title"),
                    "responseStatus": world.of(response, "status"),
                    "startDate": start,
                    "endDate": world.of(response, "endDate"),
                    "rationales": world.titles(world.after(response, "JUSTIFIED_BY", "Rationale")),
                    "segments": world.titles(segments),
                    "indicatorId": indicator and indicator[1],
                    "indicator": world.of(indicator, "title"),
                    "sinceStart": latest_on >= start if start and latest_on else None,
                }
                rows.append(row | standing)
    return sorted(
        rows,
        key=lambda r: (
            r["trigger"],
            r["triggerId"],
            r["startDate"] is None,
            r["startDate"] or "",
            r["response"],
            r["responseId"],
            r["indicator"] or "",
            r["indicatorId"] or "",
        ),
    )


def unanswered_triggers(world: World, parameters: Parameters) -> Rows:
    """Find the triggers on a segment or stage that no response answers."""
    wanted = parameters["segment"]
    rows = []
    for trigger in world.all("Trigger"):
        tried = world.before(trigger, "RESPONDS_TO", "StrategicResponse")
        if world.of(trigger, "status") == "Resolved" or _not_cancelled(world, tried):
            continue
        for affected in world.after(trigger, "AFFECTS"):
            if affected[0] == "CustomerSegment":
                segments = {affected[1]}
            elif affected[0] == "JourneyStage":
                journeys = world.before(affected, "HAS_STAGE", "Journey")
                segments = {s[1] for j in journeys for s in world.after(j, "DESIGNED_FOR", "CustomerSegment")}
            else:
                continue
            if wanted is not None and wanted not in segments:
                continue
            row = {
                "triggerId": trigger[1],
                "trigger": world.of(trigger, "title"),
                "impactLevel": world.of(trigger, "impactLevel"),
                "horizon": world.of(trigger, "timeHorizon"),
                "triggerStatus": world.of(trigger, "status"),
                "detectedOn": world.of(trigger, "detectionDate"),
                "validUntil": world.of(trigger, "validUntil"),
                "affectedKind": affected[0],
                "affectedId": affected[1],
                "affected": world.of(affected, "title"),
                "rationales": world.titles(world.before(trigger, "ADDRESSES", "Rationale")),
                "cancelledResponses": world.titles(tried),
            }
            rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            _IMPACTS.index(r["impactLevel"]) if r["impactLevel"] in _IMPACTS else len(_IMPACTS),
            r["detectedOn"] is None,
            r["detectedOn"] or "",
            r["triggerId"],
            r["affectedKind"],
            r["affectedId"],
        ),
    )


MUTATIONS: Final[Mutations] = {
    "unmeasured": [
        ("(strategy)<-[:ALIGNED_WITH]-(:Perf", "(strategy)-[:ALIGNED_WITH]->(:Perf"),
        ("WHERE NOT EXISTS { MATCH (strategy)-[:MEASURED_BY]->(:PerformanceIndicator) }", "WHERE true"),
        ("WHERE coalesce(initiative.status, '') <> 'Cancelled'", "WHERE true"),
        ("WHERE coalesce(judged.status, '') <> 'Cancelled'", "WHERE true"),
        ("(served:Initiative)<-[:ALIGNED_WITH]-", "(served:Initiative)-[:ALIGNED_WITH]->"),
        ("max(importance)", "min(importance)"),
        ("coalesce(highestImportance, 0) DESC, ", ""),
    ],
    "indicators": [
        ("ELSE 'both'", "ELSE firstWay"),
        ("coalesce(measured.kind, 'actual') = 'actual'", "true"),
        ("measured.measuredOn DESC", "measured.measuredOn"),
        ("WHEN indicator.thresholdType IS NOT NULL THEN null\n", ""),
        ("WHEN indicator.baselineValue > indicator.targetValue THEN 'lower'\n", ""),
        ("now >= indicator.targetValue", "now > indicator.targetValue"),
        ("coalesce(indicator.currentValue, latest.value)", "coalesce(latest.value, indicator.currentValue)"),
        ("WHEN onTarget IS NULL THEN 1", "WHEN onTarget IS NULL THEN 3"),
        ("(strategy)<-[serves:ALIGNED_WITH]-", "(strategy)-[serves:ALIGNED_WITH]->"),
    ],
    "indicator_sources": [
        (
            "THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from']",
            "THEN ['child'] ELSE ['parent']",
        ),
        ("startNode(related).id = nearId", "startNode(related).id = far.id"),
        ("related.relationshipType IN ['parent', 'derived-from']", "related.relationshipType IN ['parent']"),
        ("WHEN related.relationshipType = 'parent' THEN 'child' ELSE", "WHEN false THEN 'child' ELSE"),
        ("max(stated)", "min(stated)"),
        ("WHEN size(links) = 0 THEN [null] ELSE", "WHEN size(links) = 0 THEN [] ELSE"),
        ("reaching <= place", "reaching < place"),
        ("farId IN reached OR", "false OR"),
    ],
    "responses": [
        ("(trigger)<-[:RESPONDS_TO]-", "(trigger)-[:RESPONDS_TO]->"),
        ("WHERE wanted.id = $segment }", "}"),
        ("OPTIONAL MATCH (response)-[:MEASURED_BY]", "MATCH (response)-[:MEASURED_BY]"),
        ("latest.measuredOn >= response.startDate", "latest.measuredOn <= response.startDate"),
        ("measured.measuredOn DESC", "measured.measuredOn"),
        ("coalesce(startDate, '9999')", "coalesce(startDate, '')"),
    ],
    "unanswered_triggers": [
        ("coalesce(trigger.status, '') <> 'Resolved'", "true"),
        ("WHERE coalesce(response.status, '') <> 'Cancelled'", ""),
        ("CustomerSegment|JourneyStage", "CustomerSegment|JourneyStage|Capability"),
        ("<-[:HAS_STAGE]-(:Journey)", "<-[:HAS_STAGE]-(:ValueStream)"),
        ("coalesce(detectedOn, '9999'), ", ""),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

SIGHTS: Final[Sights] = {
    "unmeasured": {
        "candidates": lambda row: row["candidateIndicators"],
        "several segments": lambda row: len(row["segments"]) > 1,
        "no initiative": lambda row: row["initiatives"] == 0,
    },
    "indicators": {
        "both ways": lambda row: row["via"] == "both",
        "on target": lambda row: row["onTarget"] is True,
        "off target": lambda row: row["onTarget"] is False,
        "not to be told": lambda row: row["onTarget"] is None and row["target"] is not None,
        "nothing but a measurement": lambda row: row["current"] is None and row["latestValue"] is not None,
    },
    "indicator_sources": {
        "a data source over another indicator": lambda row: row["steps"] > 1 and row["sourceKind"] == "DataSource",
        "no source": lambda row: row["steps"] == 1 and row["sourceKind"] is None,
        "a chain that ends": lambda row: row["steps"] > 1 and row["sourceKind"] is None,
        "a third step": lambda row: row["steps"] == 3,
        "a link that the source states": lambda row: row["link"] == "basis",
    },
    "responses": {
        "a result": lambda row: row["sinceStart"] is True,
        "a value from before": lambda row: row["sinceStart"] is False,
        "no indicator": lambda row: row["indicatorId"] is None,
        "a reason": lambda row: row["rationales"],
    },
    "unanswered_triggers": {
        "a segment": lambda row: row["affectedKind"] == "CustomerSegment",
        "a stage": lambda row: row["affectedKind"] == "JourneyStage",
        "a thought": lambda row: row["rationales"],
    },
}
"""By question: what the generated graphs must show."""
