"""What claims rest on: evidence, the systems it comes from, and the reviews that keep documents true."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Element, Key, Link, Reference, Title
from graphkb.model.edges import Ownership, Support
from graphkb.model.values import Count, Flag, PartialDate, Score, Text

InsightSource = Literal[
    "Voice_of_Customer",
    "Customer_Behavior_Analysis",
    "Market_Research",
    "Customer_Service_Data",
    "Social_Media_Analysis",
    "Customer_Journey_Mapping",
    "Customer_Feedback",
    "Competitive_Analysis",
]


class DataSource(Element):
    """A system that yields customer data, by which customers are recognized and flow is counted."""

    list_name: ClassVar[str] = "dataSources"

    data_source_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the data source."""
    system_type: (
        Literal[
            "tag-management",
            "data-warehouse",
            "customer-data-platform",
            "marketing-automation",
            "cloud-storage",
            "journey-orchestration",
            "crm",
            "call-center",
            "other",
        ]
        | None
    ) = None
    """What sort of system it is."""
    latency: Literal["real-time", "batch", "manual"] | None = None
    """How fresh its data are."""
    uses_third_party_cookies: Flag | None = None
    """True if it relies on third-party cookies."""
    privacy_basis: Text | None = None
    """Consent or legal ground on which the data are held."""
    identity_key: Text | None = None
    """Key by which a customer is recognized across channels."""
    org_unit_title: Annotated[tuple[Ownership, ...], Link("OWNS", incoming=True, scalar=True)] = ()
    """Unit that answers for it; several where a list is given."""


class Evidence(Element):
    """A source behind a claim about customers: an interview, a data set, input of staff, a study."""

    list_name: ClassVar[str] = "evidence"

    evidence_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the evidence."""
    source_type: Annotated[
        Literal[
            "customer-interview",
            "expert-interview",
            "frontline-staff",
            "survey",
            "behavioral-data",
            "transactional-data",
            "customer-feedback",
            "market-research",
            "document",
            "workshop",
            "internal-assumption",
            "other",
        ]
        | None,
        EXPECTED,
    ] = None
    """What sort of source it is."""
    viewpoint: Literal["outside-in", "inside-out"] | None = None
    """Whether it shows the customer's view or the organization's own."""
    reference: Text | None = None
    """Where it can be found: a citation or a link."""
    collected_on: PartialDate | None = None
    """Day on which it was gathered."""
    sample_size: Count | None = None
    """How many were asked or counted."""
    method: Literal["qualitative", "quantitative", "mixed"] | None = None
    """Whether it is qualitative or quantitative."""
    quote: Text | None = None
    """A line word for word."""
    evidence_strength: Score | None = None
    """How strong the evidence is, 1 to 5."""
    customer_insight_source: InsightSource | None = None
    """Class of customer insight, where one fits."""
    contributed_by: Annotated[tuple[Reference, ...], Link("CONTRIBUTED_BY")] = ()
    """Units, stakeholders, accounts and roles that gave the evidence."""
    drawn_from: Annotated[tuple[Reference, ...], Link("DRAWN_FROM")] = ()
    """Systems that it comes from."""


class Review(Element):
    """One review of a living document, past or due."""

    list_name: ClassVar[str] = "reviews"
    title_from: ClassVar[tuple[str, ...]] = ("Review {reviewed_on}", "Review due {due_on}")

    review_id: Key | None = None
    """Id, unique within the kind; made from the date where it is missing."""
    reviewed_on: PartialDate | None = None
    """Day on which it took place."""
    due_on: PartialDate | None = None
    """Day on which it is due."""
    outcome: Literal["confirmed", "changed", "retired", "overdue"] | None = None
    """What came of it."""
    notes: Text | None = None
    """What changed."""
    carried_out_by: Annotated[tuple[Reference, ...], Link("CARRIED_OUT_BY")] = ()
    """Units and roles that reviewed."""


Backing = Annotated[tuple[Support, ...], Link("EVIDENCED_BY")]
"""Evidence for what is claimed, or against it."""
