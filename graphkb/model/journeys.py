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
    """Id, unique within the kind; made from the title where it is missing."""
    touchpoint_name: Title | None = None
    """Name of the contact moment."""
    touchpoint_description: Description | None = None
    """What passes between customer and organization."""
    channel: Annotated[tuple[Reference, ...], Link("VIA_CHANNEL", scalar=True)] = ()
    """Channel in which the contact happens; several where a list is given."""
    interaction_type: Text | None = None
    """Nature of the contact."""
    org_unit_responsible: Owners = ()
    """Unit that answers for the contact; several where a list is given."""
    is_main: Flag | None = None
    """True for one of the main contacts of the stage."""
    data_points: Texts = ()
    """Data captured at the contact."""
    visibility_to_customer: Visibility | None = None
    """How much of the work behind it the customer sees."""
    identifies_customer: Flag | None = None
    """True if the customer can be recognized here across channels."""
    performance_metrics: Metrics = ()
    """Indicators by which it is judged."""
    trigger_points: Annotated[tuple[TriggerPoint, ...], Children("HAS_TRIGGER_POINT")] = ()
    """Moments here that are fit for a further offering."""
    captured_in: Annotated[tuple[Captured, ...], Link("CAPTURED_IN")] = ()
    """Systems that record the contact, each with the name of its event."""


class JourneyStage(Element):
    """One ordered step of a journey."""

    list_name: ClassVar[str] = "journeyStages"

    stage_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    stage_name: Annotated[Title | None, EXPECTED] = None
    """Name of the stage."""
    stage_description: Annotated[Description | None, EXPECTED] = None
    """What happens in the stage."""
    stage_owner: Owners = ()
    """Unit that runs the stage; several where a list is given."""
    sequence_number: Integer | None = None
    """Place in the journey."""
    touchpoints: Annotated[tuple[Touchpoint, ...], Children("HAS_TOUCHPOINT")] = ()
    """Moments of contact within the stage."""
    customer_actions: Texts = ()
    """What the customer does."""
    customer_thoughts: Texts = ()
    """What the customer thinks and feels, whichever persona it is."""
    customer_pain_points: Texts = ()
    """Difficulties met here."""
    customer_opportunities: Texts = ()
    """Chances for a better experience, as text."""
    opportunities: Improvements = ()
    """Chances to make the stage better, as elements."""
    relevant_capabilities: Annotated[tuple[CapabilityUse, ...], Link("ENABLED_BY", objects=True)] = ()
    """Capabilities that carry the stage, each with its importance."""
    relevant_value_streams: Annotated[tuple[StreamInvolved, ...], Link("INVOLVES", objects=True)] = ()
    """Value streams at work in the stage, each perhaps with the stage of it."""
    maps_to: Annotated[tuple[StageMapping, ...], Link("MAPS_TO")] = ()
    """Value stream stages that produce what the customer lives through here."""
    performance_metrics: Metrics = ()
    """Indicators of success at the stage."""
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
    """Phase of engagement, alike for all journeys."""
    customer_needs_at_stage: Texts = ()
    """Needs felt at the stage, as text."""
    operations_involved: Flag | None = None
    """True if operations and IT take part, not marketing alone."""
    next_stages: Annotated[tuple[Loop, ...], Link("NEXT_STAGE")] = ()
    """Stages that follow on this one; a loop leads back."""
    trigger_points: Annotated[tuple[TriggerPoint, ...], Children("HAS_TRIGGER_POINT")] = ()
    """Moments here that are fit for a further offering."""
    milestones: Annotated[tuple[JourneyMilestone, ...], Children("HAS_MILESTONE")] = ()
    """Points of progress within the stage, in order."""
    evidence: Backing = ()
    """Evidence for what is claimed here, or against it."""


class Journey(LivingDocument, Evidenced):
    """The experience a customer has over time with the organization, cut into stages."""

    list_name: ClassVar[str] = "journeys"
    second_labels: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {"MicroJourney": ("journeyKind", "micro")}
    )

    journey_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    journey_title: Annotated[Title | None, EXPECTED] = None
    """Name of the journey."""
    description: Annotated[Description | None, EXPECTED] = None
    """What the journey covers end to end."""
    customer_segment_id: Annotated[Reference | None, Link("DESIGNED_FOR")] = None
    """Segment for which the journey is made."""
    persona_ids: Annotated[tuple[Reference, ...], Link("APPLIES_TO")] = ()
    """Personas that walk the journey."""
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    """Unit that runs the journey; several where a list is given."""
    journey_stages: Annotated[tuple[JourneyStage, ...], Children("HAS_STAGE")] = ()
    """Stages, in their order."""
    overall_journey_metrics: Metrics = ()
    """Indicators for the journey as a whole."""
    journey_improvements: Opportunities = ()
    """Improvements that are planned."""
    journey_kind: Literal["end-to-end", "micro"] | None = None
    """Whether it is a whole journey or a part of one."""
    perspective: Literal["outside-in", "inside-out"] | None = None
    """Viewpoint from which it was mapped."""
    strategic_priority: Score | None = None
    """Priority among journeys, 1 to 5."""
    hypothesis_status: HypothesisStatus | None = None
    """How far data backs the journey."""
    shared_with: Readers = ()
    """Units that were given the document, each with the date."""
    milestones: Annotated[tuple[JourneyMilestone, ...], Children("HAS_MILESTONE")] = ()
    """Points of progress of the journey, in order."""
    happy_paths: Annotated[tuple[HappyPath, ...], Children("HAS_HAPPY_PATH")] = ()
    """Routes through the journey that count as success."""
    micro_journeys: Annotated[tuple[MicroJourney, ...], Children("COMPOSED_OF")] = ()
    """Parts that can be digitized alone, in order."""
    micro_journey_type: (
        Literal["acquisition", "onboarding", "upsell", "cross-sell", "retention", "win-back", "other"] | None
    ) = None
    """Part of the lifecycle that a micro journey covers."""
    digitization_status: Literal["not-started", "mapped", "instrumented", "activated", "proven"] | None = None
    """How far a micro journey has come in the rollout piece by piece."""
    leads_to: Annotated[tuple[Passage, ...], Link("LEADS_TO")] = ()
    """Journeys to which customers go on, each with how many do."""


class MicroJourney(Journey):
    """A bounded part of a journey that can be digitized alone; a journey with a second label."""

    label: ClassVar[str] = "Journey"
    list_name: ClassVar[str] = "microJourneys"
    constants: ClassVar[Mapping[str, Any]] = MappingProxyType({"journeyKind": "micro"})

    journey_kind: Literal["micro"] | None = None
    """Always `micro`; it need not be given."""
    sequence_number: Annotated[Ordinal | None, ON_EDGE] = None
    """Place within the whole journey, from 1."""


class StageExperience(Evidenced):
    """What one persona thinks, feels and how satisfied it is at one stage."""

    list_name: ClassVar[str] = "stageExperiences"
    title_from: ClassVar[tuple[str, ...]] = ("{persona_id} at {stage_id}",)

    experience_id: Key | None = None
    """Id, unique within the kind; made from persona and stage where it is missing."""
    persona_id: Annotated[Reference | None, Link("HAS_EXPERIENCE", incoming=True)] = None
    """Persona that has the experience."""
    stage_id: Annotated[Reference | None, Link("AT_STAGE")] = None
    """Stage at which it is had."""
    thinking: Texts = ()
    """What the persona thinks."""
    feeling: Texts = ()
    """What the persona feels."""
    emotion: Literal["delighted", "content", "neutral", "frustrated", "distressed", "unknown"] | None = None
    """Emotion that prevails."""
    sentiment_score: Sentiment | None = None
    """Sentiment from -1 (bad) to 1 (good)."""
    satisfaction_needs: Texts = ()
    """What would satisfy the persona here."""
    satisfaction_score: SatisfactionScore | None = None
    """Degree of satisfaction from 1 to 5, fractions allowed."""
    is_satisfactory: Flag | None = None
    """True if the persona is satisfied."""
    messages: Texts = ()
    """Messages that the persona should get here."""
    content_preferences: Texts = ()
    """Kinds of content that the persona prefers, as text."""
    channel_preferences: Texts = ()
    """Channels that the persona prefers, as text."""
    prefers_channels: Annotated[tuple[Ranked, ...], Link("PREFERS_CHANNEL")] = ()
    """Channels in order of preference."""
    prefers_content: Annotated[tuple[Ranked, ...], Link("PREFERS_CONTENT")] = ()
    """Content in order of preference."""
    shaped_by: Annotated[tuple[Cause, ...], Link("SHAPED_BY")] = ()
    """Capabilities held to cause the experience."""
    performance_metrics: Metrics = ()
    """Indicators by which it is judged."""
