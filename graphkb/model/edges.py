"""Properties of edges, each model also the form of a link item: who, and what the edge carries; all in one list."""

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
    """Importance of the capability to the stage, 1 to 5."""


class StageMapping(Reference):
    """A value stage that produces what the customer lives through at a journey stage."""

    relationship_id: Text | None = None
    """Key of the journey-value stream record that states it."""
    interaction_type: Text | None = None
    """Nature of the contact."""
    experience_quality: Text | None = None
    """Quality of what the customer experiences."""
    visibility_to_customer: Visibility | None = None
    """How visible the work is."""


class StreamInvolved(Reference):
    """A value stream at work in a journey stage, and optionally the title of the stage of it."""

    value_stream_stage: Text | None = None
    """Title of the stage of the value stream that is at work."""


class SegmentLink(Reference):
    """A typed, weighted link to another segment; the type says what the other one is to this one."""

    relationship_type: (
        Literal["parent", "child", "complementary", "competitor", "influencer", "progression", "other"] | None
    ) = None
    """What the other segment is to this one."""
    relationship_strength: Score | None = None
    """Weight of the link, 1 to 5."""


class Dependency(Reference):
    """Something that is needed in order to work."""

    dependency_type: DependencyType | None = None
    """How much depends on it."""
    description: Text | None = None
    """What the dependency consists of."""


class Prioritized(Reference):
    """A link with a priority from 1 to 5."""

    priority: Score | None = None
    """Weight for the one who has it, 1 to 5."""


class Ranked(Reference):
    """A preference with its rank, 1 the most preferred."""

    rank: Ordinal | None = None
    """Place among the preferences, 1 the most preferred."""


class Focus(Reference):
    """Something whose design a persona guides."""

    is_primary: Flag | None = None
    """True for the one persona that leads the design."""


class Loop(Reference):
    """A follow-on stage; a loop leads back."""

    is_loop: Flag | None = None
    """True if the way leads back."""


class Cause(Reference):
    """A capability held to cause satisfaction or dissatisfaction."""

    effect: Literal["supports", "hinders", "mixed"] | None = None
    """Whether the capability supports or hinders."""


class NeedMet(Reference):
    """A need that an offering meets, for a segment where one is named."""

    for_segment_id: Text | None = None
    """Id of the segment for which the need is met."""
    feature_fit: Text | None = None
    """Features that meet what is expected."""


class Rivalry(Reference):
    """A rival offering, and how ours compares in the eyes of a segment."""

    relationship_id: Text | None = None
    """Key of the segment-offering record that states it."""
    for_segment_id: Text | None = None
    """Id of the segment concerned."""
    competitive_position: Text | None = None
    """How ours compares in the eyes of the segment."""
    switching_triggers: Texts = ()
    """What would make customers switch."""


class Exposure(Reference):
    """A risk, and the record and segment for which it is stated."""

    relationship_id: Text | None = None
    """Key of the segment-strategy record that states it."""
    for_segment_id: Text | None = None
    """Id of the segment concerned."""


class Hindrance(Reference):
    """A segment whose needs a gap keeps unmet."""

    relationship_id: Text | None = None
    """Key of the segment-capability record that states it."""


class Closure(Reference):
    """A gap that an initiative is meant to close, and the percent of it."""

    expected_share: Percent | None = None
    """Percent of the gap that should be closed, 0 to 100."""


class Improvement(Reference):
    """Something that an initiative makes better."""

    from_maturity: Maturity | None = None
    """Level of maturity before, 1 to 5."""
    to_maturity: Maturity | None = None
    """Level of maturity after, 1 to 5."""
    investment: Number | None = None
    """Money put in."""


class Investment(Reference):
    """Something that a strategy puts weight on."""

    investment_level: Text | None = None
    """Level of spending."""


class Judgement(Reference):
    """An indicator by which something is judged."""

    relationship_id: Text | None = None
    """Key of the relationship record to which the indicator belongs."""
    perspective: Literal["customer", "internal"] | None = None
    """Whether it is the customer's view or the organization's own."""
    weight: Share | None = None
    """Part in a composite score, 0 to 1."""


class IndicatorLink(Reference):
    """A typed link to another indicator."""

    relationship_type: Annotated[
        Literal["parent", "child", "correlates-with", "influences", "derived-from", "component-of"] | None, EXPECTED
    ] = None
    """What the other indicator is to this one."""
    relationship_strength: Score | None = None
    """Weight of the link, 1 to 5."""


class Alignment(Reference):
    """What an indicator serves."""

    alignment_strength: Score | None = None
    """How strongly the indicator serves it, 1 to 5."""


class Ownership(Reference):
    """The unit that answers for something."""

    owner_text: Text | None = None
    """Person or team named as owner."""


class Participation(Reference):
    """Any other stake of a unit; several to one element, told apart by ``relationshipID``."""

    relationship_id: Annotated[Text | None, EXPECTED] = None
    """Key that tells several stakes of one unit in one element apart."""
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
    """Sort of stake that the unit has."""
    relationship_strength: Score | None = None
    """Weight of the stake, 1 to 5."""
    notes: Text | None = None
    """Remarks."""


class Peer(Reference):
    """A loose link between two elements of one kind."""

    relationship_type: (
        Literal["upstream", "downstream", "complementary", "competitive", "integrated", "supporting"] | None
    ) = None
    """What the other element is to this one."""
    relationship_strength: Score | None = None
    """Weight of the link, 1 to 5."""


class Shared(Reference):
    """A unit that was given a living document."""

    shared_on: PartialDate | None = None
    """Day on which the unit was given the document."""


class LooseLink(Reference):
    """A link to another domain whose verb has no relationship type of its own."""

    domain: Annotated[Text | None, EXPECTED] = None
    """Domain as it was named."""
    relationship_type: Annotated[Text | None, EXPECTED] = None
    """Verb as it was given."""
    description: Annotated[Text | None, EXPECTED] = None
    """What the link is about."""


class Support(Reference):
    """Evidence for a claim, or against it."""

    claim_field: Text | None = None
    """Field whose claim the evidence is about; without one, the whole element."""
    supports: Flag | None = None
    """False if the evidence speaks against the claim."""


class Captured(Reference):
    """A system that records the contact, and the name of its event."""

    event_name: Text | None = None
    """Event by which the contact is recognized."""


class Step(Reference):
    """A step of a happy path; the last one ends it in success."""

    sequence_number: Ordinal | None = None
    """Place on the path, from 1."""
    is_success: Flag | None = None
    """True for the step that ends the path in success."""


class Passage(Reference):
    """The journey to which customers go on, and how many do."""

    via_milestone_id: Text | None = None
    """Id of the milestone at the seam of the two journeys."""
    transfer_percent: Percent | None = None
    """Percent of the customers who go on, 0 to 100."""


class DropOff(Reference):
    """Where customers leave, and how many do."""

    drop_off_percent: Percent | None = None
    """Percent of those entering who are lost here, 0 to 100."""
    drop_off_count: Count | None = None
    """Number of customers lost here."""


class Growth(Reference):
    """A drop-off segment, and what leading it back is worth."""

    growth_estimate: Number | None = None
    """Estimate for this segment, in the currency of the case."""


class Pushed(Reference):
    """A channel that gets a message, and how far it went."""

    pushed_at: Timestamp | None = None
    """When the message went out."""
    status: Literal["queued", "sent", "failed"] | None = None
    """What became of the message."""


class AssetUse(Reference):
    """What uses an asset, and as what."""

    role: Text | None = None
    """Part that the asset plays."""


class Addressed(Reference):
    """A trigger that a rationale starts from; one of them is the main one."""

    is_primary: Flag | None = None
    """True for the main trigger."""


class Affected(Reference):
    """Something that a trigger or a response touches, and the domain as it was named."""

    domain: Text | None = None
    """Domain as it was named."""


RationaleLinkType = Literal["supports", "contradicts", "expands", "duplicates", "supersedes"]


class RationaleLink(Reference):
    """A typed link to another rationale."""

    relationship_type: RationaleLinkType | None = None
    """What this rationale does to the other one."""


class UnitImpact(Reference):
    """A unit that a response touches, and as what."""

    relationship_role: Annotated[
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
        | None,
        EXPECTED,
    ] = None
    """Part that the unit plays."""
    relationship_strength: Score | None = None
    """How strongly the unit is touched, 1 to 5."""


class ExperienceChange(Reference):
    """A stage whose experience a response changes, and how."""

    change_description: Text | None = None
    """What changes."""
    expected_impact: Text | None = None
    """Effect on the experience."""


class Scored(Reference):
    """A yardstick on which an account is scored."""

    score: Percent | None = None
    """Score from 0 to 100."""
    assessed_on: PartialDate | None = None
    """When it was scored."""
    rationale: Text | None = None
    """Why it has this score."""


class Fit(Reference):
    """A profile that an account fits, and how well."""

    total_score: Percent | None = None
    """Weighted score on all yardsticks, from 0 to 100."""
    is_target: Flag | None = None
    """True if the account is to be won."""
