"""Customers: segments, the personas that stand for them, and their needs, risks and opportunities."""

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
from graphkb.model.values import Count, Flag, Number, Score, Text, Texts


class RiskFields(Element):
    """What a risk and its nested form have in common."""

    risk_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    risk_name: Title | None = None
    """Name of the risk."""
    risk_description: Description | None = None
    """What could happen."""
    probability: Score | None = None
    """How likely it is, 1 to 5."""
    impact: Score | None = None
    """How hard it would hit, 1 to 5."""
    for_segment_id: Annotated[Text | None, ON_EDGE] = None
    """Id of the segment for which the risk is stated."""


class Risk(RiskFields):
    """A threat to a relationship, a strategy, a capability or another element."""

    list_name: ClassVar[str] = "risks"

    mitigation_strategy: Annotated[Text | None, Property("mitigation"), Also("mitigationApproach")] = None
    """How the risk is met."""


class Opportunity(Element):
    """A chance to improve an experience, widen a relationship or better an offering."""

    list_name: ClassVar[str] = "opportunities"

    opportunity_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    opportunity_name: Title | None = None
    """Name of the opportunity."""
    opportunity_description: Description | None = None
    """What the chance is."""
    potential_value: Text | None = None
    """What it could be worth, as text."""
    probability: Score | None = None
    """How likely it is to succeed, 1 to 5."""
    approach: Text | None = None
    """How to pursue it."""
    expected_benefit: Text | None = None
    """What is gained if it works."""
    implementation_status: Literal["planned", "in-progress", "implemented", "evaluated"] | None = None
    """How far it has come."""
    opportunity_kind: Literal["improvement", "growth", "enhancement", "journey-improvement", "alignment"] | None = None
    """What sort of chance it is."""


Opportunities = Annotated[tuple[Opportunity, ...], Children("HAS_OPPORTUNITY", split=True)]
Improvements = Annotated[tuple[Opportunity, ...], Children("HAS_OPPORTUNITY", split=True, as_text=True)]
Risks = Annotated[tuple[Risk, ...], Children("EXPOSED_TO", split=True)]


class Need(Evidenced):
    """Something a customer wants, needs or suffers from, shared between segments, personas, stages and offerings."""

    list_name: ClassVar[str] = "needs"

    need_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """The need in a few words."""
    need_kind: Literal["need", "want", "pain-point", "goal", "expectation"] | None = None
    """Whether it is a need, a want, a pain, a goal or an expectation."""
    priority: Score | None = None
    """Weight for setting priorities, 1 to 5."""
    arises_at: Annotated[tuple[Reference, ...], Link("ARISES_AT")] = ()
    """Stages at which the need is felt."""


class LifetimeValue(Group):
    """Money value of one customer of a segment, and the period that it covers."""

    value: Number | None = None
    """Amount, in the currency of the group."""
    currency: Text | None = None
    """Currency of the amount, an ISO code."""
    timespan: Text | None = None
    """Period that the amount covers."""
    calculation_method: Text | None = None
    """How the amount was computed."""


class CustomerSegment(LivingDocument, Evidenced):
    """A group of customers that share traits, needs, behavior or value and is served as one."""

    list_name: ClassVar[str] = "customerSegments"
    stub_list_name: ClassVar[str] = "referencedSegments"

    customer_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the segment."""
    description: Annotated[Description | None, EXPECTED] = None
    """What sets this group apart."""
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
    """Basis on which the segment was cut."""
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    """Unit that answers for the segment; several where a list is given."""
    org_unit_roles: Managers = ()
    """Roles in that unit that run the segment."""
    stakeholders: Annotated[tuple[Reference, ...], Link("KIND_OF")] = ()
    """Stakeholder of which the segment is a kind."""
    customer_needs: Annotated[tuple[Prioritized, ...], Link("HAS_NEED")] = ()
    """Needs, wants and pains of the group."""
    customer_value: Annotated[Text | None, Property("valueProposition")] = None
    """Value proposition made to the group."""
    acquisition_channels: Annotated[tuple[Reference, ...], Link("ACQUIRED_VIA")] = ()
    """Channels through which the group is won."""
    retention_strategies: Texts = ()
    """Ways in which the group is kept."""
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
    """Where in the lifecycle most of the group are."""
    customer_lifetime_value: Annotated[LifetimeValue | None, Flattened("clv")] = None
    """What a customer of this group is worth over time."""
    performance_indicators: Metrics = ()
    """Measures of success with the group."""
    dependencies: Annotated[
        tuple[Dependency, ...], Link("DEPENDS_ON", id_name="entityID", kind_name="domainType", objects=True)
    ] = ()
    """Elements of other domains that the segment rests on, each with the kind of dependency."""
    related_customer_segments: Annotated[
        tuple[SegmentLink, ...], Link("RELATED_SEGMENT", id_name="segmentID", objects=True)
    ] = ()
    """Typed, weighted links to other segments."""
    improvement_opportunities: Improvements = ()
    """Where the experience could improve."""
    strategic_alignment: Text | None = None
    """Fit with the strategy, as text."""
    cross_domain_relationships: Annotated[tuple[JsonObject, ...], JsonText("crossDomainNotes")] = ()
    """Loose links to other domains, kept as they were written."""
    cross_domain_links: Annotated[tuple[LooseLink, ...], Link("CROSS_DOMAIN")] = ()
    """Links to elements of other domains whose verb has no relationship type of its own."""
    segment_size: Count | None = None
    """Number of customers in the segment."""
    is_priority: Flag | None = None
    """True if the segment was chosen as a priority."""
    measurable_differentiators: Texts = ()
    """Criteria by which the segment can be told from its neighbors."""
    feelings: Texts = ()
    """What the group feels, so that the picture is not of transactions alone."""


class Demographics(Group):
    """Who a persona is."""

    age_range: Text | None = None
    """Age, as a range such as `28-35`."""
    gender: Text | None = None
    """Gender."""
    location: Text | None = None
    """Where the persona lives."""
    education: Text | None = None
    """Education."""
    income: Text | None = None
    """Income, as text."""
    occupation: Text | None = None
    """Work that the persona does."""
    family_status: Text | None = None
    """Family that the persona lives with."""
    additional_attributes: Annotated[JsonObject | None, JsonText()] = None
    """Further traits, by name."""


class Psychographics(Group):
    """What a persona values and how it lives."""

    values: Texts = ()
    """What matters to the persona."""
    attitudes: Texts = ()
    """How the persona looks at things."""
    interests: Texts = ()
    """What the persona likes to spend time on."""
    lifestyle: Text | None = None
    """How the persona lives."""
    personality_traits: Texts = ()
    """Traits of character."""


class Technographics(Group):
    """How a persona uses technology."""

    device_usage: Texts = ()
    """Devices in use."""
    channel_preferences: Texts = ()
    """Channels that the persona likes to use."""
    tech_adoption_level: (
        Annotated[
            Literal["innovator", "early adopter", "early majority", "late majority", "laggard"],
            Property("techAdoptionLevel"),
        ]
        | None
    ) = None
    """How early the persona takes to new technology."""
    software_usage: Texts = ()
    """Software and services in use."""


class Persona(LivingDocument, Evidenced):
    """A fictional, research-based individual who stands for a segment."""

    list_name: ClassVar[str] = "personas"

    persona_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the fictional character."""
    description: Annotated[Description | None, EXPECTED] = None
    """Profile in one paragraph."""
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    """Unit that keeps the persona; several where a list is given."""
    org_unit_roles: Managers = ()
    """Roles that keep the persona."""
    customer_segment_id: Annotated[Reference | None, Link("REPRESENTS")] = None
    """Segment that the persona stands for."""
    demographic_attributes: Annotated[Demographics | None, Flattened("demo")] = None
    """Who the persona is."""
    psychographic_attributes: Annotated[Psychographics | None, Flattened("psycho")] = None
    """What the persona values and how it lives."""
    behaviors: Texts = ()
    """Habits and preferences."""
    goals: Texts = ()
    """What the persona wants to achieve."""
    pain_points: Texts = ()
    """What frustrates the persona."""
    influences: Texts = ()
    """What sways decisions."""
    purchase_decision_process: Text | None = None
    """How the persona comes to a decision."""
    technographics: Annotated[Technographics | None, Flattened("tech")] = None
    """How the persona uses technology."""
    quotations: Texts = ()
    """Lines that the persona would say."""
    narrative_scenario: Text | None = None
    """A day in the life of the persona."""
    is_primary: Flag | None = None
    """True for the one persona that leads the design of a product or journey."""
    persona_kind: Literal["buyer", "user", "both"] | None = None
    """Whether the persona buys, uses, or both."""
    value_perception_drivers: Texts = ()
    """What makes the persona feel that something is worth it."""
    limitations: Texts = ()
    """What holds the persona back."""
    buying_patterns: Texts = ()
    """Patterns seen in what and how the persona buys."""
    hypothesis_status: HypothesisStatus | None = None
    """How far data backs the persona."""
    requires: Annotated[tuple[Prioritized, ...], Link("REQUIRES")] = ()
    """Capabilities that the persona calls for, each with a priority."""
    experiences: Annotated[tuple[Reference, ...], Link("EXPERIENCES")] = ()
    """Value streams and stages that the persona passes through."""
    design_focus: Annotated[tuple[Focus, ...], Link("DESIGN_FOCUS")] = ()
    """Products, services and journeys whose design the persona guides."""
    needs: Annotated[tuple[Prioritized, ...], Link("HAS_NEED")] = ()
    """Needs of the persona, each with a priority."""
    prefers_channels: Annotated[tuple[Ranked, ...], Link("PREFERS_CHANNEL")] = ()
    """Channels in order of preference."""
    prefers_content: Annotated[tuple[Ranked, ...], Link("PREFERS_CONTENT")] = ()
    """Content in order of preference."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    shared_with: Readers = ()
    """Units that were given the document, each with the date."""
