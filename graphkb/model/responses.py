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
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED, Field(alias="label")] = None
    """Short name of the trigger."""
    description: Description | None = None
    """What happened and why it matters."""
    primary_category: Annotated[TriggerCategory | None, EXPECTED] = None
    """Class of trigger."""
    sub_category: TriggerSubCategory | None = None
    """Finer class."""
    origin: Annotated[Origin | None, EXPECTED] = None
    """Whether it comes from inside or outside."""
    time_horizon: TriggerHorizon | None = None
    """When it will be felt."""
    impact_level: ImpactLevel | None = None
    """How hard it hits."""
    status: TriggerStatus | None = None
    """How far it has been dealt with."""
    detection_method: Text | None = None
    """How it was noticed."""
    evidence_strength: Score | None = None
    """How strong the evidence for it is, 1 to 5."""
    detection_date: PartialDate | None = None
    """Day on which it was noticed."""
    valid_until: PartialDate | None = None
    """Day on which it lapses."""
    source_reference: Text | None = None
    """Where it is documented."""
    related_triggers: Peers = ()
    """Triggers that are loosely linked to it."""
    strategic_response_references: Annotated[
        tuple[Reference, ...], Link("RESPONDS_TO", incoming=True, read_only=True)
    ] = ()
    """Responses that it set off."""
    customer_segment_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("CustomerSegment",), scalar=True)] = ()
    """Segments touched."""
    journey_stage_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("JourneyStage",), scalar=True)] = ()
    """Journey stages touched."""
    channel_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("Channel",), scalar=True)] = ()
    """Channels touched."""
    market_id: Annotated[tuple[Affected, ...], Link("AFFECTS", ("Market",), scalar=True)] = ()
    """Markets touched."""
    affects: Annotated[tuple[Affected, ...], Link("AFFECTS")] = ()
    """Further elements touched, each with the domain as it was named."""
    evidence: Backing = ()
    """Evidence for what is claimed here, or against it."""


class Rationale(Element):
    """The reasoning that leads from a trigger to a response."""

    list_name: ClassVar[str] = "rationales"

    rationale_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    rationale_title: Annotated[Title | None, EXPECTED] = None
    """Name of the rationale."""
    description: Annotated[Description | None, EXPECTED] = None
    """The reasoning in words."""
    trigger_reference: Annotated[Addressed | None, Link("ADDRESSES", ("Trigger",), mark="isPrimary"), EXPECTED] = None
    """Main trigger from which the reasoning starts."""
    trigger_references: Annotated[tuple[Addressed, ...], Link("ADDRESSES", ("Trigger",))] = ()
    """Further triggers from which it starts."""
    linked_domains: tuple[Domain, ...] = ()
    """Domains that it bears on."""
    rationale_type: Annotated[RationaleType | None, EXPECTED] = None
    """Class of reasons."""
    rationale_orientation: Annotated[Literal["Reactive", "Proactive"] | None, EXPECTED] = None
    """Whether it answers what has come or looks ahead."""
    anticipated_outcomes: Texts = ()
    """Benefits that are foreseen."""
    alternatives_considered: Annotated[
        tuple[JsonObject, ...], JsonText("alternativesJson"), Also("alternativeConsidered")
    ] = ()
    """Other options that were turned down."""
    reasoning_pattern: ReasoningPattern | None = None
    """Form of the argument."""
    evidence_base: EvidenceBase | None = None
    """What the argument rests on."""
    strategic_objective_reference: Text | None = None
    """Objective that it serves."""
    business_value_type: BusinessValueType | None = None
    """Sort of value that is sought."""
    competitive_positioning: Annotated[JsonObject | None, JsonText("competitivePositioningJson")] = None
    """Effect on the position against rivals."""
    date_created: PartialDate | None = None
    """Day on which it was first recorded."""
    last_reviewed: PartialDate | None = None
    """Day of the last review."""
    effectiveness_rating: Score | None = None
    """How well it proved itself, 1 to 5."""
    author: Text | None = None
    """Who wrote it."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    related_rationales: Annotated[tuple[RationaleLink, ...], Link("RELATED_RATIONALE")] = ()
    """Other rationales, each with what this one does to it."""
    relationship_types: Annotated[tuple[RationaleLinkType, ...], ON_EDGE] = ()
    """Types of the links to other rationales, in their order."""
    customer_segment_ids: Annotated[tuple[Reference, ...], Link("CONCERNS")] = ()
    """Segments that the reasoning is about."""
    customer_insight_source: InsightSource | None = None
    """Where the insight into customers came from."""
    markets: Annotated[tuple[Reference, ...], Link("ADDRESSES", ("Market",))] = ()
    """Markets that the reasoning is about."""
    reviews: Annotated[tuple[Review, ...], Children("REVIEWED_IN")] = ()
    """Reviews held or due."""
    evidence: Backing = ()
    """Evidence for what is claimed here, or against it."""

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
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the strategic intent."""
    description: Annotated[Description | None, EXPECTED] = None
    """Aim and scope."""
    strategic_objective_reference: Annotated[Text | None, EXPECTED] = None
    """Objective that it serves."""
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
    """Class of opportunity."""
    target_timeframe: Text | None = None
    """When it should be reached."""
    maturity_level: Literal["Conceptual", "Emerging", "Established", "Scaling", "Optimizing"] | None = None
    """How far it has been worked out."""
    potential_value: Literal["Low", "Medium", "High", "Transformative"] | None = None
    """What it could be worth."""
    uncertainty_level: Literal["Low", "Medium", "High", "Experimental"] | None = None
    """How uncertain it is."""
    status: Literal["Proposed", "Active", "Completed", "Abandoned", "Transformed", "Superseded"] | None = None
    """How far it has come."""
    last_updated: PartialDate | None = None
    """Day of the last change."""
    justified_by: Annotated[tuple[Reference, ...], Link("JUSTIFIED_BY")] = ()
    """Rationales that say why it is right."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""


class StrategicResponse(Element):
    """A coordinated answer to a trigger, justified by a rationale and aimed at segments."""

    list_name: ClassVar[str] = "strategicResponses"

    response_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    response_title: Annotated[Title | None, EXPECTED] = None
    """Name of the strategic response."""
    response_type: Annotated[ResponseType | None, EXPECTED] = None
    """Class of response."""
    response_description: Annotated[Description | None, EXPECTED] = None
    """Aim and scope."""
    trigger_references: Annotated[tuple[Reference, ...], Link("RESPONDS_TO"), EXPECTED] = ()
    """Triggers that set it off."""
    intent_references: Annotated[tuple[Reference, ...], Link("REALIZES")] = ()
    """Intents that it carries out."""
    rationale_references: Annotated[tuple[Reference, ...], Link("JUSTIFIED_BY"), EXPECTED] = ()
    """Rationales that say why it is right."""
    performance_indicator_references: Annotated[tuple[Judgement, ...], Link("MEASURED_BY")] = ()
    """Indicators by which it is judged."""
    affected_domains: tuple[Domain, ...] = ()
    """Domains that it touches."""
    impacted_units: Annotated[tuple[UnitImpact, ...], Link("IMPACTS")] = ()
    """Units that it touches, each with its part and weight."""
    implementation_plan: Text | None = None
    """Plan, or where to find it."""
    expected_outcomes: Text | None = None
    """Results that are hoped for, as text."""
    responsible_org_units: Annotated[tuple[Reference, ...], Link("EXECUTES", incoming=True)] = ()
    """Units that carry it out."""
    start_date: PartialDate | None = None
    """Day on which it is to start."""
    end_date: PartialDate | None = None
    """Day on which it is to end."""
    status: Annotated[Literal["Planned", "In_Progress", "Completed", "Deferred", "Cancelled"] | None, EXPECTED] = None
    """How far it has come."""
    last_updated: PartialDate | None = None
    """Day of the last change."""
    strategic_themes: Texts = ()
    """Priorities that it serves."""
    alignment_strength: Score | None = None
    """Fit with the strategy, 1 to 5."""
    adjacent_initiatives: Annotated[tuple[Reference, ...], Link("IMPLEMENTS", incoming=True, read_only=True)] = ()
    """Initiatives that carry it out."""
    strategic_levers: tuple[
        Literal["Scale", "Scope", "Differentiation", "Innovation", "Efficiency", "Resilience", "Other"], ...
    ] = ()
    """Means by which it works."""
    strategic_horizon: Literal["Horizon_1", "Horizon_2", "Horizon_3"] | None = None
    """Horizon of the plan."""
    customer_segment_ids: Annotated[tuple[Reference, ...], Link("TARGETS")] = ()
    """Segments for which it is meant."""
    customer_outcomes: Annotated[tuple[JsonObject | Text, ...], Titled()] = ()
    """What customers get out of it, as texts or as objects."""
    customer_experience_changes: Annotated[
        tuple[ExperienceChange, ...], Link("CHANGES", id_name="journeyStageID", objects=True)
    ] = ()
    """Journey stages whose experience it changes, and how."""
    customer_feedback_mechanism: Text | None = None
    """How customers will be heard."""
    channel_ids: Annotated[tuple[Reference, ...], Link("USES_CHANNEL")] = ()
    """Channels that it goes through."""
    market_ids: Annotated[tuple[Reference, ...], Link("ADDRESSES")] = ()
    """Markets that it is about."""
    affects: Annotated[tuple[Affected, ...], Link("AFFECTS")] = ()
    """Elements touched, each with the domain as it was named."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
