"""The organization: units and roles, and the channels they run."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Description, Element, JsonObject, Key, Link, Reference, Title
from graphkb.model.edges import Dependency, LooseLink, Participation, Peer
from graphkb.model.governance import Managers, Owners
from graphkb.model.measures import Metrics
from graphkb.model.properties import JsonText
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
