"""Questions about personas: what dissatisfies them, what they prefer, and which journeys they walk."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class Dissatisfaction:
    """One dissatisfying experience and one capability held to cause it."""

    persona_id: str
    persona: str
    segment_id: str | None
    """The segment that the persona represents."""
    segment: str | None
    journey_id: str | None
    """Null where no journey has the stage."""
    journey: str | None
    stage_id: str
    stage: str
    experience_id: str
    satisfaction_score: float | None
    """1..5; null where the experience only says that it does not satisfy."""
    is_satisfactory: bool | None
    """As stated; null where it is not."""
    emotion: str | None
    """``delighted``, ``content``, ``neutral``, ``frustrated``, ``distressed`` or ``unknown``."""
    thoughts: tuple[str, ...]
    feelings: tuple[str, ...]
    wanted: tuple[str, ...]
    """What would satisfy the persona there."""
    capability_id: str | None
    """Null where no capability is named as the cause."""
    capability: str | None
    effect: str | None
    """``hinders`` or ``mixed``; null where it is not stated."""
    distance: int | None
    """Target less present maturity of the capability; null unless both are stated."""
    initiatives: tuple[str, ...]
    """Those neither completed nor cancelled that improve the capability, close a gap in it, or address the experience
    itself."""
    answered: bool
    """Whether there is such an initiative."""
    stage_initiatives: tuple[str, ...]
    """Those neither completed nor cancelled that improve the stage, whatever the cause is."""


@dataclass(frozen=True, slots=True)
class Preference:
    """One channel or content that a persona prefers, or that is planned for it."""

    persona_id: str
    persona: str
    journey_id: str | None
    journey: str | None
    stage_id: str | None
    """Null for what the persona prefers overall."""
    stage: str | None
    basis: str
    """``stage`` or ``overall`` for a preference, ``plan`` for content that is planned for the stage alone."""
    preferred_kind: str
    """``channel`` or ``content``."""
    rank: int | None
    """Place among the preferences, 1 the most preferred; null where it is not stated."""
    preferred_id: str
    preferred: str
    content_status: str | None
    """``needed``, ``in-production``, ``published`` or ``retired``; null for a channel."""
    missing: bool | None
    """Whether the content is yet to be published; null for a channel, and for content without a status."""


@dataclass(frozen=True, slots=True)
class ChannelMismatch:
    """One experience at whose stage preferred channels are not offered."""

    persona_id: str
    persona: str
    journey_id: str | None
    """Null where no journey has the stage."""
    journey: str | None
    stage_id: str
    stage: str
    experience_id: str
    satisfaction_score: float | None
    """1..5."""
    match: str
    """``none``, ``partly`` or ``fully``: how many of the preferred channels are offered."""
    basis: str
    """``stage`` where the experience names the channels, ``overall`` where the persona does."""
    preferred: tuple[str, ...]
    """Channels in order of preference."""
    offered: tuple[str, ...]
    """Channels of the touchpoints at the stage."""
    missing: tuple[str, ...]
    """Preferred channels that are not offered, in order of preference."""
    touchpoints: int
    """Touchpoints at the stage; with none, the stage may only lack them in the model."""


@dataclass(frozen=True, slots=True)
class UnusedChannel:
    """One touchpoint on one channel that one segment does not use."""

    segment_id: str
    segment: str
    journey_id: str
    journey: str
    stage_id: str
    stage: str
    touchpoint_id: str
    touchpoint: str
    is_main: bool | None
    """Whether the touchpoint is a main one of the stage, as stated."""
    channel_id: str
    channel: str
    used_instead: tuple[str, ...]
    """Other channels of the touchpoint, those that the segment uses."""
    used_channels: tuple[str, ...]
    """All channels that the segment is known to use."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One persona without a journey, or one journey without a persona."""

    element_kind: str
    """``Persona`` or ``Journey``."""
    element_id: str
    element: str
    segment_id: str | None
    """The segment that the persona represents, or for which the journey is designed."""
    segment: str | None
    owner: str | None
    """Units that own it, joined by a comma."""
    experiences: int
    """Experiences of the persona, or at stages of the journey."""
    candidates: tuple[str, ...]
    """Journeys designed for the persona's segment, or personas of the journey's segment."""


def dissatisfied(  # noqa: PLR0913  # one keyword a parameter of the question
    kb: Asked,
    *,
    persona: str | None = None,
    journey: str | None = None,
    max_satisfaction: float = 2.5,
    unanswered_only: bool = False,
    limit: int = 1000,
) -> Answer[Dissatisfaction]:
    """Find why personas are dissatisfied at which stages, and what is being done about it.

    One row a dissatisfying experience and capability held to cause it, the least satisfied first. ``persona`` and
    ``journey`` are ids or titles; ``max_satisfaction`` (1..5) is the highest score that counts as dissatisfied;
    ``unanswered_only`` keeps the rows about which nothing is being done; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> row = dissatisfied(kb, persona="Ines Ferreira", unanswered_only=True)[0]
    >>> row.stage, row.satisfaction_score, row.capability, row.answered
    ('Wait for the Decision', 1.0, 'Credit Decisioning', False)
    """
    parameters = {
        "persona": persona,
        "journey": journey,
        "max_satisfaction": max_satisfaction,
        "unanswered_only": unanswered_only,
        "limit": limit,
    }
    return ask(kb, "personas/dissatisfied", Dissatisfaction, parameters)


def preferences(
    kb: Asked,
    *,
    persona: str | None = None,
    journey: str | None = None,
    missing_only: bool = False,
    limit: int = 1000,
) -> Answer[Preference]:
    """Find the channels and content that personas prefer at which stages, and the content that is missing.

    One row a persona, stage and channel or content, by persona, journey and stage, what is preferred overall first.
    ``persona`` and ``journey`` are ids or titles, and a journey keeps the rows at its stages; ``missing_only`` keeps
    content that is yet to be published; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values
    out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.stage, row.preferred) for row in preferences(kb, persona="Ines Ferreira", missing_only=True)]
    [('Prove Your Income', 'Guide to Irregular Income'), ('Wait for the Decision', 'Letter for the Seller'),
     ('Wait for the Decision', 'Status Message of the Decision')]
    """
    parameters = {"persona": persona, "journey": journey, "missing_only": missing_only, "limit": limit}
    return ask(kb, "personas/preferences", Preference, parameters)


def channel_mismatches(
    kb: Asked,
    *,
    persona: str | None = None,
    journey: str | None = None,
    all_matches: bool = False,
    limit: int = 1000,
) -> Answer[ChannelMismatch]:
    """Find the stages whose touchpoints are not on the channels that a persona prefers.

    One row an experience, those without any match first and among them the least satisfied. ``persona`` and
    ``journey`` are ids or titles; ``all_matches`` shows the experiences too at which all preferred channels are
    offered; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> worst = channel_mismatches(kb)[0]
    >>> worst.persona, worst.stage, worst.preferred, worst.offered
    ('Ines Ferreira', 'Prove Your Income', ('Phone', 'Chat'), ('Email', 'Mobile App'))
    """
    parameters = {"persona": persona, "journey": journey, "all_matches": all_matches, "limit": limit}
    return ask(kb, "personas/channel_mismatches", ChannelMismatch, parameters)


def unused_channels(
    kb: Asked, *, segment: str | None = None, journey: str | None = None, limit: int = 1000
) -> Answer[UnusedChannel]:
    """Find the touchpoints on channels that the segment of the journey does not use.

    One row a touchpoint, channel and segment, those without another channel that is used first. ``segment`` and
    ``journey`` are ids or titles; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of
    range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.touchpoint, row.channel) for row in unused_channels(kb, segment="Independent Professionals")]
    [('Identity check at the counter', 'Branch'), ('Card in the mail', 'Letter')]
    """
    parameters = {"segment": segment, "journey": journey, "limit": limit}
    return ask(kb, "personas/unused_channels", UnusedChannel, parameters)


def unmatched(kb: Asked, *, segment: str | None = None, limit: int = 1000) -> Answer[Unmatched]:
    """Find the personas without a journey and the journeys without a persona.

    One row an element, journeys before personas. ``segment`` is an id or a title; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> [(row.element_kind, row.element) for row in unmatched(kb)]
    [('Journey', 'Recover a Lost Card'), ('Persona', 'Greta Halvorsen')]
    """
    return ask(kb, "personas/unmatched", Unmatched, {"segment": segment, "limit": limit})
