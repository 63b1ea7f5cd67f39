"""Questions about capabilities: whom they matter to, what rests on them, how healthy they are, what raises them."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class MatteringCapability:
    """One capability that supports one segment."""

    segment_id: str
    segment: str
    capability_id: str
    capability: str
    strength: int | None
    """1..5, the highest stated for the two; null where no link states one."""
    relationship_types: tuple[str, ...]
    """What the capability is to the segment, such as ``loyalty-builder``."""
    maturity_level: int | None
    """1..5."""
    target_maturity_level: int | None
    """1..5."""
    distance: int | None
    """Target less present maturity; negative where the target is exceeded."""
    open_gaps: int
    """Gaps in the capability that are not closed and hinder this segment or none."""
    gap_titles: tuple[str, ...]
    """Titles of those gaps."""
    gaps_nobody_closes: int
    """How many of them have no initiative, cancelled ones aside."""
    closing_initiatives: tuple[str, ...]
    """Titles of the initiatives that close the others."""


@dataclass(frozen=True, slots=True)
class SufferingElement:
    """One element that suffers when the capability fails."""

    kind: str
    """``CustomerSegment``, ``Persona``, ``JourneyStage`` or ``ValueStreamStage``."""
    element_id: str
    element: str
    reached_by: str
    """The relationship by which the element rests on the capability, such as ``REQUIRES``."""
    hops: int
    """0..8, DEPENDS_ON steps from the capability that it rests on to the failing one."""
    through_id: str
    """The capability that the element rests on; the failing one itself at 0 hops."""
    through: str
    importance: int | None
    """1..5, as the link to that capability states it."""
    at_id: str | None
    """The stage or value stage between element and capability, if there is one."""
    at: str | None
    journey_id: str | None
    """The journey of that stage, or of the stage that is the element."""
    journey: str | None


@dataclass(frozen=True, slots=True)
class SharedCapability:
    """One capability on which several journey stages rest."""

    capability_id: str
    capability: str
    stages: int
    """Stages of journeys that rest on it, directly or through value stages."""
    direct_stages: int
    """Those of them that name it themselves."""
    journeys: int
    segments: int
    """Segments for which these journeys are designed."""
    importance_total: int
    """Sum of its importance (1..5) over the stages."""
    stage_titles: tuple[str, ...]
    """The stages as ``journey: stage``, by journey and order."""
    maturity_level: int | None
    """1..5."""
    target_maturity_level: int | None
    """1..5."""
    distance: int | None
    """Target less present maturity; negative where the target is exceeded."""
    owner: str | None
    """Units that own the capability, else the owner that it names."""


@dataclass(frozen=True, slots=True)
class HeatedCapability:
    """One capability on the heat map."""

    parent_id: str | None
    """The capability of which it is a part."""
    parent: str | None
    capability_id: str
    capability: str
    heat: str
    """``red``, ``amber``, ``green`` or ``unknown``."""
    heat_basis: str | None
    """``performanceScore``, else ``distance``; null where the heat is unknown."""
    performance_score: float | None
    """0..100."""
    maturity_level: int | None
    """1..5."""
    target_maturity_level: int | None
    """1..5."""
    distance: int | None
    """Target less present maturity; negative where the target is exceeded."""
    reasons: tuple[str, ...]
    """Why it belongs to the segment or persona; empty where neither is asked for."""


@dataclass(frozen=True, slots=True)
class RaisableCapability:
    """One capability that could be a level higher, and what that would lift."""

    capability_id: str
    capability: str
    maturity_level: int
    """1..4."""
    next_level: int
    """2..5."""
    target_maturity_level: int | None
    """1..5."""
    gap_open: bool
    """Whether a gap in it is not closed."""
    lift: float
    """Sum of importance x pain x segment weight over stages and personas; ranks capabilities, in no unit."""
    stages: int
    """Stages of journeys that rest on it, directly or through value stages."""
    personas: int
    """Personas who walk these stages."""
    worst_stage_id: str
    """The stage at which the lift of one persona is greatest."""
    worst_stage: str
    worst_persona_id: str | None
    """That persona; null where nobody walks the stage."""
    worst_persona: str | None
    highest_clv: float | None
    """The highest lifetime value of a segment that is reached; values are neither added up nor converted."""
    clv_currency: str | None
    clv_timespan: str | None
    clv_segment_id: str | None
    """The segment with that value."""
    clv_segment: str | None


@dataclass(frozen=True, slots=True)
class PlannedRaise:
    """One initiative that raises one capability, for one segment."""

    initiative_id: str
    initiative: str
    initiative_status: str | None
    end_date: str | None
    """ISO date, which may lack day or month."""
    capability_id: str
    capability: str
    from_maturity: int | None
    """1..5, as the initiative states it; compare with the level that the capability states."""
    to_maturity: int | None
    """1..5."""
    maturity_level: int | None
    """1..5."""
    target_maturity_level: int | None
    """1..5."""
    meets_target: bool | None
    """Whether the level after is at least the target; null where either is unknown."""
    investment: float | None
    """Money that goes into this improvement."""
    segment_id: str | None
    """Null where the capability supports no segment."""
    segment: str | None
    strength: int | None
    """1..5, the highest stated for segment and capability."""
    capability_indicators: tuple[str, ...]
    """Titles of the indicators by which the capability is judged."""
    initiative_indicators: tuple[str, ...]
    """Titles of the indicators by which the initiative is judged."""


def mattering_most(kb: Asked, *, segment: str | None = None, limit: int = 1000) -> Answer[MatteringCapability]:
    """Find the capabilities that matter most to a segment, and the open gaps in them.

    One row a segment and capability that supports it, the strongest support first and in it the most gaps. ``segment``
    is an id or a title; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> [(row.capability, row.strength, row.open_gaps) for row in mattering_most(kb, segment="Growing Families")]
    [('Credit Decisioning', 5, 1), ('Income Assessment', 5, 1), ('Financial Guidance', 4, 0)]
    """
    return ask(kb, "capabilities/mattering_most", MatteringCapability, {"segment": segment, "limit": limit})


def impact(kb: Asked, *, capability: str, limit: int = 1000) -> Answer[SufferingElement]:
    """Find the segments, personas, journey stages and value stages that suffer if a capability fails or is weak.

    One row a suffering element, by the shortest route to the capability; the nearest first, then by kind and
    importance. ``capability`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> for row in impact(kb, capability="Savings Goals")[:5]:
    ...     print(row.kind, row.element, row.reached_by, row.hops)
    CustomerSegment Seasoned Owners DESIGNED_FOR 0
    CustomerSegment Young Starters SUPPORTED_BY 0
    JourneyStage Set It Up ENABLED_BY 0
    Persona Oda Brekke HAS_EXPERIENCE 0
    ValueStreamStage Arrange ENABLED_BY 0
    """
    return ask(kb, "capabilities/impact", SufferingElement, {"capability": capability, "limit": limit})


def shared_by_stages(
    kb: Asked, *, min_stages: int = 2, limit: int = 1000, default_importance: int = 3
) -> Answer[SharedCapability]:
    """Find the capabilities that serve most journey stages, so that one failure is felt at many.

    One row a capability that enables at least ``min_stages`` (1 or more) stages of journeys, directly or through value
    stages; the most stages first, then the greatest importance. ``default_importance`` (1..5) stands where none is
    stated; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> most = shared_by_stages(kb)[0]
    >>> most.capability, most.stages, most.direct_stages, most.journeys
    ('Fraud Monitoring', 4, 1, 2)
    """
    parameters = {"min_stages": min_stages, "limit": limit, "default_importance": default_importance}
    return ask(kb, "capabilities/shared_by_stages", SharedCapability, parameters)


def heat_map(  # noqa: PLR0913  # one keyword a parameter of the question
    kb: Asked,
    *,
    segment: str | None = None,
    persona: str | None = None,
    limit: int = 1000,
    green_from: float = 70.0,
    amber_from: float = 40.0,
    amber_distance: int = 1,
) -> Answer[HeatedCapability]:
    """Draw a heat map of the capabilities that matter to a segment or a persona, or of all.

    One row a capability, by parent, in it red before amber before unknown before green. ``segment`` and ``persona`` are
    ids or titles; with both given, a capability must belong to both. A capability is green from the performance score
    ``green_from`` and amber from ``amber_from`` (0..100); without a score it is green at its target, amber up to
    ``amber_distance`` (0..4) levels below, red farther below. ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> for row in heat_map(kb, persona="Oda Brekke"):
    ...     print(row.parent, row.capability, row.heat, row.performance_score)
    Customer Engagement Contact Handling amber 66.0
    Customer Engagement Financial Guidance green 78.0
    Deposit Management Savings Goals green 86.0
    Later-Life Planning Retirement Planning green 81.0
    """
    parameters = {
        "segment": segment,
        "persona": persona,
        "limit": limit,
        "green_from": green_from,
        "amber_from": amber_from,
        "amber_distance": amber_distance,
    }
    return ask(kb, "capabilities/heat_map", HeatedCapability, parameters)


def worth_raising(
    kb: Asked,
    *,
    limit: int = 1000,
    default_importance: int = 3,
    default_satisfaction: float = 3.0,
    default_weight: float = 0.6,
) -> Answer[RaisableCapability]:
    """Find the capability that lifts the most journey stages, weighed by pain and segment, if raised by one level.

    One row a capability whose maturity is known and below 5 and on which a stage of a journey rests, directly or
    through a value stage; the greatest lift first. ``default_importance`` (1..5),
    ``default_satisfaction`` (1..5) and ``default_weight`` (0..1) stand for what nobody recorded, as in
    :func:`~graphkb.queries.gaps.affecting_stages`; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> decision = next(row for row in worth_raising(kb) if row.capability == "Credit Decisioning")
    >>> decision.next_level, decision.lift, decision.stages, decision.personas, decision.worst_persona
    (3, 43.0, 1, 3, 'Ines Ferreira')
    """
    parameters = {
        "limit": limit,
        "default_importance": default_importance,
        "default_satisfaction": default_satisfaction,
        "default_weight": default_weight,
    }
    return ask(kb, "capabilities/worth_raising", RaisableCapability, parameters)


def raised_by_initiatives(
    kb: Asked, *, capability: str | None = None, segment: str | None = None, limit: int = 1000
) -> Answer[PlannedRaise]:
    """Find what moving a capability from one maturity to the next would do, and for which segments.

    One row an initiative that is neither completed nor cancelled, a capability that it improves and a segment that the
    capability supports; the strongest support first. ``capability`` and ``segment`` are ids or titles; ``limit`` is 1
    or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> for row in raised_by_initiatives(kb, segment="Growing Families"):
    ...     print(row.initiative, row.from_maturity, row.to_maturity, row.meets_target, row.investment)
    Income Check in Minutes 2 4 True 1200000.0
    """
    parameters = {"capability": capability, "segment": segment, "limit": limit}
    return ask(kb, "capabilities/raised_by_initiatives", PlannedRaise, parameters)
