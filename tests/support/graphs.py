"""Random graphs of the domain's shape as plain data, and a writer that puts one into a store."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING, Final, TypeAlias

from graphkb.store.protocol import Statement
from tests.support.further import add_further

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.store.protocol import GraphStore, Value

Key: TypeAlias = tuple[str, str]
"""Label and id of a node."""

CLEAR: Final = Statement("MATCH (n) DETACH DELETE n")


@dataclass(frozen=True, slots=True)
class Edge:
    """One relationship between two nodes."""

    source: Key
    type: str
    target: Key
    properties: dict[str, Value]


@dataclass(slots=True)
class Graph:
    """Nodes with their properties, and the edges between them."""

    nodes: dict[Key, dict[str, Value]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    _linked: set[tuple[Key, str, Key]] = field(default_factory=set, repr=False)

    def add(self, label: str, node_id: str, **properties: Value) -> Key:
        """Add a node, titled unless ``properties`` say otherwise; null properties are left out."""
        stated = {"title": f"Title of {node_id}"} | properties
        self.nodes[label, node_id] = {name: value for name, value in stated.items() if value is not None}
        return label, node_id

    def link(self, source: Key, relationship: str, target: Key, **properties: Value) -> None:
        """Add an edge, null properties left out, unless there is one of this type between the two."""
        if (source, relationship, target) not in self._linked:
            self._linked.add((source, relationship, target))
            stated: dict[str, Value] = {name: value for name, value in properties.items() if value is not None}
            self.edges.append(Edge(source, relationship, target, stated))


def write_graph(store: GraphStore, graph: Graph) -> None:
    """Replace everything in the store by the graph, in one transaction."""
    nodes: dict[str, list[Value]] = defaultdict(list)
    for (label, node_id), properties in graph.nodes.items():
        nodes[label].append({"id": node_id, "properties": dict(properties)})
    edges: dict[tuple[str, str, str], list[Value]] = defaultdict(list)
    for edge in graph.edges:
        row: Value = {"source": edge.source[1], "target": edge.target[1], "properties": dict(edge.properties)}
        edges[edge.source[0], edge.type, edge.target[0]].append(row)
    statements = [CLEAR]
    statements += [
        Statement(
            f"UNWIND $rows AS row CREATE (n:{label} {{id: row.id}}) SET n:Element, n += row.properties", {"rows": rows}
        )
        for label, rows in nodes.items()
    ]
    statements += [
        Statement(
            f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
            f"CREATE (a)-[r:{relationship}]->(b) SET r += row.properties",
            {"rows": rows},
        )
        for (source, relationship, target), rows in edges.items()
    ]
    store.write(statements)


def random_graph(seed: int) -> Graph:
    """Return the graph of a seed: small, with cycles, missing links, closed gaps, isolated nodes and several routes."""
    graph = _Maker(random.Random(seed)).make()  # noqa: S311  # a test's dice, not a secret
    # Dice of their own, so that what is added here leaves the rest of the graph as it was.
    add_further(graph, random.Random(f"further {seed}"))  # noqa: S311  # a test's dice, not a secret
    return graph


class _Maker:
    """Throws the dice for one graph."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.graph = Graph()

    def make(self) -> Graph:
        segments = self.several("CustomerSegment", 0, 3)
        capabilities = self.capabilities()
        stages = self.journeys(segments)
        value_stages = self.value_stages(stages)
        self.uses([*stages, *value_stages], capabilities)
        gaps = self.gaps(capabilities, segments)
        touchpoints = self.several("Touchpoint", 0, 2)
        for touchpoint in touchpoints:
            self.maybe(0.6, stages, "HAS_TOUCHPOINT", touchpoint, incoming=True)
        self.initiatives(gaps, [*capabilities, *capabilities, *stages, *value_stages, *touchpoints], segments)
        self.owners([*capabilities, *stages])
        for strategy, segment in product(self.several("Strategy", 0, 2), segments):
            if self.chance(0.6):
                self.graph.link(strategy, "TARGETS", segment, strategicImportance=self.dice.choice([None, 1, 3, 4, 5]))
        return self.graph

    def chance(self, probability: float) -> bool:
        return self.dice.random() < probability

    def several(self, label: str, least: int, most: int) -> list[Key]:
        return [self.graph.add(label, f"{label.lower()}-{n}") for n in range(self.dice.randint(least, most))]

    def maybe(
        self, probability: float, others: Sequence[Key], relationship: str, node: Key, *, incoming: bool = False
    ) -> None:
        """Link the node to one of the others, or not."""
        if others and self.chance(probability):
            other = self.dice.choice(others)
            source, target = (other, node) if incoming else (node, other)
            self.graph.link(source, relationship, target)

    def capabilities(self) -> list[Key]:
        chained = self.chance(0.1)
        count = 11 if chained else self.dice.randint(2, 6)
        level: list[Value] = [None, 1, 2, 3, 4, 5]
        found = [
            self.graph.add(
                "Capability",
                f"capability-{n}",
                maturityLevel=self.dice.choice(level),
                targetMaturityLevel=self.dice.choice(level),
                owner=self.dice.choice([None, None, "Ada", "Grace"]),
            )
            for n in range(count)
        ]
        for source, target in pairwise(found) if chained else permutations(found, 2):
            if chained or self.chance(0.2):
                self.graph.link(source, "DEPENDS_ON", target)
        if self.chance(0.2):
            service = self.graph.add("Service", "service-0")
            self.maybe(1, found, "DEPENDS_ON", service)
            self.maybe(1, found, "DEPENDS_ON", service, incoming=True)
        return found

    def journeys(self, segments: list[Key]) -> list[Key]:
        personas = self.several("Persona", 0, 4)
        for persona in personas:
            self.maybe(0.7, segments, "REPRESENTS", persona)
        stages: list[Key] = []
        for journey in self.several("Journey", 1, 3):
            self.maybe(0.5, segments, "DESIGNED_FOR", journey)
            for persona in personas:
                self.maybe(0.35, [journey], "APPLIES_TO", persona, incoming=True)
            for n in range(self.dice.randint(0, 3)):
                stage = self.stage(f"stage-{journey[1]}-{n}")
                self.graph.link(journey, "HAS_STAGE", stage)
                stages.append(stage)
        if self.chance(0.3):
            stages.append(self.stage("stage-of-none"))
        for (n, persona), stage, again in product(enumerate(personas), stages, (False, True)):
            if self.chance(0.03 if again else 0.3):
                score = self.dice.choice([None, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0])
                name = f"experience-{n}-{stage[1]}{'-again' * again}"
                experience = self.graph.add("StageExperience", name, satisfactionScore=score)
                self.graph.link(persona, "HAS_EXPERIENCE", experience)
                self.graph.link(experience, "AT_STAGE", stage)
        return stages

    def stage(self, node_id: str) -> Key:
        return self.graph.add(
            "JourneyStage",
            node_id,
            sequenceNumber=self.dice.choice([None, 1, 2, 3]),
            engagementPhase=self.dice.choice([None, "onboard", "use"]),
        )

    def value_stages(self, stages: list[Key]) -> list[Key]:
        found = self.several("ValueStreamStage", 0, 4)
        streams = self.several("ValueStream", 0, 1)
        for value_stage in found:
            self.maybe(0.8, streams, "HAS_STAGE", value_stage, incoming=True)
            for stage in stages:
                if self.chance(0.2):
                    self.graph.link(stage, "MAPS_TO", value_stage)
        return found

    def uses(self, stages: list[Key], capabilities: list[Key]) -> None:
        for stage, capability in product(stages, capabilities):
            if self.chance(0.2):
                self.graph.link(
                    stage, "ENABLED_BY", capability, importanceLevel=self.dice.choice([None, 1, 2, 3, 4, 5])
                )

    def gaps(self, capabilities: list[Key], segments: list[Key]) -> list[Key]:
        found = []
        for n in range(self.dice.randint(1, 6)):
            gap = self.graph.add(
                "CapabilityGap",
                f"gap-{n}",
                gapKind=self.dice.choice(["assessed", "maturity"]),
                status=self.dice.choice([None, "open", "planned", "closing", "closed"]),
                gapSize=self.dice.choice([None, None, 0, 1, 2, 4]),
            )
            self.maybe(0.95, capabilities, "GAP_IN", gap)
            self.maybe(0.4, segments, "HINDERS", gap)
            found.append(gap)
        return found

    def initiatives(self, gaps: list[Key], improvable: list[Key], segments: list[Key]) -> None:
        statuses: list[Value] = [None, "Proposed", "In Progress", "On Hold", "Completed", "Cancelled"]
        for n in range(self.dice.randint(0, 8)):
            budget = self.dice.choice([None, 1000.0, 2500.5])
            initiative = self.graph.add(
                "Initiative", f"initiative-{n}", status=self.dice.choice(statuses), budget=budget
            )
            self.maybe(0.25, gaps, "CLOSES", initiative)
            self.maybe(0.6, improvable, "IMPROVES", initiative)
            self.maybe(0.2, improvable, "IMPROVES", initiative)
            self.maybe(0.4, segments, "TARGETS", initiative)
            self.owners([initiative])

    def owners(self, owned: Iterable[Key]) -> None:
        units = [self.graph.add("OrgUnit", f"unit-{n}") for n in range(2)]
        for node in owned:
            self.maybe(0.4, units, "OWNS", node, incoming=True)
            self.maybe(0.1, units, "OWNS", node, incoming=True)
