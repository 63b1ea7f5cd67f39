"""Where to look for customers: markets, and the profile of an account worth winning."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Children, Description, Element, Key, Link, Reference, Title
from graphkb.model.edges import Fit, Scored
from graphkb.model.governance import LivingDocument, Owners, Readers
from graphkb.model.research import Backing
from graphkb.model.values import Count, Flag, Number, Percent, Share, Text


class Market(Element):
    """A market, or a part of one, that the organization has chosen to pursue."""

    list_name: ClassVar[str] = "markets"

    market_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the market."""
    description: Description | None = None
    """What the market is."""
    is_sweet_spot: Flag | None = None
    """True if it was chosen as a priority."""
    category: Literal["consumer", "business", "government", "hybrid"] | None = None
    """What sort of market it is."""
    target_size: Count | None = None
    """Number of customers aimed at."""
    status: Literal["active", "inactive", "potential", "deprecated"] | None = None
    """Whether the market is pursued."""
    segments: Annotated[tuple[Reference, ...], Link("CONTAINS")] = ()
    """Segments found in the market."""


class ProfileCriterion(Element):
    """One yardstick of an ideal customer profile."""

    list_name: ClassVar[str] = "profileCriteria"

    criterion_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the yardstick, such as deal size."""
    dimension: Annotated[Literal["size", "attractiveness", "probability"] | None, EXPECTED] = None
    """Which of three questions it answers: how big, how attractive, how likely."""
    factor: (
        Literal[
            "potential-revenue",
            "transaction-count",
            "deal-size",
            "risk-profile",
            "decision-making-structure",
            "budget",
            "geography",
            "accessibility",
            "sales-cycle-tolerance",
            "other",
        ]
        | None
    ) = None
    """Factor that is looked at."""
    weight: Share | None = None
    """Part in the total, 0 to 1."""
    threshold: Text | None = None
    """Value that passes."""


class IdealCustomerProfile(LivingDocument):
    """What an attractive account within a chosen market looks like."""

    list_name: ClassVar[str] = "idealCustomerProfiles"

    profile_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the ideal customer profile."""
    description: Description | None = None
    """What an attractive account looks like."""
    minimum_score: Percent | None = None
    """Score from 0 to 100 from which an account counts as a fit."""
    within: Annotated[tuple[Reference, ...], Link("WITHIN"), EXPECTED] = ()
    """Markets and segments to which the profile belongs."""
    criteria: Annotated[tuple[ProfileCriterion, ...], Children("HAS_CRITERION"), EXPECTED] = ()
    """Yardsticks by which the profile is judged."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    shared_with: Readers = ()
    """Units that were given the document, each with the date."""
    evidence: Backing = ()
    """Evidence for what is claimed here, or against it."""


class Account(Element):
    """An organization that is, or may become, a customer, and is judged by an ideal customer profile."""

    list_name: ClassVar[str] = "accounts"

    account_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the organization."""
    account_type: Literal["prospect", "customer", "former-customer"] | None = None
    """How it stands to us."""
    geography: Text | None = None
    """Where it is."""
    potential_revenue: Number | None = None
    """Revenue that it may bring."""
    scores: Annotated[tuple[Scored, ...], Link("SCORED_ON")] = ()
    """Yardsticks on which it is scored, each with the score."""
    fits: Annotated[tuple[Fit, ...], Link("FITS")] = ()
    """Profiles that it fits, each with how well."""
    member_of: Annotated[tuple[Reference, ...], Link("MEMBER_OF")] = ()
    """Segments that it belongs to."""
