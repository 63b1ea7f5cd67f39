"""The organization: units and roles, and the channels they run."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Also, Description, Element, JsonObject, Key, Link, Reference, Title
from graphkb.model.edges import Dependency, LooseLink, Participation, Peer
from graphkb.model.governance import Managers, Owners, Peers
from graphkb.model.measures import Metrics
from graphkb.model.properties import JsonText, Property
from graphkb.model.values import Flag, Text, Texts


class OrgUnit(Element):
    """A part of the organization that owns, runs or takes part in things."""

    list_name: ClassVar[str] = "orgUnits"

    org_unit_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    org_unit_title: Annotated[Title | None, EXPECTED] = None
    """Name of the unit."""
    description: Description | None = None
    """What the unit is."""
    purpose: Text | None = None
    """What the unit is for."""
    owner: Text | None = None
    """Who leads the unit, as text."""
    higher_organization_unit: Annotated[Reference | None, Link("PARENT_OF", ("OrgUnit",), incoming=True)] = None
    """Unit of which it is a part."""
    sub_organization_units: Annotated[
        tuple[Reference, ...], Link("PARENT_OF", ("OrgUnit",), read_only=True, split=True)
    ] = ()
    """Units that are its parts."""
    roles: Annotated[tuple[Reference, ...], Link("HAS_ROLE", split=True)] = ()
    """Roles within the unit."""
    function: (
        Literal["marketing", "sales", "service", "product-development", "operations", "it", "finance", "other"] | None
    ) = None
    """Function within the business."""
    participates_in: Annotated[tuple[Participation, ...], Link("PARTICIPATES_IN")] = ()
    """Elements in which the unit has a stake, each with the sort of stake."""


class Role(Element):
    """A role inside a unit, such as a segment manager."""

    list_name: ClassVar[str] = "roles"

    role_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED, Also("orgUnitRoles")] = None
    """Name of the role."""


class Channel(Element):
    """A medium or route by which customers are reached or served."""

    list_name: ClassVar[str] = "channels"

    channel_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the channel."""
    description: Description | None = None
    """What the channel is."""
    channel_type: Literal["direct", "indirect", "digital", "physical", "hybrid", "omnichannel"] | None = None
    """Class of channel."""
    org_unit_title: Owners = ()
    """Unit that runs the channel; several where a list is given."""
    org_unit_roles: Managers = ()
    """Roles that run it."""
    customer_segments_served: Annotated[tuple[Reference, ...], Link("REACHES")] = ()
    """Segments that the channel reaches."""
    product_categories_covered: Texts = ()
    """Categories of offerings that it carries."""
    dependencies: Annotated[
        tuple[Dependency, ...], Link("DEPENDS_ON", id_name="entityID", kind_name="domainType", objects=True)
    ] = ()
    """Elements of other domains that the channel rests on, each with the kind of dependency."""
    related_channel_elements: Annotated[tuple[Peer, ...], Link("RELATED_TO")] = ()
    """Channels that are loosely linked to it."""
    cross_domain_relationships: Annotated[tuple[JsonObject, ...], JsonText("crossDomainNotes")] = ()
    """Loose links to other domains, kept as they were written."""
    cross_domain_links: Annotated[tuple[LooseLink, ...], Link("CROSS_DOMAIN")] = ()
    """Links to elements of other domains whose verb has no relationship type of its own."""
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
    """Concrete medium."""
    accepts_push: Flag | None = None
    """True if it can take messages of an activation."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""


class Stakeholder(Element):
    """A person or a group with a stake; customers are one kind of them, which segments describe closer."""

    list_name: ClassVar[str] = "stakeholders"

    stakeholder_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the stakeholder."""
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
    """What the stakeholder is to the organization."""
    description: Annotated[Description | None, EXPECTED] = None
    """Who the stakeholder is."""
    role: Text | None = None
    """What the stakeholder does."""
    influence_level: Literal["High Influence", "Medium Influence", "Low Influence"] | None = None
    """How much influence the stakeholder has."""
    interest_level: Literal["High Interest", "Medium Interest", "Low Interest"] | None = None
    """How much interest the stakeholder takes."""
    expectations: Text | None = None
    """What the stakeholder expects."""
    is_executive_sponsor: Flag | None = None
    """True for a sponsor of the change toward the customer."""
    related_stakeholders: Peers = ()
    """Stakeholders that are loosely linked to this one."""


class Policy(Element):
    """A rule that binds, such as one on customer data and privacy."""

    list_name: ClassVar[str] = "policies"

    policy_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Title | None = None
    """Name of the policy."""
    description: Description | None = None
    """What the rule says, in a paragraph."""
    purpose: Text | None = None
    """Why the organization has it."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    requirements: Text | None = None
    """Conditions to be met, as text."""
    review_frequency: Text | None = None
    """How often it is reviewed."""
    compliance_and_standards: Text | None = None
    """Rules behind it, as text."""
    governs: Annotated[tuple[Reference, ...], Link("GOVERNS")] = ()
    """What the rule binds."""
