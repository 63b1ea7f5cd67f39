"""Journeys: their stages, the contacts within them, and what personas live through there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from graphkb.model.customers import Improvements, Opportunities
from graphkb.model.declaration import EXPECTED, ON_EDGE, Children, Description, Element, Key, Link, Reference, Title
from graphkb.model.edges import (
    CapabilityUse,
    Captured,
    Cause,
    Loop,
    Passage,
    Ranked,
    StageMapping,
    StreamInvolved,
    Visibility,
)
from graphkb.model.governance import Evidenced, HypothesisStatus, LivingDocument, Owners, Readers
from graphkb.model.happy_paths import HappyPath, JourneyMilestone, TriggerPoint
from graphkb.model.measures import Metrics
from graphkb.model.research import Backing
from graphkb.model.values import Flag, Integer, Ordinal, SatisfactionScore, Score, Sentiment, Text, Texts


class Touchpoint(Element):
    """A single contact between customer and organization within a stage."""

    list_name: ClassVar[str] = "touchpoints"

    touchpoint_id: Key | None = None
    touchpoint_name: Title | None = None
    touchpoint_description: Description | None = None
    channel: Annotated[tuple[Reference, ...], Link("VIA_CHANNEL", scalar=True)] = ()
    interaction_type: Text | None = None
    org_unit_responsible: Owners = ()
    is_main: Flag | None = None
    data_points: Texts = ()
    visibility_to_customer: Visibility | None = None
    identifies_customer: Flag | None = None
    performance_metrics: Metrics = ()
    trigger_points: Annotated[tuple[TriggerPoint, ...], Children("HAS_TRIGGER_POINT")] = ()
    captured_in: Annotated[tuple[Captured, ...], Link("CAPTURED_IN")] = ()


class JourneyStage(Element):
    """One ordered step of a journey."""

    list_name: ClassVar[str] = "journeyStages"

    stage_id: Key | None = None
    stage_name: Annotated[Title | None, EXPECTED] = None
    stage_description: Annotated[Description | None, EXPECTED] = None
    stage_owner: Owners = ()
    sequence_number: Integer | None = None
    touchpoints: Annotated[tuple[Touchpoint, ...], Children("HAS_TOUCHPOINT")] = ()
    customer_actions: Texts = ()
    customer_thoughts: Texts = ()
    customer_pain_points: Texts = ()
    customer_opportunities: Texts = ()
    opportunities: Improvements = ()
    relevant_capabilities: Annotated[tuple[CapabilityUse, ...], Link("ENABLED_BY", objects=True)] = ()
    relevant_value_streams: Annotated[tuple[StreamInvolved, ...], Link("INVOLVES", objects=True)] = ()
    maps_to: Annotated[tuple[StageMapping, ...], Link("MAPS_TO")] = ()
    performance_metrics: Metrics = ()
    engagement_phase: (
        Literal[
            "discover",
            "learn",
            "choose",
            "commit",
            "purchase",
            "onboard",
            "use",
            "renew",
            "advocate",
            "other",
        ]
        | None
    ) = None
    customer_needs_at_stage: Texts = ()
    operations_involved: Flag | None = None
    next_stages: Annotated[tuple[Loop, ...], Link("NEXT_STAGE")] = ()
    trigger_points: Annotated[tuple[TriggerPoint, ...], Children("HAS_TRIGGER_POINT")] = ()
    milestones: Annotated[tuple[JourneyMilestone, ...], Children("HAS_MILESTONE")] = ()
    evidence: Backing = ()


class Journey(LivingDocument, Evidenced):
    """The experience a customer has over time with the organization, cut into stages."""

    list_name: ClassVar[str] = "journeys"
    second_labels: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {"MicroJourney": ("journeyKind", "micro")}
    )

    journey_id: Key | None = None
    journey_title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    customer_segment_id: Annotated[Reference | None, Link("DESIGNED_FOR")] = None
    persona_ids: Annotated[tuple[Reference, ...], Link("APPLIES_TO")] = ()
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    journey_stages: Annotated[tuple[JourneyStage, ...], Children("HAS_STAGE")] = ()
    overall_journey_metrics: Metrics = ()
    journey_improvements: Opportunities = ()
    journey_kind: Literal["end-to-end", "micro"] | None = None
    perspective: Literal["outside-in", "inside-out"] | None = None
    strategic_priority: Score | None = None
    hypothesis_status: HypothesisStatus | None = None
    shared_with: Readers = ()
    milestones: Annotated[tuple[JourneyMilestone, ...], Children("HAS_MILESTONE")] = ()
    happy_paths: Annotated[tuple[HappyPath, ...], Children("HAS_HAPPY_PATH")] = ()
    micro_journeys: Annotated[tuple[MicroJourney, ...], Children("COMPOSED_OF")] = ()
    micro_journey_type: (
        Literal["acquisition", "onboarding", "upsell", "cross-sell", "retention", "win-back", "other"] | None
    ) = None
    digitization_status: Literal["not-started", "mapped", "instrumented", "activated", "proven"] | None = None
    leads_to: Annotated[tuple[Passage, ...], Link("LEADS_TO")] = ()


class MicroJourney(Journey):
    """A bounded part of a journey that can be digitized alone; a journey with a second label."""

    label: ClassVar[str] = "Journey"
    list_name: ClassVar[str] = "microJourneys"
    constants: ClassVar[Mapping[str, Any]] = MappingProxyType({"journeyKind": "micro"})

    journey_kind: Literal["micro"] | None = None
    sequence_number: Annotated[Ordinal | None, ON_EDGE] = None


class StageExperience(Evidenced):
    """What one persona thinks, feels and how satisfied it is at one stage."""

    list_name: ClassVar[str] = "stageExperiences"
    title_from: ClassVar[tuple[str, ...]] = ("{persona_id} at {stage_id}",)

    experience_id: Key | None = None
    persona_id: Annotated[Reference | None, Link("HAS_EXPERIENCE", incoming=True)] = None
    stage_id: Annotated[Reference | None, Link("AT_STAGE")] = None
    thinking: Texts = ()
    feeling: Texts = ()
    emotion: Literal["delighted", "content", "neutral", "frustrated", "distressed", "unknown"] | None = None
    sentiment_score: Sentiment | None = None
    satisfaction_needs: Texts = ()
    satisfaction_score: SatisfactionScore | None = None
    is_satisfactory: Flag | None = None
    messages: Texts = ()
    content_preferences: Texts = ()
    channel_preferences: Texts = ()
    prefers_channels: Annotated[tuple[Ranked, ...], Link("PREFERS_CHANNEL")] = ()
    prefers_content: Annotated[tuple[Ranked, ...], Link("PREFERS_CONTENT")] = ()
    shaped_by: Annotated[tuple[Cause, ...], Link("SHAPED_BY")] = ()
    performance_metrics: Metrics = ()
