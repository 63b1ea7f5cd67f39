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
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    purpose: Annotated[Text | None, EXPECTED] = None
    owner: Annotated[Text | None, EXPECTED] = None
    org_unit_title: Owners = ()
    capability_category: (
        Literal["Core Business", "Supporting", "Enabling", "Strategic", "Foundational", "Distinctive"] | None
    ) = None
    capability_type: (
        Literal["Operational", "Technical", "Business", "Governance", "Innovation", "Analytical", "Digital", "Customer"]
        | None
    ) = None
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
    inputs: Text | None = None
    outputs: Text | None = None
    performance_indicators: Metrics = ()
    dependencies: DependenciesText = None
    related_capabilities: Peers = ()
    maturity_level: Maturity | None = None
    target_maturity_level: Maturity | None = None
    tools_and_technologies: Text | None = None
    cost: Text | None = None
    investment_category: Literal["CAPEX", "OPEX", "Mixed", "People", "Technology", "Process"] | None = None
    risks: Risks = ()
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
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    criticality: Literal["Critical", "High", "Medium", "Low"] | None = None
    availability: Literal["24/7", "Business Hours", "On-Demand", "Seasonal", "Scheduled"] | None = None
    scalability: Literal["Highly Scalable", "Moderately Scalable", "Limited Scalability", "Not Scalable"] | None = None
    parent: Annotated[Reference | None, Link("PARENT_OF", ("Capability",), incoming=True)] = None
    child: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Capability",), read_only=True, split=True)] = ()
    capability_components: Annotated[
        tuple[AssetUse, ...], Link("SUPPORTS", ("Asset",), incoming=True, read_only=True, split=True)
    ] = ()
    capability_processes: Annotated[
        tuple[Reference, ...], Link("REALIZES", ("Process",), incoming=True, read_only=True, split=True)
    ] = ()
    capability_functions: Annotated[tuple[JsonObject | Text, ...], Titled("functions")] = ()
    performance_score: HealthScore | None = None
    customer_priority: Score | None = None
    level: MapLevel | None = None
    depends_on: Dependencies = ()
    addresses: Annotated[tuple[Reference, ...], Link("ADDRESSES")] = ()
    shared_with: Readers = ()


class GapFields(Evidenced):
    """What a gap and its nested form have in common."""

    current_state: Text | None = None
    desired_state: Text | None = None
    impact_of_gap: Text | None = None
    closure_strategy: Text | None = None
    gap_size: GapSize | None = None
    status: Literal["open", "planned", "closing", "closed"] | None = None


class CapabilityGap(GapFields):
    """The distance between what a capability does and what it should do, for one segment or overall."""

    list_name: ClassVar[str] = "capabilityGaps"
    title_from: ClassVar[tuple[str, ...]] = ("Gap in {capability_id}",)

    gap_id: Key | None = None
    title: Title | None = None
    gap_kind: Annotated[Literal["assessed", "maturity"] | None, EXPECTED] = None
    gap_description: Description | None = None
    capability_id: Annotated[Reference | None, Link("GAP_IN")] = None
    customer_segment_id: Annotated[Hindrance | None, Link("HINDERS")] = None


class GapAssessment(GapFields):
    """A gap as it is nested in the record that ties a segment to a capability."""

    label: ClassVar[str] = "CapabilityGap"
    title_from: ClassVar[tuple[str, ...]] = ("Gap in {target}",)
    constants: ClassVar[Mapping[str, Any]] = MappingProxyType({"gapKind": "assessed"})

    title: Title | None = None
    gap_description: Description | None = None


class ValueStreamStage(Element):
    """One step of a value stream."""

    list_name: ClassVar[str] = "valueStreamStages"

    value_stream_stage_id: Key | None = None
    stage_title: Title | None = None
    sequence_number: Ordinal | None = None
    parent_value_stream: Annotated[
        Reference | None, Link("HAS_STAGE", ("ValueStream",), incoming=True, read_only=True)
    ] = None
    description: Description | None = None
    value_items: Text | None = None
    purpose: Text | None = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    inputs: Text | None = None
    outputs: Text | None = None
    performance_indicators: Metrics = ()
    dependencies: DependenciesText = None
    depends_on: Dependencies = ()
    related_value_stream_stages: Peers = ()
    risks: Risks = ()
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    enabling_capability: Annotated[tuple[Reference, ...], Link("ENABLED_BY", read_only=True, split=True)] = ()
    performance_score: HealthScore | None = None
    next_stages: Annotated[tuple[Loop, ...], Link("NEXT_STAGE")] = ()
    enabling_capabilities: Annotated[tuple[CapabilityUse, ...], Link("ENABLED_BY")] = ()


class ValueStream(LivingDocument):
    """End-to-end flow of stages that yields value to a stakeholder."""

    list_name: ClassVar[str] = "valueStreams"

    value_stream_id: Key | None = None
    title: Title | None = None
    description: Description | None = None
    purpose: Text | None = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    performance_indicators: Metrics = ()
    dependencies: DependenciesText = None
    depends_on: Dependencies = ()
    related_value_streams: Peers = ()
    maturity_level: Text | None = None
    tools_and_technologies: Text | None = None
    compliance_and_standards: Text | None = None
    cost: Text | None = None
    risks: Risks = ()
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    is_customer_facing: Flag | None = None
    triggering_stakeholder: Text | None = None
    value_stream_stages: Annotated[tuple[ValueStreamStage, ...], Children("HAS_STAGE")] = ()
    delivers: Annotated[tuple[Reference, ...], Link("DELIVERS")] = ()
    shared_with: Readers = ()
