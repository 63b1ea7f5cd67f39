"""Capabilities, their gaps, and the value streams that they enable."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from graphkb.model.customers import Improvements, Risks
from graphkb.model.declaration import EXPECTED, Children, Description, Element, JsonObject, Key, Link, Reference, Title
from graphkb.model.edges import AssetUse, CapabilityUse, Hindrance, Loop
from graphkb.model.governance import Dependencies, Evidenced, LivingDocument, Owners, Peers, Readers
from graphkb.model.measures import Metrics
from graphkb.model.properties import Property, Titled
from graphkb.model.values import Flag, GapSize, HealthScore, MapLevel, Maturity, Ordinal, Score, Text

DependenciesText = Annotated[Text | None, Property("dependenciesText")]
Features = Annotated[tuple[JsonObject | Text, ...], Titled("features")]


class Capability(LivingDocument):
    """Something the business is able to do, whoever does it and however."""

    list_name: ClassVar[str] = "capabilities"

    capability_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the capability."""
    description: Annotated[Description | None, EXPECTED] = None
    """What the business is able to do, in a paragraph."""
    purpose: Annotated[Text | None, EXPECTED] = None
    """Why the organization has it."""
    owner: Annotated[Text | None, EXPECTED] = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for the capability; several where a list is given."""
    capability_category: (
        Literal["Core Business", "Supporting", "Enabling", "Strategic", "Foundational", "Distinctive"] | None
    ) = None
    """Broad class of capability."""
    capability_type: (
        Literal["Operational", "Technical", "Business", "Governance", "Innovation", "Analytical", "Digital", "Customer"]
        | None
    ) = None
    """Finer class of capability."""
    business_domain: (
        Literal[
            "Operations",
            "Finance",
            "Technology",
            "Human Resources",
            "Sales & Marketing",
            "Customer Service",
            "Legal & Compliance",
            "Research & Development",
            "Quality Assurance",
            "Strategy & Planning",
            "Procurement",
            "Facilities",
        ]
        | None
    ) = None
    """Area of the business."""
    inputs: Text | None = None
    """What it consumes, as text."""
    outputs: Text | None = None
    """What it produces, as text."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    related_capabilities: Peers = ()
    """Capabilities that are loosely linked to it."""
    maturity_level: Maturity | None = None
    """Level of maturity today, 1 to 5; text such as `Level 3 - Defined` is read too."""
    target_maturity_level: Maturity | None = None
    """Level of maturity wanted, 1 to 5; above today's level it makes a gap."""
    tools_and_technologies: Text | None = None
    """Tools and technologies behind it, as text."""
    cost: Text | None = None
    """What it costs, as text."""
    investment_category: Literal["CAPEX", "OPEX", "Mixed", "People", "Technology", "Process"] | None = None
    """Kind of spending that it needs."""
    risks: Risks = ()
    """Threats to it."""
    risk_categories: tuple[
        Literal[
            "Technical/Technology",
            "Operational",
            "Financial",
            "Compliance/Regulatory",
            "Strategic",
            "Resource/Capacity",
            "External/Environmental",
            "Security/Cybersecurity",
            "Reputational",
            "Change Management",
        ],
        ...,
    ] = ()
    """Classes of the threats to it."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    strategic_alignment: Text | None = None
    """How it serves the strategy, as text."""
    criticality: Literal["Critical", "High", "Medium", "Low"] | None = None
    """How critical it is to the business."""
    availability: Literal["24/7", "Business Hours", "On-Demand", "Seasonal", "Scheduled"] | None = None
    """When it must be available."""
    scalability: Literal["Highly Scalable", "Moderately Scalable", "Limited Scalability", "Not Scalable"] | None = None
    """How far it scales."""
    parent: Annotated[Reference | None, Link("PARENT_OF", ("Capability",), incoming=True)] = None
    """Capability of which it is a part."""
    child: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Capability",), read_only=True, split=True)] = ()
    """Capabilities that are its parts."""
    capability_components: Annotated[
        tuple[AssetUse, ...], Link("SUPPORTS", ("Asset",), incoming=True, read_only=True, split=True)
    ] = ()
    """Assets that it uses."""
    capability_processes: Annotated[
        tuple[Reference, ...], Link("REALIZES", ("Process",), incoming=True, read_only=True, split=True)
    ] = ()
    """Processes that put it to work."""
    capability_functions: Annotated[tuple[JsonObject | Text, ...], Titled("functions")] = ()
    """Functions that it performs."""
    performance_score: HealthScore | None = None
    """Health from 0 to 100, which colors the heat map."""
    customer_priority: Score | None = None
    """How strongly needs of customers should steer it, 1 to 5."""
    level: MapLevel | None = None
    """Depth in the capability map, 1 at the top."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    addresses: Annotated[tuple[Reference, ...], Link("ADDRESSES")] = ()
    """Needs, experiences and opportunities that it helps with."""
    shared_with: Readers = ()
    """Units that were given the document, each with the date."""


class GapFields(Evidenced):
    """What a gap and its nested form have in common."""

    current_state: Text | None = None
    """What the capability does today."""
    desired_state: Text | None = None
    """What would satisfy."""
    impact_of_gap: Text | None = None
    """How customers feel the gap."""
    closure_strategy: Text | None = None
    """How the gap is to be closed."""
    gap_size: GapSize | None = None
    """Levels of maturity between what is and what should be, 0 to 4."""
    status: Literal["open", "planned", "closing", "closed"] | None = None
    """How far the gap is from being closed."""


class CapabilityGap(GapFields):
    """The distance between what a capability does and what it should do, for one segment or overall."""

    list_name: ClassVar[str] = "capabilityGaps"
    title_from: ClassVar[tuple[str, ...]] = ("Gap in {capability_id}",)

    gap_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Title | None = None
    """Name of the gap; made from the capability where it is missing."""
    gap_kind: Annotated[Literal["assessed", "maturity"] | None, EXPECTED] = None
    """`assessed` where somebody stated it for a segment, `maturity` where it follows from maturity levels."""
    gap_description: Description | None = None
    """The gap in words."""
    capability_id: Annotated[Reference | None, Link("GAP_IN")] = None
    """Capability in which the gap lies."""
    customer_segment_id: Annotated[Hindrance | None, Link("HINDERS")] = None
    """Segment whose needs the gap keeps unmet."""


class GapAssessment(GapFields):
    """A gap as it is nested in the record that ties a segment to a capability."""

    label: ClassVar[str] = "CapabilityGap"
    title_from: ClassVar[tuple[str, ...]] = ("Gap in {target}",)
    constants: ClassVar[Mapping[str, Any]] = MappingProxyType({"gapKind": "assessed"})

    title: Title | None = None
    """Name of the gap; made from the capability where it is missing."""
    gap_description: Description | None = None
    """The gap in words; text in place of the whole object is read as this."""


class ValueStreamStage(Element):
    """One step of a value stream."""

    list_name: ClassVar[str] = "valueStreamStages"

    value_stream_stage_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    stage_title: Title | None = None
    """Name of the stage."""
    sequence_number: Ordinal | None = None
    """Place in the value stream, from 1."""
    parent_value_stream: Annotated[
        Reference | None, Link("HAS_STAGE", ("ValueStream",), incoming=True, read_only=True)
    ] = None
    """Value stream of which it is a stage."""
    description: Description | None = None
    """What happens in the stage."""
    value_items: Text | None = None
    """Value that the stage yields."""
    purpose: Text | None = None
    """What the stage is for."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    inputs: Text | None = None
    """What it consumes, as text."""
    outputs: Text | None = None
    """What it produces, as text."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    related_value_stream_stages: Peers = ()
    """Stages that are loosely linked to it."""
    risks: Risks = ()
    """Threats to it."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    strategic_alignment: Text | None = None
    """How it serves the strategy, as text."""
    enabling_capability: Annotated[tuple[Reference, ...], Link("ENABLED_BY", read_only=True, split=True)] = ()
    """Capabilities that carry the stage, named only."""
    performance_score: HealthScore | None = None
    """Health from 0 to 100, which colors the heat map."""
    next_stages: Annotated[tuple[Loop, ...], Link("NEXT_STAGE")] = ()
    """Stages that follow on this one; a loop leads back."""
    enabling_capabilities: Annotated[tuple[CapabilityUse, ...], Link("ENABLED_BY")] = ()
    """Capabilities that carry the stage, each with its importance."""


class ValueStream(LivingDocument):
    """End-to-end flow of stages that yields value to a stakeholder."""

    list_name: ClassVar[str] = "valueStreams"

    value_stream_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Title | None = None
    """Name of the value stream."""
    description: Description | None = None
    """What the flow is, in a paragraph."""
    purpose: Text | None = None
    """Why the organization has it."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    related_value_streams: Peers = ()
    """Value streams that are loosely linked to it."""
    maturity_level: Text | None = None
    """Maturity today, as text."""
    tools_and_technologies: Text | None = None
    """Tools and technologies behind it, as text."""
    compliance_and_standards: Text | None = None
    """Rules that it must follow, as text."""
    cost: Text | None = None
    """What it costs, as text."""
    risks: Risks = ()
    """Threats to it."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    strategic_alignment: Text | None = None
    """How it serves the strategy, as text."""
    is_customer_facing: Flag | None = None
    """True if a customer sets it off and gets what it yields."""
    triggering_stakeholder: Text | None = None
    """Who sets it off."""
    value_stream_stages: Annotated[tuple[ValueStreamStage, ...], Children("HAS_STAGE")] = ()
    """Stages, in their order."""
    delivers: Annotated[tuple[Reference, ...], Link("DELIVERS")] = ()
    """Products, services and requirements that it puts out."""
    shared_with: Readers = ()
    """Units that were given the document, each with the date."""
