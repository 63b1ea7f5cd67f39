"""Finds out what it takes to make a source say what its files say."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.model.derivation import gap_of
from graphkb.model.garbage import without_collection
from graphkb.model.metamodel import MARKS, METAMODEL, POSITION
from graphkb.model.names import slug
from graphkb.model.properties import is_same
from graphkb.model.validation import Place
from graphkb.sync.plan import Conflict, Count, OnConflict, Plan, change_between
from graphkb.sync.rivals import settle
from graphkb.sync.runs import NO_RUN, Run
from graphkb.sync.state import Stored, content, others, owners

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graphkb.errors import Problem
    from graphkb.model.consistency import Rival
    from graphkb.model.dataset import Dataset
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties


@without_collection()
def make_plan(  # noqa: PLR0913  # what a plan depends on
    source: str,
    wanted: Dataset,
    stored: Stored,
    *,
    base: Run = NO_RUN,
    partial: bool = False,
    on_conflict: OnConflict = "refuse",
    attached: Collection[NodeKey] = (),
    places: Mapping[NodeKey, Place] | None = None,
    rivals: Iterable[Rival] = (),
    metamodel: Metamodel = METAMODEL,
) -> Plan:
    """Return what it takes to make ``source`` say exactly ``wanted`` in a store that holds ``stored``.

    A ``partial`` plan creates and updates only. ``on_conflict`` decides where another source states a field otherwise:
    the whole element or edge stays as it is, or becomes what this source says. ``attached`` are elements to which
    somebody drew a relationship from nodes of their own by hand: they stay as stubs. ``rivals`` are links of which
    there may be one only, and of which another source has others.
    """
    settled = settle(source, wanted, stored, rivals, on_conflict)
    wanted = settled.wanted
    plan = Plan(source, base, on_conflict=on_conflict, replaced=settled.replaced, metamodel=metamodel)
    planner = _Planner(plan, wanted, stored, places or {}, attached)
    planner.refuse_twins()
    planner.find_stubs(partial=partial)
    planner.plan_nodes()
    planner.plan_edges()
    if not partial:
        planner.plan_what_is_gone()
    planner.make_room()
    planner.plan_gaps()
    planner.plan_adoptions(partial=partial)
    plan.conflicts = (*settled.conflicts, *planner.conflicts)
    refused = (each.problem() for each in plan.conflicts if on_conflict == "refuse")
    plan.problems = (*settled.problems, *planner.problems, *refused)
    plan.stubs = [*(key for key, each in wanted.nodes.items() if each.get("isStub")), *planner.stubs]
    plan.owned = Count(_owned(source, stored.nodes.values()), planner.edges_owned)
    nodes = plan.nodes_updated.keys() | set(plan.nodes_deleted)
    edges = plan.edges_updated.keys() | set(plan.edges_deleted)
    plan.unchanged = Count(
        plan.owned.nodes - _owned(source, (stored.nodes.get(key, {}) for key in nodes)),
        plan.owned.relationships - _owned(source, (stored.edges.get(key, {}) for key in edges)),
    )
    return plan


def _owned(source: str, stored: Iterable[Properties]) -> int:
    """Return how many nodes or edges a source owns, alone or with others."""
    return sum(source in owners(each) for each in stored)


class _Planner:
    def __init__(  # what a plan depends on
        self,
        plan: Plan,
        wanted: Dataset,
        stored: Stored,
        places: Mapping[NodeKey, Place],
        attached: Collection[NodeKey],
    ) -> None:
        self.plan: Final = plan
        self.source: Final = plan.source
        self.own: Final = [plan.source]
        self.wanted: Final = wanted
        self.stored: Final = stored
        self.places: Final = places
        self.problems: Final[list[Problem]] = []
        self.conflicts: Final[list[Conflict]] = []
        # Of edges there are so many that here and below they are looked at by position, and no more often than need be.
        self.named: Final = {edge[1] for edge in wanted.edges} | {edge[2] for edge in wanted.edges}
        self.stubs: Final[dict[NodeKey, Properties]] = {}
        """Stored stubs, and what becomes one, that this source refers to and does not state."""
        self.attached: Final = attached
        self.held: Final[dict[NodeKey, set[str]]] = {key: {""} for key in attached}
        """What other sources refer to."""
        self.kept: Final[set[NodeKey | EdgeKey]] = set()
        """What another source states otherwise, and stays as it is."""
        self.edges_owned = 0
        self.edges_met = 0
        """How many stored edges the source still states."""
        for edge, properties in stored.edges.items():
            if properties.get("sources") == self.own:
                self.edges_owned += 1
                continue
            self.edges_owned += self.source in owners(properties)
            if theirs := others(properties, self.source):
                self.held.setdefault(edge.source, set()).update(theirs)
                self.held.setdefault(edge.target, set()).update(theirs)

    def find_stubs(self, *, partial: bool) -> None:
        """Find what this source refers to and nobody defines, as whoever refers to a stub owns it."""
        for key in self.named - self.wanted.nodes.keys():
            known = self.stored.nodes.get(key)
            # What this source alone has defined so far, and now only refers to, becomes a stub.
            if known and (known.get("isStub") or not (partial or others(known, self.source))):
                self.stubs[key] = self.stored.stub_of(key)

    def plan_nodes(self) -> None:
        """Plan the elements that the source states, and the stubs that it refers to."""
        for key, properties in chain(self.wanted.nodes.items(), self.stubs.items()):
            known = self.stored.nodes.get(key)
            if known is None:
                self.plan.nodes_created[key] = properties
                continue
            is_mislabeled = key in self.stored.mislabeled
            if not is_mislabeled and self._is_as_it_was(known, properties):
                continue
            theirs = others(known, self.source)
            # What is only referred to, or derived, gives way to what is stated.
            if any(known.get(mark) and not properties.get(mark) for mark in ("isStub", "isDerived")):
                theirs = []
            settled = self._settle(key, content(known), properties, theirs, self.places.get(key, Place()))
            if properties.get("isStub"):
                theirs = [*theirs, *self.held.get(key, ())]
            change = change_between(known, settled | {"sources": self._owners(theirs)})
            if change or is_mislabeled:
                self.plan.nodes_updated[key] = change | self.stored.relabeling(key, settled)

    def plan_edges(self) -> None:
        """Plan the edges that the source states."""
        for key, properties in self.wanted.edges.items():
            known = self.stored.edges.get(key)
            if known is None:
                self.plan.edges_created[key] = properties
                continue
            self.edges_met += 1
            if self._is_as_it_was(known, properties):
                continue
            theirs = others(known, self.source)
            told = content(known)
            place = self.places.get(key.source) or self.places.get(key.target) or Place()
            target = self._settle(key, told, properties, theirs, place) | {"sources": self._owners(theirs)}
            if theirs and POSITION in told:
                target[POSITION] = told[POSITION]
            if change := change_between(known, target):
                self.plan.edges_updated[key] = change

    def _is_as_it_was(self, known: Properties, told: Properties) -> bool:
        """Tell whether something is this source's alone and has just what is told: of most loads, nearly everything."""
        kept = 1 + ("createdRun" in known) + ("changedRun" in known)
        if known.get("sources") != self.own or len(known) != len(told) + kept:
            return False
        for name, value in told.items():
            other = known.get(name)
            if other is value or (type(value) is str and type(other) is str and value == other):
                continue
            if not is_same(other, value):
                return False
        return True

    def _settle(
        self, key: NodeKey | EdgeKey, known: Properties, told: Properties, theirs: list[str], place: Place
    ) -> Properties:
        """Return what is to be stored: two sources may state the same; where they differ, nobody wins in silence."""
        if not theirs or key in self.stored.twins:
            return told
        ignored = MARKS | ({POSITION} if isinstance(key, EdgeKey) else set())
        differing = [
            name
            for name in sorted((known.keys() | told.keys()) - ignored)
            if not is_same(known.get(name), told.get(name))
        ]
        by = tuple(each for each in theirs if each)
        self.conflicts.extend(Conflict(key, name, by, known.get(name), told.get(name), place) for name in differing)
        if differing and self.plan.on_conflict == "keep":
            self.kept.add(key)
            return known
        return told

    def _owners(self, theirs: list[str]) -> list[str]:
        return sorted({*theirs, self.source} - {""})

    def refuse_twins(self) -> None:
        """Two edges of one key cannot be told apart; somebody drew one by hand."""
        for edge in sorted(self.stored.twins):
            message = f"The store has {edge} twice; delete one of the two, which was drawn by hand."
            self.problems.append(Place().problem("twin", message))

    def plan_what_is_gone(self) -> None:
        """Plan what the source stated before and states no longer."""
        left: dict[NodeKey, set[str]] = {}
        """What becomes a stub, with those who refer to it."""
        for key, properties in self.stored.nodes.items():
            if key in self.wanted.nodes or key in self.stubs or self.source not in owners(properties):
                continue
            if theirs := others(properties, self.source):
                self.plan.nodes_updated[key] = {"sources": sorted(theirs)}
            elif linking := self.held.get(key):
                stub = self.stored.stub_of(key) | {"sources": sorted(linking - {""})}
                self.plan.nodes_updated[key] = change_between(properties, stub)
                left[key] = linking
            else:
                self.plan.nodes_deleted.append(key)
        gone = set(self.plan.nodes_deleted)
        lacking = self.stored.edges.items() if self.edges_met < len(self.stored.edges) else ()
        for edge, properties in lacking:
            if edge in self.wanted.edges or self.source not in owners(properties):
                continue
            staying = others(properties, self.source)
            change: dict[str, Any] = {}
            if not staying and edge.type == "HAS_STAGE" and edge.target in left and edge.source not in gone:
                # Who names a stage of a journey does so by the title that it has there, and not by its place.
                staying = sorted(left[edge.target] - {""})
                change = {POSITION: None} if POSITION in properties else {}
            if staying:
                self.plan.edges_updated[edge] = change | {"sources": sorted(staying)}
            else:
                self.plan.edges_deleted.append(edge)

    def make_room(self) -> None:
        """Plan to delete what other sources state where this load takes the only place."""
        for edge in sorted(self.plan.replaced):
            self._delete(edge)

    def _delete(self, edge: EdgeKey) -> bool:
        """Plan to delete an edge, whatever else was planned for it; tell whether that was not planned yet."""
        self.plan.edges_updated.pop(edge, None)
        is_new = edge not in self.plan.edges_deleted
        if is_new:
            self.plan.edges_deleted.append(edge)
        return is_new

    def plan_gaps(self) -> None:
        """Let the maturity gap of a capability be that of what the capability becomes, whoever derived it.

        It says nothing of its own, so that neither another owner nor a partial load keeps what no longer follows.
        """
        overruled = {gap_of(key) for key in self.kept if isinstance(key, NodeKey) and key.label == "Capability"}
        for gap in overruled & self.plan.nodes_created.keys():
            del self.plan.nodes_created[gap]
            for edge in [each for each in self.plan.edges_created if gap in each]:
                del self.plan.edges_created[edge]
        updated = self.plan.nodes_updated.keys() & self.wanted.nodes.keys() - self.kept
        decided = {gap_of(key) for key in updated if key.label == "Capability"}
        closed = {gap for gap in decided - self.wanted.nodes.keys() if self.stored.nodes.get(gap, {}).get("isDerived")}
        at_gaps: dict[NodeKey, list[EdgeKey]] = {gap: [] for gap in closed}
        for edge in self.stored.edges if closed else ():
            for gap in closed.intersection(edge[1:3]):
                at_gaps[gap].append(edge)
        for gap, edges in sorted(at_gaps.items()):
            if all(self.stored.edges[edge].get("isDerived") for edge in edges):
                self._close(gap, edges)

    def _close(self, gap: NodeKey, edges: Iterable[EdgeKey]) -> None:
        self.plan.gaps_closed.add(gap)
        self.plan.nodes_updated.pop(gap, None)
        if gap not in self.plan.nodes_deleted:
            self.plan.nodes_deleted.append(gap)
        for edge in edges:
            self._delete(edge)

    def plan_adoptions(self, *, partial: bool) -> None:
        """Let elements of this source take the place of stubs that were made of the same title."""
        self._find_adopted(partial=partial)
        if not self.plan.adopted:
            return
        for edge, properties in self.stored.edges.items():
            adopted = edge.source in self.plan.adopted or edge.target in self.plan.adopted
            if adopted and edge not in self.plan.replaced:
                self._move(edge, properties, partial=partial)
        for stub in self.plan.adopted:
            self.plan.nodes_updated.pop(stub, None)
            if stub in self.attached:  # somebody's note hangs on it
                self._leave_to_nobody(stub)
            elif stub not in self.plan.nodes_deleted:
                self.plan.nodes_deleted.append(stub)

    def _find_adopted(self, *, partial: bool) -> None:
        stubs = {key: properties for key, properties in self.stored.nodes.items() if properties.get("isStub")}
        titled: dict[tuple[str, str], list[NodeKey]] = {}
        for key, properties in self.wanted.nodes.items() if stubs else ():
            if not properties.get("isStub"):
                titled.setdefault((key.label, slug(str(properties["title"]))), []).append(key)
        wholes = {edge.target: edge.source for edge in self.stored.edges if edge.type == "HAS_STAGE"} if stubs else {}
        for stub in sorted(stubs, key=wholes.__contains__):  # a journey before its stages
            properties = stubs[stub]
            defining = self._defining(stub, properties, titled, wholes.get(stub))
            # A stub of this source alone goes by itself, unless others refer to it, or a partial load leaves what does.
            staying = partial or others(properties, self.source) or stub in self.plan.nodes_updated
            is_left = stub in self.attached and not owners(properties)
            is_told = stub in self.wanted.nodes or stub in self.named
            if staying and not (is_left or is_told) and len(defining) == 1:
                self.plan.adopted[stub] = defining[0]

    def _defining(
        self,
        stub: NodeKey,
        properties: Properties,
        titled: Mapping[tuple[str, str], list[NodeKey]],
        whole: NodeKey | None,
    ) -> list[NodeKey]:
        """Return which of the elements that this source defines, by kind and title, a stub may have meant."""
        title = str(properties.get("title", stub.id))
        if whole and stub.id == f"{whole.id}/{slug(title)}":
            stages = titled.get((stub.label, slug(title)), [])
            whole = self.plan.adopted.get(whole, whole)
            return [stage for stage in stages if EdgeKey("HAS_STAGE", whole, stage) in self.wanted.edges]
        # Of a stub that has nothing but an id, that may be the title of what was meant.
        return titled.get((stub.label, slug(stub.id) if title == stub.id else stub.id), [])

    def _leave_to_nobody(self, stub: NodeKey) -> None:
        if stub in self.plan.nodes_deleted:
            self.plan.nodes_deleted.remove(stub)
        if owners(self.stored.nodes[stub]):
            self.plan.nodes_updated[stub] = {"sources": []}

    def _move(self, edge: EdgeKey, properties: Properties, *, partial: bool) -> None:
        moved = edge._replace(
            source=self.plan.adopted.get(edge.source, edge.source),
            target=self.plan.adopted.get(edge.target, edge.target),
        )
        theirs = others(properties, self.source)
        # A partial load leaves what its own source said before.
        staying = owners(properties) or [""] if partial else theirs
        if edge.type == "HAS_STAGE" and edge.target in self.plan.adopted:
            staying = []  # whoever named the stage leaves it to the source that defines it to place it
        if self._delete(edge):
            self.plan.moved.add(edge)
        if not staying:
            return
        self.plan.moved.add(moved)
        place = self.places.get(moved.source) or self.places.get(moved.target) or Place()
        if moved in self.plan.edges_created:
            created = self.plan.edges_created[moved]
            told = self.wanted.edges.get(moved, content(created))
            settled = self._settle(moved, content(properties), told, theirs, place)
            before = created.get("sources", [self.source])
            self.plan.edges_created[moved] = settled | {"sources": sorted({*before, *staying} - {""})}
        elif moved in self.stored.edges:
            known = self.stored.edges[moved]
            gone = moved in self.plan.edges_deleted
            if gone:
                self.plan.edges_deleted.remove(moved)
            change = self.plan.edges_updated.setdefault(moved, {})
            before = [] if gone else change.get("sources", owners(known))
            change["sources"] = sorted({*before, *staying} - {""})
        else:
            # What somebody drew by hand stays theirs: nobody's.
            named = [each for each in staying if each]
            self.plan.edges_created[moved] = content(properties) | {"sources": named or None}
