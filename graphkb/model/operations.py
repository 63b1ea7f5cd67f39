"""How capabilities are run: processes, assets, requirements, and verdicts on maturity."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Description, Element, Key, Link, Reference, Title
from graphkb.model.edges import AssetUse
from graphkb.model.governance import Dependencies, Evidenced, Owners
from graphkb.model.measures import Metrics
from graphkb.model.properties import Property
from graphkb.model.values import Flag, Maturity, PartialDate, Text, Texts


class CapabilityAssessment(Evidenced):
    """A verdict on the maturity of a capability in one context at one date; no average hides the worst of them."""

    list_name: ClassVar[str] = "capabilityAssessments"
    title_from: ClassVar[tuple[str, ...]] = ("{capability_id} {assessed_on}", "{capability_id}")

    assessment_id: Key | None = None
    title: Title | None = None
    assessed_on: Annotated[PartialDate | None, EXPECTED] = None
    maturity_level: Annotated[Maturity | None, EXPECTED] = None
    target_maturity_level: Maturity | None = None
    assessor: Text | None = None
    note: Text | None = None
    capability_id: Annotated[Reference | None, Link("ASSESSES")] = None
    context_id: Annotated[Reference | None, Link("IN_CONTEXT")] = None


class Process(Element):
    """A way of working in detail, linked to the stages that it serves."""

    list_name: ClassVar[str] = "processes"

    process_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    purpose: Annotated[Text | None, EXPECTED] = None
    owner: Annotated[Text | None, EXPECTED] = None
    org_unit_title: Owners = ()
    parent_capability: Annotated[tuple[Reference, ...], Link("REALIZES", split=True)] = ()
    process_type: Literal["Core", "Support", "Management", "Governance"] | None = None
    process_category: Literal["Operational", "Strategic", "Tactical", "Administrative"] | None = None
    inputs: Text | None = None
    outputs: Text | None = None
    steps: Text | None = None
    performance_metrics: Metrics = ()
    compliance_requirements: Text | None = None
    tools_required: Text | None = None
    duration: Text | None = None
    frequency: (
        Literal["Continuous", "Real-time", "Daily", "Weekly", "Monthly", "Quarterly", "Annually", "On-Demand"] | None
    ) = None
    automation: Literal["Manual", "Semi-Automated", "Fully Automated", "AI-Enabled"] | None = None
    complexity: Literal["Simple", "Moderate", "Complex", "Highly Complex"] | None = None
    is_cross_competence: Flag | None = None
    supports: Annotated[tuple[Reference, ...], Link("SUPPORTS")] = ()
    depends_on: Dependencies = ()


class Asset(Element):
    """People, technology, information or infrastructure that a capability uses."""

    list_name: ClassVar[str] = "assets"
    second_labels: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {"Information": ("assetType", "Information"), "Technology": ("assetType", "Technology")}
    )

    asset_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    purpose: Annotated[Text | None, EXPECTED] = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    component_type: Annotated[
        Literal["People", "Process", "Technology", "Information", "Infrastructure"] | None, Property("assetType")
    ] = None
    technologies: Text | None = None
    processes: Text | None = None
    skills: Text | None = None
    vendor: Text | None = None
    lifecycle: (
        Literal["Planning", "Development", "Implementation", "Operations", "Enhancement", "Retirement"] | None
    ) = None
    cost: Text | None = None
    supports: Annotated[tuple[AssetUse, ...], Link("SUPPORTS")] = ()


class Requirement(Element):
    """A stated condition that a capability or a solution must meet."""

    list_name: ClassVar[str] = "requirements"

    id: Key | None = None
    type: Annotated[
        Literal[
            "Business Requirement",
            "Stakeholder Requirement",
            "Solution Requirement (Functional)",
            "Solution Requirement (Non-Functional)",
            "Transition Requirement",
            "Regulatory Requirement",
        ]
        | None,
        Property("requirementType"),
        EXPECTED,
    ] = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    priority: Literal["Critical", "High", "Medium", "Low"] | None = None
    owner: Text | None = None
    acceptance_criteria: Texts = ()
    measurement_criteria: Texts = ()
    risk_level: Literal["High", "Medium", "Low", "Negligible"] | None = None
    related_capability: Annotated[tuple[Reference, ...], Link("SPECIFIES", ("Capability",), split=True)] = ()
    related_value_stream: Annotated[tuple[Reference, ...], Link("SPECIFIES", ("ValueStream",), split=True)] = ()
    related_initiative: Annotated[
        tuple[Reference, ...], Link("DELIVERS", ("Initiative",), incoming=True, read_only=True, split=True)
    ] = ()
    specifies: Annotated[tuple[Reference, ...], Link("SPECIFIES", ("ValueStreamStage", "Asset"))] = ()
    concerns: Annotated[tuple[Reference, ...], Link("CONCERNS")] = ()
