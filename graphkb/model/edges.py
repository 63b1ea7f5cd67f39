"""Properties of edges, each model also the form of a link item: who, and what the edge carries."""

from __future__ import annotations

from typing import Annotated, Literal

from graphkb.model.declaration import EXPECTED, Reference
from graphkb.model.values import (
    Count,
    DependencyType,
    Flag,
    Maturity,
    Number,
    Ordinal,
    PartialDate,
    Percent,
    Score,
    Share,
    Text,
    Texts,
    Timestamp,
)

Visibility = Literal["invisible", "partially-visible", "fully-visible"]


class CapabilityUse(Reference):
    """A capability that enables a stage."""

    importance_level: Score | None = None


class StageMapping(Reference):
    """A value stage that produces what the customer lives through at a journey stage."""

    relationship_id: Text | None = None
    interaction_type: Text | None = None
    experience_quality: Text | None = None
    visibility_to_customer: Visibility | None = None


class StreamInvolved(Reference):
    """A value stream at work in a journey stage, and optionally the title of the stage of it."""

    value_stream_stage: Text | None = None


class SegmentLink(Reference):
    """A typed, weighted link to another segment; the type says what the other one is to this one."""

    relationship_type: (
        Literal["parent", "child", "complementary", "competitor", "influencer", "progression", "other"] | None
    ) = None
    relationship_strength: Score | None = None


class Dependency(Reference):
    """Something that is needed in order to work."""

    dependency_type: DependencyType | None = None
    description: Text | None = None


class Prioritized(Reference):
    """A link with a priority from 1 to 5."""

    priority: Score | None = None


class Ranked(Reference):
    """A preference with its rank, 1 the most preferred."""

    rank: Ordinal | None = None


class Focus(Reference):
    """Something whose design a persona guides."""

    is_primary: Flag | None = None


class Loop(Reference):
    """A follow-on stage; a loop leads back."""

    is_loop: Flag | None = None


class Cause(Reference):
    """A capability held to cause satisfaction or dissatisfaction."""

    effect: Literal["supports", "hinders", "mixed"] | None = None


class NeedMet(Reference):
    """A need that an offering meets, for a segment where one is named."""

    for_segment_id: Text | None = None
    feature_fit: Text | None = None


class Rivalry(Reference):
    """A rival offering, and how ours compares in the eyes of a segment."""

    relationship_id: Text | None = None
    for_segment_id: Text | None = None
    competitive_position: Text | None = None
    switching_triggers: Texts = ()


class Exposure(Reference):
    """A risk, and the record and segment for which it is stated."""

    relationship_id: Text | None = None
    for_segment_id: Text | None = None


class Hindrance(Reference):
    """A segment whose needs a gap keeps unmet."""

    relationship_id: Text | None = None


class Closure(Reference):
    """A gap that an initiative is meant to close, and the percent of it."""

    expected_share: Percent | None = None


class Improvement(Reference):
    """Something that an initiative makes better."""

    from_maturity: Maturity | None = None
    to_maturity: Maturity | None = None
    investment: Number | None = None


class Investment(Reference):
    """Something that a strategy puts weight on."""

    investment_level: Text | None = None


class Judgement(Reference):
    """An indicator by which something is judged."""

    relationship_id: Text | None = None
    perspective: Literal["customer", "internal"] | None = None
    weight: Share | None = None


class IndicatorLink(Reference):
    """A typed link to another indicator."""

    relationship_type: Annotated[
        Literal["parent", "child", "correlates-with", "influences", "derived-from", "component-of"] | None, EXPECTED
    ] = None
    relationship_strength: Score | None = None


class Alignment(Reference):
    """What an indicator serves."""

    alignment_strength: Score | None = None


class Ownership(Reference):
    """The unit that answers for something."""

    owner_text: Text | None = None


class Participation(Reference):
    """Any other stake of a unit; several to one element, told apart by ``relationshipID``."""

    relationship_id: Annotated[Text | None, EXPECTED] = None
    relationship_type: Annotated[
        Literal[
            "owning",
            "providing",
            "consuming",
            "contributing",
            "benefiting",
            "custodian",
            "dependent",
            "supporting",
            "governing",
            "monitoring",
            "reviewing",
            "coordinating",
            "consulting",
            "escalatingTo",
            "participating",
            "triggering",
            "sponsoring",
            "impactedBy",
        ]
        | None,
        EXPECTED,
    ] = None
    relationship_strength: Score | None = None
    notes: Text | None = None


class Peer(Reference):
    """A loose link between two elements of one kind."""

    relationship_type: (
        Literal["upstream", "downstream", "complementary", "competitive", "integrated", "supporting"] | None
    ) = None
    relationship_strength: Score | None = None


class Shared(Reference):
    """A unit that was given a living document."""

    shared_on: PartialDate | None = None


class LooseLink(Reference):
    """A link to another domain whose verb has no relationship type of its own."""

    domain: Annotated[Text | None, EXPECTED] = None
    relationship_type: Annotated[Text | None, EXPECTED] = None
    description: Annotated[Text | None, EXPECTED] = None


class Support(Reference):
    """Evidence for a claim, or against it."""

    claim_field: Text | None = None
    supports: Flag | None = None


class Captured(Reference):
    """A system that records the contact, and the name of its event."""

    event_name: Text | None = None


class Step(Reference):
    """A step of a happy path; the last one ends it in success."""

    sequence_number: Ordinal | None = None
    is_success: Flag | None = None


class Passage(Reference):
    """The journey to which customers go on, and how many do."""

    via_milestone_id: Text | None = None
    transfer_percent: Percent | None = None


class DropOff(Reference):
    """Where customers leave, and how many do."""

    drop_off_percent: Percent | None = None
    drop_off_count: Count | None = None


class Growth(Reference):
    """A drop-off segment, and what leading it back is worth."""

    growth_estimate: Number | None = None


class Pushed(Reference):
    """A channel that gets a message, and how far it went."""

    pushed_at: Timestamp | None = None
    status: Literal["queued", "sent", "failed"] | None = None


class AssetUse(Reference):
    """What uses an asset, and as what."""

    role: Text | None = None


class Addressed(Reference):
    """A trigger that a rationale starts from; one of them is the main one."""

    is_primary: Flag | None = None


class Affected(Reference):
    """Something that a trigger or a response touches, and the domain as it was named."""

    domain: Text | None = None


RationaleLinkType = Literal["supports", "contradicts", "expands", "duplicates", "supersedes"]


class RationaleLink(Reference):
    """A typed link to another rationale."""

    relationship_type: RationaleLinkType | None = None


class UnitImpact(Reference):
    """A unit that a response touches, and as what."""

    relationship_role: (
        Literal[
            "Owning unit",
            "Providing unit",
            "Consuming unit",
            "Utilising unit",
            "Custodian unit",
            "Dependent unit",
            "Supported unit",
            "Governing unit",
        ]
        | None
    ) = None
    relationship_strength: Score | None = None


class ExperienceChange(Reference):
    """A stage whose experience a response changes, and how."""

    change_description: Text | None = None
    expected_impact: Text | None = None
