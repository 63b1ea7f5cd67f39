"""Customers: segments, the personas that stand for them, their needs, and the ties with them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import (
    EXPECTED,
    ON_EDGE,
    Also,
    Children,
    Description,
    Element,
    Flattened,
    Group,
    JsonObject,
    Key,
    Link,
    Reference,
    Title,
)
from graphkb.model.edges import Dependency, Focus, LooseLink, Prioritized, Ranked, SegmentLink
from graphkb.model.governance import Evidenced, HypothesisStatus, LivingDocument, Managers, Owners, Readers
from graphkb.model.measures import Metrics
from graphkb.model.properties import JsonText, Property
from graphkb.model.values import Count, Flag, Number, PartialDate, Score, Text, Texts


class RiskFields(Element):
    """What a risk and its nested form have in common."""

    risk_id: Key | None = None
    risk_name: Title | None = None
    risk_description: Description | None = None
    probability: Score | None = None
    impact: Score | None = None
    for_segment_id: Annotated[Text | None, ON_EDGE] = None


class Risk(RiskFields):
    """A threat to a relationship, a strategy, a capability or another element."""

    list_name: ClassVar[str] = "risks"

    mitigation_strategy: Annotated[Text | None, Property("mitigation"), Also("mitigationApproach")] = None


class Opportunity(Element):
    """A chance to improve an experience, widen a relationship or better an offering."""

    list_name: ClassVar[str] = "opportunities"

    opportunity_id: Key | None = None
    opportunity_name: Title | None = None
    opportunity_description: Description | None = None
    potential_value: Text | None = None
    probability: Score | None = None
    approach: Text | None = None
    expected_benefit: Text | None = None
    implementation_status: Literal["planned", "in-progress", "implemented", "evaluated"] | None = None
    opportunity_kind: Literal["improvement", "growth", "enhancement", "journey-improvement", "alignment"] | None = None


Opportunities = Annotated[tuple[Opportunity, ...], Children("HAS_OPPORTUNITY", split=True)]
Improvements = Annotated[tuple[Opportunity, ...], Children("HAS_OPPORTUNITY", split=True, as_text=True)]
Risks = Annotated[tuple[Risk, ...], Children("EXPOSED_TO", split=True)]


class Need(Evidenced):
    """Something a customer wants, needs or suffers from, shared between segments, personas, stages and offerings."""

    list_name: ClassVar[str] = "needs"

    need_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    need_kind: Literal["need", "want", "pain-point", "goal", "expectation"] | None = None
    priority: Score | None = None
    arises_at: Annotated[tuple[Reference, ...], Link("ARISES_AT")] = ()


class LifetimeValue(Group):
    """Money value of one customer of a segment, and the period that it covers."""

    value: Number | None = None
    currency: Text | None = None
    timespan: Text | None = None
    calculation_method: Text | None = None


class CustomerSegment(LivingDocument, Evidenced):
    """A group of customers that share traits, needs, behavior or value and is served as one."""

    list_name: ClassVar[str] = "customerSegments"
    stub_list_name: ClassVar[str] = "referencedSegments"

    customer_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    customer_segment_type: (
        Literal[
            "demographic",
            "behavioral",
            "value-based",
            "needs-based",
            "lifecycle",
            "industry",
            "geographic",
            "psychographic",
            "technographic",
            "other",
        ]
        | None
    ) = None
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    org_unit_roles: Managers = ()
    stakeholders: Annotated[tuple[Reference, ...], Link("KIND_OF")] = ()
    customer_needs: Annotated[tuple[Prioritized, ...], Link("HAS_NEED")] = ()
    customer_value: Annotated[Text | None, Property("valueProposition")] = None
    acquisition_channels: Annotated[tuple[Reference, ...], Link("ACQUIRED_VIA")] = ()
    retention_strategies: Texts = ()
    customer_lifecycle_stage: (
        Literal[
            "awareness",
            "consideration",
            "purchase",
            "onboarding",
            "usage",
            "growth",
            "retention",
            "advocacy",
            "win-back",
            "other",
        ]
        | None
    ) = None
    customer_lifetime_value: Annotated[LifetimeValue | None, Flattened("clv")] = None
    performance_indicators: Metrics = ()
    dependencies: Annotated[
        tuple[Dependency, ...], Link("DEPENDS_ON", id_name="entityID", kind_name="domainType", objects=True)
    ] = ()
    related_customer_segments: Annotated[
        tuple[SegmentLink, ...], Link("RELATED_SEGMENT", id_name="segmentID", objects=True)
    ] = ()
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    cross_domain_relationships: Annotated[tuple[JsonObject, ...], JsonText("crossDomainNotes")] = ()
    cross_domain_links: Annotated[tuple[LooseLink, ...], Link("CROSS_DOMAIN")] = ()
    segment_size: Count | None = None
    is_priority: Flag | None = None
    measurable_differentiators: Texts = ()
    feelings: Texts = ()


class Demographics(Group):
    """Who a persona is."""

    age_range: Text | None = None
    gender: Text | None = None
    location: Text | None = None
    education: Text | None = None
    income: Text | None = None
    occupation: Text | None = None
    family_status: Text | None = None
    additional_attributes: Annotated[JsonObject | None, JsonText()] = None


class Psychographics(Group):
    """What a persona values and how it lives."""

    values: Texts = ()
    attitudes: Texts = ()
    interests: Texts = ()
    lifestyle: Text | None = None
    personality_traits: Texts = ()


class Technographics(Group):
    """How a persona uses technology."""

    device_usage: Texts = ()
    channel_preferences: Texts = ()
    tech_adoption_level: (
        Annotated[
            Literal["innovator", "early adopter", "early majority", "late majority", "laggard"],
            Property("techAdoptionLevel"),
        ]
        | None
    ) = None
    software_usage: Texts = ()


class Persona(LivingDocument, Evidenced):
    """A fictional, research-based individual who stands for a segment."""

    list_name: ClassVar[str] = "personas"

    persona_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    org_unit_roles: Managers = ()
    customer_segment_id: Annotated[Reference | None, Link("REPRESENTS")] = None
    demographic_attributes: Annotated[Demographics | None, Flattened("demo")] = None
    psychographic_attributes: Annotated[Psychographics | None, Flattened("psycho")] = None
    behaviors: Texts = ()
    goals: Texts = ()
    pain_points: Texts = ()
    influences: Texts = ()
    purchase_decision_process: Text | None = None
    technographics: Annotated[Technographics | None, Flattened("tech")] = None
    quotations: Texts = ()
    narrative_scenario: Text | None = None
    is_primary: Flag | None = None
    persona_kind: Literal["buyer", "user", "both"] | None = None
    value_perception_drivers: Texts = ()
    limitations: Texts = ()
    buying_patterns: Texts = ()
    hypothesis_status: HypothesisStatus | None = None
    requires: Annotated[tuple[Prioritized, ...], Link("REQUIRES")] = ()
    experiences: Annotated[tuple[Reference, ...], Link("EXPERIENCES")] = ()
    design_focus: Annotated[tuple[Focus, ...], Link("DESIGN_FOCUS")] = ()
    needs: Annotated[tuple[Prioritized, ...], Link("HAS_NEED")] = ()
    prefers_channels: Annotated[tuple[Ranked, ...], Link("PREFERS_CHANNEL")] = ()
    prefers_content: Annotated[tuple[Ranked, ...], Link("PREFERS_CONTENT")] = ()
    performance_indicators: Metrics = ()
    shared_with: Readers = ()


class RelationshipEvent(Element):
    """A dated entry in the history of a customer relationship."""

    list_name: ClassVar[str] = "relationshipEvents"
    title_from: ClassVar[tuple[str, ...]] = (
        "{event_type} {event_date}",
        "{event_description}",
        "{event_type}",
        "{event_date}",
    )

    event_id: Key | None = None
    event_date: PartialDate | None = None
    event_type: Text | None = None
    event_description: Description | None = None
    impact: Text | None = None
    recurrence: Text | None = None


class RelationshipValue(Group):
    """What a relationship is worth now and could be worth."""

    current_value: Number | None = None
    potential_value: Number | None = None
    currency: Annotated[Text | None, Property("valueCurrency")] = None
    value_basis: Text | None = None


class EngagementModel(Group):
    """How a relationship is run."""

    primary_contact: Text | None = None
    contact_frequency: Text | None = None
    preferred_channels: Texts = ()
    review_cadence: Text | None = None
    escalation_path: Text | None = None


class CustomerRelationship(LivingDocument):
    """The managed, ongoing tie between the organization and a segment."""

    list_name: ClassVar[str] = "customerRelationships"

    relationship_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    customer_segment_id: Annotated[Reference | None, Link("WITH_SEGMENT")] = None
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    org_unit_roles: Managers = ()
    relationship_type: (
        Literal[
            "transactional", "subscription", "membership", "partnership", "advisory", "support", "community", "other"
        ]
        | None
    ) = None
    relationship_strength: Score | None = None
    engagement_level: Literal["dormant", "occasional", "regular", "active", "advocate"] | None = None
    loyalty_status: Literal["at-risk", "stable", "loyal", "advocate", "unknown"] | None = None
    relationship_history: Annotated[tuple[RelationshipEvent, ...], Children("HAS_EVENT")] = ()
    relationship_value: Annotated[RelationshipValue | None, Flattened()] = None
    relationship_risks: Risks = ()
    growth_opportunities: Opportunities = ()
    engagement_model: Annotated[EngagementModel | None, Flattened("engagement")] = None
    managed_through: Annotated[tuple[Reference, ...], Link("MANAGED_THROUGH")] = ()
    contacted_via: Annotated[tuple[Reference, ...], Link("CONTACTED_VIA")] = ()
    performance_metrics: Metrics = ()
