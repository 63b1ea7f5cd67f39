"""Which capabilities a segment cannot do without in order to be served by a value stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from graphkb.analysis.declared import answer, declare
from graphkb.analysis.projection import JOURNEY_TYPES, journey_segments, links, read_graph, reversed_links, steps_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.model.dataset import NodeKey
    from graphkb.queries.answer import Answer, Asked
    from graphkb.store.protocol import Value

    Links: TypeAlias = Mapping[NodeKey, list[NodeKey]]

CUTTING_OFF: Final = declare(
    "cutting_off",
    """\
// question: Which capabilities, if lost, cut a segment off from a value stream?
// grain: one row a segment, value stream and capability
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: value_stream ValueStream? = null    by id or title, or null for all
// param: critical_only boolean = false    whether only dependencies of the type Critical bring a capability down
// param: limit integer = 1000    1.., at most so many rows
// returns: segmentId string, segment string, valueStreamId string, valueStream string
// returns: capabilityId string, capability string, through list<string>, valueStages integer, maturityLevel integer?
// table: segment, valueStream, capability, through, valueStages, maturityLevel
// none: No loss of a single capability cuts a segment off from a value stream that its journeys map to.
""",
)

_KINDS: Final = (
    "CustomerSegment", "Persona", "Journey", "JourneyStage", "ValueStream", "ValueStreamStage", "Capability", "Service",
    "Product", "Process", "Asset",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CuttingCapability:
    """One capability without which a segment is cut off from a value stream."""

    segment_id: str
    segment: str
    value_stream_id: str
    value_stream: str
    capability_id: str
    capability: str
    through: tuple[str, ...]
    """Titles of the capabilities that carry the value stages and fail with it; itself among them if it carries one."""
    value_stages: int
    """How many value stages of the stream the segment's journeys map to; all of them fail."""
    maturity_level: int | None
    """1..5."""


def cutting_off(
    kb: Asked,
    *,
    segment: str | None = None,
    value_stream: str | None = None,
    critical_only: bool = False,
    limit: int = 1000,
) -> Answer[CuttingCapability]:
    """Find the capabilities whose loss cuts a segment off from a value stream, by segment, stream and title.

    A segment is served by a value stream if a stage of one of its journeys (designed for it, or walked by a persona
    that represents it) maps to a value stage of the stream which some capability enables. A capability that is lost
    takes with it all that depends on it within 8 steps (``critical_only``: over dependencies of the type Critical).
    It cuts the segment off if then no such value stage has a capability left. ``segment`` and ``value_stream`` are
    ids or titles. Where nothing depends on anything these are the dominators of the stream in the flow from segment
    over value stages and capabilities to the stream: E. S. Lowry and C. W. Medlock, Object code optimization,
    Communications of the ACM 12 (1969).

    Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {
        "segment": segment,
        "value_stream": value_stream,
        "critical_only": critical_only,
        "limit": limit,
    }
    return answer(
        kb,
        CUTTING_OFF,
        parameters,
        lambda given: _cuts(read_graph(kb.store, kinds=_KINDS, relationships=JOURNEY_TYPES), given),
    )


def _cuts(graph: Graph, given: Mapping[str, Value]) -> Iterator[CuttingCapability]:
    enabled_by, needs = links(graph, "ENABLED_BY"), _needs(graph, critical_only=bool(given["critical_only"]))
    for (segment, stream), value_stages in sorted(_served(graph).items(), key=lambda item: _titles(graph, item[0])):
        if given["segment"] not in (None, segment.id) or given["value_stream"] not in (None, stream.id):
            continue
        carriers = [set(enabled_by.get(stage, ())) for stage in sorted(value_stages)]
        carriers = [each for each in carriers if each]
        # What cuts off the stream takes down every carrier of any one stage; so its first carrier, for one.
        suspects = steps_from(min(carriers[0]), needs) if carriers else {}
        for capability in sorted(suspects, key=lambda key: (graph.nodes[key]["title"], key)):
            fallen = {c for each in carriers for c in each if capability in steps_from(c, needs)}
            if capability.label == "Capability" and all(each <= fallen for each in carriers):
                yield CuttingCapability(
                    segment_id=segment.id,
                    segment=graph.nodes[segment]["title"],
                    value_stream_id=stream.id,
                    value_stream=graph.nodes[stream]["title"],
                    capability_id=capability.id,
                    capability=graph.nodes[capability]["title"],
                    through=tuple(sorted(graph.nodes[c]["title"] for c in fallen)),
                    value_stages=len(carriers),
                    maturity_level=graph.nodes[capability].get("maturityLevel"),
                )


def _served(graph: Graph) -> dict[tuple[NodeKey, NodeKey], set[NodeKey]]:
    """Return the value stages by which each segment is served by each value stream."""
    stages, maps = links(graph, "HAS_STAGE"), links(graph, "MAPS_TO")
    streams = {
        stage: stream
        for stage, owners in reversed_links(stages).items()
        for stream in owners
        if stream.label == "ValueStream"
    }
    found: dict[tuple[NodeKey, NodeKey], set[NodeKey]] = {}
    for journey, segments in journey_segments(graph).items():
        for value_stage in (v for stage in stages.get(journey, ()) for v in maps.get(stage, ())):
            for segment in segments:
                if value_stage in streams:
                    found.setdefault((segment, streams[value_stage]), set()).add(value_stage)
    return found


def _needs(graph: Graph, *, critical_only: bool) -> Links:
    found: dict[NodeKey, list[NodeKey]] = {}
    for source, target, edge in graph.edges(data=True):
        if edge["type"] == "DEPENDS_ON" and (not critical_only or edge.get("dependencyType") == "Critical"):
            found.setdefault(source, []).append(target)
    return found


def _titles(graph: Graph, pair: tuple[NodeKey, NodeKey]) -> tuple[object, ...]:
    return *(graph.nodes[key]["title"] for key in pair), *pair
