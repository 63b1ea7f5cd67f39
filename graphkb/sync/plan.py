"""What a load would change: a value that a dry run shows and an apply carries out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkb.model.metamodel import MARKS, METAMODEL, POSITION
from graphkb.model.names import slug
from graphkb.model.validation import Place
from graphkb.sync.state import Stored, content, others, owners

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.errors import Problem
    from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
    from graphkb.model.declaration import Properties
    from graphkb.model.metamodel import Metamodel

DELETION_LIMIT: Final = 0.2
"""Share of what a source owns that a load may delete without being told so."""


class Count(NamedTuple):
    """How many nodes and edges."""

    nodes: int = 0
    relationships: int = 0

    def __add__(self, other: object) -> Count:
        """Add up nodes and edges each."""
        if not isinstance(other, Count):
            return NotImplemented
        return Count(self.nodes + other.nodes, self.relationships + other.relationships)


NOTHING: Final = Count()


@dataclass(slots=True)
class Plan:
    """What a load of one source would change.

    Updates hold the properties to set, None for those to remove. An adopted stub is deleted and its edges are drawn
    anew at the element that defines it; both count among the created and the deleted.
    """

    source: str
    base_run: str | None
    """Last run of the store when the plan was made; None for a store without any."""
    nodes_created: dict[NodeKey, Properties] = field(default_factory=dict)
    nodes_updated: dict[NodeKey, Properties] = field(default_factory=dict)
    nodes_deleted: list[NodeKey] = field(default_factory=list)
    edges_created: dict[EdgeKey, Properties] = field(default_factory=dict)
    edges_updated: dict[EdgeKey, Properties] = field(default_factory=dict)
    edges_deleted: list[EdgeKey] = field(default_factory=list)
    adopted: dict[NodeKey, NodeKey] = field(default_factory=dict)
    """Stubs of other sources, each with the element that takes its place."""
    stubs: list[NodeKey] = field(default_factory=list)
    """Elements that this source refers to and nobody defines."""
    unchanged: Count = NOTHING
    owned: Count = NOTHING
    """What the source owns before the load."""
    problems: tuple[Problem, ...] = ()

    @property
    def created(self) -> Count:
        """Nodes and edges that would be created."""
        return Count(len(self.nodes_created), len(self.edges_created))

    @property
    def updated(self) -> Count:
        """Nodes and edges of which properties would change."""
        return Count(len(self.nodes_updated), len(self.edges_updated))

    @property
    def deleted(self) -> Count:
        """Nodes and edges that would be deleted."""
        return Count(len(self.nodes_deleted), len(self.edges_deleted))

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        return sum(self.created + self.updated + self.deleted) == 0

    @property
    def deletes_too_much(self) -> bool:
        """Tell whether more than :data:`DELETION_LIMIT` of the source would be deleted."""
        return sum(self.deleted) > DELETION_LIMIT * sum(self.owned)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan's numbers and problems as plain values."""
        counts = {name: getattr(self, name)._asdict() for name in ("created", "updated", "deleted", "unchanged")}
        return {
            "source": self.source,
            **counts,
            "adopted": {str(stub.id): str(by.id) for stub, by in sorted(self.adopted.items())},
            "stubs": [{"kind": key.label, "id": key.id} for key in sorted(self.stubs)],
            "problems": [
                {
                    "file": each.file,
                    "pointer": each.pointer,
                    "line": each.line,
                    "rule": each.rule,
                    "message": each.message,
                }
                for each in self.problems
            ],
        }


def make_plan(  # noqa: PLR0913  # what a plan depends on
    source: str,
    wanted: Dataset,
    stored: Stored,
    *,
    base_run: str | None,
    partial: bool = False,
    places: Mapping[NodeKey, Place] | None = None,
    metamodel: Metamodel = METAMODEL,
) -> Plan:
    """Return what it takes to make ``source`` say exactly ``wanted`` in a store that holds ``stored``.

    A ``partial`` plan creates and updates only.
    """
    planner = _Planner(source, wanted, stored, base_run, places or {}, metamodel)
    planner.plan_nodes()
    planner.plan_edges()
    if not partial:
        planner.plan_what_is_gone()
    planner.plan_adoptions()
    plan = planner.plan
    plan.problems = tuple(planner.problems)
    plan.stubs = [key for key, each in wanted.nodes.items() if each.get("isStub")]
    nodes = {key for key, each in stored.nodes.items() if source in owners(each)}
    edges = {key for key, each in stored.edges.items() if source in owners(each)}
    plan.owned = Count(len(nodes), len(edges))
    plan.unchanged = Count(
        len(nodes - plan.nodes_updated.keys() - set(plan.nodes_deleted)),
        len(edges - plan.edges_updated.keys() - set(plan.edges_deleted)),
    )
    return plan


class _Planner:
    def __init__(  # noqa: PLR0913  # what a plan depends on
        self,
        source: str,
        wanted: Dataset,
        stored: Stored,
        base_run: str | None,
        places: Mapping[NodeKey, Place],
        metamodel: Metamodel,
    ) -> None:
        self.source: Final = source
        self.wanted: Final = wanted
        self.stored: Final = stored
        self.places: Final = places
        self.metamodel: Final = metamodel
        self.plan: Final = Plan(source, base_run)
        self.problems: Final[list[Problem]] = []

    def plan_nodes(self) -> None:
        """Plan the elements that the source states."""
        for key, properties in self.wanted.nodes.items():
            known = self.stored.nodes.get(key)
            if known is None:
                self.plan.nodes_created[key] = properties | {"sources": [self.source]}
                continue
            theirs = others(known, self.source)
            if known.get("isStub") and not properties.get("isStub"):
                theirs = []
            self._refuse_conflict(key, content(known), properties, theirs, self.places.get(key, Place()))
            target = properties | {"sources": sorted({*theirs, self.source})}
            if change := _change(known, target):
                self.plan.nodes_updated[key] = change

    def plan_edges(self) -> None:
        """Plan the edges that the source states."""
        for key, properties in self.wanted.edges.items():
            known = self.stored.edges.get(key)
            if known is None:
                self.plan.edges_created[key] = properties | {"sources": [self.source]}
                continue
            theirs = others(known, self.source)
            told = content(known)
            place = self.places.get(key.source) or self.places.get(key.target) or Place()
            self._refuse_conflict(key, told, properties, theirs, place)
            target = properties | {"sources": sorted({*theirs, self.source})}
            if theirs and POSITION in told:
                target[POSITION] = told[POSITION]
            if change := _change(known, target):
                self.plan.edges_updated[key] = change

    def _refuse_conflict(
        self, key: NodeKey | EdgeKey, known: Properties, told: Properties, theirs: list[str], place: Place
    ) -> None:
        """Two sources may state the same; where they differ, nobody wins in silence."""
        if not theirs:
            return
        ignored = MARKS | {POSITION}
        for name in sorted((known.keys() | told.keys()) - ignored):
            if known.get(name) != told.get(name):
                owned_by = ", ".join(theirs) if theirs != [""] else "nobody (made by hand)"
                message = (
                    f"{key} has {name} {known.get(name)!r} by the source {owned_by}, but {told.get(name)!r} here. "
                    "Correct one of them, or leave the definition to one source and only refer to it in the other."
                )
                self.problems.append(place.problem("conflict", message))

    def plan_what_is_gone(self) -> None:
        """Plan what the source stated before and states no longer."""
        held: dict[NodeKey, set[str]] = {}
        for edge, properties in self.stored.edges.items():
            theirs = others(properties, self.source)
            for end in (edge.source, edge.target):
                held.setdefault(end, set()).update(theirs)
            if self.source not in owners(properties) or edge in self.wanted.edges:
                continue
            if theirs:
                self.plan.edges_updated[edge] = {"sources": sorted(theirs)}
            else:
                self.plan.edges_deleted.append(edge)
        for key, properties in self.stored.nodes.items():
            if self.source not in owners(properties) or key in self.wanted.nodes:
                continue
            if theirs := others(properties, self.source):
                self.plan.nodes_updated[key] = {"sources": sorted(theirs)}
            elif linking := held.get(key, set()) - {""}:
                stub = {"title": properties.get("title", key.id), "isStub": True, "sources": sorted(linking)}
                self.plan.nodes_updated[key] = _change(properties, stub)
            else:
                self.plan.nodes_deleted.append(key)

    def plan_adoptions(self) -> None:
        """Let elements of this source take the place of other sources' stubs that were made of the same title."""
        titled: dict[tuple[str, str], list[NodeKey]] = {}
        for key, properties in self.wanted.nodes.items():
            if not properties.get("isStub"):
                titled.setdefault((key.label, slug(str(properties["title"]))), []).append(key)
        for stub, properties in self.stored.nodes.items():
            defining = titled.get((stub.label, stub.id), [])
            waiting = properties.get("isStub") and others(properties, self.source)
            if waiting and stub not in self.wanted.nodes and len(defining) == 1 and defining[0] != stub:
                self.plan.adopted[stub] = defining[0]
        if not self.plan.adopted:
            return
        for edge, properties in self.stored.edges.items():
            if edge.source in self.plan.adopted or edge.target in self.plan.adopted:
                self._move(edge, properties)
        for stub in self.plan.adopted:
            self.plan.nodes_updated.pop(stub, None)
            if stub not in self.plan.nodes_deleted:
                self.plan.nodes_deleted.append(stub)

    def _move(self, edge: EdgeKey, properties: Properties) -> None:
        moved = edge._replace(
            source=self.plan.adopted.get(edge.source, edge.source),
            target=self.plan.adopted.get(edge.target, edge.target),
        )
        theirs = others(properties, self.source)
        self.plan.edges_updated.pop(edge, None)
        if edge not in self.plan.edges_deleted:
            self.plan.edges_deleted.append(edge)
        if not theirs:
            return
        if moved in self.plan.edges_created:
            created = self.plan.edges_created[moved]
            created["sources"] = sorted({*created["sources"], *theirs})
        elif moved in self.stored.edges:
            known = self.stored.edges[moved]
            change = self.plan.edges_updated.setdefault(moved, {})
            change["sources"] = sorted({*change.get("sources", owners(known)), *theirs})
        else:
            self.plan.edges_created[moved] = content(properties) | {"sources": theirs}


def _change(known: Properties, target: Properties) -> dict[str, Any]:
    """Return the properties to set to get from one to the other, None for those to remove."""
    changed = {name: value for name, value in target.items() if known.get(name) != value}
    gone = dict.fromkeys(known.keys() - target.keys() - {"createdRun", "changedRun"})
    return changed | gone
