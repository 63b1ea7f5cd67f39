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
    customer_segment_id: Annotated[Text, End("source", ("CustomerSegment",))]
    title: Annotated[Text, End("target", ("Capability",))]
    capability_id: Annotated[Text | None, End("target", ("Capability",))] = None
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
    relationship_strength: Score | None = None
    value_delivered: Text | None = None
    customer_impact: Text | None = None
    performance_metrics: Texts = ()
    gap_assessment: Annotated[
        GapAssessment | None,
        Reified(
            (Spoke("GAP_IN", "target", outgoing=True), Spoke("HINDERS", "source", outgoing=True)), id_prefix="gap-"
        ),
    ] = None


class StagePair(Group):
    """A journey stage and the value stage that produces it, each named by its title within journey or stream."""

    journey_stage: Text | None = None
    value_stream_stage: Text | None = None
    interaction_type: Text | None = None
    experience_quality: Text | None = None
    visibility_to_customer: Visibility | None = None


class CustomerValueStreamRelationship(RelationshipRecord):
    """How a value stream serves a journey, and how well the two align."""

    list_name: ClassVar[str] = "customerValueStreamRelationships"
    type: ClassVar[str] = "MAPPED_TO"

    relationship_id: Key
    customer_journey_id: Annotated[Text, End("source", ("Journey",))]
    title: Annotated[Text, End("target", ("ValueStream",))]
    value_stream_id: Annotated[Text | None, End("target", ("ValueStream",))] = None
    touchpoints: Annotated[tuple[StagePair, ...], STAGE_PAIRS] = ()
    customer_outcomes: Texts = ()
    friction_points: Texts = ()
    improvement_opportunities: Texts = ()
    alignment_score: Score | None = None
    performance_metrics: Annotated[tuple[Metric, ...], Reified((Spoke("MEASURED_BY", "target"),))] = ()


class CustomerOfferingRelationship(RelationshipRecord):
    """The part that a product or service plays for a segment."""

    list_name: ClassVar[str] = "customerProductServiceRelationships"
    type: ClassVar[str] = "CONSUMES"

    relationship_id: Key
    customer_segment_id: Annotated[Text, End("source", ("CustomerSegment",))]
    offering_type: Literal["product", "service"]
    title: Annotated[Text, End("target", ("Product", "Service"), kind_from="offering_type")]
    offering_id: Annotated[Text | None, End("target", ("Product", "Service"), kind_from="offering_type")] = None
    relationship_type: Annotated[
        Literal[
            "primary-solution", "complementary-offering", "entry-point", "upgrade-path", "retention-driver", "other"
        ]
        | None,
        EXPECTED,
    ] = None
    needs_fulfilled: Texts = ()
    adoption_rate: Percent | None = None
    usage_pattern: Text | None = None
    customer_feedback: Text | None = None
    enhancement_priorities: Texts = ()
    competitive_alternatives: Annotated[tuple[RivalOffering, ...], Reified((Spoke("COMPETES_WITH", "target"),))] = ()
    market_share_in_segment: Text | None = None
    customer_lifecycle_role: (
        Literal["acquisition", "onboarding", "growth", "retention", "win-back", "multiple"] | None
    ) = None


class CustomerStrategyRelationship(RelationshipRecord):
    """The weight and the targets that a strategy gives a segment."""

    list_name: ClassVar[str] = "customerStrategyRelationships"
    type: ClassVar[str] = "TARGETS"

    relationship_id: Key
    customer_segment_id: Annotated[Text, End("target", ("CustomerSegment",))]
    title: Annotated[Text, End("source", ("Strategy",))]
    strategy_id: Annotated[Text | None, End("source", ("Strategy",))] = None
    strategic_importance: Annotated[Score | None, EXPECTED] = None
    growth_target: Text | None = None
    strategic_initiatives: Texts = ()
    competitive_positioning: Text | None = None
    investment_priority: Text | None = None
    strategic_themes: Texts = ()
    strategic_risks: Annotated[tuple[StrategicRisk, ...], Reified((Spoke("EXPOSED_TO", "source"),))] = ()
    target_value_proposition: Text | None = None
    future_state_vision: Text | None = None
