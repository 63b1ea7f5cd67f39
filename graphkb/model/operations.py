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
    """Id, unique within the kind; made from the title where it is missing."""
    title: Title | None = None
    """Name of the verdict; made from the capability and the date where it is missing."""
    assessed_on: Annotated[PartialDate | None, EXPECTED] = None
    """Day of the verdict."""
    maturity_level: Annotated[Maturity | None, EXPECTED] = None
    """Level of maturity found, 1 to 5."""
    target_maturity_level: Maturity | None = None
    """Level of maturity wanted in this context, 1 to 5."""
    assessor: Text | None = None
    """Who judged."""
    note: Text | None = None
    """Remark."""
    capability_id: Annotated[Reference | None, Link("ASSESSES")] = None
    """Capability on which the verdict is."""
    context_id: Annotated[Reference | None, Link("IN_CONTEXT")] = None
    """Unit, segment, value stream stage or journey in which it holds."""


class Process(Element):
    """A way of working in detail, linked to the stages that it serves."""

    list_name: ClassVar[str] = "processes"

    process_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the process."""
    description: Annotated[Description | None, EXPECTED] = None
    """What is done, in a paragraph."""
    purpose: Annotated[Text | None, EXPECTED] = None
    """Why the organization has it."""
    owner: Annotated[Text | None, EXPECTED] = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    parent_capability: Annotated[tuple[Reference, ...], Link("REALIZES", split=True)] = ()
    """Capabilities that it puts to work."""
    process_type: Literal["Core", "Support", "Management", "Governance"] | None = None
    """Class of process by its role."""
    process_category: Literal["Operational", "Strategic", "Tactical", "Administrative"] | None = None
    """Class of process by its level."""
    inputs: Text | None = None
    """What it consumes, as text."""
    outputs: Text | None = None
    """What it produces, as text."""
    steps: Text | None = None
    """Steps, as text."""
    performance_metrics: Metrics = ()
    """Indicators by which it is judged."""
    compliance_requirements: Text | None = None
    """Rules that it must meet, as text."""
    tools_required: Text | None = None
    """Tools that it needs, as text."""
    duration: Text | None = None
    """How long it usually runs."""
    frequency: (
        Literal["Continuous", "Real-time", "Daily", "Weekly", "Monthly", "Quarterly", "Annually", "On-Demand"] | None
    ) = None
    """How often it runs."""
    automation: Literal["Manual", "Semi-Automated", "Fully Automated", "AI-Enabled"] | None = None
    """How far it is automated."""
    complexity: Literal["Simple", "Moderate", "Complex", "Highly Complex"] | None = None
    """How complex it is."""
    is_cross_competence: Flag | None = None
    """True if it runs across marketing, sales, service and development."""
    supports: Annotated[tuple[Reference, ...], Link("SUPPORTS")] = ()
    """Stages that the process serves."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""


class Asset(Element):
    """People, technology, information or infrastructure that a capability uses."""

    list_name: ClassVar[str] = "assets"
    second_labels: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {"Information": ("assetType", "Information"), "Technology": ("assetType", "Technology")}
    )

    asset_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the asset."""
    description: Annotated[Description | None, EXPECTED] = None
    """What the asset is, in a paragraph."""
    purpose: Annotated[Text | None, EXPECTED] = None
    """Why the organization has it."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    component_type: Annotated[
        Literal["People", "Process", "Technology", "Information", "Infrastructure"] | None, Property("assetType")
    ] = None
    """Class of asset."""
    technologies: Text | None = None
    """Technologies in use, as text."""
    processes: Text | None = None
    """Processes in which it takes part, as text."""
    skills: Text | None = None
    """Skills that it needs, as text."""
    vendor: Text | None = None
    """Who supplies it."""
    lifecycle: (
        Literal["Planning", "Development", "Implementation", "Operations", "Enhancement", "Retirement"] | None
    ) = None
    """Where in its life it stands."""
    cost: Text | None = None
    """What it costs, as text."""
    supports: Annotated[tuple[AssetUse, ...], Link("SUPPORTS")] = ()
    """Capabilities, processes and contacts that use it, each with the part it plays."""


class Requirement(Element):
    """A stated condition that a capability or a solution must meet."""

    list_name: ClassVar[str] = "requirements"

    id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
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
    """Class of requirement."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the requirement."""
    description: Annotated[Description | None, EXPECTED] = None
    """What must be met."""
    priority: Literal["Critical", "High", "Medium", "Low"] | None = None
    """How urgent it is."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    acceptance_criteria: Texts = ()
    """Conditions of acceptance."""
    measurement_criteria: Texts = ()
    """How it is measured whether the requirement is met."""
    risk_level: Literal["High", "Medium", "Low", "Negligible"] | None = None
    """Risk if it is not met."""
    related_capability: Annotated[tuple[Reference, ...], Link("SPECIFIES", ("Capability",), split=True)] = ()
    """Capabilities that must meet it."""
    related_value_stream: Annotated[tuple[Reference, ...], Link("SPECIFIES", ("ValueStream",), split=True)] = ()
    """Value streams that must meet it."""
    related_initiative: Annotated[
        tuple[Reference, ...], Link("DELIVERS", ("Initiative",), incoming=True, read_only=True, split=True)
    ] = ()
    """Initiatives that put it into effect."""
    specifies: Annotated[tuple[Reference, ...], Link("SPECIFIES", ("ValueStreamStage", "Asset"))] = ()
    """Value stream stages and assets that must meet it."""
    concerns: Annotated[tuple[Reference, ...], Link("CONCERNS")] = ()
    """Stakeholders to whom it matters."""
