"""Questions about initiatives: what the change work does for gaps and journeys."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class IdleInitiative:
    """One initiative that closes no gap and touches no journey stage."""

    initiative_id: str
    initiative: str
    status: str | None
    """``Proposed``, ``Approved``, ``In Progress`` or ``On Hold``; null if not stated."""
    budget: float | None
    """In the currency that the source uses."""
    owner_units: tuple[str, ...]
    """Titles of the units that own it."""
    improves: tuple[str, ...]
    """Titles of what it states to improve; none of it touches a journey stage."""
    targets: tuple[str, ...]
    """Titles of the segments and personas that it is for."""


@dataclass(frozen=True, slots=True)
class Stake:
    """One thing that an initiative betters, as one segment feels it at one journey stage."""

    initiative_id: str
    initiative: str
    status: str | None
    """Of the initiative, such as ``In Progress``."""
    end_date: str | None
    """ISO day, month or year on which the initiative ends."""
    effect: str
    """``closes`` or ``improves``."""
    kind: str
    """Kind of the element: ``CapabilityGap``, or what is improved, such as ``Capability``."""
    element_id: str
    element: str
    capability_id: str | None
    """The capability that the gap lies in, or that is improved; null for other elements."""
    capability: str | None
    expected_share: float | None
    """0..100, percent of the gap that should be closed."""
    sole: bool
    """Whether no other initiative that goes on closes the gap or improves the element."""
    journey_id: str | None
    """Null, as the stage is, where the element reaches no stage of a journey."""
    journey: str | None
    stage_id: str | None
    stage: str | None
    route: str | None
    """``direct``, ``value stream`` or ``dependency``."""
    hops: int | None
    """DEPENDS_ON steps from the capability that enables the stage to the one that is bettered, 0..8."""
    segment_id: str | None
    """That of the personas, else the one that the journey is designed for, else the one that the gap hinders."""
    segment: str | None
    personas: tuple[str, ...]
    """Names of the personas of the segment who walk the stage."""
    indicators: tuple[str, ...]
    """Titles of the indicators of the initiative, the element, the capability and the stage."""
    dependents: tuple[str, ...]
    """Titles of the initiatives that depend on this one, over others or directly, and go on."""


@dataclass(frozen=True, slots=True)
class CircularInitiative:
    """One initiative that waits for itself."""

    initiative_id: str
    initiative: str
    status: str | None
    start_date: str | None
    """ISO day, month or year."""
    end_date: str | None
    """ISO day, month or year."""
    steps: int
    """Dependencies of the shortest circle through it, 1..9; 1 where it depends on itself directly."""
    waits_for: tuple[str, ...]
    """Titles of the initiatives that it depends on directly and that lead back to it."""
    circle: tuple[str, ...]
    """Titles of all initiatives that it leads to and that lead to it, itself included."""


@dataclass(frozen=True, slots=True)
class RoadmapStep:
    """One roadmap item and one initiative that it schedules."""

    roadmap_id: str | None
    roadmap: str | None
    horizon: str | None
    """``short-term`` or ``long-term``."""
    track: str | None
    """``operative`` or ``development``."""
    item_id: str
    item: str
    item_status: str | None
    """``planned`` or ``in-progress``; with ``all_items`` also ``done`` or ``dropped``."""
    sequence_number: int | None
    """Place in the roadmap, from 1."""
    start_date: str | None
    """ISO day, month or year."""
    end_date: str | None
    """ISO day, month or year."""
    initiative_id: str | None
    """Null where the item schedules no initiative."""
    initiative: str | None
    initiative_status: str | None
    other_work: tuple[str, ...]
    """Titles of the activation plans and responses that the item schedules."""
    journeys: tuple[str, ...]
    """Titles of the journeys that gain: those of the roadmap and those that the item schedules."""
    stages: tuple[str, ...]
    """Stages that the initiative betters, as ``journey: stage``, by journey and order."""
    gaps: tuple[str, ...]
    """Titles of the open gaps that the initiative closes."""
    waits_for: tuple[str, ...]
    """Titles of the initiatives that must be done first and are not."""


def closing_nothing(kb: Asked, *, limit: int = 1000) -> Answer[IdleInitiative]:
    """Find the initiatives that close no gap and improve nothing that touches a journey stage.

    One row an initiative that is neither Completed nor Cancelled, the largest budget first. A stage is touched by
    improving it, a touchpoint of it, a value stage it maps to, or a capability from which a route leads to it. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> "Head Office Lobby" in {row.initiative for row in closing_nothing(kb)}
    True
    """
    return ask(kb, "initiatives/closing_nothing", IdleInitiative, {"limit": limit})


def at_stake(kb: Asked, *, initiative: str, limit: int = 1000) -> Answer[Stake]:
    """Find which journey stages, segments and indicators lose if an initiative is cut or slips.

    One row an open gap that it closes or an element that it improves, a stage that this reaches, and a segment there:
    gaps first, then the nearest stages. ``initiative`` is an id or title. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> row = at_stake(kb, initiative="Card in the Phone")[0]
    >>> row.element, row.sole, row.stage
    ('Maturity gap in Card Issuing', True, 'Get the Card')
    """
    return ask(kb, "initiatives/at_stake", Stake, {"initiative": initiative, "limit": limit})


def circular_dependencies(kb: Asked, *, limit: int = 1000) -> Answer[CircularInitiative]:
    """Find the initiatives that depend on each other in a circle, so that none of them can begin.

    One row an initiative, by circle; circles of up to nine dependencies are found. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.initiative, row.waits_for) for row in circular_dependencies(kb)][0]
    ('One App', ('Answers in the Chat',))
    """
    return ask(kb, "initiatives/circular_dependencies", CircularInitiative, {"limit": limit})


def on_the_roadmap(
    kb: Asked, *, journey: str | None = None, from_day: str | None = None, all_items: bool = False, limit: int = 1000
) -> Answer[RoadmapStep]:
    """Find what comes next on the roadmap, and which journey gains.

    One row an item that is neither done nor dropped and an initiative that it schedules, by the day on which the item
    starts. ``journey`` (id or title) keeps the items of one; ``from_day``, an ISO day, leaves out those that end before
    it; ``all_items`` lets those count that are done or dropped. Raises :class:`~graphkb.errors.UsageError` for a
    ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> [row.item for row in on_the_roadmap(kb, journey="Open an Account")]
    ['Virtual card on the first day', 'Welcome call']
    """
    parameters = {"journey": journey, "from_day": from_day, "all_items": all_items, "limit": limit}
    return ask(kb, "initiatives/on_the_roadmap", RoadmapStep, parameters)
