"""What differs between two states of the graph: elements and relationships that came, went or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from graphkb.model.consistency import in_list_order, list_of
from graphkb.model.metamodel import METAMODEL, POSITION
from graphkb.model.properties import is_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties

Verb: TypeAlias = Literal["added", "removed", "changed"]

VERBS: tuple[Verb, ...] = ("added", "removed", "changed")
"""How something can differ, in the order in which it is told."""

KeyT = TypeVar("KeyT", "NodeKey", "EdgeKey")


@dataclass(frozen=True, slots=True)
class Change:
    """How one element or relationship differs."""

    before: Properties | None
    """Its properties in the first state, None where it is not there."""
    after: Properties | None
    """Its properties in the second state, None where it is not there."""
    fields: tuple[str, ...] = ()
    """Names of the properties that differ, where it is in both states."""

    @property
    def verb(self) -> Verb:
        """Whether it was added, removed or changed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def mark(self) -> str:
        """``derived`` for what follows from other things, ``stub`` for what is only referred to, else empty."""
        told = self.before or {} if self.after is None else self.after
        return "derived" if told.get("isDerived") else "stub" if told.get("isStub") else ""

    def values(self) -> dict[str, tuple[Any, Any]]:
        """Return the properties that differ with both values; None stands for a property that is not there."""
        return {name: ((self.before or {}).get(name), (self.after or {}).get(name)) for name in self.fields}

    def to_dict(self) -> dict[str, Any]:
        """Return the properties, or what differs in them, as plain values."""
        if self.before is None or self.after is None:
            return {"properties": dict(self.before or self.after or {})}
        return {"fields": {name: {"before": old, "after": new} for name, (old, new) in self.values().items()}}


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from one state of the graph to another, in order; false where nothing does.

    Stubs and what is derived count like everything else, and so do their marks; bookkeeping does not. Where an item
    stands in a list counts only where the items that both states have there are in another order.
    """

    elements: Mapping[NodeKey, Change]
    relationships: Mapping[EdgeKey, Change]
    titles: Mapping[NodeKey, str]
    """Titles of the elements that differ and of both ends of the relationships, those of the second state first."""

    def __bool__(self) -> bool:
        return bool(self.elements or self.relationships)

    def counts(self) -> dict[str, dict[Verb, int]]:
        """Return how many elements and relationships were added, removed and changed."""
        several: dict[str, Iterable[Change]] = {
            "elements": self.elements.values(),
            "relationships": self.relationships.values(),
        }
        return {
            name: {verb: sum(each.verb == verb for each in changes) for verb in VERBS}
            for name, changes in several.items()
        }

    def to_dict(self) -> dict[str, Any]:
        """Return what differs as plain values, ready for JSON."""
        told: dict[str, Any] = {name: {verb: [] for verb in VERBS} for name in ("elements", "relationships")}
        for key, change in self.elements.items():
            told["elements"][change.verb].append(self._element(key) | change.to_dict())
        for edge, change in self.relationships.items():
            ends = {"from": self._element(edge.source), "to": self._element(edge.target)}
            identity = {"type": edge.type, **ends} | ({"key": edge.key} if edge.key else {})
            told["relationships"][change.verb].append(identity | change.to_dict())
        return told | {"counts": self.counts()}

    def _element(self, key: NodeKey) -> dict[str, Any]:
        return {"kind": key.label, "id": key.id, "title": self.titles[key]}


def difference(before: Dataset, after: Dataset, metamodel: Metamodel = METAMODEL) -> Difference:
    """Return what differs from ``before`` to ``after``."""
    elements = _changes(before.nodes, after.nodes)
    relationships = _changes(before.edges, after.edges, _kept_order(before, after, metamodel))
    named = {*elements, *(end for edge in relationships for end in (edge.source, edge.target))}
    titles = {key: (after if key in after.nodes else before).title(key) for key in sorted(named)}
    return Difference(elements, relationships, titles)


def _changes(
    before: Mapping[KeyT, Properties], after: Mapping[KeyT, Properties], in_order: Iterable[KeyT] = ()
) -> dict[KeyT, Change]:
    """Return what differs by its key; of what is ``in_order``, its number in a list does not count."""
    found: dict[KeyT, Change] = {}
    unmoved = set(in_order)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            found[key] = Change(old, new)
            continue
        names = sorted(old.keys() | new.keys())
        fields = tuple(
            name
            for name in names
            if not is_same(old.get(name), new.get(name)) and not (name == POSITION and key in unmoved)
        )
        if fields:
            found[key] = Change(old, new, fields)
    return found


def _kept_order(before: Dataset, after: Dataset, metamodel: Metamodel) -> Iterable[EdgeKey]:
    """Yield the edges of lists in which the items of both states stand in one order.

    An item that comes or goes renumbers those behind it, and sources that write to one list number it each from 1;
    neither is a change of the others.
    """
    lists: dict[tuple[NodeKey, str], tuple[Field, list[EdgeKey]]] = {}
    for edge in before.edges.keys() & after.edges.keys():
        old = list_of(edge, before.edges[edge], metamodel)
        if old is not None and old == list_of(edge, after.edges[edge], metamodel):
            owner, field = old
            lists.setdefault((owner, field.name), (field, []))[1].append(edge)
    for field, listed in lists.values():
        old_order, new_order = (in_list_order(field, listed, each.edges, each.nodes) for each in (before, after))
        if old_order == new_order:
            yield from listed
