"""Direction and change: strategies, and the initiatives that carry them out."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.capabilities import DependenciesText
from graphkb.model.customers import Improvements, RiskFields, Risks
from graphkb.model.declaration import EXPECTED, Description, Element, JsonObject, Key, Link, Reference, Title
from graphkb.model.edges import Closure, Improvement, Investment
from graphkb.model.governance import Dependencies, LivingDocument, Owners, Peers
from graphkb.model.measures import Metrics
from graphkb.model.offerings import InvestmentLevel, MarketPosition
from graphkb.model.properties import JsonText, Property
from graphkb.model.values import Number, PartialDate, Text


class StrategicRisk(RiskFields):
    """A risk as it is nested in the record that ties a segment to a strategy."""

    label: ClassVar[str] = "Risk"

    mitigation_approach: Annotated[Text | None, Property("mitigation")] = None
    """How the risk is met."""


class Strategy(LivingDocument):
    """A chosen direction, with targets and priorities."""

    list_name: ClassVar[str] = "strategies"

    strategy_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the strategy."""
    description: Annotated[Description | None, EXPECTED] = None
    """What the direction is, in a paragraph."""
    purpose: Annotated[Text | None, EXPECTED] = None
    """Why the organization has it."""
    owner: Annotated[Text | None, EXPECTED] = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    strategy_category: (
        Literal[
            "Military",
            "Political",
            "Diplomatic",
            "Economic",
            "Intelligence",
            "Corporate",
            "Geopolitical",
            "Social Movement",
            "Technological",
            "Resource Control",
            "Information",
            "Legal/Judicial",
        ]
        | None
    ) = None
    """Broad class of strategy."""
    time_horizon: (
        Literal["Short-term (1 year)", "Medium-term (2-3 years)", "Long-term (4-5 years)", "Extended (5+ years)"] | None
    ) = None
    """How far ahead it looks."""
    scope_level: (
        Literal[
            "Global",
            "Continental",
            "Regional",
            "National",
            "State/Provincial",
            "Local",
            "Sector",
            "Organization",
            "Coalition",
            "Bilateral",
            "Multilateral",
            "Asymmetric",
        ]
        | None
    ) = None
    """How broad it is."""
    objectives: Text | None = None
    """Objectives, as text."""
    key_activities: Text | None = None
    """Main activities, as text."""
    resources: Text | None = None
    """Resources, as text."""
    timeline: Text | None = None
    """Timing, as text."""
    key_performance_indicators: Metrics = ()
    """Indicators by which the strategy is judged."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    related_strategies: Peers = ()
    """Strategies that are loosely linked to it."""
    risks: Risks = ()
    """Threats to it."""
    risk_categories: tuple[
        Literal[
            "Strategic",
            "Operational",
            "Financial",
            "Technical/Technology",
            "Market",
            "Regulatory",
            "Organizational",
            "External/Environmental",
            "Reputational",
            "Cybersecurity",
        ],
        ...,
    ] = ()
    """Classes of the threats to it."""
    mitigation_strategies: Text | None = None
    """How the risks are met, as text."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    strategic_alignment: Text | None = None
    """How it serves the strategy above it, as text."""
    business_objective: Text | None = None
    """Goal of the business that it serves."""
    competitive_advantage: Text | None = None
    """Advantage that is sought."""
    market_position: MarketPosition | None = None
    """Position in the market that is aimed at."""
    investment_level: InvestmentLevel | None = None
    """Level of spending."""
    success_criteria: Text | None = None
    """What success means, as text."""
    parent: Annotated[Reference | None, Link("PARENT_OF", ("Strategy",), incoming=True)] = None
    """Strategy of which it is a part."""
    child: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Strategy",), read_only=True, split=True)] = ()
    """Strategies that are its parts."""
    strategy_objectives: Annotated[tuple[JsonObject, ...], JsonText("objectivesJson")] = ()
    """Objectives, as objects."""
    empathy_focus: Literal["Customer", "Employee", "Partner", "Community", "Shareholder"] | None = None
    """Whose feelings lead."""
    relationship_centricity: Literal["Transactional", "Collaborative", "Partnership"] | None = None
    """How central relationships are."""
    prioritizes: Annotated[tuple[Investment, ...], Link("PRIORITIZES")] = ()
    """Capabilities, journeys, value streams and markets on which it puts weight."""


class Initiative(Element):
    """A piece of change work; programs and projects are levels of it."""

    list_name: ClassVar[str] = "initiatives"

    initiative_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Title | None = None
    """Name of the initiative."""
    description: Description | None = None
    """What is done, in a paragraph."""
    purpose: Text | None = None
    """What the change is for."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    driver_type: Text | None = None
    """What drives it."""
    rationale: Annotated[Text | None, Property("rationaleText")] = None
    """Why it is done, as text."""
    goals: Text | None = None
    """Aims, as text."""
    progress_tracking: Text | None = None
    """How progress is followed."""
    resource_allocation: Text | None = None
    """Resources, as text."""
    dependencies: DependenciesText = None
    """What it rests on, as text."""
    related_initiatives: Peers = ()
    """Initiatives that are loosely linked to it."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    risks: Risks = ()
    """Threats to it."""
    improvement_opportunities: Improvements = ()
    """Chances to make it better."""
    strategic_alignment: Text | None = None
    """How it serves the strategy, as text."""
    justification: Text | None = None
    """Grounds for it, as text."""
    related_strategies: Annotated[tuple[Reference, ...], Link("IMPLEMENTS", ("Strategy",), split=True)] = ()
    """Strategies that it carries out."""
    parent: Annotated[Reference | None, Link("PARENT_OF", ("Initiative",), incoming=True)] = None
    """Initiative of which it is a part."""
    child_program: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Initiative",), read_only=True, split=True)] = ()
    """Initiatives that are its parts."""
    level: Literal["initiative", "program", "project"] | None = None
    """Whether it is an initiative, a program or a project."""
    start_date: PartialDate | None = None
    """Day on which it starts."""
    end_date: PartialDate | None = None
    """Day on which it ends."""
    status: Literal["Proposed", "Approved", "In Progress", "Completed", "Cancelled", "On Hold"] | None = None
    """How far it has come."""
    budget: Number | None = None
    """Money set aside for it."""
    closes: Annotated[tuple[Closure, ...], Link("CLOSES")] = ()
    """Capability gaps that it is meant to close, each with the percent of it."""
    improves: Annotated[tuple[Improvement, ...], Link("IMPROVES")] = ()
    """What it makes better: from which level, to which, for how much."""
    targets: Annotated[tuple[Reference, ...], Link("TARGETS")] = ()
    """Segments, personas and drop-off segments for which it is meant."""
    addresses: Annotated[tuple[Reference, ...], Link("ADDRESSES")] = ()
    """Needs, experiences and opportunities that it helps with."""
    depends_on: Dependencies = ()
    """Elements that it needs in order to work, each with the kind of dependency."""
    delivers: Annotated[tuple[Reference, ...], Link("DELIVERS")] = ()
    """Products, services and requirements that it puts out."""
    executed_by: Annotated[tuple[Reference, ...], Link("EXECUTES", incoming=True)] = ()
    """Units that carry it out."""
    implements: Annotated[tuple[Reference, ...], Link("IMPLEMENTS", ("StrategicResponse", "Roadmap"))] = ()
    """Responses and roadmaps that it carries out."""
    justified_by: Annotated[tuple[Reference, ...], Link("JUSTIFIED_BY")] = ()
    """Rationales that say why it is right."""
