"""What a load would change: a value that a dry run shows and an apply carries out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkb.model.dataset import EdgeKey
from graphkb.model.metamodel import MARKS, METAMODEL, POSITION
from graphkb.model.names import slug
from graphkb.model.validation import Place
from graphkb.sync.runs import NO_RUN, Run
from graphkb.sync.state import Stored, content, others, owners

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graphkb.errors import Problem
    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties

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
    base: Run = NO_RUN
    """Last run of the store when the plan was made."""
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
    moved: set[EdgeKey] = field(default_factory=set)
    """Edges that go, or come, because a stub is adopted."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """What was detected in the files, and what of them was not taken over."""
    metamodel: Metamodel = field(default=METAMODEL, compare=False, repr=False)
    """What the store can hold."""

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
        """Tell whether more than :data:`DELETION_LIMIT` of the source would be deleted; adoptions do not count."""
        return sum(self.lost) > DELETION_LIMIT * sum(self.owned)

    @property
    def lost(self) -> Count:
        """Nodes and edges that would be deleted because the source no longer states them."""
        edges = sum(edge not in self.moved for edge in self.edges_deleted)
        return Count(sum(key not in self.adopted for key in self.nodes_deleted), edges)

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
            "notes": list(self.notes),
        }


def make_plan(  # noqa: PLR0913  # what a plan depends on
    source: str,
    wanted: Dataset,
    stored: Stored,
    *,
    base: Run = NO_RUN,
    partial: bool = False,
    attached: Collection[NodeKey] = (),
    places: Mapping[NodeKey, Place] | None = None,
    metamodel: Metamodel = METAMODEL,
) -> Plan:
    """Return what it takes to make ``source`` say exactly ``wanted`` in a store that holds ``stored``.

    A ``partial`` plan creates and updates only. ``attached`` are elements to which somebody drew a relationship from
    nodes of their own by hand: they stay as stubs.
    """
    planner = _Planner(Plan(source, base, metamodel=metamodel), wanted, stored, places or {}, metamodel)
    planner.refuse_twins()
    planner.plan_nodes()
    planner.plan_edges()
    if not partial:
        planner.plan_what_is_gone(attached)
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
    def __init__(  # what a plan depends on
        self,
        plan: Plan,
        wanted: Dataset,
        stored: Stored,
        places: Mapping[NodeKey, Place],
        metamodel: Metamodel,
    ) -> None:
        self.plan: Final = plan
        self.source: Final = plan.source
        self.wanted: Final = wanted
        self.stored: Final = stored
        self.places: Final = places
        self.metamodel: Final = metamodel
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
            if change := _change(known, properties | {"sources": self._owners(theirs)}):
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
            target = properties | {"sources": self._owners(theirs)}
            if theirs and POSITION in told:
                target[POSITION] = told[POSITION]
            if change := _change(known, target):
                self.plan.edges_updated[key] = change

    def _refuse_conflict(
        self, key: NodeKey | EdgeKey, known: Properties, told: Properties, theirs: list[str], place: Place
    ) -> None:
        """Two sources may state the same; where they differ, nobody wins in silence."""
        if not theirs or key in self.stored.twins:
            return
        ignored = MARKS | ({POSITION} if isinstance(key, EdgeKey) else set())
        for name in sorted((known.keys() | told.keys()) - ignored):
            if not _same(known.get(name), told.get(name)):
                owned_by = ", ".join(theirs) if theirs != [""] else "nobody (made by hand)"
                here, there = (f"{name} {each[name]!r}" if name in each else f"no {name}" for each in (told, known))
                message = (
                    f"{key} has {there} by the source {owned_by}, but {here} here. Correct one of them, or leave the "
                    "definition to one source and only refer to it in the other, which may state edges of its own in "
                    "the list `relationships`."
                )
                self.problems.append(place.problem("conflict", message))

    def _owners(self, theirs: list[str]) -> list[str]:
        return sorted({*theirs, self.source} - {""})

    def refuse_twins(self) -> None:
        """Two edges of one key cannot be told apart; somebody drew one by hand."""
        for edge in sorted(self.stored.twins):
            message = f"The store has {edge} twice; delete one of the two, which was drawn by hand."
            self.problems.append(Place().problem("twin", message))

    def plan_what_is_gone(self, attached: Collection[NodeKey]) -> None:
        """Plan what the source stated before and states no longer."""
        held: dict[NodeKey, set[str]] = {key: {""} for key in attached}
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
            elif linking := held.get(key):
                stub = {"title": properties.get("title", key.id), "isStub": True, "sources": sorted(linking - {""})}
                self.plan.nodes_updated[key] = _change(properties, stub)
            else:
                self.plan.nodes_deleted.append(key)

    def plan_adoptions(self) -> None:
        """Let elements of this source take the place of other sources' stubs that were made of the same title."""
        titled: dict[tuple[str, str], list[NodeKey]] = {}
        for key, properties in self.wanted.nodes.items():
            if not properties.get("isStub"):
                titled.setdefault((key.label, slug(str(properties["title"]))), []).append(key)
        named = {end for edge in self.wanted.edges for end in (edge.source, edge.target)}
        for stub, properties in self.stored.nodes.items():
            # Of a stub that has nothing but an id, that may be the title of what was meant.
            name = slug(stub.id) if properties.get("title", stub.id) == stub.id else stub.id
            defining = titled.get((stub.label, name), [])
            waiting = properties.get("isStub") and others(properties, self.source)
            if waiting and stub not in self.wanted.nodes and stub not in named and len(defining) == 1:
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
            self.plan.moved.add(edge)
        if not theirs:
            return
        self.plan.moved.add(moved)
        place = self.places.get(moved.source) or self.places.get(moved.target) or Place()
        if moved in self.wanted.edges:
            self._refuse_conflict(moved, content(properties), self.wanted.edges[moved], theirs, place)
        if moved in self.plan.edges_created:
            created = self.plan.edges_created[moved]
            created["sources"] = sorted({*created["sources"], *theirs} - {""})
        elif moved in self.stored.edges:
            known = self.stored.edges[moved]
            gone = moved in self.plan.edges_deleted
            if gone:
                self.plan.edges_deleted.remove(moved)
            change = self.plan.edges_updated.setdefault(moved, {})
            before = [] if gone else change.get("sources", owners(known))
            change["sources"] = sorted({*before, *theirs} - {""})
        else:
            self.plan.edges_created[moved] = content(properties) | {"sources": theirs}


def _change(known: Properties, target: Properties) -> dict[str, Any]:
    """Return the properties to set to get from one to the other, None for those to remove."""
    changed = {name: value for name, value in target.items() if not _same(known.get(name), value)}
    gone = dict.fromkeys(known.keys() - target.keys() - {"createdRun", "changedRun"})
    return changed | gone


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal and of one type: 3 is not 3.0, and 1 is not true."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)
