"""The default mapping, declared: what elements of a model are in the graph, and what its relations are.

Relations are looked up by the kinds of their ends, so that they also serve elements of which a mapping file says what
they are.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, str]] = {
    "Capability": "Capability",
    "ValueStream": "ValueStream",
    "BusinessActor": "OrgUnit",
    "Product": "Product",
    "BusinessService": "Service",
    "Goal": "Strategy",
    "CourseOfAction": "Strategy",
    "WorkPackage": "Initiative",
    "Stakeholder": "Stakeholder",
    "Outcome": "PerformanceIndicator",
    "Requirement": "Requirement",
}
"""Kind by type of element."""

GROUPING: Final = "Grouping"
"""Type of the elements that are of no kind but can stand above others, as of the kind of these."""
JUNCTION: Final = "Junction"
NESTING: Final = "Nesting"
"""In place of a relation: one element is drawn inside the other."""
WHOLE: Final = ("Composition", "Aggregation", NESTING)
"""Relations from a whole to its part."""
ORDER: Final = ("Triggering", "Flow")
"""Relations from what comes first to what comes next."""
ASSOCIATION: Final = "Association"
"""The relation that is read both ways."""
STRENGTH: Final = (
    *("Composition", "Aggregation", "Assignment", "Realization", "Serving", "Access"),
    *("Influence", "Triggering", "Flow", "Specialization", ASSOCIATION, NESTING),
)
"""Relations, the strongest first: where only one can count, it does."""
STAGES: Final[Mapping[str, str]] = {"ValueStream": "ValueStreamStage", "Journey": "JourneyStage"}
"""What elements are that are parts of one of these kinds, and of its type."""
HIERARCHIES: Final = ("Capability", "OrgUnit", "Strategy", "Service", "Initiative")
"""Kinds that have parents."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What relations between elements of these kinds are in the graph."""

    relations: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    type: str
    back: bool = False
    """The edge runs from the target of the relation to its source."""
    same: bool = False
    """Both ends are of one kind."""
    properties: Mapping[str, Any] = field(default_factory=dict)
    """Properties of the edge."""

    def takes(self, relation: str, source: str, target: str) -> bool:
        """Tell whether the rule is about such a relation."""
        fits = relation in self.relations and source in self.sources and target in self.targets
        return fits and (source == target or not self.same)


def _rule(sources: str, relations: str, targets: str, type_: str, properties: str = "", **how: bool) -> Rule:
    """Return a rule; kinds and relations are separated by blanks, ``=`` stands for the same kind as the source."""
    carried = dict(each.split("=") for each in properties.split())
    same = targets == "="
    told = sources if same else targets
    return Rule(
        tuple(relations.split()),
        tuple(sources.split()),
        tuple(told.split()),
        type_,
        same=same,
        properties=carried,
        back=how.get("back", False),
    )


_STAGE: Final = "ValueStreamStage JourneyStage"
_OFFER: Final = "Product Service"
_STAKE: Final = "Capability Service Product ValueStream Initiative CustomerSegment Journey JourneyStage Asset"
_OWNED: Final = (
    "Capability ValueStream ValueStreamStage Product Service Strategy PerformanceIndicator CustomerSegment Persona"
    " Journey JourneyStage Touchpoint Channel Process Asset"
)
_MEASURED: Final = (
    "Capability ValueStream ValueStreamStage Product Service Strategy Initiative CustomerSegment Persona Journey"
    " JourneyStage Channel Process"
)
_NEEDS: Final = "Capability ValueStream ValueStreamStage Product Service Strategy Channel Process"
_NEEDED: Final = "Capability ValueStream ValueStreamStage Product Service OrgUnit Channel Process Asset"
_OUTCOME: Final = "PerformanceIndicator"
_FLOWING: Final = "Capability ValueStream Product Service"
_PEERS: Final = "Capability ValueStream ValueStreamStage Product Service Strategy Initiative Stakeholder Channel"

RULES: Final = (
    # Parts and order
    _rule(" ".join(HIERARCHIES), "Composition Aggregation Nesting", "=", "PARENT_OF"),
    _rule("Strategy", "Realization", "=", "PARENT_OF", back=True),
    _rule("ValueStream", "Composition Aggregation Nesting", "ValueStreamStage", "HAS_STAGE"),
    _rule("Journey", "Composition Aggregation Nesting", "JourneyStage", "HAS_STAGE"),
    _rule("Journey", "Composition Aggregation", "=", "COMPOSED_OF"),
    _rule("JourneyStage", "Composition Aggregation", "Touchpoint", "HAS_TOUCHPOINT"),
    _rule(_STAGE, "Triggering Flow", "=", "NEXT_STAGE"),
    _rule("Journey", "Triggering Flow", "=", "LEADS_TO"),
    _rule("Initiative", "Triggering Flow", "=", "DEPENDS_ON", back=True),
    _rule(_FLOWING, "Triggering Flow", "=", "RELATED_TO", "relationshipType=downstream"),
    # What carries stages, and what customers meet
    _rule("Capability", "Serving Realization Association", _STAGE, "ENABLED_BY", back=True),
    _rule(_STAGE, "Composition Aggregation", "Capability", "ENABLED_BY"),
    _rule("ValueStreamStage", "Serving Realization Association", "JourneyStage", "MAPS_TO", back=True),
    _rule("ValueStream", "Serving Realization Association", "JourneyStage", "INVOLVES", back=True),
    _rule("ValueStream", "Serving Realization Association", "Journey", "MAPPED_TO", back=True),
    _rule("ValueStream", "Realization Association", _OFFER, "DELIVERS"),
    _rule(_OFFER, "Serving Association", "Journey JourneyStage", "USED_IN"),
    _rule("Capability", "Serving Realization Association", "CustomerSegment", "SUPPORTED_BY", back=True),
    _rule("Capability", "Serving Realization Association", "Persona", "REQUIRES", back=True),
    _rule(_OFFER, "Serving Realization Association", "CustomerSegment", "CONSUMES", back=True),
    _rule(_OFFER, "Serving Association", "Persona", "DESIGN_FOCUS", back=True),
    _rule("Persona", "Assignment Association", "Journey", "APPLIES_TO", back=True),
    _rule("Journey", "Serving", "Persona", "APPLIES_TO"),
    _rule("Persona", "Assignment Association", "ValueStream ValueStreamStage", "EXPERIENCES"),
    _rule("ValueStream ValueStreamStage", "Serving", "Persona", "EXPERIENCES", back=True),
    _rule("CustomerSegment", "Assignment Association", "Journey", "DESIGNED_FOR", back=True),
    _rule("Journey", "Serving", "CustomerSegment", "DESIGNED_FOR"),
    _rule("Persona", "Specialization Realization Association", "CustomerSegment", "REPRESENTS"),
    _rule("CustomerSegment", "Composition Aggregation", "Persona", "REPRESENTS", back=True),
    _rule("CustomerSegment", "Specialization Assignment Realization Association", "Stakeholder", "KIND_OF"),
    _rule("CustomerSegment", "Composition Aggregation", "=", "RELATED_SEGMENT", "relationshipType=child"),
    _rule("CustomerSegment", "Specialization", "=", "RELATED_SEGMENT", "relationshipType=parent"),
    _rule("CustomerSegment", "Association", "=", "RELATED_SEGMENT", "relationshipType=other"),
    _rule("CustomerSegment Persona", "Influence Association", "Need", "HAS_NEED"),
    _rule("Need", "Association", "JourneyStage", "ARISES_AT"),
    _rule(_OFFER, "Realization Influence Association", "Need", "FULFILLS"),
    _rule("Capability Initiative", "Realization Influence Association", "Need", "ADDRESSES"),
    _rule("Channel", "Assignment Serving", _OFFER, "DELIVERED_VIA", back=True),
    _rule(_OFFER, "Realization Association", "Channel", "DELIVERED_VIA"),
    _rule("Channel", "Serving Association", "CustomerSegment", "REACHES"),
    _rule("Channel", "Assignment Serving Association", "Touchpoint", "VIA_CHANNEL", back=True),
    # Direction and change
    _rule("Initiative", "Realization Assignment Serving Influence Association", "Strategy", "IMPLEMENTS"),
    _rule("Strategy", "Composition Aggregation", "Initiative", "IMPLEMENTS", back=True),
    _rule(
        "Initiative",
        "Realization Assignment Serving Influence Association",
        "Capability ValueStreamStage JourneyStage Touchpoint Process",
        "IMPROVES",
    ),
    _rule("Initiative", "Realization Association", "Product Service Requirement", "DELIVERS"),
    _rule("Initiative", "Serving Influence Association", "CustomerSegment Persona", "TARGETS"),
    _rule(
        "Capability ValueStream Journey",
        "Realization Serving Influence Association",
        "Strategy",
        "PRIORITIZES",
        back=True,
    ),
    _rule("Strategy", "Composition Aggregation Influence", "Capability ValueStream Journey", "PRIORITIZES"),
    _rule("Strategy", "Influence Association", "CustomerSegment", "TARGETS"),
    _rule(
        "Capability ValueStream ValueStreamStage Asset",
        "Realization Influence Association",
        "Requirement",
        "SPECIFIES",
        back=True,
    ),
    _rule("Requirement", "Influence", "Capability ValueStream ValueStreamStage Asset", "SPECIFIES"),
    _rule(_MEASURED, "Realization Influence Association", "PerformanceIndicator", "MEASURED_BY"),
    _rule(_OUTCOME, "Realization Influence", "Strategy", "MEASURED_BY", back=True),
    _rule(_OUTCOME, "Composition Aggregation", "=", "RELATED_INDICATOR", "relationshipType=child"),
    _rule(_OUTCOME, "Realization Influence", "=", "RELATED_INDICATOR", "relationshipType=influences", back=True),
    _rule(_OUTCOME, "Association", "=", "RELATED_INDICATOR", "relationshipType=correlates-with"),
    _rule("PerformanceIndicator Requirement", "Influence Association", "Stakeholder", "CONCERNS"),
    _rule("Stakeholder", "Influence", "PerformanceIndicator Requirement", "CONCERNS", back=True),
    # Who does it
    _rule("OrgUnit", "Assignment", "Initiative", "EXECUTES"),
    _rule("OrgUnit", "Assignment Composition Aggregation", _OWNED, "OWNS"),
    _rule("OrgUnit", "Composition Aggregation", "Initiative", "OWNS"),
    _rule("OrgUnit", "Realization", _STAKE, "PARTICIPATES_IN", "relationshipType=providing"),
    _rule("OrgUnit", "Serving", _STAKE, "PARTICIPATES_IN", "relationshipType=supporting"),
    _rule(_STAKE, "Serving", "OrgUnit", "PARTICIPATES_IN", "relationshipType=consuming", back=True),
    _rule("OrgUnit", "Association", _STAKE, "PARTICIPATES_IN", "relationshipType=participating"),
    _rule("OrgUnit", "Assignment Composition Aggregation Association", "Role", "HAS_ROLE"),
    _rule("Role", "Assignment Association", "CustomerSegment Persona Channel", "MANAGES"),
    # What is needed in order to work
    _rule("Process", "Realization Serving Association", "Capability", "REALIZES"),
    _rule("Capability", "Composition Aggregation", "Process", "REALIZES", back=True),
    _rule("Process", "Realization Serving Association", _STAGE, "SUPPORTS"),
    _rule(_STAGE, "Composition Aggregation", "Process", "SUPPORTS", back=True),
    _rule("Asset", "Assignment Realization Serving Association", "Capability Process Touchpoint", "SUPPORTS"),
    _rule("Process", "Access", "Asset", "SUPPORTS", back=True),
    _rule("Capability", "Composition Aggregation", "Asset", "SUPPORTS", back=True),
    _rule(_NEEDED, "Serving Realization", _NEEDS, "DEPENDS_ON", back=True),
    _rule(_NEEDS, "Composition Aggregation", _NEEDED, "DEPENDS_ON"),
    _rule("ValueStream Product Service", "Association", "Capability", "DEPENDS_ON"),
    _rule("Product", "Association", "Service", "DEPENDS_ON"),
    # Loose links
    _rule(_PEERS, "Influence Specialization Association", "=", "RELATED_TO"),
)
"""What relations are; the first rule that takes one counts."""


@functools.lru_cache(maxsize=4096)
def rule_for(relation: str, source: str, target: str) -> tuple[Rule, bool] | None:
    """Return the rule for a relation between elements of these kinds, and whether it is read from its target."""
    for ends, turned in (((source, target), False), ((target, source), True)):
        if turned and relation != ASSOCIATION:
            break
        found = next((each for each in RULES if each.takes(relation, *ends)), None)
        if found:
            return found, turned
    return None
