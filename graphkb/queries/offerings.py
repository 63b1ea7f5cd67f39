"""Questions about offerings: what they do for segments, what they rest on, and who else sells the like."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class ConsumedOffering:
    """One offering as one segment uses it."""

    segment_id: str
    segment: str
    offering_id: str
    offering: str
    offering_kind: str
    """``Product`` or ``Service``."""
    part: str | None
    """What the offering is to the segment, such as ``entry-point`` or ``upgrade-path``."""
    lifecycle_role: str | None
    """What it does in the lifecycle of customers, such as ``acquisition``."""
    adoption_rate: float | None
    """0..100, percent of the segment that uses it."""
    needs_met: tuple[str, ...]
    """Titles of the segment's needs that the offering meets."""
    needs: int
    """How many needs the segment states."""
    rivals: tuple[str, ...]
    """Titles of the alternatives that the segment might choose instead."""
    switching_triggers: tuple[str, ...]
    """What would make customers switch to any of them."""


@dataclass(frozen=True, slots=True)
class Rival:
    """One alternative to one offering, as one segment sees it."""

    segment_id: str | None
    """Null where no segment consumes the offering and none is stated."""
    segment: str | None
    """Null, too, where the stated segment is not in the store."""
    stated_for_segment: bool
    """Whether the rival is stated for this segment, and not for whoever consumes the offering."""
    offering_id: str
    offering: str
    offering_kind: str
    """``Product`` or ``Service``."""
    part: str | None
    """What our offering is to the segment; null where it does not consume it."""
    adoption_rate: float | None
    """0..100, percent of the segment that uses our offering."""
    alternative_id: str
    alternative: str
    provider: str | None
    """Who sells the alternative."""
    position: str | None
    """How our offering compares in the eyes of the segment."""
    switching_triggers: tuple[str, ...]
    """What would make customers switch, in the order in which it is stated."""


@dataclass(frozen=True, slots=True)
class NextOffering:
    """One offering that may be proposed to one segment at one moment."""

    segment_id: str | None
    """Null where the moment is of no journey, or of one without a segment."""
    segment: str | None
    offering_id: str
    offering: str
    offering_kind: str
    """``Product`` or ``Service``."""
    upgrade_path: bool
    """Whether the offering is stated as what the segment grows into."""
    already_consumed: bool
    """Whether the offering plays another part for the segment as well."""
    adoption_rate: float | None
    """0..100, percent of the segment that uses it already."""
    trigger_point_id: str | None
    """Null for an upgrade path for which no moment is known."""
    trigger_point: str | None
    condition: str | None
    """What must be true for the moment to come."""
    touchpoint_id: str | None
    """Null where the moment is of the stage as a whole."""
    touchpoint: str | None
    stage_id: str | None
    stage: str | None
    journey_id: str | None
    journey: str | None


@dataclass(frozen=True, slots=True)
class FootprintElement:
    """One element that an offering rests on, is met at, or is used by."""

    offering_id: str
    offering: str
    kind: str
    """Kind of the element, such as ``Capability``."""
    element_id: str
    element: str
    way: str
    """``delivered by``, ``depends on``, ``used in`` or ``consumed by``."""
    hops: int
    """Relationships between the offering and the element, 1..8."""
    via: tuple[str, ...]
    """Titles of what lies between: streams of a value stage, value stages of a capability, journey of a stage."""
    importance: int | None
    """1..5, the highest that a value stage gives the capability."""
    maturity_level: int | None
    """1..5, of a capability."""
    target_maturity_level: int | None
    """1..5, of a capability."""
    distance: int | None
    """Target less present maturity; negative where the target is exceeded."""
    parts: tuple[str, ...]
    """What the offering is to a segment, such as ``primary-solution``."""
    adoption_rate: float | None
    """0..100, percent of a segment that uses the offering."""


@dataclass(frozen=True, slots=True)
class MissingNeed:
    """One need of a segment that an offering which it consumes does not meet."""

    offering_id: str
    offering: str
    offering_kind: str
    """``Product`` or ``Service``."""
    parts: tuple[str, ...]
    """What the offering is to the segment, such as ``entry-point``."""
    segment_id: str
    segment: str
    need_id: str
    need: str
    priority: int | None
    """1..5, of the need for the segment, else of the need as such."""
    needs_met: int
    """How many of the segment's needs the offering meets."""
    needs: int
    """How many needs the segment states."""
    other_offerings: tuple[str, ...]
    """Titles of the offerings that meet the need."""
    consumed_offerings: tuple[str, ...]
    """Those of them that the segment consumes."""


def by_segment(
    kb: Asked, *, segment: str | None = None, offering: str | None = None, limit: int = 1000
) -> Answer[ConsumedOffering]:
    """Find which offerings play which part for a segment, how widely they are used, and what rivals they have.

    One row a segment and offering, by segment, the most widely used first. ``segment`` and ``offering`` (id or title)
    keep the rows of one. A need is met and a rival counts if that is stated for the segment or for none in particular.
    Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> row = by_segment(kb, segment="SEG-FREELANCE", offering="Freelance Account")[0]
    >>> row.part, row.adoption_rate, row.needs_met, len(row.rivals)
    ('primary-solution', 47.0, ('Get paid on time',), 2)
    """
    parameters = {"segment": segment, "offering": offering, "limit": limit}
    return ask(kb, "offerings/by_segment", ConsumedOffering, parameters)


def rivals(kb: Asked, *, segment: str | None = None, limit: int = 1000) -> Answer[Rival]:
    """Find which alternatives of competitors each segment might choose, and what would make it switch.

    One row a segment, offering and alternative, by segment, the most widely used offering first. A rival that is stated
    for no segment has a row for every segment that consumes the offering. ``segment`` (id or title) keeps the rows of
    one. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> row = rivals(kb, segment="Growing Families")[0]
    >>> row.offering, row.alternative, row.switching_triggers
    ('First Home Loan', 'Loan through a broker', ('More than ten days without news',))
    """
    return ask(kb, "offerings/rivals", Rival, {"segment": segment, "limit": limit})


def next_best(
    kb: Asked, *, segment: str | None = None, journey: str | None = None, limit: int = 1000
) -> Answer[NextOffering]:
    """Find what a natural next offering is for a segment, and which moment is fit to propose it.

    One row a segment, offering and moment, by segment, upgrade paths first; an upgrade path for which the segment has
    no moment has one row without. ``segment`` and ``journey`` (id or title) keep the rows of one. Raises
    :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and :class:`~graphkb.errors.StoreError`.

    >>> row = next_best(kb, segment="Young Starters")[0]
    >>> row.offering, row.upgrade_path
    ('Home Savings Plan', True)
    """
    return ask(kb, "offerings/next_best", NextOffering, {"segment": segment, "journey": journey, "limit": limit})


def footprint(kb: Asked, *, offering: str, limit: int = 1000) -> Answer[FootprintElement]:
    """Find which value streams, capabilities and journey stages an offering depends on, and which segments use it.

    One row an element and way in which it belongs to the offering, by way, the nearest first. ``offering`` is the id or
    title of a product or service. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and
    :class:`~graphkb.errors.StoreError`.

    >>> [(row.element, row.hops) for row in footprint(kb, offering="Home Savings Plan") if row.way == "depends on"]
    [('Savings Goals', 1)]
    """
    return ask(kb, "offerings/footprint", FootprintElement, {"offering": offering, "limit": limit})


def missing_needs(
    kb: Asked, *, segment: str | None = None, offering: str | None = None, limit: int = 1000
) -> Answer[MissingNeed]:
    """Find which offerings miss a need that is stated by a segment which consumes them, and what else meets it.

    One row an offering, segment and need, the highest priority first. ``segment`` and ``offering`` (id or title) keep
    the rows of one. Raises :class:`~graphkb.errors.UsageError` for a ``limit`` below 1, and
    :class:`~graphkb.errors.StoreError`.

    >>> row = missing_needs(kb, segment="Growing Families", offering="First Home Loan")[0]
    >>> row.need, row.other_offerings
    ('Have irregular income taken seriously', ())
    """
    parameters = {"segment": segment, "offering": offering, "limit": limit}
    return ask(kb, "offerings/missing_needs", MissingNeed, parameters)
