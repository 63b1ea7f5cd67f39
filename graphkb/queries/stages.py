"""Questions about journey stages: how they are rated and what carries them."""

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
