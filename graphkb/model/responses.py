"""Why the business acts, and how: triggers, rationales, intents and the responses to them."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from graphkb.model.declaration import (
    EXPECTED,
    ON_EDGE,
    Also,
    Children,
    Description,
    Element,
    JsonObject,
    Key,
    Link,
    Reference,
    Title,
)
from graphkb.model.edges import (
    Addressed,
    Affected,
    ExperienceChange,
    Judgement,
    RationaleLink,
    RationaleLinkType,
    UnitImpact,
)
from graphkb.model.governance import Owners, Peers
from graphkb.model.measures import Metrics
from graphkb.model.properties import JsonText, Titled
from graphkb.model.research import Backing, InsightSource, Review
from graphkb.model.response_values import (
    BusinessValueType,
    Domain,
    EvidenceBase,
    ImpactLevel,
    Origin,
    RationaleType,
    ReasoningPattern,
    ResponseType,
    TriggerCategory,
    TriggerHorizon,
    TriggerStatus,
    TriggerSubCategory,
)
from graphkb.model.values import PartialDate, Score, Text, Texts


class Trigger(Element):
    """An event or a condition that calls for a strategic answer."""

    list_name: ClassVar[str] = "triggers"

    trigger_id: Key | None = None
    title: Annotated[Title | None, EXPECTED, Field(alias="label")] = None
    description: Description | None = None
    primary_category: Annotated[TriggerCategory | None, EXPECTED] = None
    sub_category: TriggerSubCategory | None = None
    origin: Annotated[Origin | None, EXPECTED] = None
    time_horizon: TriggerHorizon | None = None
    impact_level: ImpactLevel | None = None
    status: TriggerStatus | None = None
    detection_method: Text | None = None
    evidence_strength: Score | None = None
    detection_date: PartialDate | None = None
    valid_until: PartialDate | None = None
    source_reference: Text | None = None
    related_triggers: Peers = ()
    strategic_response_references: Annotated[
        tuple[Reference, ...], Link("RESPONDS_TO", incoming=True, read_only=True)
    ] = ()
    customer_segment_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("CustomerSegment",), scalar=True)] = ()
    journey_stage_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("JourneyStage",), scalar=True)] = ()
    channel_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("Channel",), scalar=True)] = ()
    market_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("Market",), scalar=True)] = ()
    affects: Annotated[tuple[Affected, ...], Link("AFFECTS")] = ()
    evidence: Backing = ()


class Rationale(Element):
    """The reasoning that leads from a trigger to a response."""

    list_name: ClassVar[str] = "rationales"

    rationale_id: Key | None = None
    rationale_title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    trigger_reference: Annotated[Addressed | None, Link("ADDRESSES", ("Trigger",), mark="isPrimary"), EXPECTED] = None
    trigger_references: Annotated[tuple[Addressed, ...], Link("ADDRESSES", ("Trigger",))] = ()
    linked_domains: tuple[Domain, ...] = ()
    rationale_type: Annotated[RationaleType | None, EXPECTED] = None
    rationale_orientation: Annotated[Literal["Reactive", "Proactive"] | None, EXPECTED] = None
    anticipated_outcomes: Texts = ()
    alternatives_considered: Annotated[
        tuple[JsonObject, ...], JsonText("alternativesJson"), Also("alternativeConsidered")
    ] = ()
    reasoning_pattern: ReasoningPattern | None = None
    evidence_base: EvidenceBase | None = None
    strategic_objective_reference: Text | None = None
    business_value_type: BusinessValueType | None = None
    competitive_positioning: Annotated[JsonObject | None, JsonText("competitivePositioningJson")] = None
    date_created: PartialDate | None = None
    last_reviewed: PartialDate | None = None
    effectiveness_rating: Score | None = None
    author: Text | None = None
    org_unit_title: Owners = ()
    related_rationales: Annotated[tuple[RationaleLink, ...], Link("RELATED_RATIONALE")] = ()
    relationship_types: Annotated[tuple[RationaleLinkType, ...], ON_EDGE] = ()
    customer_segment_ids: Annotated[tuple[Reference, ...], Link("CONCERNS")] = ()
    customer_insight_source: InsightSource | None = None
    markets: Annotated[tuple[Reference, ...], Link("ADDRESSES", ("Market",))] = ()
    reviews: Annotated[tuple[Review, ...], Children("REVIEWED_IN")] = ()
    evidence: Backing = ()

    @model_validator(mode="before")
    @classmethod
    def _pair_types(cls, data: Any) -> Any:
        """Put the types, which may stand in a list of their own, beside the rationales that they belong to."""
        if not isinstance(data, dict) or "relationshipTypes" not in data:
            return data
        types, linked = data["relationshipTypes"], data.get("relatedRationales") or []
        if not isinstance(types, list) or not isinstance(linked, list) or len(types) != len(linked):
            raise ValueError("relationshipTypes holds one type for each of relatedRationales, in their order")
        items = [{"title": each} if isinstance(each, str) else each for each in linked]
        paired = [
            item | {"relationshipType": type_} if isinstance(item, dict) else item
            for item, type_ in zip(items, types, strict=True)
        ]
        return {name: value for name, value in data.items() if name != "relationshipTypes"} | {
            "relatedRationales": paired
        }


class StrategicIntent(Element):
    """An aim of one's own that can start a response without a trigger from outside."""

    list_name: ClassVar[str] = "strategicIntents"

    intent_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    strategic_objective_reference: Annotated[Text | None, EXPECTED] = None
    opportunity_type: Annotated[
        Literal[
            "Innovation",
            "Growth",
            "Efficiency",
            "Resilience",
            "Compliance",
            "Differentiation",
            "Sustainability",
            "Transformation",
        ]
        | None,
        EXPECTED,
    ] = None
    target_timeframe: Text | None = None
    maturity_level: Literal["Conceptual", "Emerging", "Established", "Scaling", "Optimizing"] | None = None
    potential_value: Literal["Low", "Medium", "High", "Transformative"] | None = None
    uncertainty_level: Literal["Low", "Medium", "High", "Experimental"] | None = None
    status: Literal["Proposed", "Active", "Completed", "Abandoned", "Transformed", "Superseded"] | None = None
    last_updated: PartialDate | None = None
    justified_by: Annotated[tuple[Reference, ...], Link("JUSTIFIED_BY")] = ()
    performance_indicators: Metrics = ()


class StrategicResponse(Element):
    """A coordinated answer to a trigger, justified by a rationale and aimed at segments."""

    list_name: ClassVar[str] = "strategicResponses"

    response_id: Key | None = None
    response_title: Annotated[Title | None, EXPECTED] = None
    response_type: Annotated[ResponseType | None, EXPECTED] = None
    response_description: Annotated[Description | None, EXPECTED] = None
    trigger_references: Annotated[tuple[Reference, ...], Link("RESPONDS_TO"), EXPECTED] = ()
    intent_references: Annotated[tuple[Reference, ...], Link("REALIZES")] = ()
    rationale_references: Annotated[tuple[Reference, ...], Link("JUSTIFIED_BY"), EXPECTED] = ()
    performance_indicator_references: Annotated[tuple[Judgement, ...], Link("MEASURED_BY")] = ()
    affected_domains: tuple[Domain, ...] = ()
    impacted_units: Annotated[tuple[UnitImpact, ...], Link("IMPACTS")] = ()
    implementation_plan: Text | None = None
    expected_outcomes: Text | None = None
    responsible_org_units: Annotated[tuple[Reference, ...], Link("EXECUTES", incoming=True)] = ()
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    status: Annotated[Literal["Planned", "In_Progress", "Completed", "Deferred", "Cancelled"] | None, EXPECTED] = None
    last_updated: PartialDate | None = None
    strategic_themes: Texts = ()
    alignment_strength: Score | None = None
    adjacent_initiatives: Annotated[tuple[Reference, ...], Link("IMPLEMENTS", incoming=True, read_only=True)] = ()
    strategic_levers: tuple[
        Literal["Scale", "Scope", "Differentiation", "Innovation", "Efficiency", "Resilience", "Other"], ...
    ] = ()
    strategic_horizon: Literal["Horizon_1", "Horizon_2", "Horizon_3"] | None = None
    customer_segment_ids: Annotated[tuple[Reference, ...], Link("TARGETS")] = ()
    customer_outcomes: Annotated[tuple[JsonObject | Text, ...], Titled()] = ()
    customer_experience_changes: Annotated[
        tuple[ExperienceChange, ...], Link("CHANGES", id_name="journeyStageID", objects=True)
    ] = ()
    customer_feedback_mechanism: Text | None = None
    channel_ids: Annotated[tuple[Reference, ...], Link("USES_CHANNEL")] = ()
    market_ids: Annotated[tuple[Reference, ...], Link("ADDRESSES")] = ()
    affects: Annotated[tuple[Affected, ...], Link("AFFECTS")] = ()
    org_unit_title: Owners = ()
