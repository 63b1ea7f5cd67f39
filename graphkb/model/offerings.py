"""Offerings: products and services, and the rivals that a segment might choose instead."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.capabilities import DependenciesText, Features
from graphkb.model.customers import Improvements, Risks
from graphkb.model.declaration import EXPECTED, ON_EDGE, Description, Element, Key, Link, Reference, Title
from graphkb.model.edges import NeedMet, Rivalry
from graphkb.model.governance import Dependencies, Owners, Peers
from graphkb.model.measures import Metrics
from graphkb.model.properties import Property
from graphkb.model.values import Text, Texts

MarketPosition = Literal[
    "Market Leader", "Market Challenger", "Market Follower", "Niche Player", "Disruptor", "Emerging Player"
]
InvestmentLevel = Literal["High Investment", "Medium Investment", "Low Investment", "Minimal Investment"]

Fulfills = Annotated[tuple[NeedMet, ...], Link("FULFILLS")]
Rivals = Annotated[tuple[Rivalry, ...], Link("COMPETES_WITH")]
Channels = Annotated[tuple[Reference, ...], Link("DELIVERED_VIA")]
Uses = Annotated[tuple[Reference, ...], Link("USED_IN")]


class CompetitiveAlternative(Element):
    """A rival offering that a segment might choose instead."""

    list_name: ClassVar[str] = "competitiveAlternatives"

    alternative_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    alternative_name: Title | None = None
    """Name of the rival offering."""
    provider: Text | None = None
    """Who sells it."""


class RivalOffering(Element):
    """A rival offering as it is nested in the record that ties a segment to an offering."""

    label: ClassVar[str] = "CompetitiveAlternative"

    alternative_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    alternative_name: Title | None = None
    """Name of the rival offering."""
    provider: Text | None = None
    """Who sells it."""
    competitive_position: Annotated[Text | None, ON_EDGE] = None
    """How ours compares in the eyes of the segment."""
    switching_triggers: Annotated[Texts, ON_EDGE] = ()
    """What would make customers switch."""


class Product(Element):
    """A tangible or intangible thing offered."""

    list_name: ClassVar[str] = "products"

    product_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Title | None = None
    """Name of the product."""
    description: Description | None = None
    """What the product is, in a paragraph."""
    purpose: Text | None = None
    """Why the organization has it."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    lifecycle_management: Text | None = None
    """How its life is managed."""
    market_competitiveness: Text | None = None
    """Standing against rivals."""
    customer_feedback: Text | None = None
    """What customers say of it."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    related_products: Peers = ()
    """Products that are loosely linked to it."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    risks: Risks = ()
    """Threats to it."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    strategic_alignment: Text | None = None
    """How it serves the strategy, as text."""
    product_feature: Features = ()
    """Features, as texts or as objects."""
    fulfills: Fulfills = ()
    """Needs that the offering meets, each for the segment of which it is said."""
    competitive_alternatives: Rivals = ()
    """Rivals of the offering, and how ours compares."""
    channels: Channels = ()
    """Channels through which it is delivered."""
    used_in: Uses = ()
    """Journeys and stages on which the offering is met."""


class Service(Element):
    """Work done for the customer that yields value."""

    list_name: ClassVar[str] = "services"

    service_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the service."""
    description: Annotated[Description | None, EXPECTED] = None
    """What the service is, in a paragraph."""
    purpose: Annotated[Text | None, EXPECTED] = None
    """Why the organization has it."""
    owner: Annotated[Text | None, EXPECTED] = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    service_category: (
        Literal[
            "Customer Service",
            "Support Service",
            "Operational Service",
            "Administrative Service",
            "Digital Service",
            "Professional Service",
            "Infrastructure Service",
        ]
        | None
    ) = None
    """Broad class of service."""
    service_type: (
        Literal[
            "Transportation",
            "Consulting",
            "Maintenance",
            "Support",
            "Platform",
            "API Service",
            "Analytics",
            "Training",
            "Monitoring",
            "Integration",
        ]
        | None
    ) = None
    """Finer class of service."""
    delivery_model: (
        Literal[
            "Self-Service", "Assisted Service", "Automated Service", "On-Demand", "Scheduled", "Continuous", "Hybrid"
        ]
        | None
    ) = None
    """How it is delivered."""
    service_level: Literal["Basic", "Standard", "Premium", "Enterprise", "Mission Critical"] | None = None
    """Tier of the service."""
    service_level_agreements: Text | None = None
    """Levels agreed on, as text."""
    channels: Channels = ()
    """Channels through which it is delivered."""
    customer_feedback: Text | None = None
    """How feedback is gathered."""
    process_flow: Text | None = None
    """How the work flows, as text."""
    customer_journey: Annotated[tuple[Reference, ...], Link("USED_IN", ("Journey",), read_only=True)] = ()
    """Journeys on which the service is met."""
    used_in: Uses = ()
    """Journeys and stages on which the offering is met."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    strategic_alignment: Text | None = None
    """How it serves the strategy, as text."""
    value_stream: Annotated[
        tuple[Reference, ...], Link("DELIVERS", ("ValueStream",), incoming=True, read_only=True)
    ] = ()
    """Value streams that put it out."""
    target_audience: tuple[
        Literal["Internal Employees", "External Customers", "Partners", "Vendors", "Government", "Public"], ...
    ] = ()
    """Users aimed at."""
    customer_segments: Annotated[
        tuple[Literal["Enterprise", "SMB", "Government", "Individual", "Partner", "Developer"], ...],
        Property("customerSegmentClasses"),
    ] = ()
    """Coarse classes of customers, other than the segments of this model."""
    value_proposition: Text | None = None
    """Value that it promises."""
    automation_level: Literal["Manual", "Semi-Automated", "Highly Automated", "Fully Automated"] | None = None
    """How far it is automated."""
    lifecycle: Literal["Planning", "Development", "Launch", "Operations", "Enhancement", "Retirement"] | None = None
    """Where in its life it stands."""
    business_model: (
        Literal["Fee for Service", "Subscription", "Usage Based", "Freemium", "Commission", "License", "Support Model"]
        | None
    ) = None
    """How it earns money."""
    market_position: MarketPosition | None = None
    """Position in the market that is aimed at."""
    investment_level: InvestmentLevel | None = None
    """Level of spending."""
    parent_service: Annotated[Reference | None, Link("PARENT_OF", ("Service",), incoming=True)] = None
    """Service of which it is a part."""
    child_services: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Service",), read_only=True, split=True)] = ()
    """Services that are its parts."""
    adoption_metrics: Text | None = None
    """Figures of adoption, as text."""
    related_services: Peers = ()
    """Services that are loosely linked to it."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    service_features: Features = ()
    """Features, as texts or as objects."""
    fulfills: Fulfills = ()
    """Needs that the offering meets, each for the segment of which it is said."""
    competitive_alternatives: Rivals = ()
    """Rivals of the offering, and how ours compares."""
