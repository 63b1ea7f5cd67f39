"""Relationships with customers: how a tie with a segment is run, what it is worth, and its history."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.customers import Opportunities, Risks
from graphkb.model.declaration import (
    EXPECTED,
    Children,
    Description,
    Element,
    Flattened,
    Group,
    Key,
    Link,
    Reference,
    Title,
)
from graphkb.model.governance import LivingDocument, Managers, Owners
from graphkb.model.measures import Metrics
from graphkb.model.properties import Property
from graphkb.model.values import Number, PartialDate, Score, Text, Texts


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
    """Id, unique within the kind; made from what is said of the event where it is missing."""
    event_date: PartialDate | None = None
    """Day of the event."""
    event_type: Text | None = None
    """What sort of event it was."""
    event_description: Description | None = None
    """What happened."""
    impact: Text | None = None
    """Effect on the relationship."""
    recurrence: Text | None = None
    """How often it comes again, for an event such as a quarterly review."""


class RelationshipValue(Group):
    """What a relationship is worth now and could be worth."""

    current_value: Number | None = None
    """What it is worth now."""
    potential_value: Number | None = None
    """What it could be worth."""
    currency: Annotated[Text | None, Property("valueCurrency")] = None
    """Currency of the two values, an ISO code."""
    value_basis: Text | None = None
    """What the values are computed from."""


class EngagementModel(Group):
    """How a relationship is run."""

    primary_contact: Text | None = None
    """Who speaks for the organization first."""
    contact_frequency: Text | None = None
    """How often there is contact."""
    preferred_channels: Texts = ()
    """Channels preferred for contact, by name."""
    review_cadence: Text | None = None
    """How often the relationship is reviewed."""
    escalation_path: Text | None = None
    """To whom trouble is passed on."""


class CustomerRelationship(LivingDocument):
    """The managed, ongoing tie between the organization and a segment."""

    list_name: ClassVar[str] = "customerRelationships"

    relationship_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the relationship."""
    description: Annotated[Description | None, EXPECTED] = None
    """What the relationship consists of."""
    customer_segment_id: Annotated[Reference | None, Link("WITH_SEGMENT")] = None
    """Segment with which it is held."""
    org_unit_title: Annotated[Owners, EXPECTED] = ()
    """Unit that keeps it; several where a list is given."""
    org_unit_roles: Managers = ()
    """Roles that run it."""
    relationship_type: (
        Literal[
            "transactional", "subscription", "membership", "partnership", "advisory", "support", "community", "other"
        ]
        | None
    ) = None
    """What sort of tie it is."""
    relationship_strength: Score | None = None
    """Quality of the tie, 1 weak to 5 strong."""
    engagement_level: Literal["dormant", "occasional", "regular", "active", "advocate"] | None = None
    """How active the customers are."""
    loyalty_status: Literal["at-risk", "stable", "loyal", "advocate", "unknown"] | None = None
    """How loyal the customers are."""
    relationship_history: Annotated[tuple[RelationshipEvent, ...], Children("HAS_EVENT")] = ()
    """Dated events of the relationship."""
    relationship_value: Annotated[RelationshipValue | None, Flattened()] = None
    """What it is worth now and could be worth."""
    relationship_risks: Risks = ()
    """Threats to it."""
    growth_opportunities: Opportunities = ()
    """Chances to widen it."""
    engagement_model: Annotated[EngagementModel | None, Flattened("engagement")] = None
    """How it is run."""
    managed_through: Annotated[tuple[Reference, ...], Link("MANAGED_THROUGH")] = ()
    """Services that run the relationship."""
    contacted_via: Annotated[tuple[Reference, ...], Link("CONTACTED_VIA")] = ()
    """Channels preferred for contact."""
    performance_metrics: Metrics = ()
    """Indicators by which it is judged."""
