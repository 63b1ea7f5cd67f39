"""What a load would change: a value that a dry run shows and an apply carries out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from graphkb.model.dataset import NodeKey
from graphkb.model.metamodel import METAMODEL
from graphkb.model.properties import is_same
from graphkb.sync.runs import NO_RUN, Run

if TYPE_CHECKING:
    from graphkb.errors import Problem
    from graphkb.model.dataset import EdgeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.model.validation import Place

OnConflict: TypeAlias = Literal["refuse", "keep", "take"]
"""What a load does where another source states a field otherwise: nothing at all, leave the other's, or put its own."""

DELETION_LIMIT: Final = 0.2
"""Share of what a source owns that a load may delete without being told so."""


_REFER: Final = (
    "or leave the definition to one source and only refer to it in the other, which may state edges of its own in the "
    "list `relationships`; "
)


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


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of an element or edge that another source states otherwise than this load."""

    key: NodeKey | EdgeKey
    field: str
    sources: tuple[str, ...]
    """Who states the other value; none where somebody made it by hand."""
    theirs: Any
    """The stored value, None where there is none."""
    ours: Any
    place: Place
    demand: str = ""
    """For edges, of which there may be one only, how many in words; the values are where they lead then."""

    @property
    def by(self) -> str:
        """Who states the other value, in words."""
        return ", ".join(self.sources) or "nobody (made by hand)"

    def problem(self) -> Problem:
        """Return the problem that it is for a load that does not say how to decide."""
        here, there = (
            f"no {self.field}" if value is None else f"{self.field} {value!r}" for value in (self.ours, self.theirs)
        )
        where, refer = (f", {self.demand}", "") if self.demand else ("", _REFER)
        told = f"{self.key} has {there} by the source {self.by}, but {here} here{where}."
        return self.place.problem(
            "conflict", f"{told} Correct one of them, {refer}or decide by --on-conflict keep or take."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        element = self.key if isinstance(self.key, NodeKey) else self.key.source
        return {
            "kind": element.label,
            "id": element.id,
            "relationship": None if isinstance(self.key, NodeKey) else str(self.key),
            "field": self.field,
            "sources": list(self.sources),
            "theirs": self.theirs,
            "ours": self.ours,
        }


@dataclass(slots=True)
class Plan:
    """What a load of one source would change.

    What is created belongs to the source unless its properties name other ``sources``. Updates hold the properties to
    set, None for those to remove. An adopted stub is deleted and its edges are drawn anew at the element that defines
    it; both count among the created and the deleted.
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
    replaced: set[EdgeKey] = field(default_factory=set)
    """Edges of other sources that make room for this one's, where there may be one only."""
    gaps_closed: set[NodeKey] = field(default_factory=set)
    """Maturity gaps that no longer follow from what their capability becomes."""
    conflicts: tuple[Conflict, ...] = ()
    """What another source states otherwise; problems too unless the load says how to decide."""
    on_conflict: OnConflict = "refuse"
    command: str = ""
    """What carries the load out again; a run keeps it."""
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
    def restores(self) -> bool:
        """Tell whether it is a restore, which speaks for all sources and so for none."""
        return not self.source

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
        followed = self.adopted.keys() | self.gaps_closed
        told = self.moved | self.replaced
        edges = sum(not (edge in told or self.gaps_closed & {*edge[1:3]}) for edge in self.edges_deleted)
        return Count(sum(key not in followed for key in self.nodes_deleted), edges)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan's numbers and problems as plain values."""
        counts = {name: getattr(self, name)._asdict() for name in ("created", "updated", "deleted", "unchanged")}
        return {
            "source": self.source,
            **counts,
            "adopted": {str(stub.id): str(by.id) for stub, by in sorted(self.adopted.items())},
            "stubs": [{"kind": key.label, "id": key.id} for key in sorted(self.stubs)],
            "conflicts": [each.to_dict() for each in self.conflicts],
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


def change_between(known: Properties, target: Properties) -> dict[str, Any]:
    """Return the properties to set to get from one to the other, None for those to remove."""
    changed = {name: value for name, value in target.items() if not is_same(known.get(name), value)}
    gone = dict.fromkeys(known.keys() - target.keys() - {"createdRun", "changedRun"})
    return changed | gone
