"""Relationships with a record form: two ends, properties, and elements nested in the record."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.capabilities import GapAssessment
from graphkb.model.declaration import EXPECTED, STAGE_PAIRS, End, Group, Key, Reified, RelationshipRecord, Spoke
from graphkb.model.edges import Visibility
from graphkb.model.measures import Metric
from graphkb.model.offerings import RivalOffering
from graphkb.model.strategies import StrategicRisk
from graphkb.model.values import Percent, Score, Text, Texts


class CustomerCapabilityRelationship(RelationshipRecord):
    """What a capability does for a segment, and where it falls short."""

    list_name: ClassVar[str] = "customerCapabilityRelationships"
    type: ClassVar[str] = "SUPPORTED_BY"

    relationship_id: Key
    """Key of the record, unique within its list."""
    customer_segment_id: Annotated[Text, End("source", ("CustomerSegment",))]
    """Id of the segment."""
    title: Annotated[Text, End("target", ("Capability",))]
    """Title of the capability."""
    capability_id: Annotated[Text | None, End("target", ("Capability",))] = None
    """Id of the capability, where the title alone does not find it."""
    relationship_type: Annotated[
        Literal[
            "value-enabling",
            "experience-critical",
            "differentiation-driver",
            "satisfaction-driver",
            "loyalty-builder",
            "other",
        ]
        | None,
        EXPECTED,
    ] = None
    """What the capability is to the segment."""
    relationship_strength: Score | None = None
    """Importance of the capability to the segment, 1 to 5."""
    value_delivered: Text | None = None
    """How value reaches the segment."""
    customer_impact: Text | None = None
    """Effect on what customers get out of it."""
    performance_metrics: Texts = ()
    """Indicators of the capability that are watched for the segment, by name."""
    gap_assessment: Annotated[
        GapAssessment | None,
        Reified(
            (Spoke("GAP_IN", "target", outgoing=True), Spoke("HINDERS", "source", outgoing=True)), id_prefix="gap-"
        ),
    ] = None
    """Where the capability falls short of the segment's needs; becomes a gap of its own."""


class StagePair(Group):
    """A journey stage and the value stage that produces it, each named by its title within journey or stream."""

    journey_stage: Text | None = None
    """Title of the stage of the journey."""
    value_stream_stage: Text | None = None
    """Title of the stage of the value stream."""
    interaction_type: Text | None = None
    """Nature of the contact."""
    experience_quality: Text | None = None
    """Quality of what the customer experiences."""
    visibility_to_customer: Visibility | None = None
    """How visible the work is."""


class CustomerValueStreamRelationship(RelationshipRecord):
    """How a value stream serves a journey, and how well the two align."""

    list_name: ClassVar[str] = "customerValueStreamRelationships"
    type: ClassVar[str] = "MAPPED_TO"

    relationship_id: Key
    """Key of the record, unique within its list."""
    customer_journey_id: Annotated[Text, End("source", ("Journey",))]
    """Id of the journey."""
    title: Annotated[Text, End("target", ("ValueStream",))]
    """Title of the value stream."""
    value_stream_id: Annotated[Text | None, End("target", ("ValueStream",))] = None
    """Id of the value stream, where the title alone does not find it."""
    touchpoints: Annotated[tuple[StagePair, ...], STAGE_PAIRS] = ()
    """Points at which the two meet: pairs of a journey stage and a value stream stage."""
    customer_outcomes: Texts = ()
    """What customers get out of it."""
    friction_points: Texts = ()
    """Where the two rub."""
    improvement_opportunities: Texts = ()
    """How the two could be aligned better."""
    alignment_score: Score | None = None
    """How well the two are aligned, 1 to 5."""
    performance_metrics: Annotated[tuple[Metric, ...], Reified((Spoke("MEASURED_BY", "target"),))] = ()
    """Indicators by which the value stream is judged here."""


class CustomerOfferingRelationship(RelationshipRecord):
    """The part that a product or service plays for a segment."""

    list_name: ClassVar[str] = "customerProductServiceRelationships"
    type: ClassVar[str] = "CONSUMES"

    relationship_id: Key
    """Key of the record, unique within its list."""
    customer_segment_id: Annotated[Text, End("source", ("CustomerSegment",))]
    """Id of the segment."""
    offering_type: Literal["product", "service"]
    """Whether the offering is a product or a service."""
    title: Annotated[Text, End("target", ("Product", "Service"), kind_from="offering_type")]
    """Title of the offering."""
    offering_id: Annotated[Text | None, End("target", ("Product", "Service"), kind_from="offering_type")] = None
    """Id of the offering, where the title alone does not find it."""
    relationship_type: Annotated[
        Literal[
            "primary-solution", "complementary-offering", "entry-point", "upgrade-path", "retention-driver", "other"
        ]
        | None,
        EXPECTED,
    ] = None
    """Part that the offering plays for the segment."""
    needs_fulfilled: Texts = ()
    """Needs of the segment that the offering meets, by title."""
    adoption_rate: Percent | None = None
    """Percent of the segment that uses it, 0 to 100."""
    usage_pattern: Text | None = None
    """How the segment uses it."""
    customer_feedback: Text | None = None
    """What customers of the segment say of it."""
    enhancement_priorities: Texts = ()
    """What to improve first."""
    competitive_alternatives: Annotated[tuple[RivalOffering, ...], Reified((Spoke("COMPETES_WITH", "target"),))] = ()
    """Offerings of rivals that the segment might choose instead."""
    market_share_in_segment: Text | None = None
    """Share of the market held in the segment, as text."""
    customer_lifecycle_role: (
        Literal["acquisition", "onboarding", "growth", "retention", "win-back", "multiple"] | None
    ) = None
    """Part that the offering plays in the lifecycle of customers."""


class CustomerStrategyRelationship(RelationshipRecord):
    """The weight and the targets that a strategy gives a segment."""

    list_name: ClassVar[str] = "customerStrategyRelationships"
    type: ClassVar[str] = "TARGETS"

    relationship_id: Key
    """Key of the record, unique within its list."""
    customer_segment_id: Annotated[Text, End("target", ("CustomerSegment",))]
    """Id of the segment."""
    title: Annotated[Text, End("source", ("Strategy",))]
    """Title of the strategy."""
    strategy_id: Annotated[Text | None, End("source", ("Strategy",))] = None
    """Id of the strategy, where the title alone does not find it."""
    strategic_importance: Annotated[Score | None, EXPECTED] = None
    """Weight that the strategy gives the segment, 1 to 5."""
    growth_target: Text | None = None
    """Growth that is wanted, as text."""
    strategic_initiatives: Texts = ()
    """Initiatives for the segment, by name."""
    competitive_positioning: Text | None = None
    """Position against rivals, as text."""
    investment_priority: Text | None = None
    """Priority of spending, as text."""
    strategic_themes: Texts = ()
    """Themes that matter with the segment."""
    strategic_risks: Annotated[tuple[StrategicRisk, ...], Reified((Spoke("EXPOSED_TO", "source"),))] = ()
    """Risks that the strategy runs with the segment."""
    target_value_proposition: Text | None = None
    """Value proposition that is aimed at."""
    future_state_vision: Text | None = None
    """Picture of the later relationship."""
