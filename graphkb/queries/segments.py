"""Questions about customer segments: what they need, are worth, rest on and get, and what they lack."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class Dependency:
    """One element that a segment depends on."""

    segment_id: str
    segment: str
    kind: str
    """Kind of the element, such as ``Capability``."""
    element_id: str
    element: str
    steps: int
    """1..8, the fewest DEPENDS_ON steps from the segment to the element."""
    critical: bool
    """True if a chain of dependencies that are all critical leads to the element."""
    needed_by: tuple[str, ...]
    """The segment and the elements under it that state the dependency."""
    dependency_types: tuple[str, ...]
    """What they state, each type once."""


@dataclass(frozen=True, slots=True)
class FundedSegment:
    """One segment, its weight in the strategies, and the money behind it."""

    segment_id: str
    segment: str
    verdict: str
    """``priority with money``, ``priority without money``, ``money without priority`` or ``neither``."""
    strategic_importance: int | None
    """1..5, the highest that any strategy gives."""
    is_priority: bool | None
    """Whether the segment is marked as a priority; null if nobody said."""
    strategies: tuple[str, ...]
    """Strategies that target the segment."""
    investment_priorities: tuple[str, ...]
    """What they say of spending, as ``strategy: priority``."""
    initiatives: tuple[str, ...]
    """Initiatives for the segment that are neither completed nor cancelled."""
    without_budget: tuple[str, ...]
    """Those of them that state no budget."""
    budget: float | None
    """Sum of their budgets; null if none states one."""
    share: float | None
    """0..1, part of the budgets of all initiatives that are for any segment; shares may add up to more than 1."""


@dataclass(frozen=True, slots=True)
class PoorlyServedSegment:
    """One priority segment with low or unknown satisfaction and no money behind a remedy."""

    segment_id: str
    segment: str
    strategic_importance: int | None
    """1..5, the highest that any strategy gives."""
    is_priority: bool | None
    """Whether the segment is marked as a priority; null if nobody said."""
    strategies: tuple[str, ...]
    """Strategies that target the segment."""
    mean_satisfaction: float | None
    """1..5, over all that personas of the segment recorded; null where nobody did."""
    lowest_satisfaction: float | None
    """1..5."""
    ratings: int
    """How many experiences of these personas state a satisfaction."""
    responses: tuple[str, ...]
    """Responses for the segment that are planned or in progress; no initiative with a budget implements one."""
    initiatives: tuple[str, ...]
    """Initiatives for the segment that are neither completed nor cancelled; none has a budget."""
    missing: str
    """What is missing, in words."""


@dataclass(frozen=True, slots=True)
class Progression:
    """One segment, and a segment that it may become."""

    segment_id: str
    segment: str
    reached_id: str
    reached: str
    steps: int
    """1..5, the fewest progression links from one to the other."""
    strength: int | None
    """1..5, of the link between the two; null where there is none, or it states none."""
    strongest: bool | None
    """Whether no link of the segment is stronger; null where no link joins the two."""


@dataclass(frozen=True, slots=True)
class RelationshipAtRisk:
    """One customer relationship, what it is worth and what may become of it."""

    relationship_id: str
    relationship: str
    segment_id: str | None
    segment: str | None
    loyalty_status: str | None
    strength: int | None
    """1..5, weak to strong."""
    engagement_level: str | None
    current_value: float | None
    """What it is worth now, in its currency."""
    potential_value: float | None
    """What it could be worth."""
    value_currency: str | None
    value_basis: str | None
    """What the values are computed from."""
    highest_risk: int | None
    """1..25, the highest probability x impact of its risks; null if none states both."""
    risks: tuple[str, ...]
    opportunities: tuple[str, ...]
    owners: tuple[str, ...]
    """Units that keep the relationship."""


@dataclass(frozen=True, slots=True)
class UncoveredSegment:
    """One priority segment that lacks a persona, a journey or a measure."""

    segment_id: str
    segment: str
    strategic_importance: int | None
    """1..5, the highest that any strategy gives."""
    is_priority: bool | None
    """Whether the segment is marked as a priority; null if nobody said."""
    has_persona: bool
    has_journey: bool
    """Whether a journey is designed for the segment or applies to a persona of it."""
    has_measure: bool
    missing: tuple[str, ...]
    """``persona``, ``journey`` and ``measure``, as far as they are missing."""


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """One need of one segment that no offering meets."""

    segment_id: str
    segment: str
    need_id: str
    need: str
    need_kind: str | None
    priority: int | None
    """1..5, the highest that the segment or a persona of it states, else that of the need itself."""
    stated_by_segment: bool
    """False if only personas of the segment state it."""
    personas: tuple[str, ...]
    """Personas of the segment that have the need."""
    stages: tuple[str, ...]
    """Stages at which it arises, as ``journey: stage``."""
    capabilities: tuple[str, ...]
    """Capabilities that address it."""
    initiatives: tuple[str, ...]
    """Initiatives that address it and are not cancelled."""
    offerings_for_others: tuple[str, ...]
    """Offerings that meet it, but only for other segments."""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One stage of a journey of the segment, and one capability that enables it."""

    segment_id: str
    segment: str
    strategies: tuple[str, ...]
    """Strategies that target the segment, the same in every row."""
    journey_id: str
    journey: str
    stage_id: str
    stage: str
    sequence_number: int | None
    touchpoints: tuple[str, ...]
    capability_id: str | None
    """Null where no capability enables the stage."""
    capability: str | None
    route: str | None
    """``direct`` where the stage names the capability itself, else ``value stream``."""
    open_gaps: tuple[str, ...]
    """Open gaps in the capability that hinder the segment, or no segment in particular."""
    initiatives: tuple[str, ...]
    """Initiatives that improve the capability and are not cancelled."""
    implemented_strategies: tuple[str, ...]
    """Strategies that these initiatives carry out."""


@dataclass(frozen=True, slots=True)
class SegmentWorth:
    """One segment, how important it is, what it is worth and how well it is served."""

    segment_id: str
    segment: str
    strategic_importance: int | None
    """1..5, the highest that any strategy gives."""
    is_priority: bool | None
    """Whether the segment is marked as a priority; null if nobody said."""
    clv_value: float | None
    """Lifetime value of one customer, in ``clv_currency`` over ``clv_timespan``."""
    clv_currency: str | None
    clv_timespan: str | None
    open_gaps: int
    """Open gaps that hinder the segment."""
    gap_size: int
    """Levels that they miss, added up."""
    gap_titles: tuple[str, ...]
    lowest_satisfaction: float | None
    """1..5, the lowest that a persona of the segment recorded."""


def dependencies(kb: Asked, *, segment: str, limit: int = 1000) -> Answer[Dependency]:
    """Find what a segment depends on, directly and through other elements, and what of it is critical.

    One row an element up to eight steps away, the critical ones first, then the nearest. ``segment`` is an id or a
    title, ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and
    :class:`~graphkb.errors.StoreError`.

    >>> [(row.element, row.steps, row.critical) for row in dependencies(kb, segment="Small Firms")]
    [('Receivables Tracking', 1, True), ('Branch', 1, False), ('Instant Payments', 2, False)]
    """
    return ask(kb, "segments/dependencies", Dependency, {"segment": segment, "limit": limit})


def funding(kb: Asked, *, min_importance: int = 4, limit: int = 1000) -> Answer[FundedSegment]:
    """Find which segments are strategic priorities, and whether the money follows.

    One row a segment, the most important first and of equals the least funded. ``min_importance`` (1..5) is the
    strategic importance from which on a segment counts as a priority, as one does that is marked so; ``limit`` is 1 or
    more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [row.segment for row in funding(kb) if row.verdict == "priority without money"]
    ['Small Firms', 'Independent Professionals']
    """
    return ask(kb, "segments/funding", FundedSegment, {"min_importance": min_importance, "limit": limit})


def poorly_served(
    kb: Asked, *, min_importance: int = 4, max_satisfaction: float = 3.0, limit: int = 1000
) -> Answer[PoorlyServedSegment]:
    """Find the segments that are a priority on paper but poorly served: low satisfaction, and no funded remedy.

    One row a segment, the most important first, then the least satisfied, then those about which nobody recorded a
    satisfaction. ``min_importance`` (1..5) is the strategic
    importance from which on a segment counts as a priority, as one does that is marked so; ``max_satisfaction`` (1..5)
    the mean satisfaction up to which it is poorly served; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.segment, row.missing) for row in poorly_served(kb)]
    [('Independent Professionals', 'a response and an initiative'), ('Small Firms', 'a response and an initiative')]
    """
    parameters = {"min_importance": min_importance, "max_satisfaction": max_satisfaction, "limit": limit}
    return ask(kb, "segments/poorly_served", PoorlyServedSegment, parameters)


def progression(kb: Asked, *, segment: str | None = None, limit: int = 1000) -> Answer[Progression]:
    """Find where a segment progresses to, and which link is the strongest.

    One row a segment and segment that it may become in up to five steps, by segment, the nearest first. ``segment`` is
    an id or a title, ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and
    :class:`~graphkb.errors.StoreError`.

    >>> [(row.reached, row.steps) for row in progression(kb, segment="Growing Families")]
    [('Seasoned Owners', 1), ('Settled Savers', 2)]
    """
    return ask(kb, "segments/progression", Progression, {"segment": segment, "limit": limit})


def relationships_at_risk(
    kb: Asked, *, segment: str | None = None, status: str | None = "at-risk", limit: int = 1000
) -> Answer[RelationshipAtRisk]:
    """Find the customer relationships at risk, what they are worth, and their risks and opportunities.

    One row a relationship, the one that could be worth most first. ``segment`` is an id or a title; ``status`` is a
    loyalty status, or None for all; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for a ``limit``
    below 1, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.relationship, row.potential_value, row.highest_risk) for row in relationships_at_risk(kb)]
    [('Freelance Desk', 1150.0, 16), ('Starter Newsletter', 25.0, None)]
    """
    parameters = {"segment": segment, "status": status, "limit": limit}
    return ask(kb, "segments/relationships_at_risk", RelationshipAtRisk, parameters)


def uncovered(kb: Asked, *, min_importance: int = 4, limit: int = 1000) -> Answer[UncoveredSegment]:
    """Find the priority segments that lack a persona, a journey or a measure.

    One row a segment, the one that lacks most first. ``min_importance`` (1..5) is the strategic importance from which
    on a segment counts as a priority, as one does that is marked so; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.segment, row.missing) for row in uncovered(kb)]
    [('Small Firms', ('persona', 'journey', 'measure'))]
    """
    return ask(kb, "segments/uncovered", UncoveredSegment, {"min_importance": min_importance, "limit": limit})


def unmet_needs(kb: Asked, *, segment: str | None = None, limit: int = 1000) -> Answer[UnmetNeed]:
    """Find the needs of a segment and of its personas that no offering meets.

    One row a segment and need, those of the highest priority first. ``segment`` is an id or a title, ``limit`` is 1 or
    more. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> [row.need for row in unmet_needs(kb, segment="Settled Savers")]
    ['Reach a person in an emergency']
    """
    return ask(kb, "segments/unmet_needs", UnmetNeed, {"segment": segment, "limit": limit})


def whole_chain(kb: Asked, *, segment: str, limit: int = 1000) -> Answer[ChainLink]:
    """Follow the whole chain of a segment: strategies, journeys, stages, touchpoints, capabilities and initiatives.

    One row a journey, stage and capability that enables it, by journey and place of the stage. ``segment`` is an id or
    a title, ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and
    :class:`~graphkb.errors.StoreError`.

    >>> chain = whole_chain(kb, segment="Growing Families")
    >>> [(row.stage, row.initiatives) for row in chain if row.capability == "Income Assessment"]
    [('Prove Your Income', ('Income Check in Minutes',))]
    """
    return ask(kb, "segments/whole_chain", ChainLink, {"segment": segment, "limit": limit})


def worth(kb: Asked, *, limit: int = 1000) -> Answer[SegmentWorth]:
    """Compare strategic importance, lifetime value and capability gaps of the segments.

    One row a segment, the most important first, then the most valuable. Lifetime values are listed and never added up.
    Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> first = worth(kb)[0]
    >>> first.segment, first.strategic_importance, first.clv_value, first.open_gaps
    ('Growing Families', 5, 11800.0, 1)
    """
    return ask(kb, "segments/worth", SegmentWorth, {"limit": limit})
