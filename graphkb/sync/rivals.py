"""Links of which an element may have one only, where this load and another source state different ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.sync.plan import Conflict
from graphkb.sync.state import others

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graphkb.errors import Problem
    from graphkb.model.consistency import Rival
    from graphkb.sync.plan import OnConflict
    from graphkb.sync.state import Stored


@dataclass(slots=True)
class Settled:
    """What is left of a load when its rivals are decided."""

    wanted: Dataset
    replaced: set[EdgeKey] = field(default_factory=set)
    """Edges of other sources that go."""
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Rivals of the source's own, which a load that only creates and updates leaves where they are."""


def settle(source: str, wanted: Dataset, stored: Stored, rivals: Iterable[Rival], on_conflict: OnConflict) -> Settled:
    """Decide for each rival which of the edges stays: what another source states, or what this one does."""
    settled = Settled(wanted)
    kept = set()
    for rival in rivals:
        if not all(others(stored.edges[edge], source) for edge in rival.theirs):
            settled.problems.append(rival.problem)
            continue
        for edge in rival.theirs:
            by = tuple(each for each in others(stored.edges[edge], source) if each)
            ends = str(_other_end(edge, rival.at)), str(_other_end(rival.own, rival.at))
            settled.conflicts.append(Conflict(rival.at, edge.type, by, *ends, rival.place, rival.demand))
        if on_conflict == "keep":
            kept.add(rival.own)
        elif on_conflict == "take":
            settled.replaced.update(rival.theirs)
    if kept:
        settled.wanted = _without(wanted, kept)
    return settled


def _other_end(edge: EdgeKey, at: NodeKey) -> NodeKey:
    return edge.source if edge.target == at else edge.target


def _without(wanted: Dataset, dropped: Collection[EdgeKey]) -> Dataset:
    """Return a dataset without some edges, and without the stubs that only these refer to."""
    edges = {edge: each for edge, each in wanted.edges.items() if edge not in dropped}
    held = {end for edge in edges for end in (edge.source, edge.target)}
    left = {end for edge in dropped for end in (edge.source, edge.target)} - held
    nodes = {key: each for key, each in wanted.nodes.items() if not (key in left and each.get("isStub"))}
    return Dataset(nodes, edges)
