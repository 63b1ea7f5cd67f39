"""Questions about journeys: who owns their parts, which value streams serve them, and what stands behind a contact."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class AlignedStage:
    """One journey stage and one value stage to which it maps."""

    journey_id: str
    journey: str
    sequence_number: int | None
    """Place of the stage in the journey."""
    stage_id: str
    stage: str
    value_stream_id: str | None
    value_stream: str | None
    value_stage_id: str | None
    """Null where the stage maps to none."""
    value_stage: str | None
    visibility: str | None
    """``fully-visible``, ``partially-visible`` or ``invisible``; null where nobody stated it."""
    alignment_score: int | None
    """1..5, the highest stated for journey and value stream."""
    touchpoints: tuple[str, ...]
    """Contacts at the stage, by title: what the customer sees in any case."""
    capabilities: int
    """How many carry the stage or the value stage of the row."""
    lowest_satisfaction: float | None
    """1..5, the lowest that anybody recorded at the stage."""
    other_value_streams: tuple[str, ...]
    """Value streams at work in the stage, none of whose stages is mapped to it."""


@dataclass(frozen=True, slots=True)
class HiddenValueStage:
    """One value stage that no customer can see."""

    value_stream_id: str | None
    value_stream: str | None
    sequence_number: int | None
    """Place in the value stream."""
    value_stage_id: str
    value_stage: str
    reason: str
    """That no journey stage maps to it, or that it is invisible at every one that does."""
    stages: tuple[str, ...]
    """Journey stages that map to it, as ``journey: stage``."""
    owner: str | None
    """Units that own the value stage, joined by a comma, else the owner that it names."""
    performance_score: float | None
    """0..100."""
    capabilities: tuple[str, ...]
    """Capabilities that enable it, by title."""


@dataclass(frozen=True, slots=True)
class ValueStageHeat:
    """One value stage and how well it performs."""

    value_stream_id: str | None
    value_stream: str | None
    value_stage_id: str
    value_stage: str
    heat: str
    """``red``, ``amber``, ``green``, or ``unknown`` without a score."""
    performance_score: float | None
    """0..100."""
    stages: tuple[str, ...]
    """Journey stages that map to it, as ``journey: stage``, on the journeys that are asked about."""
    lowest_satisfaction: float | None
    """1..5, at those stages: the persona's, or anybody's where none is asked about."""
    experienced: bool | None
    """Whether the persona is stated to pass through it; null where none is asked about."""
    owner: str | None
    """Units that own the value stage, joined by a comma, else the owner that it names."""
    capabilities: int
    """How many enable it."""


@dataclass(frozen=True, slots=True)
class OwnedStage:
    """One journey stage and the units that own it, its touchpoints and the stage before."""

    journey_id: str
    journey: str
    sequence_number: int | None
    """Place in the journey."""
    stage_id: str
    stage: str
    owners: tuple[str, ...]
    """Units that own the stage, by title."""
    previous_stage_id: str | None
    """Null for the first stage of a journey."""
    previous_stage: str | None
    previous_owners: tuple[str, ...]
    hands_over: bool | None
    """True where no unit owns both stages; null for the first, and where either has no owner."""
    touchpoint_owners: tuple[str, ...]
    """Units that own touchpoints of the stage, by title."""
    handoff_within: bool | None
    """True where one of those does not own the stage; null where the stage or its touchpoints have no owner."""


@dataclass(frozen=True, slots=True)
class ContradictingScore:
    """One statement of how well a journey is aligned with a value stream, which its customers contradict."""

    relationship_id: str | None
    """Key of the record that states the score."""
    journey_id: str
    journey: str
    value_stream_id: str
    value_stream: str
    contradiction: str
    """In words, which of the two is high and which is low."""
    alignment_score: int
    """1..5."""
    mean_satisfaction: float
    """1..5, over all scores at stages of the journey that map to the value stream."""
    difference: float
    """-4..4, alignment score less mean satisfaction."""
    lowest_satisfaction: float
    ratings: int
    """How many scores the mean is of."""
    rated_stages: int
    """How many stages they were given at."""
    friction_points: tuple[str, ...]
    """Where the two rub, as the record states it."""


@dataclass(frozen=True, slots=True)
class Foundation:
    """One thing that stands behind touchpoints, and what it rests on."""

    behind_kind: str
    """``Capability``, ``ValueStreamStage``, ``JourneyStage`` or ``Touchpoint``."""
    behind_id: str
    behind: str
    direct: bool
    """False for a capability that no stage names, and that stages reach through value stages alone."""
    value_stages: tuple[str, ...]
    """Through which stages reach the capability; empty for other kinds."""
    stages: int
    """Number of journey stages asked about at whose touchpoints it stands behind."""
    assets: tuple[str, ...]
    """Used by it or by one of its processes."""
    processes: tuple[str, ...]
    """Realize it where it is a capability, else serve it."""
    requirements: tuple[str, ...]
    """What it must meet."""


def value_stream_alignment(kb: Asked, *, journey: str | None = None, limit: int = 1000) -> Answer[AlignedStage]:
    """Find how a journey lines up with its value streams, stage by stage, and what the customer sees.

    One row a journey stage and value stage to which it maps, by journey and place in it; a stage that maps to none has
    one row with null. ``journey`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> for row in value_stream_alignment(kb, journey="Buy a First Home")[3:5]:
    ...     print(row.stage, "-", row.value_stage, "-", row.visibility)
    Prove Your Income - Collect Evidence - partially-visible
    Wait for the Decision - Decide - invisible
    """
    return ask(kb, "journeys/value_stream_alignment", AlignedStage, {"journey": journey, "limit": limit})


def hidden_value_stages(kb: Asked, *, value_stream: str | None = None, limit: int = 1000) -> Answer[HiddenValueStage]:
    """Find the stages of value streams that no customer can see.

    One row a value stage to which no journey stage maps, or which is invisible at every one that does, by value stream
    and place in it. ``value_stream`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.value_stage, row.reason) for row in hidden_value_stages(kb, value_stream="Application to Home Loan")]
    [('Decide', 'invisible at every journey stage that maps to it'),
     ('Pay Out and Serve', 'no journey stage maps to it')]
    """
    return ask(kb, "journeys/hidden_value_stages", HiddenValueStage, {"value_stream": value_stream, "limit": limit})


def value_stage_heat_map(  # noqa: PLR0913  # one keyword a parameter of the question
    kb: Asked,
    *,
    segment: str | None = None,
    persona: str | None = None,
    red_below: float = 50.0,
    green_from: float = 70.0,
    limit: int = 1000,
) -> Answer[ValueStageHeat]:
    """Find how well the value stages perform that a segment or persona meets on its journeys.

    One row a value stage, the worst performance first and those without a score last. ``segment`` and ``persona`` (id
    or title) keep the value stages met on the journeys designed for the one and walked by the other, or stated to be
    experienced by the persona; without them there is every value stage. ``red_below`` and ``green_from`` (0..100) are
    the limits of the heat, with amber between; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for
    values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> worst = value_stage_heat_map(kb, segment="Growing Families")[0]
    >>> worst.value_stage, worst.heat, worst.performance_score, worst.lowest_satisfaction
    ('Decide', 'red', 36.0, 1.0)
    """
    parameters = {
        "segment": segment,
        "persona": persona,
        "red_below": red_below,
        "green_from": green_from,
        "limit": limit,
    }
    return ask(kb, "journeys/value_stage_heat_map", ValueStageHeat, parameters)


def handoffs(kb: Asked, *, journey: str | None = None, limit: int = 1000) -> Answer[OwnedStage]:
    """Find who owns each part of a journey, and where it passes from one unit to another.

    One row a journey stage, by journey and place in it. ``journey`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.stage, row.owners) for row in handoffs(kb, journey="Run a Small Business") if row.hands_over]
    [('Get Paid', ('Payments and Cards',)), ('Bridge a Lean Month', ('Small Business Banking',))]
    """
    return ask(kb, "journeys/handoffs", OwnedStage, {"journey": journey, "limit": limit})


def contradicting_scores(  # noqa: PLR0913  # one keyword a parameter of the question
    kb: Asked,
    *,
    journey: str | None = None,
    high_alignment: int = 4,
    low_alignment: int = 2,
    high_satisfaction: float = 4.0,
    low_satisfaction: float = 3.0,
    limit: int = 1000,
) -> Answer[ContradictingScore]:
    """Find the scores of how well a journey is aligned with a value stream that its customers contradict.

    One row a journey, value stream and record of the score, the widest contradiction first: a high score and low
    satisfaction where the two meet, or the other way round. ``journey`` is an id or a title. The others are 1..5: what
    is a high and a low alignment score, from which mean satisfaction on is high, and below which it is low; ``limit``
    is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> [(row.journey, row.contradiction) for row in contradicting_scores(kb)]
    [('Plan the Later Years', 'not aligned by score, customers satisfied'),
     ('Run a Small Business', 'aligned by score, customers dissatisfied')]
    """
    parameters = {
        "journey": journey,
        "high_alignment": high_alignment,
        "low_alignment": low_alignment,
        "high_satisfaction": high_satisfaction,
        "low_satisfaction": low_satisfaction,
        "limit": limit,
    }
    return ask(kb, "journeys/contradicting_scores", ContradictingScore, parameters)


def touchpoint_foundations(
    kb: Asked, *, touchpoint: str | None = None, journey: str | None = None, limit: int = 1000
) -> Answer[Foundation]:
    """Find what stands behind a touchpoint, from value stages and capabilities to assets, processes and requirements.

    One row a capability, value stage, stage or touchpoint, in this order of kinds, with what that one rests on itself;
    those behind the touchpoints of the most stages come first. Only capabilities, and value stages that none enables,
    have a row without resting on anything. ``touchpoint`` and ``journey`` are ids or titles; ``limit`` is 1 or more.
    Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> for row in touchpoint_foundations(kb, touchpoint="Upload of income papers"):
    ...     print(row.behind, "-", *row.value_stages, "-", *row.assets, "-", *row.processes)
    Application Capture - Collect Evidence - -
    Income Assessment - Collect Evidence - Income Specialists - Manual Income Review
    Collect Evidence - - Income Specialists - Manual Income Review
    Upload of income papers - - Paper Reader -
    """
    parameters = {"touchpoint": touchpoint, "journey": journey, "limit": limit}
    return ask(kb, "journeys/touchpoint_foundations", Foundation, parameters)
