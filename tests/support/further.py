"""What a generated graph holds around its gaps, stages and initiatives: two tables, and the dice thrown over them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from graphkb.store.protocol import Value
    from tests.support.graphs import Graph, Key

    Choices = Mapping[str, Sequence[Value]]

_SCORE: Final[Sequence[Value]] = [None, 1, 2, 3, 4, 5]
_DAY: Final[Sequence[Value]] = [
    None,
    "2025-03-31",
    "2026-01",
    "2026-02-01",
    "2026-06-30",
    "2027",
    "2027-05-01",
    "2035-01-01",
]
_NUMBER: Final[Sequence[Value]] = [None, 10.0, 250.5, 1000.0]

PROPERTIES: Final[Mapping[str, Choices]] = {
    "Capability": {"performanceScore": [None, 20.0, 55.0, 90.0], "customerPriority": _SCORE},
    "CustomerSegment": {
        "isPriority": [None, True, False],
        "clvValue": [None, 100.0, 2500.0, 40000.0],
        "clvCurrency": [None, "EUR"],
        "clvTimespan": [None, "Annual"],
        "nextReviewOn": _DAY,
        "evidenceStatus": [None, "assumption", "evidenced"],
    },
    "Initiative": {"startDate": _DAY, "endDate": _DAY},
    "Journey": {
        "strategicPriority": _SCORE,
        "hypothesisStatus": [None, "hypothesis", "validated"],
        "nextReviewOn": _DAY,
    },
    "Persona": {
        "nextReviewOn": _DAY,
        "evidenceStatus": [None, "assumption", "inside-out-only", "evidenced", "strong"],
        "evidenceCount": [None, 0, 2],
    },
    "StageExperience": {"isSatisfactory": [None, None, True, False], "emotion": [None, "frustrated", "delighted"]},
    "Touchpoint": {"isMain": [None, True, False], "visibilityToCustomer": [None, "invisible", "fully-visible"]},
    "ValueStreamStage": {"performanceScore": [None, 20.0, 55.0, 90.0], "sequenceNumber": [None, 1, 2, 3]},
}
"""Further properties of nodes that are there, and the values to choose from; a null is left out."""

KINDS: Final[Mapping[str, tuple[int, int, Choices]]] = {
    "Asset": (0, 2, {}),
    "Channel": (0, 3, {}),
    "CompetitiveAlternative": (0, 2, {"provider": [None, "Rival"]}),
    "Content": (0, 3, {"status": [None, "needed", "in-production", "published", "retired"], "nextReviewOn": _DAY}),
    "CustomerRelationship": (
        0,
        2,
        {
            "loyaltyStatus": [None, "at-risk", "stable", "loyal", "unknown"],
            "engagementLevel": [None, "dormant", "active"],
            "relationshipStrength": _SCORE,
            "currentValue": _NUMBER,
            "potentialValue": _NUMBER,
            "valueCurrency": [None, "EUR"],
        },
    ),
    "DataSource": (0, 2, {}),
    "Evidence": (
        0,
        3,
        {
            "sourceType": [None, "customer-interview", "survey", "internal-opinion"],
            "viewpoint": [None, "outside-in", "inside-out"],
            "collectedOn": _DAY,
        },
    ),
    "Measurement": (0, 3, {"measuredOn": _DAY, "value": _NUMBER}),
    "Need": (0, 4, {}),
    "Opportunity": (0, 2, {"potentialValue": _NUMBER}),
    "PerformanceIndicator": (0, 4, {"currentValue": _NUMBER, "targetValue": _NUMBER, "unit": [None, "%"]}),
    "Process": (0, 2, {}),
    "Product": (0, 2, {}),
    "Rationale": (0, 2, {}),
    "Requirement": (0, 2, {}),
    "Risk": (0, 2, {"probability": _SCORE, "impact": _SCORE}),
    "Roadmap": (0, 2, {"horizon": [None, "short-term", "long-term"], "track": [None, "operative"]}),
    "RoadmapItem": (
        0,
        4,
        {
            "sequenceNumber": [None, 1, 2, 3],
            "startDate": _DAY,
            "endDate": _DAY,
            "status": [None, "planned", "in-progress", "done", "dropped"],
        },
    ),
    "Service": (0, 2, {}),
    "Stakeholder": (0, 2, {}),
    "StrategicResponse": (
        0,
        3,
        {
            "startDate": _DAY,
            "endDate": _DAY,
            "status": [None, "Planned", "In_Progress", "Completed", "Deferred", "Cancelled"],
        },
    ),
    "Trigger": (0, 3, {"impactLevel": [None, "High", "Low"], "status": [None, "Emerging"], "detectionDate": _DAY}),
    "TriggerPoint": (0, 2, {"condition": [None, "salary paid in"]}),
    "Market": (0, 4, {"title": [None, "Town and Country", "Country & town", "Old, town", "IT", "Land 2", "Land 3"]}),
    "Review": (0, 3, {"reviewedOn": [None, None, "2025-03-31"], "dueOn": _DAY}),
    "Role": (0, 2, {}),
}
"""Further kinds: at least and at most so many of each, with properties to choose from; a null is left out."""

LINKS: Final[Sequence[tuple[str, str, str, float, Choices]]] = [
    ("Asset", "SUPPORTS", "Capability", 0.3, {"role": [None, "engine"]}),
    ("Asset", "SUPPORTS", "Process", 0.2, {}),
    ("Asset", "SUPPORTS", "Touchpoint", 0.2, {}),
    ("Capability", "ADDRESSES", "Need", 0.1, {}),
    ("Capability", "ADDRESSES", "StageExperience", 0.05, {}),
    ("Capability", "MEASURED_BY", "PerformanceIndicator", 0.1, {}),
    ("Channel", "REACHES", "CustomerSegment", 0.4, {}),
    ("Content", "AIMED_AT", "Persona", 0.2, {}),
    ("Content", "DISTRIBUTED_VIA", "Channel", 0.3, {}),
    ("Content", "NEEDED_AT", "JourneyStage", 0.15, {}),
    ("CustomerRelationship", "EXPOSED_TO", "Risk", 0.3, {}),
    ("CustomerRelationship", "HAS_OPPORTUNITY", "Opportunity", 0.3, {}),
    ("CustomerRelationship", "MEASURED_BY", "PerformanceIndicator", 0.1, {}),
    ("CustomerSegment", "ACQUIRED_VIA", "Channel", 0.2, {}),
    ("CustomerSegment", "CONSUMES", "Product", 0.4, {
        "relationshipType": [None, "primary-solution", "entry-point", "upgrade-path"],
        "adoptionRate": [None, 5.0, 68.0],
        "customerLifecycleRole": [None, "growth", "retention"],
    }),
    ("CustomerSegment", "CONSUMES", "Service", 0.3, {
        "relationshipType": [None, "primary-solution", "upgrade-path", "retention-driver"],
        "adoptionRate": [None, 5.0, 68.0],
    }),
    ("CustomerSegment", "DEPENDS_ON", "Capability", 0.1, {"dependencyType": [None, "Critical", "Supportive"]}),
    ("CustomerSegment", "DEPENDS_ON", "Product", 0.2, {"dependencyType": [None, "Critical", "Important"]}),
    ("CustomerSegment", "DEPENDS_ON", "Service", 0.2, {"dependencyType": [None, "Critical"]}),
    ("CustomerSegment", "EVIDENCED_BY", "Evidence", 0.1, {"claimField": [None, "title"], "supports": [None, False]}),
    ("CustomerSegment", "HAS_NEED", "Need", 0.4, {"priority": _SCORE}),
    ("CustomerSegment", "MEASURED_BY", "PerformanceIndicator", 0.15, {}),
    ("CustomerSegment", "RELATED_SEGMENT", "CustomerSegment", 0.4, {
        "relationshipType": ["progression", "progression", "progression", "parent", "complementary", None],
        "relationshipStrength": _SCORE,
    }),
    ("CustomerSegment", "SUPPORTED_BY", "Capability", 0.3, {
        "relationshipType": [None, "value-enabling", "loyalty-builder"],
        "relationshipStrength": _SCORE,
    }),
    ("Evidence", "CONTRIBUTED_BY", "Stakeholder", 0.3, {}),
    ("Evidence", "CONTRIBUTED_BY", "OrgUnit", 0.2, {}),
    ("Initiative", "ADDRESSES", "StageExperience", 0.05, {}),
    ("Initiative", "ADDRESSES", "Need", 0.05, {}),
    ("Initiative", "DEPENDS_ON", "Initiative", 0.12, {"dependencyType": [None, "Critical"]}),
    ("Initiative", "DEPENDS_ON", "Capability", 0.05, {}),
    ("Initiative", "IMPLEMENTS", "Strategy", 0.3, {}),
    ("Initiative", "IMPLEMENTS", "StrategicResponse", 0.15, {}),
    ("Initiative", "IMPROVES", "Capability", 0.06, {
        "fromMaturity": [None, 1, 2, 3],
        "toMaturity": [None, 2, 3, 4],
        "investment": _NUMBER,
    }),
    ("Initiative", "MEASURED_BY", "PerformanceIndicator", 0.1, {}),
    ("Initiative", "TARGETS", "Persona", 0.08, {}),
    ("Journey", "EVIDENCED_BY", "Evidence", 0.1, {"supports": [None, True, False]}),
    ("Journey", "MAPPED_TO", "ValueStream", 0.5, {"alignmentScore": _SCORE}),
    ("Journey", "MEASURED_BY", "PerformanceIndicator", 0.15, {}),
    ("JourneyStage", "EVIDENCED_BY", "Evidence", 0.15, {"supports": [None, True]}),
    ("JourneyStage", "MEASURED_BY", "PerformanceIndicator", 0.15, {}),
    ("JourneyStage", "HAS_TRIGGER_POINT", "TriggerPoint", 0.15, {}),
    ("Need", "ARISES_AT", "JourneyStage", 0.1, {}),
    ("OrgUnit", "EXECUTES", "StrategicResponse", 0.2, {}),
    ("OrgUnit", "OWNS", "CustomerRelationship", 0.3, {}),
    ("OrgUnit", "OWNS", "CustomerSegment", 0.2, {}),
    ("OrgUnit", "OWNS", "Journey", 0.3, {}),
    ("OrgUnit", "OWNS", "Persona", 0.2, {}),
    ("OrgUnit", "OWNS", "Product", 0.3, {}),
    ("OrgUnit", "OWNS", "StrategicResponse", 0.2, {}),
    ("OrgUnit", "OWNS", "Touchpoint", 0.3, {}),
    ("OrgUnit", "OWNS", "ValueStreamStage", 0.2, {}),
    ("OrgUnit", "PARTICIPATES_IN", "Journey", 0.15, {"relationshipType": ["consulting"]}),
    ("OrgUnit", "PARTICIPATES_IN", "JourneyStage", 0.1, {"relationshipType": ["supporting"]}),
    ("PerformanceIndicator", "ALIGNED_WITH", "Initiative", 0.1, {}),
    ("PerformanceIndicator", "ALIGNED_WITH", "Strategy", 0.3, {"alignmentStrength": _SCORE}),
    ("PerformanceIndicator", "HAS_MEASUREMENT", "Measurement", 0.3, {}),
    ("PerformanceIndicator", "READ_FROM", "DataSource", 0.3, {}),
    ("PerformanceIndicator", "RELATED_INDICATOR", "PerformanceIndicator", 0.2, {
        "relationshipType": [None, "component-of", "influences"],
        "relationshipStrength": _SCORE,
    }),
    ("Persona", "DESIGN_FOCUS", "Product", 0.1, {"isPrimary": [None, True]}),
    ("Persona", "EVIDENCED_BY", "Evidence", 0.15, {"claimField": [None, "goals"], "supports": [None, True, False]}),
    ("Persona", "EXPERIENCES", "ValueStreamStage", 0.1, {}),
    ("Persona", "HAS_NEED", "Need", 0.2, {"priority": _SCORE}),
    ("Persona", "PREFERS_CHANNEL", "Channel", 0.2, {"rank": [None, 1, 2]}),
    ("Persona", "PREFERS_CONTENT", "Content", 0.1, {"rank": [None, 1, 2]}),
    ("Persona", "REQUIRES", "Capability", 0.1, {"priority": _SCORE}),
    ("Process", "REALIZES", "Capability", 0.3, {}),
    ("Process", "SUPPORTS", "JourneyStage", 0.1, {}),
    ("Process", "SUPPORTS", "ValueStreamStage", 0.2, {}),
    ("Product", "COMPETES_WITH", "CompetitiveAlternative", 0.4, {
        "forSegmentID": [None, "customersegment-0", "customersegment-1"],
        "competitivePosition": [None, "cheaper"],
        "switchingTriggers": [None, ["a fee"], ["a fee", "a queue"]],
    }),
    ("Product", "DELIVERED_VIA", "Channel", 0.3, {}),
    ("Product", "DEPENDS_ON", "Capability", 0.2, {}),
    ("Product", "DEPENDS_ON", "Service", 0.2, {}),
    ("Product", "FULFILLS", "Need", 0.3, {"forSegmentID": [None, "customersegment-0"]}),
    ("Product", "USED_IN", "Journey", 0.2, {}),
    ("Product", "USED_IN", "JourneyStage", 0.1, {}),
    ("Rationale", "ADDRESSES", "Trigger", 0.3, {"isPrimary": [None, True]}),
    ("Requirement", "SPECIFIES", "Capability", 0.3, {}),
    ("Requirement", "SPECIFIES", "ValueStreamStage", 0.1, {}),
    ("Roadmap", "FOR_JOURNEY", "Journey", 0.4, {}),
    ("RoadmapItem", "SCHEDULES", "Initiative", 0.3, {}),
    ("Service", "COMPETES_WITH", "CompetitiveAlternative", 0.2, {"switchingTriggers": [None, ["a fee"]]}),
    ("Service", "DEPENDS_ON", "Capability", 0.2, {"dependencyType": [None, "Critical"]}),
    ("Service", "FULFILLS", "Need", 0.2, {}),
    ("Service", "USED_IN", "JourneyStage", 0.1, {}),
    ("StageExperience", "EVIDENCED_BY", "Evidence", 0.1, {"supports": [None, True]}),
    ("StageExperience", "PREFERS_CHANNEL", "Channel", 0.25, {"rank": [None, 1, 2]}),
    ("StageExperience", "PREFERS_CONTENT", "Content", 0.2, {"rank": [None, 1, 2]}),
    ("StageExperience", "SHAPED_BY", "Capability", 0.15, {"effect": [None, "supports", "hinders", "mixed"]}),
    ("StrategicResponse", "AFFECTS", "CustomerSegment", 0.1, {}),
    ("StrategicResponse", "CHANGES", "JourneyStage", 0.25, {"changeDescription": [None, "shorter"]}),
    ("StrategicResponse", "JUSTIFIED_BY", "Rationale", 0.4, {}),
    ("StrategicResponse", "MEASURED_BY", "PerformanceIndicator", 0.25, {}),
    ("StrategicResponse", "RESPONDS_TO", "Trigger", 0.3, {}),
    ("StrategicResponse", "TARGETS", "CustomerSegment", 0.3, {}),
    ("StrategicResponse", "USES_CHANNEL", "Channel", 0.1, {}),
    ("Strategy", "MEASURED_BY", "PerformanceIndicator", 0.2, {}),
    ("Strategy", "PRIORITIZES", "Capability", 0.1, {"investmentLevel": [None, "High"]}),
    ("Strategy", "PRIORITIZES", "Journey", 0.1, {}),
    ("Touchpoint", "VIA_CHANNEL", "Channel", 0.4, {}),
    ("Touchpoint", "HAS_TRIGGER_POINT", "TriggerPoint", 0.1, {}),
    ("Touchpoint", "MEASURED_BY", "PerformanceIndicator", 0.1, {}),
    ("Trigger", "AFFECTS", "Capability", 0.05, {}),
    ("Trigger", "AFFECTS", "CustomerSegment", 0.3, {}),
    ("Trigger", "AFFECTS", "JourneyStage", 0.15, {}),
    ("TriggerPoint", "OPENS", "Journey", 0.2, {}),
    ("TriggerPoint", "PROPOSES", "Product", 0.4, {}),
    ("TriggerPoint", "PROPOSES", "Service", 0.2, {}),
    ("ValueStream", "DELIVERS", "Product", 0.4, {}),
    ("ValueStream", "DELIVERS", "Service", 0.2, {}),
    ("ValueStreamStage", "MEASURED_BY", "PerformanceIndicator", 0.1, {}),
    ("PerformanceIndicator", "RELATED_INDICATOR", "PerformanceIndicator", 0.2, {
        "relationshipType": ["parent", "parent", "child", "child", "derived-from", "correlates-with"],
        "relationshipStrength": _SCORE,
    }),
    ("Initiative", "MEASURED_BY", "PerformanceIndicator", 0.2, {}),
    ("PerformanceIndicator", "HAS_MEASUREMENT", "Measurement", 0.6, {}),
    ("StrategicResponse", "MEASURED_BY", "PerformanceIndicator", 0.25, {}),
    ("Capability", "REVIEWED_IN", "Review", 0.2, {}),
    ("CapabilityGap", "EVIDENCED_BY", "Evidence", 0.1, {"claimField": [None, "gapSize"], "supports": [None, False]}),
    ("Content", "AIMED_AT", "CustomerSegment", 0.15, {}),
    ("Journey", "COMPOSED_OF", "Journey", 0.15, {}),
    ("Journey", "REVIEWED_IN", "Review", 0.2, {}),
    ("Need", "EVIDENCED_BY", "Evidence", 0.1, {"supports": [None, False]}),
    ("Persona", "REVIEWED_IN", "Review", 0.2, {}),
    ("Role", "MANAGES", "Persona", 0.2, {}),
    ("Capability", "PARENT_OF", "Capability", 0.12, {}),
    ("JourneyStage", "EVIDENCED_BY", "Evidence", 0.1, {"supports": [False]}),
    ("JourneyStage", "INVOLVES", "ValueStream", 0.25, {}),
    ("Persona", "EXPERIENCES", "ValueStream", 0.1, {}),
    ("Product", "DEPENDS_ON", "Asset", 0.4, {"dependencyType": ["Critical", "critical", "Minimal"]}),
    ("Product", "DEPENDS_ON", "ValueStream", 0.15, {}),
    ("RoadmapItem", "SCHEDULES", "Journey", 0.1, {}),
    ("RoadmapItem", "SCHEDULES", "StrategicResponse", 0.2, {}),
    ("Initiative", "CLOSES", "CapabilityGap", 0.03, {"expectedShare": [None, 60.0]}),
    ("Journey", "MAPPED_TO", "ValueStream", 0.7, {
        "alignmentScore": [1, 2, 4, 5],
        "relationshipID": [None, "record-0"],
        "frictionPoints": [None, ["slow", "opaque"]],
    }),
    ("Service", "DEPENDS_ON", "Asset", 0.4, {"dependencyType": ["Critical", "critical", "Minimal"]}),
    ("CustomerSegment", "RELATED_SEGMENT", "CustomerSegment", 0.3, {
        "relationshipType": ["progression"],
        "relationshipStrength": _SCORE,
    }),
    ("CustomerSegment", "CONSUMES", "Product", 0.4, {"relationshipType": ["upgrade-path"]}),
    ("TriggerPoint", "PROPOSES", "Product", 0.4, {}),
    ("Initiative", "IMPROVES", "Touchpoint", 0.1, {}),
    ("JourneyStage", "MAPS_TO", "ValueStreamStage", 0.1, {}),
]  # fmt: skip
"""Source, type, target, and the probability that two nodes of these kinds are so linked; properties to choose from."""

VISIBILITY: Final[Choices] = {"visibilityToCustomer": [None, "invisible", "partially-visible", "fully-visible"]}


LATER: Final[Mapping[str, Choices]] = {
    "Measurement": {"kind": [None, None, None, "actual", "actual", "baseline"]},
    "PerformanceIndicator": {
        "baselineValue": _NUMBER,
        "dataSourceText": [None, "a spreadsheet"],
        "heat": [None, "red", "green"],
        "thresholdType": [None, None, "higher-is-better", "lower-is-better", "range-is-optimal"],
    },
    "Trigger": {
        "status": [None, "Emerging", "Ongoing", "Resolved"],
        "timeHorizon": [None, "Immediate", "Long_Term"],
        "validUntil": _DAY,
    },
    "Evidence": {"sourceType": [None, None, "internal-assumption"], "evidenceStrength": _SCORE},
    "StageExperience": {"feeling": [None, ["tired"], ["tired", "judged"]]},
}
"""Further properties of the further kinds; thrown last, so that what is above falls as it did."""


def add_further(graph: Graph, dice: random.Random) -> None:
    """Throw the dice for everything of the tables."""
    _give(graph, PROPERTIES, dice)
    for label, (least, most, choices) in KINDS.items():
        present = len(_all(graph, label))
        for n in range(present, present + dice.randint(least, most)):
            graph.add(label, f"{label.lower()}-{n}", **_chosen(choices, dice))
    for source, relationship, target, probability, choices in LINKS:
        for one, other in product(_all(graph, source), _all(graph, target)):
            if one != other and dice.random() < probability:
                graph.link(one, relationship, other, **_chosen(choices, dice))
    _once_each(graph, dice)
    for edge in graph.edges:
        if edge.type == "MAPS_TO":
            edge.properties.update(_chosen(VISIBILITY, dice))
    _give(graph, LATER, dice)
    _add_parts(graph, dice)
    _add_contacts(graph, dice)
    _add_segment(graph, dice)
    _add_served_journey(graph, dice)


def _give(graph: Graph, properties: Mapping[str, Choices], dice: random.Random) -> None:
    """Give the nodes that are there further properties."""
    for label, choices in properties.items():
        for key in _all(graph, label):
            graph.nodes[key].update(_chosen(choices, dice))


def _once_each(graph: Graph, dice: random.Random) -> None:
    """Link what may be linked once: a relationship to its segment, an item to its roadmap."""
    segments, roadmaps = _all(graph, "CustomerSegment"), _all(graph, "Roadmap")
    for relationship in _all(graph, "CustomerRelationship"):
        if segments and dice.random() < 0.8:
            graph.link(relationship, "WITH_SEGMENT", dice.choice(segments))
    for item in _all(graph, "RoadmapItem"):
        if roadmaps and dice.random() < 0.8:
            graph.link(dice.choice(roadmaps), "HAS_ITEM", item)


def _add_parts(graph: Graph, dice: random.Random) -> None:
    """Give units parts of their own, most of which own nothing."""
    owned = [key for kind in ("Capability", "Journey", "Initiative") for key in _all(graph, kind)]
    for n in range(dice.randint(0, 5)):
        whole = dice.choice([None, *_all(graph, "OrgUnit")])
        unit = graph.add("OrgUnit", f"part-{n}", function=dice.choice([None, "it"]), owner=dice.choice([None, "Ada"]))
        if whole:
            graph.link(whole, "PARENT_OF", unit)
        if dice.random() < 0.2:
            graph.link(unit, "OWNS", dice.choice(owned))
        if dice.random() < 0.2:
            graph.link(unit, "PARTICIPATES_IN", dice.choice(owned))
        for role in _all(graph, "Role"):
            if dice.random() < 0.35:
                graph.link(unit, "HAS_ROLE", role)
        for label, link in (("Evidence", "CONTRIBUTED_BY"), ("Persona", "SHARED_WITH"), ("Review", "CARRIED_OUT_BY")):
            for key in _all(graph, label):
                if dice.random() < 0.1:
                    graph.link(key, link, unit)


def _add_segment(graph: Graph, dice: random.Random) -> None:
    """Give the personas that stand for nobody a segment of their own, and others a part in it."""
    taken = {edge.source for edge in graph.edges if edge.type == "REPRESENTS"}
    personas = [persona for persona in _all(graph, "Persona") if persona not in taken]
    if not personas:
        return
    segment = graph.add("CustomerSegment", "segment-of-its-own", isPriority=dice.choice([None, True, True]))
    for persona in personas:
        graph.link(persona, "REPRESENTS", segment)
    for label, chance in (("Strategy", 0.5), ("StrategicResponse", 0.4), ("Initiative", 0.1)):
        for key in _all(graph, label):
            if dice.random() < chance:
                weight = {"strategicImportance": _SCORE, "investmentPriority": [None, "First"]}
                graph.link(key, "TARGETS", segment, **_chosen(weight if label == "Strategy" else {}, dice))


def _add_contacts(graph: Graph, dice: random.Random) -> None:
    """Give stages further touchpoints, each on some of the channels; some are on a channel that no persona prefers."""
    for n, stage in enumerate(_all(graph, "JourneyStage")):
        if dice.random() < 0.6:
            contact = graph.add("Touchpoint", f"contact-{n}")
            graph.link(stage, "HAS_TOUCHPOINT", contact)
            if n % 2:
                graph.link(contact, "VIA_CHANNEL", graph.add("Channel", "channel-aside"))
            for channel in _all(graph, "Channel"):
                if dice.random() < 0.5:
                    graph.link(contact, "VIA_CHANNEL", channel)


def _add_served_journey(graph: Graph, dice: random.Random) -> None:
    """Add a journey along a value stream, whose two stages are rated alike and changed by the same responses."""
    if dice.random() < 0.4:
        return
    journey, stream = graph.add("Journey", "served"), graph.add("ValueStream", "serving")
    record: Choices = {
        "alignmentScore": [1, 2, 3, 4, 5],
        "relationshipID": [None, "record-1"],
        "frictionPoints": [None, ["slow"]],
    }
    graph.link(journey, "MAPPED_TO", stream, **_chosen(record, dice))
    moods: Sequence[Value] = dice.choice([[1.0, 2.0, 2.5, 3.0], [3.0], [4.0, 4.5, 5.0]])
    days: Choices = {
        "startDate": [None, "2027", "2027-05-01"],
        "endDate": [None, "2027", "2027-04"],
        "status": [None, "Deferred"],
    }
    responses = [graph.add("StrategicResponse", f"response-{n}", **_chosen(days, dice)) for n in range(2)]
    for n in range(2):
        stage = graph.add("JourneyStage", f"served-{n}", **_chosen({"sequenceNumber": [None, 1, 2, 3]}, dice))
        score: Choices = {
            "performanceScore": [None, 50.0, 55.0, 70.0],
            "sequenceNumber": [None, 1, 2],
            "owner": [None, "Ada"],
        }
        graph.link(journey, "HAS_STAGE", stage)
        graph.link(stream, "HAS_STAGE", graph.add("ValueStreamStage", f"serving-{n}", **_chosen(score, dice)))
        contact = graph.add("Touchpoint", f"served-contact-{n}")
        graph.link(stage, "HAS_TOUCHPOINT", contact)
        for owned, unit in product((stage, contact), _all(graph, "OrgUnit")[:2]):
            if dice.random() < 0.5:
                graph.link(unit, "OWNS", owned)
        _rate(graph, stage, moods, dice)
        for response in responses:
            if dice.random() < 0.7:
                graph.link(response, "CHANGES", stage, **_chosen({"expectedImpact": [None, "less fear"]}, dice))
    for n, other in product(range(2), range(2)):
        if n == other or dice.random() < 0.4:
            stage, value_stage = ("JourneyStage", f"served-{n}"), ("ValueStreamStage", f"serving-{other}")
            graph.link(
                stage, "MAPS_TO", value_stage, visibilityToCustomer=dice.choice(["invisible", "invisible", None])
            )


def _rate(graph: Graph, stage: Key, moods: Sequence[Value], dice: random.Random) -> None:
    """Let some of the personas rate a stage."""
    felt: Choices = {"satisfactionScore": moods, "emotion": [None, "content"], "feeling": [None, ["calm", "sure"]]}
    for persona in _all(graph, "Persona"):
        if dice.random() < 0.5:
            experience = graph.add("StageExperience", f"{stage[1]}-{persona[1]}", **_chosen(felt, dice))
            graph.link(persona, "HAS_EXPERIENCE", experience)
            graph.link(experience, "AT_STAGE", stage)


def _all(graph: Graph, label: str) -> list[Key]:
    return [key for key in graph.nodes if key[0] == label]


def _chosen(choices: Choices, dice: random.Random) -> dict[str, Value]:
    found = {name: dice.choice(values) for name, values in choices.items()}
    return {name: value for name, value in found.items() if value is not None}
