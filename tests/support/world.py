"""A graph of plain data to walk in, in plain Python: what the oracle looks at."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.graphs import Edge, Graph, Key

MOST_HOPS: Final = 8


@dataclass(frozen=True, slots=True)
class Route:
    """One way from a capability to a journey stage."""

    stage: Key
    way: str
    enabling: Key
    hops: int
    stated: int | None
    """Importance at the stage's end, if any is stated."""


class World:
    """A graph to walk in."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._leaving: dict[tuple[Key | None, str], list[Edge]] = defaultdict(list)
        self._arriving: dict[tuple[Key | None, str], list[Edge]] = defaultdict(list)
        for edge in graph.edges:
            self._leaving[edge.source, edge.type].append(edge)
            self._arriving[edge.target, edge.type].append(edge)

    def of(self, node: Key | None, name: str) -> Any:
        """Return a property of a node, null if either is missing."""
        return None if node is None else self.graph.nodes[node].get(name)

    def all(self, label: str) -> list[Key]:
        """Return every node of a label."""
        return [key for key in self.graph.nodes if key[0] == label]

    def edges_from(self, node: Key | None, relationship: str, label: str | None = None) -> list[Edge]:
        """Return the edges of a type that leave a node, to nodes of a label."""
        return [edge for edge in self._leaving.get((node, relationship), ()) if label in (None, edge.target[0])]

    def edges_to(self, node: Key | None, relationship: str, label: str | None = None) -> list[Edge]:
        """Return the edges of a type that arrive at a node, from nodes of a label."""
        return [edge for edge in self._arriving.get((node, relationship), ()) if label in (None, edge.source[0])]

    def after(self, node: Key | None, relationship: str, label: str | None = None) -> list[Key]:
        """Return the nodes to which edges of a type lead from a node."""
        return [edge.target for edge in self.edges_from(node, relationship, label)]

    def before(self, node: Key | None, relationship: str, label: str | None = None) -> list[Key]:
        """Return the nodes from which edges of a type lead to a node."""
        return [edge.source for edge in self.edges_to(node, relationship, label)]

    def first_after(self, node: Key | None, relationship: str, label: str) -> Key | None:
        """Return the only node after a node, where there is at most one."""
        return next(iter(self.after(node, relationship, label)), None)

    def titles(self, nodes: list[Key]) -> list[str]:
        """Return the titles of nodes, sorted."""
        return [self.of(node, "title") for node in sorted(nodes, key=lambda n: (self.of(n, "title"), n[1]))]

    def dependents(self, capability: Key) -> dict[Key, int]:
        """Return the capability and all that depend on it, with the fewest steps to it."""
        steps = _steps(capability, lambda node: self.before(node, "DEPENDS_ON"))
        return {node: hops for node, hops in steps.items() if node[0] == "Capability"}

    def needed(self, node: Key) -> dict[Key, int]:
        """Return the node and all that it depends on, of every kind, with the fewest steps to it."""
        return _steps(node, lambda each: self.after(each, "DEPENDS_ON"))

    def routes(self, capability: Key | None) -> Iterator[Route]:
        """Yield every route from a capability to a stage, whether or not a journey has the stage."""
        for enabling, hops in self.dependents(capability).items() if capability else ():
            for stage in self.all("JourneyStage"):
                direct = self.importances(stage, enabling)
                through = [
                    level
                    for value_stage in self.after(stage, "MAPS_TO")
                    for level in self.importances(value_stage, enabling)
                ]
                for way, levels in (("direct", direct), ("value stream", through)):
                    if levels:
                        yield Route(stage, way, enabling, hops, highest(levels))

    def importances(self, stage: Key, capability: Key) -> list[int | None]:
        """Return what each ENABLED_BY from a stage to a capability states as importance."""
        return [
            edge.properties.get("importanceLevel")  # type: ignore[misc]  # the generator puts integers there
            for edge in self.edges_from(stage, "ENABLED_BY")
            if edge.target == capability
        ]

    def open_gaps(self) -> list[Key]:
        """Return the gaps that count."""
        return [gap for gap in self.all("CapabilityGap") if self.of(gap, "status") != "closed"]

    def gap_size(self, gap: Key, capability: Key | None) -> int:
        """Return the stated size, else the maturity distance of the capability, else 1."""
        stated: int | None = self.of(gap, "gapSize")
        distance = self.distance(capability)
        return stated if stated is not None else distance if distance is not None else 1

    def distance(self, capability: Key | None) -> int | None:
        """Return target less present maturity, null unless both are stated."""
        target, actual = self.of(capability, "targetMaturityLevel"), self.of(capability, "maturityLevel")
        return None if target is None or actual is None else target - actual

    def scores(self, experiences: list[Key]) -> list[float]:
        """Return the satisfaction scores that experiences state."""
        return [score for e in experiences if (score := self.of(e, "satisfactionScore")) is not None]

    def gap_columns(self, gap: Key, capability: Key | None) -> dict[str, Any]:
        """Return the columns that describe a gap and its capability."""
        return {
            "gapId": gap[1],
            "gap": self.of(gap, "title"),
            "gapKind": self.of(gap, "gapKind"),
            "gapStatus": self.of(gap, "status") or "open",
            "capabilityId": capability and capability[1],
            "capability": self.of(capability, "title"),
        }


def highest(levels: list[int | None]) -> int | None:
    """Return the highest level that is stated."""
    return max((level for level in levels if level is not None), default=None)


def _steps(start: Key, onward: Callable[[Key], list[Key]]) -> dict[Key, int]:
    """Return what is within reach over the most hops, with the fewest steps to it; the start is zero steps away."""
    steps = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in onward(node):
            if other not in steps and steps[node] < MOST_HOPS:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps
