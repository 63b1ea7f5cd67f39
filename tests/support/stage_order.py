"""The order in which a person reads the stages of journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.graphs import Key
    from tests.support.world import World


def stages_in_order(world: World, journey_id: str | None = None) -> list[tuple[Key, Key]]:
    """Return journeys with their stages, of one journey or of all: by title, then by place; no place comes last."""
    found = [(j, s) for j in world.all("Journey") if journey_id in (None, j[1]) for s in world.after(j, "HAS_STAGE")]
    return sorted(found, key=lambda pair: (world.of(pair[0], "title"), pair[0][1], *place(world, pair[1])))


def place(world: World, stage: Key) -> tuple[Any, ...]:
    """Return what a stage is sorted by within its journey or value stream."""
    number = world.of(stage, "sequenceNumber")
    return number is None, number or 0, world.of(stage, "title"), stage[1]
