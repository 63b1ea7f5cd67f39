"""The organization: units and roles, and the channels they run."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Description, Element, JsonObject, Key, Link, Reference, Title
from graphkb.model.edges import Dependency, LooseLink, Participation, Peer
from graphkb.model.governance import Managers, Owners, Peers
from graphkb.model.measures import Metrics
from graphkb.model.properties import JsonText, Property
from graphkb.model.values import Flag, Text, Texts


class OrgUnit(Element):
    """A part of the organization that owns, runs or takes part in things."""

    list_name: ClassVar[str] = "orgUnits"

    org_unit_id: Key | None = None
    org_unit_title: Annotated[Title | None, EXPECTED] = None
    description: Description | None = None
    purpose: Text | None = None
    owner: Text | None = None
    higher_organization_unit: Annotated[Reference | None, Link("PARENT_OF", ("OrgUnit",), incoming=True)] = None
    sub_organization_units: Annotated[
        tuple[Reference, ...], Link("PARENT_OF", ("OrgUnit",), read_only=True, split=True)
    ] = ()
    roles: Annotated[tuple[Reference, ...], Link("HAS_ROLE", split=True)] = ()
    function: (
        Literal["marketing", "sales", "service", "product-development", "operations", "it", "finance", "other"] | None
    ) = None
    participates_in: Annotated[tuple[Participation, ...], Link("PARTICIPATES_IN")] = ()


class Role(Element):
    """A role inside a unit, such as a segment manager."""

    list_name: ClassVar[str] = "roles"

    role_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None


class Channel(Element):
    """A medium or route by which customers are reached or served."""

    list_name: ClassVar[str] = "channels"

    channel_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Description | None = None
    channel_type: Literal["direct", "indirect", "digital", "physical", "hybrid", "omnichannel"] | None = None
    org_unit_title: Owners = ()
    org_unit_roles: Managers = ()
    customer_segments_served: Annotated[tuple[Reference, ...], Link("REACHES")] = ()
    product_categories_covered: Texts = ()
    dependencies: Annotated[
        tuple[Dependency, ...], Link("DEPENDS_ON", id_name="entityID", kind_name="domainType", objects=True)
    ] = ()
    related_channel_elements: Annotated[tuple[Peer, ...], Link("RELATED_TO")] = ()
    cross_domain_relationships: Annotated[tuple[JsonObject, ...], JsonText("crossDomainNotes")] = ()
    cross_domain_links: Annotated[tuple[LooseLink, ...], Link("CROSS_DOMAIN")] = ()
    sub_type: (
        Literal[
            "website",
            "mobile_app",
            "social_media",
            "email",
            "retail_store",
            "wholesale",
            "partnership",
            "marketplace",
            "events",
            "call_center",
            "sms",
            "referral",
            "advisor",
            "other",
        ]
        | None
    ) = None
    accepts_push: Flag | None = None
    performance_indicators: Metrics = ()


class Stakeholder(Element):
    """A person or a group with a stake; customers are one kind of them, which segments describe closer."""

    list_name: ClassVar[str] = "stakeholders"

    stakeholder_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    t_type: Annotated[
        Literal[
            "Primary Customer",
            "Secondary Customer",
            "B2B Customer",
            "B2C Customer",
            "B2G Customer",
            "Internal Customer",
            "End User",
            "Regulatory Body",
            "Government Agency",
            "Local Authority",
            "International Body",
            "Standards Organization",
            "Strategic Partner",
            "Supplier/Vendor",
            "Distributor/Channel Partner",
            "System Integrator",
            "Consultant/Advisor",
            "Financial Institution",
            "Investor/Shareholder",
            "Board Member",
            "Employee/Staff",
            "Trade Union",
            "Industry Association",
            "Community Representative",
            "Environmental Group",
            "Media/Press",
            "Academic Institution",
            "Competitor",
            "Other",
        ]
        | None,
        Property("stakeholderType"),
        EXPECTED,
    ] = None
    description: Annotated[Description | None, EXPECTED] = None
    role: Text | None = None
    influence_level: Literal["High Influence", "Medium Influence", "Low Influence"] | None = None
    interest_level: Literal["High Interest", "Medium Interest", "Low Interest"] | None = None
    expectations: Text | None = None
    is_executive_sponsor: Flag | None = None
    related_stakeholders: Peers = ()


class Policy(Element):
    """A rule that binds, such as one on customer data and privacy."""

    list_name: ClassVar[str] = "policies"

    policy_id: Key | None = None
    title: Title | None = None
    description: Description | None = None
    purpose: Text | None = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    requirements: Text | None = None
    review_frequency: Text | None = None
    compliance_and_standards: Text | None = None
    governs: Annotated[tuple[Reference, ...], Link("GOVERNS")] = ()
