"""The questions about journeys, answered from their prose."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, Any, Final

from tests.support.stage_order import place, stages_in_order
from tests.support.world import highest

if TYPE_CHECKING:
    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World

_VISIBILITIES: Final = (None, "invisible", "partially-visible", "fully-visible")


def value_stream_alignment(world: World, parameters: Parameters) -> Rows:
    """Find how a journey lines up with its value streams, stage by stage, and what the customer sees."""
    rows = []
    for journey, stage in stages_in_order(world, parameters["journey"]):
        mapped: list[Key | None] = [
            *sorted(set(world.after(stage, "MAPS_TO")), key=lambda v: (world.of(v, "title"), v[1]))
        ]
        streams = {_stream(world, value_stage) for value_stage in mapped}
        others = [stream for stream in world.after(stage, "INVOLVES", "ValueStream") if stream not in streams]
        for value_stage in mapped or [None]:
            stream = _stream(world, value_stage)
            alignments = [
                e.properties.get("alignmentScore") for e in world.edges_from(journey, "MAPPED_TO") if e.target == stream
            ]
            seen = [
                e.properties.get("visibilityToCustomer")
                for e in world.edges_from(stage, "MAPS_TO")
                if e.target == value_stage
            ]
            carriers = world.after(stage, "ENABLED_BY", "Capability") + world.after(
                value_stage, "ENABLED_BY", "Capability"
            )
            row = {
                **_stage_columns(world, journey, stage),
                **_value_stage_columns(world, value_stage),
                "visibility": max(seen, key=_VISIBILITIES.index, default=None),
                "alignmentScore": highest(alignments),  # type: ignore[arg-type]  # the generator puts integers there
                "touchpoints": world.titles(world.after(stage, "HAS_TOUCHPOINT", "Touchpoint")),
                "capabilities": len(set(carriers)),
                "lowestSatisfaction": min(world.scores(world.before(stage, "AT_STAGE")), default=None),
                "otherValueStreams": world.titles(others),
            }
            rows.append(row)
    return rows


def hidden_value_stages(world: World, parameters: Parameters) -> Rows:
    """Find the stages of value streams that no customer can see."""
    rows = []
    for value_stage in world.all("ValueStreamStage"):
        stream = _stream(world, value_stage)
        links = world.edges_to(value_stage, "MAPS_TO", "JourneyStage")
        if any(link.properties.get("visibilityToCustomer") != "invisible" for link in links):
            continue
        if parameters["value_stream"] is None or (stream is not None and stream[1] == parameters["value_stream"]):
            row = {
                **_value_stage_columns(world, value_stage),
                "sequenceNumber": world.of(value_stage, "sequenceNumber"),
                "reason": "invisible at every journey stage that maps to it"
                if links
                else "no journey stage maps to it",
                "stages": _told(world, [link.source for link in links]),
                "owner": _owner(world, value_stage),
                "performanceScore": world.of(value_stage, "performanceScore"),
                "capabilities": world.titles(list(set(world.after(value_stage, "ENABLED_BY", "Capability")))),
            }
            rows.append((stream, value_stage, row))
    rows.sort(key=lambda each: (*_title_last(world, each[0]), *place(world, each[1])))
    return [row for _, _, row in rows]


def value_stage_heat_map(world: World, parameters: Parameters) -> Rows:
    """Find how well the value stages perform that a segment or persona meets on its journeys."""
    segment, persona = (
        None if parameters[name] is None else (label, parameters[name])
        for name, label in (("segment", "CustomerSegment"), ("persona", "Persona"))
    )
    met = [
        (journey, stage)
        for journey, stage in stages_in_order(world)
        if (segment is None or segment in world.after(journey, "DESIGNED_FOR"))
        and (persona is None or persona in world.after(journey, "APPLIES_TO"))
    ]
    rows = []
    for value_stage in world.all("ValueStreamStage"):
        stream = _stream(world, value_stage)
        stages = [stage for _, stage in met if value_stage in world.after(stage, "MAPS_TO")]
        passed = world.after(persona, "EXPERIENCES")
        experienced = None if persona is None else value_stage in passed or (stream is not None and stream in passed)
        concerned = segment is None or segment in world.after(persona, "REPRESENTS")
        if not (stages or (experienced and concerned) or segment is persona is None):
            continue
        experiences = {e for stage in stages for e in world.before(stage, "AT_STAGE", "StageExperience")}
        if persona is not None:
            experiences &= set(world.after(persona, "HAS_EXPERIENCE"))
        score = world.of(value_stage, "performanceScore")
        row = {
            **_value_stage_columns(world, value_stage),
            "heat": _heat(score, parameters),
            "performanceScore": score,
            "stages": _told(world, stages),
            "lowestSatisfaction": min(world.scores(list(experiences)), default=None),
            "experienced": experienced,
            "owner": _owner(world, value_stage),
            "capabilities": len(set(world.after(value_stage, "ENABLED_BY", "Capability"))),
        }
        rows.append((score is None, score or 0, *_title_last(world, stream), row["valueStage"], value_stage[1], row))
    return [row for *_, row in sorted(rows, key=lambda each: each[:-1])]


def _heat(score: float | None, parameters: Parameters) -> str:
    if score is None:
        return "unknown"
    if score < parameters["red_below"]:
        return "red"
    return "green" if score >= parameters["green_from"] else "amber"


def handoffs(world: World, parameters: Parameters) -> Rows:
    """Find who owns each part of a journey, and where it passes from one unit to another."""
    rows: Rows = []
    last: tuple[Key | None, Key | None] = (None, None)
    for journey, stage in stages_in_order(world, parameters["journey"]):
        previous = last[1] if last[0] == journey else None
        last = journey, stage
        owners = set(world.before(stage, "OWNS", "OrgUnit"))
        before = set(world.before(previous, "OWNS", "OrgUnit"))
        within = {u for t in world.after(stage, "HAS_TOUCHPOINT") for u in world.before(t, "OWNS", "OrgUnit")}
        row = {
            **_stage_columns(world, journey, stage),
            "owners": world.titles(list(owners)),
            "previousStageId": previous and previous[1],
            "previousStage": world.of(previous, "title"),
            "previousOwners": world.titles(list(before)),
            "handsOver": owners.isdisjoint(before) if owners and before else None,
            "touchpointOwners": world.titles(list(within)),
            "handoffWithin": not within <= owners if owners and within else None,
        }
        rows.append(row)
    return rows


def contradicting_scores(world: World, parameters: Parameters) -> Rows:
    """Find the scores of how well a journey is aligned with a value stream that its customers contradict."""
    rows = []
    for journey in world.all("Journey"):
        if parameters["journey"] not in (None, journey[1]):
            continue
        for link in world.edges_from(journey, "MAPPED_TO", "ValueStream"):
            parts = set(world.after(link.target, "HAS_STAGE"))
            rated = {
                stage: scores
                for stage in world.after(journey, "HAS_STAGE")
                if parts & set(world.after(stage, "MAPS_TO"))
                and (scores := world.scores(world.before(stage, "AT_STAGE")))
            }
            scores = [score for each in rated.values() for score in each]
            alignment: Any = link.properties.get("alignmentScore")
            if alignment is None or not scores:
                continue
            if alignment >= parameters["high_alignment"] and mean(scores) < parameters["low_satisfaction"]:
                contradiction = "aligned by score, customers dissatisfied"
            elif alignment <= parameters["low_alignment"] and mean(scores) >= parameters["high_satisfaction"]:
                contradiction = "not aligned by score, customers satisfied"
            else:
                continue
            row = {
                "relationshipId": link.properties.get("relationshipID"),
                "journeyId": journey[1],
                "journey": world.of(journey, "title"),
                "valueStreamId": link.target[1],
                "valueStream": world.of(link.target, "title"),
                "contradiction": contradiction,
                "alignmentScore": alignment,
                "meanSatisfaction": mean(scores),
                "difference": alignment - mean(scores),
                "lowestSatisfaction": min(scores),
                "ratings": len(scores),
                "ratedStages": len(rated),
                "frictionPoints": link.properties.get("frictionPoints") or [],
            }
            rows.append(row)
    return sorted(rows, key=lambda r: (-abs(r["difference"]), r["journeyId"], r["valueStreamId"]))


def touchpoint_foundations(world: World, parameters: Parameters) -> Rows:
    """Find what stands behind touchpoints, down to assets, processes and requirements."""
    ways: dict[Key, set[tuple[Key, Key | None]]] = {}
    for _, stage in stages_in_order(world, parameters["journey"]):
        for touchpoint in world.after(stage, "HAS_TOUCHPOINT", "Touchpoint"):
            if parameters["touchpoint"] in (None, touchpoint[1]):
                for behind, value_stage in [(touchpoint, None), *_behind(world, stage)]:
                    ways.setdefault(behind, set()).add((stage, value_stage))
    rows = []
    for behind, found in ways.items():
        processes = {*world.before(behind, "REALIZES", "Process"), *world.before(behind, "SUPPORTS", "Process")}
        assets = {asset for user in (behind, *processes) for asset in world.before(user, "SUPPORTS", "Asset")}
        rules = world.before(behind, "SPECIFIES", "Requirement")
        ends_here = behind[0] == "ValueStreamStage" and not world.after(behind, "ENABLED_BY", "Capability")
        if behind[0] != "Capability" and not (processes or assets or rules or ends_here):
            continue
        row = {
            "behindKind": behind[0],
            "behindId": behind[1],
            "behind": world.of(behind, "title"),
            "direct": any(value_stage is None for _, value_stage in found),
            "valueStages": world.titles(list({value_stage for _, value_stage in found if value_stage is not None})),
            "stages": len({stage for stage, _ in found}),
            "assets": world.titles(list(assets)),
            "processes": world.titles(list(processes)),
            "requirements": world.titles(rules),
        }
        rows.append(row)
    kinds = ["Capability", "ValueStreamStage", "JourneyStage", "Touchpoint"]
    return sorted(rows, key=lambda r: (kinds.index(r["behindKind"]), -r["stages"], r["behind"], r["behindId"]))


def _behind(world: World, stage: Key) -> list[tuple[Key, Key | None]]:
    """Return what stands behind a stage, each with the value stage that leads to a capability, or null."""
    found: list[tuple[Key, Key | None]] = [(stage, None)]
    found += [(capability, None) for capability in world.after(stage, "ENABLED_BY", "Capability")]
    for value_stage in world.after(stage, "MAPS_TO", "ValueStreamStage"):
        found.append((value_stage, None))
        found += [(capability, value_stage) for capability in world.after(value_stage, "ENABLED_BY", "Capability")]
    return found


def _stage_columns(world: World, journey: Key, stage: Key) -> dict[str, Any]:
    return {
        "journeyId": journey[1],
        "journey": world.of(journey, "title"),
        "sequenceNumber": world.of(stage, "sequenceNumber"),
        "stageId": stage[1],
        "stage": world.of(stage, "title"),
    }


def _value_stage_columns(world: World, value_stage: Key | None) -> dict[str, Any]:
    stream = _stream(world, value_stage)
    return {
        "valueStreamId": stream and stream[1],
        "valueStream": world.of(stream, "title"),
        "valueStageId": value_stage and value_stage[1],
        "valueStage": world.of(value_stage, "title"),
    }


def _stream(world: World, value_stage: Key | None) -> Key | None:
    return next(iter(world.before(value_stage, "HAS_STAGE", "ValueStream")), None)


def _owner(world: World, value_stage: Key) -> str | None:
    owner: str | None = world.of(value_stage, "owner")
    return ", ".join(world.titles(world.before(value_stage, "OWNS", "OrgUnit"))) or owner


def _told(world: World, stages: list[Key]) -> list[str]:
    """Return stages as journey and stage, by journey and order; those of no journey come last, alone."""
    pairs = [(next(iter(world.before(stage, "HAS_STAGE", "Journey")), None), stage) for stage in stages]
    pairs.sort(key=lambda pair: (*_title_last(world, pair[0])[:2], *place(world, pair[1])))
    return [": ".join(world.of(each, "title") for each in pair if each) for pair in pairs]


def _title_last(world: World, node: Key | None) -> tuple[bool, str, str]:
    """Return what an element is sorted by that may be missing."""
    return node is None, world.of(node, "title") or "", node[1] if node else ""


MUTATIONS: Final[Mutations] = {
    "value_stream_alignment": [
        ("OPTIONAL MATCH (stage)-[maps:MAPS_TO]", "MATCH (stage)-[maps:MAPS_TO]"),
        ("'fully-visible' THEN 2", "'fully-visible' THEN 0"),
        ("WHERE NOT EXISTS { (stage)-[:ENABLED_BY]->(through) }", ""),
        ("WHERE NOT EXISTS { (stage)-[:MAPS_TO]->(:ValueStreamStage)<-[:HAS_STAGE]-(involved) }", ""),
        ("(journey)-[mapped:MAPPED_TO]->(valueStream)", "(journey)-[mapped:MAPPED_TO]->(:ValueStream)"),
        ("min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        ("directOnes + throughOnes", "throughOnes"),
    ],
    "hidden_value_stages": [
        ("coalesce(maps.visibilityToCustomer, '')", "coalesce(maps.visibilityToCustomer, 'invisible')"),
        ("<> 'invisible'", "= 'invisible'"),
        ("OPTIONAL MATCH (journey:Journey)", "MATCH (journey:Journey)"),
        ("OPTIONAL MATCH (valueStream:ValueStream)", "MATCH (valueStream:ValueStream)"),
        ("valueStreamId, sequenceNumber, valueStage,", "valueStreamId, valueStage,"),
        ("coalesce(journey.title + ': ', '') +", "journey.title + ': ' +"),
        ("stage.sequenceNumber, stage.title", "stage.title"),
    ],
    "value_stage_heat_map": [
        ("OR EXISTS { (:Persona {id: $persona})-[:EXPERIENCES]->(:ValueStream)-[:HAS_STAGE]->(valueStage) }", ""),
        ("EXISTS { (:Persona {id: $persona})-[:EXPERIENCES]->(valueStage) }", "false"),
        ("$segment IS NULL OR EXISTS { (persona)-[:REPRESENTS]->(:CustomerSegment {id: $segment}) }", "true"),
        ("(persona:Persona {id: $persona})-[:EXPERIENCES]->", "(persona:Persona {id: $persona})-[:DESIGN_FOCUS]->"),
        ("$persona IS NULL OR EXISTS { (journey)-[:APPLIES_TO]->(:Persona {id: $persona}) }", "true"),
        ("<-[:DESIGNED_FOR]-(journey:Journey)", "<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(journey:Journey)"),
        ("$persona IS NULL OR persona.id = $persona", "true"),
        ("< $green_from", "<= $green_from"),
        ("< $red_below", "<= $red_below"),
        ("min(satisfaction)", "max(satisfaction)"),
        ("coalesce(performanceScore, 101.0)", "coalesce(performanceScore, -1.0)"),
    ],
    "handoffs": [
        ("steps[place - 1] END", "steps[place] END"),
        ("none(id IN unitIds WHERE id IN beforeIds)", "any(id IN unitIds WHERE NOT id IN beforeIds)"),
        ("size(unitIds) > 0 AND size(beforeIds) > 0", "beforeStage.id IS NOT NULL"),
        ("any(id IN otherIds WHERE NOT id IN unitIds)", "none(id IN otherIds WHERE id IN unitIds)"),
        ("size(unitIds) > 0 AND size(otherIds) > 0", "size(otherIds) > 0"),
        ("journey.id, stage.sequenceNumber, stage.title", "journey.id, stage.title"),
        ("OPTIONAL MATCH (unit:OrgUnit)", "MATCH (unit:OrgUnit)"),
    ],
    "contradicting_scores": [
        (">= $high_alignment", "> $high_alignment"),
        ("<= $low_alignment", "< $low_alignment"),
        ("mean < $low_satisfaction", "mean <= $low_satisfaction"),
        ("mean >= $high_satisfaction", "mean > $high_satisfaction"),
        ("<-[:HAS_STAGE]-(valueStream)", ""),
        ("avg(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        ("abs(difference) DESC", "difference DESC"),
        ("WITH DISTINCT journey, mapped, valueStream, stage", "WITH journey, mapped, valueStream, stage"),
    ],
    "touchpoint_foundations": [
        ("RETURN behind, through.id AS throughId", "RETURN behind, null AS throughId"),
        ("OR NOT EXISTS { (behind)-[:ENABLED_BY]->(:Capability) }", ""),
        ("EXISTS { (behind)<-[:SUPPORTS|SPECIFIES]-() }", "EXISTS { (behind)<-[:SUPPORTS]-() }"),
        ("EXISTS { (behind)<-[:SUPPORTS|SPECIFIES]-() }", "EXISTS { (behind)<-[:SPECIFIES]-() }"),
        ("WHERE behind.id IN touchpointIds", ""),
        ("{id: stage.id})<-[:SUPPORTS]-(:Process)", "{id: stage.id})<-[:OWNS]-(:OrgUnit)"),
        ("count(DISTINCT stage)", "count(stage)"),
        ("ways > indirect", "ways > 0"),
        ("WHERE through.id IN throughIds", ""),
        ("(behind)<-[:REALIZES|SUPPORTS]-(process:Process)", "(behind)<-[:SUPPORTS]-(process:Process)"),
        ("(behind)<-[:REALIZES|SUPPORTS]-(process:Process)", "(behind)<-[:REALIZES]-(process:Process)"),
        ("(behind)<-[:REALIZES|SUPPORTS]-(:Process)<-", "(behind)<-[:REALIZES]-(:Process)<-"),
        ("MATCH (behind)<-[:SUPPORTS]-(asset:Asset)", "MATCH (behind)<-[:SPECIFIES]-(asset:Asset)"),
        ("stages DESC, behind", "behind"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "value_stage_heat_map": {"red_below": [20, 60.0], "green_from": [55, 95.0]},
    "contradicting_scores": {
        "high_alignment": [1, 2],
        "low_alignment": [4, 5],
        "high_satisfaction": [1, 2.0],
        "low_satisfaction": [4, 5.0],
    },
}
"""Values to ask with, other than the defaults, for parameters that name no element."""

SIGHTS: Final[Sights] = {
    "value_stream_alignment": {
        "a stage that maps to nothing": lambda row: row["valueStageId"] is None,
        "an invisible stage": lambda row: row["visibility"] == "invisible",
        "a score of how journey and value stream are aligned": lambda row: row["alignmentScore"] is not None,
        "another value stream": lambda row: row["otherValueStreams"],
    },
    "hidden_value_stages": {
        "nothing that maps to it": lambda row: not row["stages"],
        "only invisible links": lambda row: row["stages"],
        "a value stage of no value stream": lambda row: row["valueStreamId"] is None,
    },
    "value_stage_heat_map": {
        **{heat: lambda row, heat=heat: row["heat"] == heat for heat in ("red", "amber", "green", "unknown")},  # type: ignore[misc]  # a lambda's default has no type
        "a value stage that the persona experiences": lambda row: row["experienced"] and not row["stages"],
        "a satisfaction": lambda row: row["lowestSatisfaction"] is not None,
    },
    "handoffs": {
        "a hand-off": lambda row: row["handsOver"] is True,
        "none": lambda row: row["handsOver"] is False,
        "a hand-off within a stage": lambda row: row["handoffWithin"] is True,
        "none within a stage": lambda row: row["handoffWithin"] is False,
    },
    "contradicting_scores": {
        "too high a score": lambda row: row["contradiction"].startswith("aligned"),
        "too low a score": lambda row: row["contradiction"].startswith("not aligned"),
        "several stages": lambda row: row["ratedStages"] > 1,
    },
    "touchpoint_foundations": {
        **{
            kind: lambda row, kind=kind: row["behindKind"] == kind  # type: ignore[misc]  # a lambda's default has no type
            for kind in ("Capability", "ValueStreamStage", "JourneyStage", "Touchpoint")
        },
        "a value stage that ends there": lambda row: row["behindKind"] == "ValueStreamStage" and not row["processes"],
        "both ways": lambda row: row["direct"] and row["valueStages"],
        "several stages": lambda row: row["stages"] > 1,
        "all there is": lambda row: row["assets"] and row["processes"] and row["requirements"],
    },
}
"""By question: what rows of the generated graphs must show, and how a row shows it."""
