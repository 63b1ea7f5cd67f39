# ruff: noqa: INP001 - a program, no package
"""A graph of the domain's shape and of any size: what the benchmarks ask and load."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.metamodel import METAMODEL, STATED_TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Choices = Mapping[str, Sequence[Any]]

SCORE: Final = (None, 1, 2, 3, 3, 4, 4, 5)
DAY: Final = ("2025-03-31", "2026-01-15", "2026-06-30", "2026-12-31", "2027-05-01", "2035-01-01")

# fmt: off
KINDS: Final[Mapping[str, tuple[float, Choices]]] = {
    "Asset": (2000, {}),
    "Capability": (
        1000,
        {
            "maturityLevel": (1, 2, 2, 3, 3, 4, 5),
            "targetMaturityLevel": (3, 3, 4, 4, 5),
            "performanceScore": (None, 20.0, 45.0, 60.0, 90.0),
            "owner": (None, "Ada", "Grace"),
        },
    ),
    "CapabilityGap": (
        100,
        {
            "gapKind": ("assessed", "maturity"),
            "gapSize": (None, 1, 2, 3),
            "status": ("open", "open", "planned", "closing", "closed"),
        },
    ),
    "Channel": (30, {}),
    "CompetitiveAlternative": (300, {"provider": ("Rival", "Other")}),
    "Content": (5000, {"status": ("needed", "in-production", "published", "retired"), "nextReviewOn": DAY}),
    "CustomerRelationship": (
        300,
        {
            "loyaltyStatus": ("at-risk", "stable", "loyal"),
            "currentValue": (10.0, 500.0),
            "potentialValue": (20.0, 900.0),
        },
    ),
    "CustomerSegment": (
        150,
        {"isPriority": (None, True, False), "clvValue": (None, 100.0, 40000.0), "nextReviewOn": DAY},
    ),
    "DataSource": (200, {}),
    "Evidence": (
        6000,
        {"sourceType": ("customer-interview", "survey", "internal-assumption"), "viewpoint": ("outside-in",)},
    ),
    "Initiative": (
        1000,
        {
            "status": ("Proposed", "Approved", "In Progress", "Completed", "Cancelled"),
            "budget": (None, 1000.0, 250000.0),
            "startDate": DAY,
            "endDate": DAY,
        },
    ),
    "Journey": (1200, {"strategicPriority": SCORE, "nextReviewOn": DAY}),
    "JourneyStage": (7200, {"sequenceNumber": (1, 2, 3, 4, 5, 6), "engagementPhase": ("discover", "onboard", "use")}),
    "Measurement": (14000, {"measuredOn": DAY, "value": (1.0, 2.0, 3.5)}),
    "Need": (1500, {}),
    "Opportunity": (500, {"potentialValue": (None, "100")}),
    "OrgUnit": (200, {}),
    "PerformanceIndicator": (14000, {"currentValue": (None, 1.0, 2.0), "targetValue": (None, 2.0, 3.0)}),
    "Persona": (600, {"nextReviewOn": DAY, "evidenceStatus": (None, "assumption", "evidenced")}),
    "Process": (2000, {}),
    "Product": (400, {}),
    "Rationale": (400, {}),
    "Requirement": (2000, {}),
    "Risk": (500, {"probability": SCORE, "impact": SCORE}),
    "Roadmap": (50, {"horizon": ("short-term", "long-term")}),
    "RoadmapItem": (1000, {"status": ("planned", "in-progress", "done", "dropped"), "startDate": DAY, "endDate": DAY}),
    "Service": (300, {}),
    "Stakeholder": (200, {}),
    "StageExperience": (
        20000,
        {"satisfactionScore": (None, 1.0, 2.0, 2.5, 3.0, 4.0, 4.5, 5.0), "isSatisfactory": (None, True, False)},
    ),
    "StrategicResponse": (400, {"status": ("Planned", "In_Progress", "Completed"), "startDate": DAY, "endDate": DAY}),
    "Strategy": (60, {}),
    "Touchpoint": (15000, {"isMain": (None, True)}),
    "Trigger": (500, {"impactLevel": (None, "High", "Low"), "detectionDate": DAY}),
    "TriggerPoint": (1000, {}),
    "ValueStream": (150, {}),
    "ValueStreamStage": (900, {"performanceScore": (None, 20.0, 60.0, 90.0), "sequenceNumber": (1, 2, 3, 4, 5, 6)}),
}
"""How many of each kind 100,000 elements hold, roughly, and the values of their properties."""

PARTS: Final = (
    ("Journey", "HAS_STAGE", "JourneyStage"),
    ("JourneyStage", "HAS_TOUCHPOINT", "Touchpoint"),
    ("ValueStream", "HAS_STAGE", "ValueStreamStage"),
    ("Roadmap", "HAS_ITEM", "RoadmapItem"),
    ("Persona", "HAS_EXPERIENCE", "StageExperience"),
    ("PerformanceIndicator", "HAS_MEASUREMENT", "Measurement"),
)
"""Every element of the last kind belongs to one of the first."""

LINKS: Final[Sequence[tuple[str, str, str, float, Choices]]] = (
    ("Asset", "SUPPORTS", "Capability", 2, {}),
    ("Asset", "SUPPORTS", "Touchpoint", 2, {}),
    ("CapabilityGap", "GAP_IN", "Capability", 1, {}),
    ("CapabilityGap", "HINDERS", "CustomerSegment", 0.3, {}),
    ("Channel", "REACHES", "CustomerSegment", 20, {}),
    ("Content", "AIMED_AT", "Persona", 2, {}),
    ("Content", "DISTRIBUTED_VIA", "Channel", 2, {}),
    ("Content", "NEEDED_AT", "JourneyStage", 2, {}),
    ("CustomerRelationship", "EXPOSED_TO", "Risk", 2, {}),
    ("CustomerRelationship", "HAS_OPPORTUNITY", "Opportunity", 2, {}),
    ("CustomerRelationship", "WITH_SEGMENT", "CustomerSegment", 1, {}),
    ("CustomerSegment", "CONSUMES", "Product", 8, {"relationshipType": ("primary-solution", "upgrade-path")}),
    ("CustomerSegment", "DEPENDS_ON", "Service", 2, {"dependencyType": ("Critical", "Supportive")}),
    ("CustomerSegment", "HAS_NEED", "Need", 12, {"priority": SCORE}),
    ("CustomerSegment", "MEASURED_BY", "PerformanceIndicator", 6, {}),
    (
        "CustomerSegment",
        "RELATED_SEGMENT",
        "CustomerSegment",
        2,
        {"relationshipType": ("progression", "complementary")},
    ),
    ("CustomerSegment", "SUPPORTED_BY", "Capability", 15, {"relationshipStrength": SCORE}),
    ("Evidence", "CONTRIBUTED_BY", "Stakeholder", 1.5, {}),
    ("Initiative", "CLOSES", "CapabilityGap", 0.08, {}),
    ("Initiative", "IMPLEMENTS", "Strategy", 1, {}),
    (
        "Initiative",
        "IMPROVES",
        "Capability",
        1,
        {"fromMaturity": (1, 2), "toMaturity": (3, 4), "investment": (None, 9.5)},
    ),
    ("Initiative", "IMPROVES", "JourneyStage", 0.5, {}),
    ("Initiative", "TARGETS", "CustomerSegment", 1, {}),
    ("Journey", "APPLIES_TO", "Persona", 1.5, {}),
    ("Journey", "DESIGNED_FOR", "CustomerSegment", 1, {}),
    ("Journey", "EVIDENCED_BY", "Evidence", 2, {"supports": (None, True, False)}),
    ("Journey", "MAPPED_TO", "ValueStream", 1.5, {"alignmentScore": SCORE}),
    ("Journey", "MEASURED_BY", "PerformanceIndicator", 2, {}),
    ("JourneyStage", "ENABLED_BY", "Capability", 2, {"importanceLevel": SCORE}),
    ("JourneyStage", "EVIDENCED_BY", "Evidence", 3, {"supports": (None, True)}),
    ("JourneyStage", "HAS_TRIGGER_POINT", "TriggerPoint", 0.2, {}),
    ("JourneyStage", "INVOLVES", "ValueStream", 1, {}),
    ("JourneyStage", "MAPS_TO", "ValueStreamStage", 1.2, {"visibilityToCustomer": ("invisible", "fully-visible")}),
    ("JourneyStage", "MEASURED_BY", "PerformanceIndicator", 2, {}),
    ("Need", "ARISES_AT", "JourneyStage", 2, {}),
    ("OrgUnit", "OWNS", "Capability", 6, {}),
    ("OrgUnit", "OWNS", "Journey", 6, {}),
    ("OrgUnit", "OWNS", "JourneyStage", 40, {}),
    ("OrgUnit", "OWNS", "Touchpoint", 80, {}),
    ("OrgUnit", "OWNS", "ValueStreamStage", 5, {}),
    ("OrgUnit", "OWNS", "Initiative", 5, {}),
    ("OrgUnit", "PARTICIPATES_IN", "JourneyStage", 60, {}),
    ("PerformanceIndicator", "ALIGNED_WITH", "Strategy", 0.5, {"alignmentStrength": SCORE}),
    ("PerformanceIndicator", "READ_FROM", "DataSource", 1.2, {}),
    ("PerformanceIndicator", "RELATED_INDICATOR", "PerformanceIndicator", 0.8, {"relationshipType": ("component-of",)}),
    ("Persona", "EVIDENCED_BY", "Evidence", 4, {"supports": (None, True)}),
    ("Persona", "PREFERS_CHANNEL", "Channel", 3, {"rank": (1, 2, 3)}),
    ("Persona", "REPRESENTS", "CustomerSegment", 1, {}),
    ("Persona", "REQUIRES", "Capability", 5, {"priority": SCORE}),
    ("Process", "REALIZES", "Capability", 2, {}),
    ("Process", "SUPPORTS", "JourneyStage", 4, {}),
    ("Process", "SUPPORTS", "ValueStreamStage", 2, {}),
    ("Product", "COMPETES_WITH", "CompetitiveAlternative", 2, {"switchingTriggers": (["a fee"], ["a queue", "a fee"])}),
    ("Product", "DEPENDS_ON", "Capability", 3, {}),
    ("Product", "FULFILLS", "Need", 4, {}),
    ("Product", "USED_IN", "JourneyStage", 10, {}),
    ("Rationale", "ADDRESSES", "Trigger", 1.5, {}),
    ("Requirement", "SPECIFIES", "Capability", 2, {}),
    ("Roadmap", "FOR_JOURNEY", "Journey", 4, {}),
    ("RoadmapItem", "SCHEDULES", "Initiative", 1.5, {}),
    ("Service", "DEPENDS_ON", "Capability", 3, {"dependencyType": ("Critical", "Important")}),
    ("Service", "FULFILLS", "Need", 3, {}),
    ("StageExperience", "EVIDENCED_BY", "Evidence", 1.5, {"supports": (None, True)}),
    ("StageExperience", "PREFERS_CHANNEL", "Channel", 1, {"rank": (1, 2)}),
    ("StageExperience", "PREFERS_CONTENT", "Content", 1, {"rank": (1, 2)}),
    ("StageExperience", "SHAPED_BY", "Capability", 1.5, {"effect": (None, "supports", "hinders")}),
    ("StrategicResponse", "CHANGES", "JourneyStage", 4, {}),
    ("StrategicResponse", "JUSTIFIED_BY", "Rationale", 1.5, {}),
    ("StrategicResponse", "MEASURED_BY", "PerformanceIndicator", 3, {}),
    ("StrategicResponse", "RESPONDS_TO", "Trigger", 1, {}),
    ("StrategicResponse", "TARGETS", "CustomerSegment", 1.5, {}),
    ("Strategy", "MEASURED_BY", "PerformanceIndicator", 5, {}),
    ("Strategy", "TARGETS", "CustomerSegment", 4, {"strategicImportance": SCORE}),
    ("Touchpoint", "CAPTURED_IN", "DataSource", 1.5, {}),
    ("Touchpoint", "MEASURED_BY", "PerformanceIndicator", 1, {}),
    ("Touchpoint", "VIA_CHANNEL", "Channel", 1.3, {}),
    ("Trigger", "AFFECTS", "CustomerSegment", 1, {}),
    ("Trigger", "AFFECTS", "JourneyStage", 1, {}),
    ("TriggerPoint", "PROPOSES", "Product", 1, {}),
    ("ValueStream", "DELIVERS", "Product", 3, {}),
    ("ValueStreamStage", "ENABLED_BY", "Capability", 5, {"importanceLevel": SCORE}),
)
"""Source, type, target, how many a source has on average, and the properties of the edge."""

# fmt: on
LAYERS: Final = 5
"""Capabilities depend on those of the layer below, as systems do: up to so many layers, up to three each."""


def shaped(elements: int, *, seed: int = 0) -> Dataset:
    """Return about so many elements, and about five times as many edges."""
    dice = random.Random(seed)  # noqa: S311  # a benchmark's dice, not a secret
    data = Dataset()
    keys: dict[str, list[NodeKey]] = {}
    for label, (share, choices) in KINDS.items():
        count = max(2, round(share * elements / 100_000))
        keys[label] = [NodeKey(label, f"{label.lower()}-{n}") for n in range(count)]
        for n, key in enumerate(keys[label]):
            data.nodes[key] = {"title": f"{label} number {n}"} | _chosen(choices, dice)
    for whole, type_, part in PARTS:
        for n, key in enumerate(keys[part]):
            data.edges[EdgeKey(type_, keys[whole][n * len(keys[whole]) // len(keys[part])], key)] = {}
    for source, type_, target, mean, choices in LINKS:
        for key in keys[source]:
            for _ in range(int(mean + dice.random())):
                other = dice.choice(keys[target])
                if other != key:
                    _join(data, type_, key, other, _chosen(choices, dice))
    _live_through(data, keys["JourneyStage"], dice)
    _depend(data, keys["Capability"], 3, dice)
    _depend(data, keys["Initiative"], 1, dice)
    return data


def _join(data: Dataset, type_: str, source: NodeKey, target: NodeKey, properties: dict[str, Any]) -> None:
    """Draw an edge; one that stands in a record has the record's key, and the title by which it names the far end."""
    row = METAMODEL.relationship(type_, source.label, target.label)
    if row is None or row.record is None:
        data.edges[EdgeKey(type_, source, target)] = properties
        return
    number = f"{type_.lower()}-{len(data.edges)}"
    named = source if row.sources == ("Strategy",) else target
    stated = {"relationshipID": number, STATED_TITLE: data.title(named)}
    stated |= {"offeringType": target.label.lower()} if type_ == "CONSUMES" else {}
    data.edges[EdgeKey(type_, source, target, number)] = stated | properties


def _live_through(data: Dataset, stages: list[NodeKey], dice: random.Random) -> None:
    """Place each experience at a stage of a journey that its persona walks, where one is left without."""
    lived: set[tuple[NodeKey, NodeKey]] = set()
    walked: dict[NodeKey, list[NodeKey]] = {}
    outgoing = data.outgoing()
    for edge in [edge for edge in data.edges if edge.type == "APPLIES_TO"]:
        own = [each.target for each in outgoing[edge.source] if each.type == "HAS_STAGE"]
        walked.setdefault(edge.target, []).extend(own)
    for edge in [edge for edge in data.edges if edge.type == "HAS_EXPERIENCE"]:
        free = [stage for stage in walked.get(edge.source, ()) if (edge.source, stage) not in lived]
        stage = dice.choice(free or [stage for stage in stages if (edge.source, stage) not in lived])
        lived.add((edge.source, stage))
        data.edges[EdgeKey("AT_STAGE", edge.target, stage)] = {}


def _depend(data: Dataset, keys: list[NodeKey], most: int, dice: random.Random) -> None:
    """Let each of them depend on some of the layer below its own."""
    size = -(-len(keys) // LAYERS)
    for n, key in enumerate(keys):
        below = keys[(n // size - 1) * size : n // size * size] if n >= size else []
        for other in dice.sample(below, min(len(below), dice.randint(0, most))):
            data.edges[EdgeKey("DEPENDS_ON", key, other)] = {}


def _chosen(choices: Choices, dice: random.Random) -> dict[str, Any]:
    found = {name: dice.choice(values) for name, values in choices.items()}
    return {name: value for name, value in found.items() if value is not None}
