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


class Strategy(LivingDocument):
    """A chosen direction, with targets and priorities."""

    list_name: ClassVar[str] = "strategies"

    strategy_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    purpose: Annotated[Text | None, EXPECTED] = None
    owner: Annotated[Text | None, EXPECTED] = None
    org_unit_title: Owners = ()
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
    time_horizon: (
        Literal["Short-term (1 year)", "Medium-term (2-3 years)", "Long-term (4-5 years)", "Extended (5+ years)"] | None
    ) = None
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
    objectives: Text | None = None
    key_activities: Text | None = None
    resources: Text | None = None
    timeline: Text | None = None
    key_performance_indicators: Metrics = ()
    dependencies: DependenciesText = None
    depends_on: Dependencies = ()
    related_strategies: Peers = ()
    risks: Risks = ()
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
    mitigation_strategies: Text | None = None
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    business_objective: Text | None = None
    competitive_advantage: Text | None = None
    market_position: MarketPosition | None = None
    investment_level: InvestmentLevel | None = None
    success_criteria: Text | None = None
    parent: Annotated[Reference | None, Link("PARENT_OF", ("Strategy",), incoming=True)] = None
    child: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Strategy",), read_only=True, split=True)] = ()
    strategy_objectives: Annotated[tuple[JsonObject, ...], JsonText("objectivesJson")] = ()
    empathy_focus: Literal["Customer", "Employee", "Partner", "Community", "Shareholder"] | None = None
    relationship_centricity: Literal["Transactional", "Collaborative", "Partnership"] | None = None
    prioritizes: Annotated[tuple[Investment, ...], Link("PRIORITIZES")] = ()


class Initiative(Element):
    """A piece of change work; programs and projects are levels of it."""

    list_name: ClassVar[str] = "initiatives"

    initiative_id: Key | None = None
    title: Title | None = None
    description: Description | None = None
    purpose: Text | None = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    driver_type: Text | None = None
    rationale: Annotated[Text | None, Property("rationaleText")] = None
    goals: Text | None = None
    progress_tracking: Text | None = None
    resource_allocation: Text | None = None
    dependencies: DependenciesText = None
    related_initiatives: Peers = ()
    performance_indicators: Metrics = ()
    risks: Risks = ()
    improvement_opportunities: Improvements = ()
    strategic_alignment: Text | None = None
    justification: Text | None = None
    related_strategies: Annotated[tuple[Reference, ...], Link("IMPLEMENTS", ("Strategy",), split=True)] = ()
    parent: Annotated[Reference | None, Link("PARENT_OF", ("Initiative",), incoming=True)] = None
    child_program: Annotated[tuple[Reference, ...], Link("PARENT_OF", ("Initiative",), read_only=True, split=True)] = ()
    level: Literal["initiative", "program", "project"] | None = None
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    status: Literal["Proposed", "Approved", "In Progress", "Completed", "Cancelled", "On Hold"] | None = None
    budget: Number | None = None
    closes: Annotated[tuple[Closure, ...], Link("CLOSES")] = ()
    improves: Annotated[tuple[Improvement, ...], Link("IMPROVES")] = ()
    targets: Annotated[tuple[Reference, ...], Link("TARGETS")] = ()
    addresses: Annotated[tuple[Reference, ...], Link("ADDRESSES")] = ()
    depends_on: Dependencies = ()
    delivers: Annotated[tuple[Reference, ...], Link("DELIVERS")] = ()
    executed_by: Annotated[tuple[Reference, ...], Link("EXECUTES", incoming=True)] = ()
    implements: Annotated[tuple[Reference, ...], Link("IMPLEMENTS", ("StrategicResponse", "Roadmap"))] = ()
    justified_by: Annotated[tuple[Reference, ...], Link("JUSTIFIED_BY")] = ()
