"""Questions about journey stages: how they are rated, what carries them, what they lack and what changes them."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class WeakStage:
    """One rated journey stage and one capability that enables it."""

    journey_id: str
    journey: str
    stage_id: str
    stage: str
    lowest_satisfaction: float
    """1..5, the lowest that a persona recorded at the stage."""
    mean_satisfaction: float
    ratings: int
    """How many experiences at the stage state a satisfaction."""
    stage_owner: str | None
    """Units that own the stage, joined by a comma."""
    capability_id: str | None
    """Null where no capability enables the stage."""
    capability: str | None
    route: str | None
    """``direct`` where the stage names the capability itself, else ``value stream``."""
    importance: int | None
    """1..5, the highest stated for the capability at this stage."""
    maturity_level: int | None
    """1..5."""
    target_maturity_level: int | None
    """1..5."""
    distance: int | None
    """Target less present maturity; negative where the target is exceeded."""
    capability_owner: str | None
    """Units that own the capability, else the owner that it names."""


@dataclass(frozen=True, slots=True)
class LackingStage:
    """One journey stage that lacks something."""

    journey_id: str
    journey: str
    stage_id: str
    stage: str
    sequence_number: int | None
    """Place in the journey."""
    has_value_stage: bool
    has_capability: bool
    """Whether the stage, or a value stage to which it maps, names one."""
    has_measure: bool
    has_owner: bool
    """Whether a unit owns the stage itself."""
    has_evidence: bool
    """Whether there is evidence that does not speak against it."""
    missing: tuple[str, ...]
    """What it lacks: ``value stage``, ``capability``, ``measure``, ``owner``, ``evidence``, in this order."""


@dataclass(frozen=True, slots=True)
class DividingStage:
    """One journey stage and two personas that feel differently there."""

    journey_id: str
    journey: str
    stage_id: str
    stage: str
    difference: float
    """0.5..4, the happier score less the unhappier."""
    happier_persona_id: str
    happier_persona: str
    happier_segment_id: str | None
    """The segment that the persona represents, if any."""
    happier_segment: str | None
    happier_score: float
    """1..5, the lowest that the persona recorded at the stage."""
    happier_feelings: tuple[str, ...]
    """The prevailing emotion, then what else it feels, experience by experience."""
    unhappier_persona_id: str
    unhappier_persona: str
    unhappier_segment_id: str | None
    unhappier_segment: str | None
    unhappier_score: float
    unhappier_feelings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedStage:
    """One journey stage and one strategic response that changes it."""

    journey_id: str
    journey: str
    sequence_number: int | None
    """Place in the journey."""
    stage_id: str
    stage: str
    response_id: str
    response: str
    response_status: str | None
    """Such as ``Planned`` or ``In_Progress``."""
    start_date: str | None
    """Perhaps partial, such as ``2027-01``."""
    end_date: str | None
    change: str | None
    """What the response changes at the stage, in words."""
    expected_impact: str | None
    executed_by: tuple[str, ...]
    """Units that carry the response out."""
    clashes_with: tuple[str, ...]
    """Other responses that change the stage at the same time."""


def weakest(
    kb: Asked,
    *,
    journey: str | None = None,
    phase: str | None = None,
    max_satisfaction: float = 5.0,
    limit: int = 1000,
) -> Answer[WeakStage]:
    """Find the worst-rated journey stages, the capabilities that enable them, their distance to target, and the owners.

    One row a stage that anybody rated and capability that enables it, the worst-rated stage first and in it the
    capability farthest below target. ``journey`` is an id or a title; ``phase`` is an engagement phase such as
    ``onboard``; ``max_satisfaction`` (1..5) leaves out stages whose lowest rating is above it; ``limit`` is 1 or more.
    Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> worst = weakest(kb, journey="Buy a First Home")[0]
    >>> worst.stage, worst.mean_satisfaction
    ('Wait for the Decision', 1.5)
    """
    parameters = {"journey": journey, "phase": phase, "max_satisfaction": max_satisfaction, "limit": limit}
    return ask(kb, "stages/weakest", WeakStage, parameters)


def lacking(
    kb: Asked, *, journey: str | None = None, lacking: str | None = None, limit: int = 1000
) -> Answer[LackingStage]:
    """Find the journey stages that map to no value stage, or lack a capability, a measure, an owner or evidence.

    One row a stage that lacks at least one of them, by journey and place in it. ``journey`` is an id or a title;
    ``lacking`` keeps the stages that lack one thing: ``value stage``, ``capability``, ``measure``, ``owner`` or
    ``evidence``; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> [(row.stage, row.missing) for row in lacking(kb, lacking="owner")]
    [('File the Taxes', ('value stage', 'capability', 'measure', 'owner', 'evidence'))]
    """
    return ask(kb, "stages/lacking", LackingStage, {"journey": journey, "lacking": lacking, "limit": limit})


def dividing_personas(
    kb: Asked, *, journey: str | None = None, min_difference: float = 2.0, limit: int = 1000
) -> Answer[DividingStage]:
    """Find the journey stages at which two personas feel the opposite.

    One row a stage and pair of personas, the widest difference first. ``journey`` is an id or a title;
    ``min_difference`` (0.5..4, in points of satisfaction) leaves out pairs that are nearer; ``limit`` is 1 or more.
    Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> widest = dividing_personas(kb)[0]
    >>> widest.stage, widest.happier_persona, widest.unhappier_persona, widest.difference
    ('Prove Your Income', 'Tomas Lindqvist', 'Ines Ferreira', 3.0)
    """
    parameters = {"journey": journey, "min_difference": min_difference, "limit": limit}
    return ask(kb, "stages/dividing_personas", DividingStage, parameters)


def clashing_responses(
    kb: Asked, *, journey: str | None = None, clashing_only: bool = False, limit: int = 1000
) -> Answer[ChangedStage]:
    """Find the strategic responses that change a journey stage, and those of them that clash.

    One row a stage and response, by journey and place in it, the earliest first. Two clash if their dates overlap and
    neither is cancelled, deferred or completed; an unknown start counts as long ago, an unknown end as never.
    ``journey`` is an id or a title; ``clashing_only`` keeps the rows that clash; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.response, row.clashes_with) for row in clashing_responses(kb, clashing_only=True)]
    [('An Answer within a Week', ('One Voice While You Wait',)),
     ('One Voice While You Wait', ('An Answer within a Week',))]
    """
    parameters = {"journey": journey, "clashing_only": clashing_only, "limit": limit}
    return ask(kb, "stages/clashing_responses", ChangedStage, parameters)
