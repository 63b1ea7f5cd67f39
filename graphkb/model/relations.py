"""The table of relationship kinds: what may be joined to what, how it reads, and what the edge carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from graphkb.model import edges, records
from graphkb.model.declaration import Reference

if TYPE_CHECKING:
    from graphkb.model.declaration import RelationshipRecord

Bounds: TypeAlias = tuple[int, int | None]
"""Least and greatest number; None is without limit."""

Carrier: TypeAlias = type[Reference]
RecordForm: TypeAlias = "type[RelationshipRecord]"

ANY: Final[Bounds] = (0, None)
AT_MOST_ONE: Final[Bounds] = (0, 1)
EXACTLY_ONE: Final[Bounds] = (1, 1)
EVERYTHING: Final = ("*",)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipKind:
    """One row: elements of the ``sources`` may be joined by ``type`` to elements of the ``targets``."""

    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    reads: str
    """A sentence that says what an edge means, read from source to target."""
    per_target: Bounds = ANY
    """How many such edges may end at one target."""
    per_source: Bounds = ANY
    """How many such edges may start at one source."""
    properties: Carrier = Reference
    """What the edge carries."""
    record: RecordForm | None = None
    """The record form, whose fields are the properties of the edge."""
    same_kind: bool = False
    """Both ends are of one kind."""
    key: str = ""
    """Property that tells several edges between the same two elements apart; empty where there is one at most."""
    symmetric: bool = False
    """Stored once, read both ways."""

    def joins(self, source: str, target: str) -> bool:
        """Tell whether an element of kind ``source`` may be joined to one of kind ``target``."""
        return (
            (self.sources == EVERYTHING or source in self.sources)
            and (self.targets == EVERYTHING or target in self.targets)
            and (source == target or not self.same_kind)
        )


def _row(sources: str, type_: str, targets: str, reads: str, **options: object) -> RelationshipKind:
    return RelationshipKind(
        type=type_,
        sources=tuple(sources.split()),
        targets=tuple(targets.split()),
        reads=reads,
        **options,  # type: ignore[arg-type]  # the names are those of the class, checked when the table is built
    )


RELATIONSHIPS: Final = (
    _row(
        "CustomerSegment",
        "SUPPORTED_BY",
        "Capability",
        "The capability delivers value to the segment.",
        record=records.CustomerCapabilityRelationship,
        key="relationshipID",
    ),
    _row("CapabilityGap", "GAP_IN", "Capability", "The gap lies in the capability.", per_source=EXACTLY_ONE),
    _row(
        "CapabilityGap",
        "HINDERS",
        "CustomerSegment",
        "The gap keeps needs of the segment unmet.",
        per_source=AT_MOST_ONE,
        properties=edges.Hindrance,
    ),
    _row(
        "Initiative", "CLOSES", "CapabilityGap", "The initiative is meant to close the gap.", properties=edges.Closure
    ),
    _row(
        "Journey",
        "MAPPED_TO",
        "ValueStream",
        "The journey is served by the value stream.",
        record=records.CustomerValueStreamRelationship,
        key="relationshipID",
    ),
    _row(
        "JourneyStage",
        "MAPS_TO",
        "ValueStreamStage",
        "What the customer lives through at this stage is produced by that stage.",
        properties=edges.StageMapping,
        key="relationshipID",
    ),
    _row(
        "CustomerSegment",
        "CONSUMES",
        "Product Service",
        "The segment uses, or is meant to use, the offering.",
        record=records.CustomerOfferingRelationship,
        key="relationshipID",
    ),
    _row(
        "Strategy",
        "TARGETS",
        "CustomerSegment",
        "The strategy sets targets and priorities for the segment.",
        record=records.CustomerStrategyRelationship,
        key="relationshipID",
    ),
    _row("Persona", "REPRESENTS", "CustomerSegment", "The persona stands for the segment.", per_source=AT_MOST_ONE),
    _row("Journey", "DESIGNED_FOR", "CustomerSegment", "The journey is made for the segment.", per_source=AT_MOST_ONE),
    _row("Journey", "APPLIES_TO", "Persona", "The persona walks the journey."),
    _row(
        "CustomerSegment",
        "RELATED_SEGMENT",
        "CustomerSegment",
        "The target is a segment of that type to the source.",
        properties=edges.SegmentLink,
    ),
    _row("Journey", "HAS_STAGE", "JourneyStage", "The stage is a step of the journey.", per_target=EXACTLY_ONE),
    _row(
        "JourneyStage ValueStreamStage",
        "NEXT_STAGE",
        "JourneyStage ValueStreamStage",
        "The target follows on the source; loops are allowed.",
        properties=edges.Loop,
        same_kind=True,
    ),
    _row(
        "JourneyStage",
        "HAS_TOUCHPOINT",
        "Touchpoint",
        "The contact happens within the stage.",
        per_target=EXACTLY_ONE,
    ),
    _row("Touchpoint", "VIA_CHANNEL", "Channel", "The contact happens in the channel."),
    _row(
        "JourneyStage ValueStreamStage",
        "ENABLED_BY",
        "Capability",
        "The capability carries the stage.",
        properties=edges.CapabilityUse,
    ),
    _row(
        "JourneyStage",
        "INVOLVES",
        "ValueStream",
        "The value stream is at work in the stage.",
        properties=edges.StreamInvolved,
    ),
    _row(
        "Persona",
        "HAS_EXPERIENCE",
        "StageExperience",
        "The persona lives through the experience.",
        per_target=EXACTLY_ONE,
    ),
    _row("StageExperience", "AT_STAGE", "JourneyStage", "The experience is had at the stage.", per_source=EXACTLY_ONE),
    _row(
        "StageExperience",
        "SHAPED_BY",
        "Capability",
        "The capability is held to cause the experience.",
        properties=edges.Cause,
    ),
    _row(
        "StageExperience Persona",
        "PREFERS_CHANNEL",
        "Channel",
        "The channel is preferred, overall or at the stage.",
        properties=edges.Ranked,
    ),
    _row(
        "StageExperience Persona",
        "PREFERS_CONTENT",
        "Content",
        "The content is preferred, overall or at the stage.",
        properties=edges.Ranked,
    ),
    _row("Content", "NEEDED_AT", "JourneyStage", "The content is planned for the stage."),
    _row("Content", "AIMED_AT", "Persona CustomerSegment", "The content is meant for the target."),
    _row("Content", "DISTRIBUTED_VIA", "Channel", "The content is published through the channel."),
    _row("CustomerSegment Persona", "HAS_NEED", "Need", "The source has the need.", properties=edges.Prioritized),
    _row("Need", "ARISES_AT", "JourneyStage", "The need is felt at the stage."),
    _row(
        "Product Service",
        "FULFILLS",
        "Need",
        "The offering meets the need.",
        properties=edges.NeedMet,
        key="forSegmentID",
    ),
    _row(
        "Capability Initiative",
        "ADDRESSES",
        "Need StageExperience Opportunity",
        "The source helps to meet the need, mend the experience or take the chance.",
    ),
    _row("CustomerSegment", "ACQUIRED_VIA", "Channel", "The segment is won through the channel."),
    _row(
        "CustomerSegment Channel Capability ValueStream ValueStreamStage Product Service Strategy Initiative",
        "DEPENDS_ON",
        "Capability Service Product ValueStream ValueStreamStage Strategy OrgUnit Initiative Channel CustomerSegment",
        "The source needs the target in order to work.",
        properties=edges.Dependency,
    ),
    _row(
        "Capability OrgUnit Strategy Service Initiative",
        "PARENT_OF",
        "Capability OrgUnit Strategy Service Initiative",
        "The target is a part of the source.",
        per_target=AT_MOST_ONE,
        same_kind=True,
    ),
    _row(
        "Capability ValueStream ValueStreamStage Product Service Strategy Initiative Channel",
        "RELATED_TO",
        "Capability ValueStream ValueStreamStage Product Service Strategy Initiative Channel",
        "The two are loosely linked.",
        properties=edges.Peer,
        same_kind=True,
        symmetric=True,
    ),
    _row(
        "CustomerRelationship",
        "WITH_SEGMENT",
        "CustomerSegment",
        "The relationship is held with the segment.",
        per_source=AT_MOST_ONE,
    ),
    _row(
        "CustomerRelationship",
        "HAS_EVENT",
        "RelationshipEvent",
        "The event is part of the relationship's history.",
        per_target=EXACTLY_ONE,
    ),
    _row("CustomerRelationship", "MANAGED_THROUGH", "Service", "The service runs the relationship."),
    _row("CustomerRelationship", "CONTACTED_VIA", "Channel", "The channel is preferred for contact."),
    _row("Persona", "REQUIRES", "Capability", "The persona calls for the capability.", properties=edges.Prioritized),
    _row("Persona", "EXPERIENCES", "ValueStream ValueStreamStage", "The persona passes through the value stream."),
    _row(
        "Persona",
        "DESIGN_FOCUS",
        "Product Service Journey",
        "The persona guides the design of the target.",
        properties=edges.Focus,
    ),
    _row(
        "ValueStream",
        "HAS_STAGE",
        "ValueStreamStage",
        "The stage is a step of the value stream.",
        per_target=EXACTLY_ONE,
    ),
    _row("ValueStream Initiative", "DELIVERS", "Product Service", "The source puts out the offering."),
    _row("Product Service", "USED_IN", "Journey JourneyStage", "The offering is met on the journey."),
    _row("Product Service", "DELIVERED_VIA", "Channel", "The offering is delivered through the channel."),
    _row("Channel", "REACHES", "CustomerSegment", "The channel serves the segment."),
    _row(
        "Initiative",
        "IMPROVES",
        "Capability ValueStreamStage JourneyStage Touchpoint",
        "The change work makes the target better.",
        properties=edges.Improvement,
    ),
    _row("Initiative", "TARGETS", "CustomerSegment Persona", "The change work is for the target."),
    _row("Initiative", "IMPLEMENTS", "Strategy", "The change work carries out the strategy."),
    _row(
        "Strategy",
        "PRIORITIZES",
        "Capability Journey ValueStream",
        "The strategy puts weight on the target.",
        properties=edges.Investment,
    ),
    _row(
        "CustomerSegment Persona Journey JourneyStage Touchpoint CustomerRelationship Capability ValueStream"
        " ValueStreamStage Product Service Strategy Initiative Channel StageExperience",
        "MEASURED_BY",
        "PerformanceIndicator",
        "The source is judged by the indicator.",
        properties=edges.Judgement,
        key="relationshipID",
    ),
    _row("PerformanceIndicator", "HAS_MEASUREMENT", "Measurement", "The indicator had the value at that date."),
    _row(
        "PerformanceIndicator",
        "RELATED_INDICATOR",
        "PerformanceIndicator",
        "The target is an indicator of that type to the source.",
        properties=edges.IndicatorLink,
    ),
    _row(
        "PerformanceIndicator",
        "ALIGNED_WITH",
        "Strategy Initiative Capability ValueStream",
        "The indicator serves the target.",
        properties=edges.Alignment,
    ),
    _row(
        "OrgUnit",
        "OWNS",
        "CustomerSegment Persona Journey JourneyStage Touchpoint CustomerRelationship Capability ValueStream"
        " ValueStreamStage Product Service Strategy Initiative PerformanceIndicator Channel Content",
        "The unit answers for the target.",
        properties=edges.Ownership,
    ),
    _row(
        "OrgUnit",
        "PARTICIPATES_IN",
        "Capability Service ValueStream Initiative Product CustomerSegment Journey JourneyStage CustomerRelationship",
        "The unit has another stake in the target.",
        properties=edges.Participation,
        key="relationshipID",
    ),
    _row("OrgUnit", "HAS_ROLE", "Role", "The role exists in the unit."),
    _row("OrgUnit", "EXECUTES", "Initiative", "The unit carries out the change work."),
    _row("Role", "MANAGES", "CustomerSegment Channel CustomerRelationship Persona", "The role runs the target."),
    _row(
        "Persona Journey Capability ValueStream Content",
        "SHARED_WITH",
        "OrgUnit",
        "The unit was given the document.",
        properties=edges.Shared,
    ),
    _row(
        "CustomerRelationship Strategy Capability ValueStream ValueStreamStage Product Initiative",
        "EXPOSED_TO",
        "Risk",
        "The risk threatens the source.",
        properties=edges.Exposure,
        key="relationshipID",
    ),
    _row(
        "CustomerSegment Journey JourneyStage CustomerRelationship Capability ValueStream ValueStreamStage Product"
        " Service Strategy Initiative",
        "HAS_OPPORTUNITY",
        "Opportunity",
        "The source has the chance to do better.",
    ),
    _row(
        "Product Service",
        "COMPETES_WITH",
        "CompetitiveAlternative",
        "The target is a rival of the offering.",
        properties=edges.Rivalry,
        key="relationshipID",
    ),
    _row(
        "CustomerSegment Channel",
        "CROSS_DOMAIN",
        "*",
        "The source is linked to another domain.",
        properties=edges.LooseLink,
    ),
)
"""Every relationship kind between the kinds of the metamodel."""
