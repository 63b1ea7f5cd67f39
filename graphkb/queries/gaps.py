"""Questions about capability gaps: what they affect, what keeps them from a stage, who closes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.queries import catalog, elements, emptiness
from graphkb.queries.answer import Answer, Asked, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.store.protocol import GraphStore, Value


@dataclass(frozen=True, slots=True)
class AffectedStage:
    """One gap as one persona feels it at one journey stage."""

    gap_id: str
    gap: str
    gap_kind: str | None
    """``assessed`` or ``maturity``."""
    gap_status: str
    """``open``, ``planned`` or ``closing``."""
    capability_id: str
    """The capability that the gap lies in."""
    capability: str
    journey_id: str
    journey: str
    stage_id: str
    stage: str
    persona_id: str | None
    """Null where no persona walks the stage."""
    persona: str | None
    segment_id: str | None
    """The segment that the persona represents, else the one the journey is designed for."""
    segment: str | None
    severity: float
    """gap_size x importance x pain x segment_weight x share; ranks rows and is not added up."""
    gap_size: int
    """Levels 0..4: stated, else target less present maturity of the capability, else 1."""
    importance: int
    """1..5, of the capability at the stage's end of the route."""
    pain: float
    """0..4: 5 less the persona's lowest satisfaction at the stage."""
    pain_recorded: bool
    """False where the pain is assumed, since nobody recorded a satisfaction."""
    segment_weight: float
    """0..1: the highest strategic importance of the segment, out of 5."""
    share: float
    """0..1, share of the gap that is felt over so many hops: decay to the power of hops."""
    hops: int
    """DEPENDS_ON steps from the enabling capability to the gap's."""
    route: str
    """``direct``, ``value stream`` or ``dependency``."""
    stage_route: str
    """How the enabling capability carries the stage: ``direct`` or ``value stream``."""
    enabling_capability_id: str
    """The capability that enables the stage; the gap's own unless the route is a dependency."""
    enabling_capability: str
    routes: int
    """How many routes lead from the gap to the stage; the row shows the strongest."""


@dataclass(frozen=True, slots=True)
class UnreachingGap:
    """One open gap and one loose end of its routes."""

    gap_id: str
    gap: str
    gap_kind: str | None
    gap_status: str
    capability_id: str | None
    capability: str | None
    segment_id: str | None
    """The segment that the gap hinders, if it states one."""
    segment: str | None
    hops: int
    """DEPENDS_ON steps from the enabling capability to the gap's."""
    enabling_capability_id: str | None
    """The capability at the loose end: the gap's own, or one that depends on it."""
    enabling_capability: str | None
    value_stage_id: str | None
    """A value stage that the capability enables, if any."""
    value_stage: str | None
    stage_id: str | None
    """A journey stage that is reached but belongs to no journey."""
    stage: str | None
    missing_link: str
    """What is missing, in words; the row's ids say where."""


@dataclass(frozen=True, slots=True)
class UnfundedGap:
    """One open gap that no initiative closes."""

    gap_id: str
    gap: str
    gap_kind: str | None
    gap_status: str
    gap_size: int
    """Levels 0..4: stated, else target less present maturity of the capability, else 1."""
    capability_id: str | None
    capability: str | None
    segment_id: str | None
    """The segment that the gap hinders, if it states one."""
    segment: str | None
    stages: int
    """Journey stages that a route leads to."""
    stage_titles: tuple[str, ...]
    """Those stages as ``journey: stage``, by journey and order."""
    lowest_satisfaction: float | None
    """1..5, the lowest that anybody recorded at one of them."""
    improving_initiatives: tuple[str, ...]
    """Initiatives that better the capability without naming the gap; they may only lack the link."""
    cancelled_initiatives: tuple[str, ...]
    """Initiatives that were to close the gap."""


def affecting_stages(  # noqa: PLR0913  # one keyword a parameter of the question
    kb: Asked,
    *,
    segment: str | None = None,
    journey: str | None = None,
    persona: str | None = None,
    min_severity: float = 0.0,
    limit: int = 1000,
    decay: float = 0.5,
    default_importance: int = 3,
    default_satisfaction: float = 3.0,
    default_weight: float = 0.6,
) -> Answer[AffectedStage]:
    """Find which capability gaps affect which journey stages, for whom, and how badly.

    One row a gap, stage and persona, the most severe first. ``segment``, ``journey`` and ``persona`` (id or title) keep
    the rows of one; ``min_severity`` leaves out rows below it (0 or more); ``limit`` is 1 or more. The others stand for
    what nobody recorded: ``decay`` (0..1) is the share of a gap felt one dependency away, then the importance (1..5),
    satisfaction (1..5) and segment weight (0..1) to assume. Raises :class:`~graphkb.errors.UsageError` for values out
    of range, and :class:`~graphkb.errors.StoreError`.

    >>> worst = affecting_stages(kb)[0]
    >>> worst.gap, worst.stage, worst.persona, worst.severity
    ('Maturity gap in Credit Decisioning', 'Wait for the Decision', 'Ines Ferreira', 40.0)
    """
    parameters = {
        "segment": segment,
        "journey": journey,
        "persona": persona,
        "min_severity": min_severity,
        "limit": limit,
        "decay": decay,
        "default_importance": default_importance,
        "default_satisfaction": default_satisfaction,
        "default_weight": default_weight,
    }
    return ask(kb, "gaps/affecting_stages", AffectedStage, parameters, why=_why_none_affects)


def reaching_no_stage(kb: Asked, *, limit: int = 1000) -> Answer[UnreachingGap]:
    """Find the open capability gaps that no route leads to a journey stage, and the link that is missing.

    One row a gap and loose end, by gap: a value stage to which no journey stage maps, a stage of no journey, or
    neither. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and
    :class:`~graphkb.errors.StoreError`.

    >>> [row.gap_id for row in reaching_no_stage(kb)]
    ['gap-REL-IND-TAXES']
    """
    return ask(kb, "gaps/reaching_no_stage", UnreachingGap, {"limit": limit}, why=_why_none_is_open)


def unfunded(kb: Asked, *, limit: int = 1000) -> Answer[UnfundedGap]:
    """Find the open capability gaps that no initiative closes, and the journey stages that they reach.

    One row a gap, those that reach most stages first; cancelled initiatives do not count. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> "gap-CAP-DECISION" in {row.gap_id for row in unfunded(kb)}
    True
    """
    return ask(kb, "gaps/unfunded", UnfundedGap, {"limit": limit}, why=_why_none_is_open)


def _why_none_affects(store: GraphStore, parameters: Mapping[str, Value]) -> str | None:
    reason = emptiness.no_open_gaps(store)
    if reason:
        return reason
    filters = emptiness.filtered(store, catalog.find("gaps/affecting_stages"), parameters)
    if filters:
        return f"Open gaps affect journey stages, but no row is left by {filters}."
    stuck = store.read(catalog.find("gaps/reaching_no_stage").text, {"limit": 1000})
    if not stuck:
        return None
    first_links: dict[str, str] = {}
    for row in stuck:
        first_links.setdefault(str(row["gapId"]), f"{row['gap']}: {row['missingLink']}")
    count = len(first_links)
    return (
        f"No route leads to a journey stage from {count} open gap{'s' * (count != 1)}: "
        f"{elements.listed(list(first_links.values()))}. See `graphkb ask gaps/reaching_no_stage`."
    )


def _why_none_is_open(store: GraphStore, _: Mapping[str, Value]) -> str | None:
    return emptiness.no_open_gaps(store)
