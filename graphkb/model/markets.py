"""Where to look for customers: markets, and the profile of an account worth winning."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Children, Description, Element, Key, Link, Reference, Title
from graphkb.model.governance import LivingDocument, Owners, Readers
from graphkb.model.research import Backing
from graphkb.model.values import Count, Flag, Percent, Share, Text


class Market(Element):
    """A market, or a part of one, that the organization has chosen to pursue."""

    list_name: ClassVar[str] = "markets"

    market_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Description | None = None
    is_sweet_spot: Flag | None = None
    category: Literal["consumer", "business", "government", "hybrid"] | None = None
    target_size: Count | None = None
    status: Literal["active", "inactive", "potential", "deprecated"] | None = None
    segments: Annotated[tuple[Reference, ...], Link("CONTAINS")] = ()


class ProfileCriterion(Element):
    """One yardstick of an ideal customer profile."""

    list_name: ClassVar[str] = "profileCriteria"

    criterion_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    dimension: Annotated[Literal["size", "attractiveness", "probability"] | None, EXPECTED] = None
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
    weight: Share | None = None
    threshold: Text | None = None


class IdealCustomerProfile(LivingDocument):
    """What an attractive account within a chosen market looks like."""

    list_name: ClassVar[str] = "idealCustomerProfiles"

    profile_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Description | None = None
    minimum_score: Percent | None = None
    within: Annotated[tuple[Reference, ...], Link("WITHIN"), EXPECTED] = ()
    criteria: Annotated[tuple[ProfileCriterion, ...], Children("HAS_CRITERION"), EXPECTED] = ()
    org_unit_title: Owners = ()
    shared_with: Readers = ()
    evidence: Backing = ()
