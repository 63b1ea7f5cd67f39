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
    alternative_name: Title | None = None
    provider: Text | None = None


class RivalOffering(Element):
    """A rival offering as it is nested in the record that ties a segment to an offering."""

    label: ClassVar[str] = "CompetitiveAlternative"

    alternative_id: Key | None = None
    alternative_name: Title | None = None
    provider: Text | None = None
    competitive_position: Annotated[Text | None, ON_EDGE] = None
    switching_triggers: Annotated[Texts, ON_EDGE] = ()


class Product(Element):
    """A tangible or intangible thing offered."""

    list_name: ClassVar[str] = "products"

    product_id: Key | None = None
    title: Title | None = None
    description: Description | None = None
    purpose: Text | None = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    lifecycle_management: Text | None = None
    market_competitiveness: Text | None = None
    customer_feedback: Text | None = None
    dependencies: DependenciesText = None
    depends_on: Dependencies = ()
    related_products: Peers = ()
    performance_indicators: Metrics = ()
    risks: Risks = ()
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    product_feature: Features = ()
    fulfills: Fulfills = ()
    competitive_alternatives: Rivals = ()
    channels: Channels = ()
    used_in: Uses = ()


class Service(Element):
    """Work done for the customer that yields value."""

    list_name: ClassVar[str] = "services"

    service_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    purpose: Annotated[Text | None, EXPECTED] = None
    owner: Annotated[Text | None, EXPECTED] = None
    org_unit_title: Owners = ()
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
    delivery_model: (
        Literal[
            "Self-Service", "Assisted Service", "Automated Service", "On-Demand", "Scheduled", "Continuous", "Hybrid"
        ]
        | None
    ) = None
    service_level: Literal["Basic", "Standard", "Premium", "Enterprise", "Mission Critical"] | None = None
    service_level_agreements: Text | None = None
    channels: Channels = ()
    customer_feedback: Text | None = None
    process_flow: Text | None = None
    customer_journey: Annotated[tuple[Reference, ...], Link("USED_IN", ("Journey",), read_only=True)] = ()
    used_in: Uses = ()
    dependencies: DependenciesText = None
    depends_on: Dependencies = ()
    performance_indicators: Metrics = ()
    strategic_alignment: Text | None = None
    value_stream: Annotated[
        tuple[Reference, ...], Link("DELIVERS", ("ValueStream",), incoming=True, read_only=True)
    ] = ()
    target_audience: tuple[
        Literal["Internal Employees", "External Customers", "Partners", "Vendors", "Government", "Public"], ...
    ] = ()
    customer_segments: Annotated[
        tuple[Literal["Enterprise", "SMB", "Government", "Individual", "Partner", "Developer"], ...],
        Property("customerSegmentClasses"),
    ] = ()
    value_proposition: Text | None = None
    automation_level: Literal["Manual", "Semi-Automated", "Highly Automated", "Fully Automated"] | None = None
    lifecycle: Literal["Planning", "Development", "Launch", "Operations", "Enhancement", "Retirement"] | None = None
    business_model: (
        Literal["Fee for Service", "Subscription", "Usage Based", "Freemium", "Commission", "License", "Support Model"]
        | None
    ) = None
    market_position: MarketPosition | None = None
    investment_level: InvestmentLevel | None = None
    parent_service: Annotated[Reference | None, Link("PARENT_OF", ("Service",), incoming=True)] = None
    child_services: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Service",), read_only=True, split=True)] = ()
    adoption_metrics: Text | None = None
    related_services: Peers = ()
    improvement_opportunities: Improvements = ()
    service_features: Features = ()
    fulfills: Fulfills = ()
    competitive_alternatives: Rivals = ()
