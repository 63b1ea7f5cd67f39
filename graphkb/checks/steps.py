"""The five steps by which a knowledge base is begun, and how far one has come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from graphkb.sync.state import read_stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore

PRIORITY: Final = 4
"""A segment to which a strategy gives at least this importance is a priority, as is one that is marked so."""
DETAILS: Final = ("goals", "painPoints", "behaviors")
"""What a detailed persona has, each of them."""

_KINDS: Final = (
    "CustomerSegment", "Persona", "Strategy", "Journey", "JourneyStage", "Touchpoint", "Capability", "ValueStream",
    "ValueStreamStage", "PerformanceIndicator",
)  # fmt: skip
_TYPES: Final = (
    "REPRESENTS", "TARGETS", "APPLIES_TO", "DESIGNED_FOR", "HAS_STAGE", "HAS_TOUCHPOINT", "ENABLED_BY", "MAPPED_TO",
    "MAPS_TO", "INVOLVES", "MEASURED_BY",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps."""

    step: str
    done: bool
    """Whether there is at least one of what the step asks for, chosen from what the step before it gave."""
    where: str
    """Where one stands, in counts."""
    next: str
    """What to do next: a command, or what to write into which list of a file; empty for a step that is done."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def steps(store: GraphStore, metamodel: Metamodel) -> tuple[Step, ...]:
    """Return the five steps in their order; raises :class:`~graphkb.errors.StoreError`."""
    data = read_stored(store, metamodel, kinds=_KINDS, types=_TYPES).dataset()
    links = _Links(data)
    segments = links.of_kind("CustomerSegment")
    priorities = [
        segment
        for segment in segments
        if data.nodes[segment].get("isPriority") or links.importance.get(segment, 0) >= PRIORITY
    ]
    personas = [p for p in links.of_kind("Persona") if links.to(p, "REPRESENTS", priorities)]
    detailed = [persona for persona in personas if all(data.nodes[persona].get(name) for name in DETAILS)]
    theirs = {segment for persona in detailed for segment in links.to(persona, "REPRESENTS", priorities)}
    journeys = [
        journey
        for journey in links.of_kind("Journey")
        if links.to(journey, "APPLIES_TO", detailed) or links.to(journey, "DESIGNED_FOR", theirs)
    ]
    stages = {journey: links.ends(journey, "HAS_STAGE") for journey in journeys}
    mapped = [j for j in journeys if any(links.ends(stage, "HAS_TOUCHPOINT") for stage in stages[j])]
    enabled = [j for j in mapped if any(links.ends(stage, "ENABLED_BY") for stage in stages[j])]
    flowing = [
        journey
        for journey in mapped
        if links.ends(journey, "MAPPED_TO") or any(links.ends(s, "MAPS_TO", "INVOLVES") for s in stages[journey])
    ]
    measured = [
        journey for journey in mapped if any(links.ends(each, "MEASURED_BY") for each in (journey, *stages[journey]))
    ]
    kept = [segment for segment in priorities if links.ends(segment, "MEASURED_BY")]
    return (
        _step(
            "Document the key segments",
            priorities,
            f"{_count(segments, 'segment')}, {len(priorities)} with priority",
            "Set `isPriority` of a record in `customerSegments`."
            if segments
            else "`graphkb new FOLDER` makes customers.yaml to edit.",
        ),
        _step(
            "Detail a persona for a priority segment",
            detailed,
            f"{_count(personas, 'persona')} for priority segments, {len(detailed)} with {', '.join(DETAILS)}",
            f"Write a record with customerSegmentID, {', '.join(DETAILS)} into `personas`.",
        ),
        _step(
            "Map its primary journey",
            mapped,
            f"{_count(journeys, 'journey')} of such personas or their segments, {len(mapped)} with touchpoints",
            "Write a record with personaIDs, and journeyStages that have touchpoints, into `journeys`.",
        ),
        _step(
            "Link the journey to capabilities and value streams",
            set(enabled) & set(flowing),
            f"{len(enabled)} of {_count(mapped, 'journey')} rest on capabilities, {len(flowing)} on value streams",
            "Fill in relevantCapabilities and relevantValueStreams of its stages.",
        ),
        _step(
            "Define measures",
            measured and kept,
            f"{len(kept)} of {_count(priorities, 'priority segment')} and {len(measured)} of "
            f"{_count(mapped, 'journey')} have an indicator",
            "Write performanceIndicators into the segment, and performanceMetrics into the stages.",
        ),
    )


class _Links:
    """The links of a dataset by where they begin, those from and to stubs included."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.importance: dict[NodeKey, int] = {}
        """The highest importance that a strategy gives a segment."""
        self._ends: dict[tuple[NodeKey, str], list[NodeKey]] = defaultdict(list)
        for edge, properties in data.edges.items():
            self._ends[edge.source, edge.type].append(edge.target)
            if edge.type == "TARGETS" and edge.source.label == "Strategy":
                stated = properties.get("strategicImportance", 0)
                self.importance[edge.target] = max(stated, self.importance.get(edge.target, 0))

    def of_kind(self, kind: str) -> list[NodeKey]:
        """Return the elements of a kind that somebody described."""
        return [key for key, node in self.data.nodes.items() if key.label == kind and not node.get("isStub")]

    def ends(self, source: NodeKey, *types: str) -> list[NodeKey]:
        """Return where links of some types lead from an element."""
        return [end for type_ in types for end in self._ends.get((source, type_), ())]

    def to(self, source: NodeKey, type_: str, among: Iterable[NodeKey]) -> list[NodeKey]:
        """Return which of some elements links of a type lead to."""
        known = set(among)
        return [end for end in self.ends(source, type_) if end in known]


def _step(step: str, chosen: object, where: str, following: str) -> Step:
    return Step(step, bool(chosen), where, "" if chosen else following)


def _count(found: Iterable[object], word: str) -> str:
    number = len(list(found))
    return f"{number} {word}{'s' * (number != 1)}"
