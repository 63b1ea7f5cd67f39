"""Which capabilities the journeys rely on most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from graphkb.analysis.declared import answer, declare
from graphkb.analysis.projection import JOURNEY_TYPES, journey_segments, links, read_graph, reversed_links, steps_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.model.dataset import NodeKey
    from graphkb.queries.answer import Answer, Asked
    from graphkb.store.protocol import Value

RELIED_UPON: Final = declare(
    "relied_upon",
    """\
// question: Which capabilities do the journeys rely on most, counting what lies behind other capabilities?
// grain: one row a capability on which a journey stage rests
// param: segment CustomerSegment? = null    by id or title: only journeys of this segment; or null for all
// param: decay float = 0.5    0..1, share of a stage's reliance that is passed on over a DEPENDS_ON step
// param: default_importance integer = 3    1..5, where the ENABLED_BY states none
// param: limit integer = 1000    1.., at most so many rows, the most relied upon first
// returns: capabilityId string, capability string, reliance float, stages integer, directStages integer
// returns: journeys integer, segments integer, dependents integer, maturityLevel integer?, targetMaturityLevel integer?
// table: capability, reliance, stages, directStages, journeys, dependents, maturityLevel
// none: No capability carries a stage of a journey.
""",
)

_KINDS: Final = (
    "CustomerSegment", "Persona", "Journey", "JourneyStage", "ValueStreamStage", "Capability", "Service", "Product",
    "Process", "Asset",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReliedUponCapability:
    """One capability, and how much rests on it."""

    capability_id: str
    capability: str
    reliance: float
    """Sum over stages of importance x decay ^ steps; ranks capabilities of one answer."""
    stages: int
    """Journey stages that rest on it, directly, through a value stage, or over dependencies."""
    direct_stages: int
    """Those of them that it enables itself, or through a value stage."""
    journeys: int
    segments: int
    """Segments of these journeys."""
    dependents: int
    """Capabilities that depend on it, over at most 8 steps."""
    maturity_level: int | None
    """1..5."""
    target_maturity_level: int | None
    """1..5."""


def relied_upon(
    kb: Asked,
    *,
    segment: str | None = None,
    decay: float = 0.5,
    default_importance: int = 3,
    limit: int = 1000,
) -> Answer[ReliedUponCapability]:
    """Rank the capabilities by how much the journey stages rely on them, the most relied upon first.

    A stage relies on a capability by the greatest ``importance x decay ^ steps`` of the ways from it: it is enabled by
    a capability, directly or through a value stage it maps to, with an importance of 1..5 (``default_importance`` where
    none is stated), and that one depends on the capability over so many steps (0..8). Reliance is the sum over stages.
    ``segment`` (id or title) keeps the journeys designed for it or walked by personas that represent it.

    Influence that fades with distance is the idea of L. Katz, A new status index derived from sociometric analysis,
    Psychometrika 18 (1953); here only the strongest way to a stage counts, since a stage cannot fail twice. PageRank
    would share a stage's weight among the capabilities that it needs, though it needs them all, and betweenness ranks
    what lies between others, though what lies at the bottom bears as much.

    Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"segment": segment, "decay": decay, "default_importance": default_importance, "limit": limit}
    return answer(
        kb,
        RELIED_UPON,
        parameters,
        lambda given: _ranked(read_graph(kb.store, kinds=_KINDS, relationships=JOURNEY_TYPES), given),
    )


def _ranked(graph: Graph, given: Mapping[str, Value]) -> list[ReliedUponCapability]:
    return sorted(_reliances(graph, given), key=lambda row: (-row.reliance, row.capability_id))


def _reliances(graph: Graph, given: Mapping[str, Value]) -> Iterator[ReliedUponCapability]:
    decay = cast("float", given["decay"])
    depends_on = links(graph, "DEPENDS_ON")
    dependents = reversed_links(depends_on)
    journeys = _journeys(graph, given["segment"])
    direct = _direct(graph, cast("int", given["default_importance"]))
    reliance: dict[NodeKey, dict[NodeKey, float]] = {}
    ways = {capability: steps_from(capability, depends_on) for uses in direct.values() for capability in uses}
    for stage, uses in direct.items():
        if stage not in journeys:
            continue
        for enabling, importance in uses.items():
            for capability, steps in ways[enabling].items():
                share = importance * decay**steps
                by_stage = reliance.setdefault(capability, {})
                by_stage[stage] = max(by_stage.get(stage, 0.0), share)
    for capability, by_stage in reliance.items():
        if capability.label != "Capability":
            continue
        reached = [journeys[stage] for stage in by_stage]
        behind = steps_from(capability, dependents)
        yield ReliedUponCapability(
            capability_id=capability.id,
            capability=graph.nodes[capability]["title"],
            reliance=float(sum(by_stage[stage] for stage in sorted(by_stage))),
            stages=len(by_stage),
            direct_stages=sum(capability in direct[stage] for stage in by_stage),
            journeys=len({journey for journey, _ in reached}),
            segments=len({segment for _, segments in reached for segment in segments}),
            dependents=sum(key.label == "Capability" for key in behind) - 1,
            maturity_level=graph.nodes[capability].get("maturityLevel"),
            target_maturity_level=graph.nodes[capability].get("targetMaturityLevel"),
        )


def _direct(graph: Graph, default: int) -> dict[NodeKey, dict[NodeKey, int]]:
    """Return the capabilities that carry each journey stage, directly or through a value stage, by importance."""
    stated: dict[NodeKey, dict[NodeKey, int]] = {}
    for stage, capability, edge in graph.edges(data=True):
        if edge["type"] == "ENABLED_BY":
            stated.setdefault(stage, {})[capability] = edge.get("importanceLevel", default)
    found: dict[NodeKey, dict[NodeKey, int]] = {}
    maps = links(graph, "MAPS_TO")
    for stage in (key for key in graph if key.label == "JourneyStage"):
        for place in (stage, *maps.get(stage, ())):
            for capability, importance in stated.get(place, {}).items():
                uses = found.setdefault(stage, {})
                uses[capability] = max(uses.get(capability, 0), importance)
    return found


def _journeys(graph: Graph, segment: Value) -> dict[NodeKey, tuple[NodeKey, frozenset[NodeKey]]]:
    """Return the journey of each stage with the journey's segments, of one segment where one is wanted."""
    stages = links(graph, "HAS_STAGE")
    found: dict[NodeKey, tuple[NodeKey, frozenset[NodeKey]]] = {}
    for journey, segments in journey_segments(graph).items():
        if segment is None or any(each.id == segment for each in segments):
            found.update((stage, (journey, segments)) for stage in stages.get(journey, ()))
    return found
