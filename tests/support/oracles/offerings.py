"""The questions about offerings, answered from their prose."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.support.graphs import Edge, Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World


def by_segment(world: World, parameters: Parameters) -> Rows:
    """Find the part that each offering plays for a segment, its use, its rivals, and why customers would switch."""
    rows = []
    for segment, uses in _consumption(world):
        if parameters["segment"] not in (None, segment[1]) or parameters["offering"] not in (None, uses.target[1]):
            continue
        wanted = world.after(segment, "HAS_NEED", "Need")
        rivalries = [e for e in world.edges_from(uses.target, "COMPETES_WITH") if _concerns(e, segment)]
        triggers = {trigger for edge in rivalries for trigger in edge.properties.get("switchingTriggers", ())}  # type: ignore[union-attr]  # a list of texts
        row = {
            "segmentId": segment[1],
            "segment": world.of(segment, "title"),
            **_offering(world, uses.target),
            "part": uses.properties.get("relationshipType"),
            "lifecycleRole": uses.properties.get("customerLifecycleRole"),
            "adoptionRate": uses.properties.get("adoptionRate"),
            "needsMet": world.titles([need for need in wanted if _meets(world, uses.target, need, segment)]),
            "needs": len(wanted),
            "rivals": world.titles([edge.target for edge in rivalries]),
            "switchingTriggers": sorted(str(trigger) for trigger in triggers),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (r["segmentId"], -_known(r["adoptionRate"]), r["offeringId"]))


def rivals(world: World, parameters: Parameters) -> Rows:
    """Find the alternatives to each offering, for the segment of which it is said, else for all that consume it."""
    rows = []
    for edge in world.graph.edges:
        if edge.type != "COMPETES_WITH":
            continue
        stated = edge.properties.get("forSegmentID")
        segments: list[Key | None]
        if stated is not None:
            segments = [key for key in world.all("CustomerSegment") if key[1] == stated]
        else:
            segments = [segment for segment, uses in _consumption(world) if uses.target == edge.source]
        for segment in segments or [None]:
            if parameters["segment"] is not None and (segment is None or segment[1] != parameters["segment"]):
                continue
            use = next((e for e in world.edges_from(segment, "CONSUMES") if e.target == edge.source), None)
            row = {
                "segmentId": segment[1] if segment else stated,
                "segment": world.of(segment, "title"),
                "statedForSegment": stated is not None,
                **_offering(world, edge.source),
                "part": use and use.properties.get("relationshipType"),
                "adoptionRate": use and use.properties.get("adoptionRate"),
                "alternativeId": edge.target[1],
                "alternative": world.of(edge.target, "title"),
                "provider": world.of(edge.target, "provider"),
                "position": edge.properties.get("competitivePosition"),
                "switchingTriggers": edge.properties.get("switchingTriggers", []),
            }
            rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            r["segmentId"] is None,
            r["segmentId"] or "",
            -_known(r["adoptionRate"]),
            r["offeringId"],
            r["alternativeId"],
        ),
    )


def next_best(world: World, parameters: Parameters) -> Rows:
    """Find the moments at which a trigger point proposes an offering to a segment, and upgrade paths without one."""
    found: dict[tuple[Key | None, Key], list[tuple[Key | None, ...]]] = defaultdict(list)
    for point in world.all("TriggerPoint"):
        for touchpoint, stage, journey in _places(world, point):
            if parameters["journey"] is not None and (journey is None or journey[1] != parameters["journey"]):
                continue
            for offering, segment in product(world.after(point, "PROPOSES"), _segments(world, journey)):
                found[segment, offering].append((point, touchpoint, stage, journey))
    if parameters["journey"] is None:
        for segment, uses in _consumption(world):
            if uses.properties.get("relationshipType") == "upgrade-path" and (segment, uses.target) not in found:
                found[segment, uses.target].append((None, None, None, None))
    rows = [
        _moment(world, segment, offering, moment)
        for (segment, offering), moments in found.items()
        for moment in moments
    ]
    if parameters["segment"] is not None:
        rows = [row for row in rows if row["segmentId"] == parameters["segment"]]
    return sorted(
        rows,
        key=lambda r: (
            r["segmentId"] is None,
            r["segmentId"] or "",
            not r["upgradePath"],
            r["alreadyConsumed"],
            r["offeringId"],
            *(r[name] or "" for name in ("journeyId", "stageId", "touchpointId", "triggerPointId")),
        ),
    )


def footprint(world: World, parameters: Parameters) -> Rows:
    """Find what delivers an offering, what it depends on, where it is met, and who consumes it."""
    rows = []
    for offering in _offerings(world):
        if offering[1] == parameters["offering"]:
            for row in _footprint(world, offering):
                described = {
                    "importance": None,
                    "maturityLevel": world.of(row["element"], "maturityLevel"),
                    "targetMaturityLevel": world.of(row["element"], "targetMaturityLevel"),
                    "distance": world.distance(row["element"]),
                    "parts": [],
                    "adoptionRate": None,
                }
                kind, key = row["element"]
                named = {"kind": kind, "elementId": key, "element": world.of(row["element"], "title")}
                offered = {"offeringId": offering[1], "offering": world.of(offering, "title")}
                rows.append(offered | described | row | named)
    return sorted(rows, key=lambda r: (r["way"], r["hops"], r["kind"], r["elementId"]))


def missing_needs(world: World, parameters: Parameters) -> Rows:
    """Find the needs of a segment that an offering which it consumes does not meet, and what else meets them."""
    rows = []
    for segment, uses in _consumption(world):
        if parameters["segment"] not in (None, segment[1]) or parameters["offering"] not in (None, uses.target[1]):
            continue
        wanted = {
            edge.target: edge.properties.get("priority", world.of(edge.target, "priority"))
            for edge in world.edges_from(segment, "HAS_NEED", "Need")
        }
        missed = [need for need in wanted if not _meets(world, uses.target, need, segment)]
        consumed = world.after(segment, "CONSUMES")
        part = uses.properties.get("relationshipType")
        for need in missed:
            others = [other for other in _offerings(world) if _meets(world, other, need, segment)]
            row = {
                **_offering(world, uses.target),
                "parts": [part] if part else [],
                "segmentId": segment[1],
                "segment": world.of(segment, "title"),
                "needId": need[1],
                "need": world.of(need, "title"),
                "priority": wanted[need],
                "needsMet": len(wanted) - len(missed),
                "needs": len(wanted),
                "otherOfferings": world.titles(others),
                "consumedOfferings": world.titles([other for other in others if other in consumed]),
            }
            rows.append(row)
    return sorted(rows, key=lambda r: (-(r["priority"] or 0), r["segmentId"], r["needId"], r["offeringId"]))


def _consumption(world: World) -> Iterator[tuple[Key, Edge]]:
    for segment in world.all("CustomerSegment"):
        for edge in world.edges_from(segment, "CONSUMES"):
            yield segment, edge


def _offerings(world: World) -> list[Key]:
    return [*world.all("Product"), *world.all("Service")]


def _offering(world: World, offering: Key) -> dict[str, Any]:
    return {"offeringId": offering[1], "offering": world.of(offering, "title"), "offeringKind": offering[0]}


def _concerns(edge: Edge, segment: Key) -> bool:
    """Tell whether what an edge states holds for a segment: it names that one or none."""
    return edge.properties.get("forSegmentID") in (None, segment[1])


def _meets(world: World, offering: Key, need: Key, segment: Key) -> bool:
    return any(edge.target == need and _concerns(edge, segment) for edge in world.edges_from(offering, "FULFILLS"))


def _known(rate: float | None) -> float:
    return -1.0 if rate is None else rate


def _places(world: World, point: Key) -> Iterator[tuple[Key | None, Key | None, Key | None]]:
    """Yield touchpoint, stage and journey of each place where a trigger point stands; nulls where it stands nowhere."""
    spots: list[tuple[Key | None, Key | None]] = []
    for place in world.before(point, "HAS_TRIGGER_POINT"):
        if place[0] == "JourneyStage":
            spots.append((None, place))
        else:
            around: list[Key | None] = [*world.before(place, "HAS_TOUCHPOINT")]
            spots += [(place, stage) for stage in around or [None]]
    for touchpoint, stage in spots or [(None, None)]:
        journeys: list[Key | None] = [*world.before(stage, "HAS_STAGE", "Journey")]
        for journey in journeys or [None]:
            yield touchpoint, stage, journey


def _segments(world: World, journey: Key | None) -> Iterable[Key | None]:
    found = world.after(journey, "DESIGNED_FOR", "CustomerSegment")
    for persona in world.after(journey, "APPLIES_TO", "Persona"):
        found += world.after(persona, "REPRESENTS", "CustomerSegment")
    return set(found) or {None}


def _moment(world: World, segment: Key | None, offering: Key, moment: tuple[Key | None, ...]) -> dict[str, Any]:
    uses = [edge for edge in world.edges_from(segment, "CONSUMES") if edge.target == offering]
    upgrades = [edge for edge in uses if edge.properties.get("relationshipType") == "upgrade-path"]
    point, touchpoint, stage, journey = moment
    return {
        "segmentId": segment and segment[1],
        "segment": world.of(segment, "title"),
        **_offering(world, offering),
        "upgradePath": bool(upgrades),
        "alreadyConsumed": len(upgrades) < len(uses),
        "adoptionRate": next((edge.properties.get("adoptionRate") for edge in uses), None),
        "triggerPointId": point and point[1],
        "triggerPoint": world.of(point, "title"),
        "condition": world.of(point, "condition"),
        "touchpointId": touchpoint and touchpoint[1],
        "touchpoint": world.of(touchpoint, "title"),
        "stageId": stage and stage[1],
        "stage": world.of(stage, "title"),
        "journeyId": journey and journey[1],
        "journey": world.of(journey, "title"),
    }


def _footprint(world: World, offering: Key) -> Iterator[dict[str, Any]]:
    """Yield each element with way, hops and what lies between, and what only some ways state."""
    carried: dict[Key, list[Edge]] = defaultdict(list)
    for stream in world.before(offering, "DELIVERS", "ValueStream"):
        yield {"element": stream, "way": "delivered by", "hops": 1, "via": []}
        for value_stage in world.after(stream, "HAS_STAGE"):
            yield {"element": value_stage, "way": "delivered by", "hops": 2, "via": world.titles([stream])}
            for edge in world.edges_from(value_stage, "ENABLED_BY"):
                carried[edge.target].append(edge)
    for capability, edges in carried.items():
        levels = [int(str(level)) for edge in edges if (level := edge.properties.get("importanceLevel")) is not None]
        between = world.titles([edge.source for edge in edges])
        importance = max(levels, default=None)
        yield {"element": capability, "way": "delivered by", "hops": 3, "via": between, "importance": importance}
    for element, hops in world.needed(offering).items():
        if hops:
            yield {"element": element, "way": "depends on", "hops": hops, "via": []}
    for element in world.after(offering, "USED_IN"):
        journeys = world.titles(world.before(element, "HAS_STAGE", "Journey"))
        yield {"element": element, "way": "used in", "hops": 1, "via": journeys}
    for edge in world.edges_to(offering, "CONSUMES", "CustomerSegment"):
        part, rate = edge.properties.get("relationshipType"), edge.properties.get("adoptionRate")
        consumed = {"element": edge.source, "way": "consumed by", "hops": 1, "via": []}
        yield consumed | {"parts": [part] if part else [], "adoptionRate": rate}


MUTATIONS: Final[Mutations] = {
    "by_segment": [
        ("WHERE coalesce(meets.forSegmentID, segment.id) = segment.id", "WHERE true"),
        ("WHERE coalesce(rivalry.forSegmentID, segment.id) = segment.id", "WHERE true"),
        ("<-[:HAS_NEED]-(segment)", ""),
        ("flat + stated", "stated"),
        ("COUNT { (segment)-[:HAS_NEED]->(:Need) }", "size(needsMet)"),
        ("coalesce(adoptionRate, -1.0) DESC", "coalesce(adoptionRate, -1.0)"),
    ],
    "rivals": [
        ("WHERE stated = ''", "WHERE true"),
        ("CASE WHEN named IS NULL THEN consumer ELSE named END", "consumer"),
        ("CASE WHEN named IS NULL THEN consumer ELSE named END", "named"),
        ("coalesce(segment.id, rivalry.forSegmentID)", "segment.id"),
        ("coalesce(adoptionRate, -1.0) DESC", "coalesce(adoptionRate, -1.0)"),
        ("OPTIONAL MATCH (offering)<-[uses", "MATCH (offering)<-[uses"),
    ],
    "next_best": [
        ("coalesce(around, point)", "point"),
        ("collect(DISTINCT represented)", "[]"),
        ("collect(DISTINCT designed)", "[]"),
        ("THEN [null] ELSE aimed", "THEN [] ELSE aimed"),
        ("WHERE points = 0 OR moment.point IS NOT NULL", "WHERE moment.point IS NOT NULL"),
        ("WHERE points = 0 OR moment.point IS NOT NULL", "WHERE true"),
        ("AND $journey IS NULL", ""),
        ("any(part IN parts WHERE part <> 'upgrade-path')", "any(part IN parts WHERE true)"),
        ("coalesce(uses.relationshipType, 'other')", "uses.relationshipType"),
        ("upgradePath DESC", "upgradePath"),
    ],
    "footprint": [
        ("(offering)-[:DEPENDS_ON*1..8]->(element)", "(element)-[:DEPENDS_ON*1..8]->(offering)"),
        ("DEPENDS_ON*1..8", "DEPENDS_ON*1..2"),
        ("max(importance)", "min(importance)"),
        ("OPTIONAL MATCH (element)<-", "MATCH (element)<-"),
        ("Journey|JourneyStage)", "JourneyStage)"),
        ("ORDER BY way, hops, kind", "ORDER BY hops, way, kind"),
    ],
    "missing_needs": [
        ("WHERE coalesce(meets.forSegmentID, segment.id) = segment.id", "WHERE true"),
        ("WHERE NOT offering IN want.others", ""),
        ("WHERE offering IN want.others]", "WHERE size(want.others) > 0]"),
        ("WHERE EXISTS { (segment)-[:CONSUMES]->(other) }", ""),
        ("coalesce(priority, 0) DESC", "coalesce(priority, 0)"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

SIGHTS: Final[Sights] = {
    "by_segment": {
        "a need met": lambda row: bool(row["needsMet"]),
        "several triggers": lambda row: len(row["switchingTriggers"]) > 1,
        "an offering without a rival": lambda row: not row["rivals"],
    },
    "rivals": {
        "a rival of a segment that does not exist": lambda row: row["segmentId"] and row["segment"] is None,
        "an offering that nobody consumes": lambda row: row["segmentId"] is None,
        "a rival for all": lambda row: row["segmentId"] and not row["statedForSegment"],
    },
    "next_best": {
        "a moment at a touchpoint": lambda row: row["touchpointId"] is not None,
        "an upgrade path at its moment": lambda row: row["upgradePath"] and row["triggerPointId"],
        "an upgrade path without a moment": lambda row: row["triggerPointId"] is None,
        "a moment of nobody": lambda row: row["segmentId"] is None,
    },
    "footprint": {
        "a capability that a value stage needs": lambda row: row["way"] == "delivered by" and row["hops"] == 3,
        "a long dependency": lambda row: row["way"] == "depends on" and row["hops"] > 2,
        "a stage where it is met": lambda row: row["way"] == "used in" and row["kind"] == "JourneyStage",
        "a segment": lambda row: row["way"] == "consumed by",
    },
    "missing_needs": {
        "an offering that meets other needs": lambda row: row["needsMet"] > 0,
        "a need that another offering meets": lambda row: bool(row["otherOfferings"]),
        "a need that is met otherwise": lambda row: bool(row["consumedOfferings"]),
    },
}
