"""Which capabilities belong together, since they serve the same journeys."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import networkx as nx

from graphkb.analysis.declared import answer, declare
from graphkb.analysis.projection import links, read_graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.analysis.projection import Graph
    from graphkb.model.dataset import NodeKey
    from graphkb.queries.answer import Answer, Asked
    from graphkb.store.protocol import Value

    Ties: TypeAlias = nx.Graph[NodeKey]

COMMUNITIES: Final = declare(
    "communities",
    """\
// question: Which capabilities belong together, since they serve the same journeys?
// grain: one row a capability that serves a journey
// param: resolution float = 1.0    0.1..10, above 1 for more and smaller communities, below for fewer and larger
// param: limit integer = 1000    1.., at most so many rows, the largest community first
// returns: community integer, communityTitle string, size integer, capabilityId string, capability string
// returns: journeys list<string>, tie float, modularity float
// table: community, communityTitle, capability, journeys, tie
// none: No capability carries a stage of a journey.
""",
)

_KINDS: Final = ("Journey", "JourneyStage", "ValueStreamStage", "Capability")
_TYPES: Final = ("HAS_STAGE", "MAPS_TO", "ENABLED_BY")


@dataclass(frozen=True, slots=True)
class CommunityMember:
    """One capability in its community."""

    community: int
    """From 1, the largest community first."""
    community_title: str
    """Title of the capability with the strongest tie within the community."""
    size: int
    """How many capabilities the community has."""
    capability_id: str
    capability: str
    journeys: tuple[str, ...]
    """Titles of the journeys that it serves, directly or through a value stage."""
    tie: float
    """Sum of its ties within the community; 0 if it is alone."""
    modularity: float
    """-0.5..1, of the whole division: how much more ties lie within communities than chance would put there."""


def communities(kb: Asked, *, resolution: float = 1.0, limit: int = 1000) -> Answer[CommunityMember]:
    """Divide the capabilities into communities by the journeys that they share.

    The tie of two capabilities is the sum over the journeys that both serve of 1 / (n - 1), where n capabilities serve
    the journey: what hardly anybody shares ties more (M. Newman, Scientific collaboration networks II, Physical Review
    E 64 (2001)). The ties are divided by the Louvain method (V. Blondel et al., Fast unfolding of communities in large
    networks, Journal of Statistical Mechanics (2008)), begun from the same state at every call, so that the same graph
    gives the same communities. ``resolution`` is 0.1..10; 1 is the plain modularity.

    Raises :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.
    """
    parameters = {"resolution": resolution, "limit": limit}
    return answer(
        kb,
        COMMUNITIES,
        parameters,
        lambda given: _members(read_graph(kb.store, kinds=_KINDS, relationships=_TYPES), given),
    )


def _members(graph: Graph, given: Mapping[str, Value]) -> list[CommunityMember]:
    served = _served(graph)
    ties = _ties(served)
    if not ties:
        return []
    resolution = cast("float", given["resolution"])
    found = nx.community.louvain_communities(ties, weight="weight", resolution=resolution, seed=0)
    modularity = nx.community.modularity(ties, found, weight="weight", resolution=resolution) if ties.size() else 0.0
    rows: list[CommunityMember] = []
    for number, community in enumerate(sorted(map(sorted, found), key=lambda keys: (-len(keys), keys)), 1):
        within = ties.subgraph(community)
        strength = {key: float(sum(edge["weight"] for edge in within[key].values())) for key in community}
        first = min(community, key=lambda key: (-strength[key], key))
        for key in sorted(community, key=lambda key: (-strength[key], key)):
            row = CommunityMember(
                community=number,
                community_title=graph.nodes[first]["title"],
                size=len(community),
                capability_id=key.id,
                capability=graph.nodes[key]["title"],
                journeys=tuple(sorted(graph.nodes[journey]["title"] for journey in served[key])),
                tie=strength[key],
                modularity=modularity,
            )
            rows.append(row)
    return rows


def _served(graph: Graph) -> dict[NodeKey, set[NodeKey]]:
    """Return the journeys that each capability serves, directly or through a value stage."""
    enabled, maps = links(graph, "ENABLED_BY"), links(graph, "MAPS_TO")
    found: dict[NodeKey, set[NodeKey]] = {}
    for journey, stages in links(graph, "HAS_STAGE").items():
        for stage in stages:
            for place in (stage, *maps.get(stage, ())):
                for capability in enabled.get(place, ()):
                    found.setdefault(capability, set()).add(journey)
    return dict(sorted(found.items()))


def _ties(served: Mapping[NodeKey, set[NodeKey]]) -> Ties:
    ties: Ties = nx.Graph()
    ties.add_nodes_from(served)
    sharing: dict[NodeKey, list[NodeKey]] = {}
    for capability, journeys in served.items():
        for journey in journeys:
            sharing.setdefault(journey, []).append(capability)
    for _, capabilities in sorted(sharing.items()):
        for one, other in combinations(sorted(capabilities), 2):
            weight = ties.get_edge_data(one, other, {"weight": 0.0})["weight"]
            ties.add_edge(one, other, weight=weight + 1 / (len(capabilities) - 1))
    return ties
