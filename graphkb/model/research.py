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
    title: Annotated[Title | None, EXPECTED] = None
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
    latency: Literal["real-time", "batch", "manual"] | None = None
    uses_third_party_cookies: Flag | None = None
    privacy_basis: Text | None = None
    identity_key: Text | None = None
    org_unit_title: Annotated[tuple[Ownership, ...], Link("OWNS", incoming=True, scalar=True)] = ()


class Evidence(Element):
    """A source behind a claim about customers: an interview, a data set, input of staff, a study."""

    list_name: ClassVar[str] = "evidence"

    evidence_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
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
    viewpoint: Literal["outside-in", "inside-out"] | None = None
    reference: Text | None = None
    collected_on: PartialDate | None = None
    sample_size: Count | None = None
    method: Literal["qualitative", "quantitative", "mixed"] | None = None
    quote: Text | None = None
    evidence_strength: Score | None = None
    customer_insight_source: InsightSource | None = None
    contributed_by: Annotated[tuple[Reference, ...], Link("CONTRIBUTED_BY")] = ()
    drawn_from: Annotated[tuple[Reference, ...], Link("DRAWN_FROM")] = ()


class Review(Element):
    """One review of a living document, past or due."""

    list_name: ClassVar[str] = "reviews"
    title_from: ClassVar[tuple[str, ...]] = ("Review {reviewed_on}", "Review due {due_on}")

    review_id: Key | None = None
    reviewed_on: PartialDate | None = None
    due_on: PartialDate | None = None
    outcome: Literal["confirmed", "changed", "retired", "overdue"] | None = None
    notes: Text | None = None
    carried_out_by: Annotated[tuple[Reference, ...], Link("CARRIED_OUT_BY")] = ()


Backing = Annotated[tuple[Support, ...], Link("EVIDENCED_BY")]
"""Evidence for what is claimed, or against it."""
