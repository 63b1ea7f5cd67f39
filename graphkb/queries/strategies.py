"""Questions about strategies: what keeps score of them, what feeds that, and what triggers were answered."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class UnmeasuredStrategy:
    """One strategy that no indicator measures."""

    strategy_id: str
    strategy: str
    time_horizon: str | None
    """How far ahead it looks, such as ``Long-term (4-5 years)``."""
    owner: str | None
    """Units that own the strategy, joined by a comma, else the owner that it names."""
    highest_importance: int | None
    """1..5, the highest that the strategy gives a segment."""
    segments: tuple[str, ...]
    """Segments that the strategy targets."""
    initiatives: int
    """How many initiatives implement the strategy and are not cancelled."""
    initiative_titles: tuple[str, ...]
    candidate_indicators: tuple[str, ...]
    """Indicators that measure one of these initiatives, or are aligned with one."""


@dataclass(frozen=True, slots=True)
class StrategyIndicator:
    """One strategy and one indicator that serves it."""

    strategy_id: str
    strategy: str
    indicator_id: str
    indicator: str
    via: str
    """``measured by``, ``aligned with`` or ``both``."""
    alignment_strength: int | None
    """1..5, how strongly the indicator serves the strategy, where it is aligned with it."""
    unit: str | None
    """Unit of the values."""
    baseline: float | None
    """Value at the start."""
    current: float | None
    current_text: str | None
    """The current value as it was written, where it is no number."""
    target: float | None
    target_text: str | None
    """The target as it was written, where it is no number."""
    target_date: str | None
    """Day on which the target is due, as ISO text."""
    latest_value: float | None
    """The actual value with the latest day."""
    latest_on: str | None
    """That day, as ISO text; it may be partial."""
    heat: str | None
    """``red``, ``amber``, ``green`` or ``unknown``, as the indicator states it."""
    better: str | None
    """``higher`` or ``lower``: as stated, else the way from baseline to target; null where neither tells."""
    on_target: bool | None
    """Whether current, else latest value has reached the target; null where they cannot be compared."""


@dataclass(frozen=True, slots=True)
class IndicatorSource:
    """One indicator and one link by which it is fed, directly or over other indicators."""

    indicator_id: str
    indicator: str
    steps: int
    """1..8: 1 where the link feeds the indicator itself."""
    fed_id: str
    """The indicator that the link feeds directly."""
    fed: str
    source_text: str | None
    """Where the numbers of the fed indicator come from, as it says in words."""
    source_kind: str | None
    """``DataSource`` or ``PerformanceIndicator``; null where nothing feeds the fed indicator."""
    source_id: str | None
    source: str | None
    link: str | None
    """``read from`` a data source; of an indicator ``child``, ``component-of``, ``influences`` or ``basis``."""
    strength: int | None
    """1..5, the highest stated for the link."""


@dataclass(frozen=True, slots=True)
class TriggerResponse:
    """One response to a trigger and one indicator that measures the response."""

    trigger_id: str
    trigger: str
    impact_level: str | None
    """How hard the trigger hits, such as ``High``."""
    detected_on: str | None
    """Day on which the trigger was noticed, as ISO text."""
    response_id: str
    response: str
    response_status: str | None
    """``Planned``, ``In_Progress``, ``Completed``, ``Deferred`` or ``Cancelled``."""
    start_date: str | None
    end_date: str | None
    rationales: tuple[str, ...]
    """Why the response is right."""
    segments: tuple[str, ...]
    """Segments for which the response is meant."""
    indicator_id: str | None
    """Null where no indicator measures the response."""
    indicator: str | None
    unit: str | None
    """Unit of the values."""
    baseline: float | None
    """Value at the start."""
    current: float | None
    target: float | None
    latest_value: float | None
    """The actual value with the latest day."""
    latest_on: str | None
    """That day, as ISO text; it may be partial."""
    since_start: bool | None
    """Whether that day is not before the response began; an earlier value is no result of it."""
    better: str | None
    """``higher`` or ``lower``: as stated, else the way from baseline to target; null where neither tells."""
    on_target: bool | None
    """Whether current, else latest value has reached the target; null where they cannot be compared."""


@dataclass(frozen=True, slots=True)
class UnansweredTrigger:
    """One trigger without a response and one segment or journey stage that it affects."""

    trigger_id: str
    trigger: str
    impact_level: str | None
    """How hard the trigger hits, such as ``High``."""
    horizon: str | None
    """When it will be felt, such as ``Immediate``."""
    trigger_status: str | None
    """``Emerging``, ``Ongoing`` or ``Declining``."""
    detected_on: str | None
    """Day on which it was noticed, as ISO text."""
    valid_until: str | None
    """Day on which it lapses, as ISO text."""
    affected_kind: str
    """``CustomerSegment`` or ``JourneyStage``."""
    affected_id: str
    affected: str
    rationales: tuple[str, ...]
    """Thoughts that start from the trigger."""
    cancelled_responses: tuple[str, ...]
    """Responses that were given up."""


def unmeasured(kb: Asked, *, limit: int = 1000) -> Answer[UnmeasuredStrategy]:
    """Find the strategies that no indicator keeps score of, and the indicators that could.

    One row a strategy that no indicator measures and that none is aligned with; those that matter most to a segment
    come first, then those with most initiatives. Cancelled initiatives do not count. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.strategy, row.candidate_indicators) for row in unmeasured(kb)]
    [('Safe and Simple', ('Wait in an emergency',))]
    """
    return ask(kb, "strategies/unmeasured", UnmeasuredStrategy, {"limit": limit})


def indicators(kb: Asked, *, strategy: str | None = None, limit: int = 1000) -> Answer[StrategyIndicator]:
    """Find which indicators serve a strategy, and how they stand.

    One row a strategy and indicator that measures it or is aligned with it; by strategy, in it what is off target
    first, then what cannot be told. ``strategy`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> for row in indicators(kb, strategy="Home for Life"):
    ...     print(row.indicator, row.via, row.current, row.target, row.on_target)
    Home loans decided within a week aligned with 19.0 90.0 False
    New home loans both 6350.0 7200.0 False
    """
    return ask(kb, "strategies/indicators", StrategyIndicator, {"strategy": strategy, "limit": limit})


def indicator_sources(kb: Asked, *, indicator: str | None = None, limit: int = 1000) -> Answer[IndicatorSource]:
    """Find what feeds an indicator: data sources, and other indicators over up to 8 steps.

    One row an indicator and link that feeds it, directly or over others, the nearest first; an indicator in the chain
    that nothing feeds has one row with nulls. ``indicator`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> for row in indicator_sources(kb, indicator="Calls about the status of a loan"):
    ...     print(row.steps, row.link, row.source)
    1 read from Call Records
    """
    return ask(kb, "strategies/indicator_sources", IndicatorSource, {"indicator": indicator, "limit": limit})


def responses(
    kb: Asked, *, trigger: str | None = None, segment: str | None = None, limit: int = 1000
) -> Answer[TriggerResponse]:
    """Find which trigger led to which response, for what reason, for whom, and with what measured result.

    One row a trigger, response and indicator, by trigger and start of the response; a response that no indicator
    measures has one row. ``trigger`` and ``segment`` (id or title) keep the responses to one trigger, or those that
    target one segment; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range,
    and :class:`~graphkb.errors.StoreError`.

    >>> for row in responses(kb, segment="Young Starters"):
    ...     print(row.response, row.indicator, row.latest_value, row.since_start, row.on_target)
    Identity from the Phone None None None None
    A Check That Helps Accounts opened without a branch 78.0 True False
    """
    parameters = {"trigger": trigger, "segment": segment, "limit": limit}
    return ask(kb, "strategies/responses", TriggerResponse, parameters)


def unanswered_triggers(kb: Asked, *, segment: str | None = None, limit: int = 1000) -> Answer[UnansweredTrigger]:
    """Find the triggers that touch a segment or a journey stage and have no response.

    One row a trigger and segment or stage that it affects, the highest impact first, then what was detected first.
    Cancelled responses do not count; resolved triggers are left out. ``segment`` (id or title) keeps what affects it
    or a stage of a journey designed for it; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for
    values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.trigger, row.affected) for row in unanswered_triggers(kb)]
    [('Theaters pay later every summer', 'Independent Professionals'),
     ('Theaters pay later every summer', 'Bridge a Lean Month')]
    """
    return ask(kb, "strategies/unanswered_triggers", UnansweredTrigger, {"segment": segment, "limit": limit})
