"""Draws elements and the links between them, as records, keeping a document free of problems."""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeVar

from hypothesis import strategies as st

from graphkb.model.declaration import (
    Children,
    Field,
    Link,
    fields_of,
    key_field,
    title_field,
)
from graphkb.model.encoding import compose
from graphkb.model.metamodel import METAMODEL, POSITION
from graphkb.model.names import slug
from graphkb.model.properties import Property
from graphkb.model.relations import EXACTLY_ONE
from graphkb.model.values import domain_of_kind
from tests.model.values import edge_properties_of, properties_of, values_of, words

if typing.TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.model.declaration import Element, Record


Document: TypeAlias = "dict[str, list[Any]]"
Drawn = TypeVar("Drawn")

_OWNED: Final = {target: row for row in METAMODEL.relationships for target in row.targets if row.per_target[0] > 0}
"""The row by which a kind belongs to another one, for kinds that must."""
_POINTING: Final = {
    source: row for row in METAMODEL.relationships for source in row.sources if row.per_source == EXACTLY_ONE
}
"""The row by which a kind points to another one, for kinds that must."""


@dataclass(slots=True, eq=False)
class Node:
    """An element of the document, or a stranger: one that it only refers to."""

    label: str
    id: str
    title: str | None
    """The title by which references may name it, if any."""
    number: int
    record: dict[str, Any] = field(default_factory=dict)
    model: type[Element] | None = None
    """None for a stranger."""
    id_is_known: bool = True
    """References may name it by its id."""
    parts: list[Node] = field(default_factory=list)


class Author:
    """Draws one document, keeping it free of problems."""

    def __init__(self, draw: st.DrawFn, max_elements: int, prefix: str) -> None:
        self.draw = draw
        self.left = max_elements
        self.prefix = prefix
        self.count = 0
        self.lists: Document = {}
        self.nodes: dict[str, list[Node]] = {}
        self.strangers: dict[str, list[Node]] = {}
        self.edges: set[tuple[str, Node, Node, str]] = set()
        self.pairs: set[tuple[Node, ...]] = set()
        """Ends that an element joins and no second one may join."""
        self.bound: set[tuple[str, str, Node]] = set()
        """Ends at which a relationship type takes no further edge."""
        self.nested_in: list[tuple[list[Any], dict[str, Any], str]] = []
        """Records nested in others, each with the list that holds it and the name of its title."""

    def chance(self) -> bool:
        """Throw a coin."""
        return self.draw(st.booleans())

    def seldom(self) -> bool:
        """Return true about once in four times."""
        return self.draw(st.integers(0, 3)) == 3

    def one_of(self, several: Sequence[Drawn]) -> Drawn:
        """Pick one."""
        return self.draw(st.sampled_from(several))

    def name(self, letter: str) -> str:
        """Return a new text, whose slug differs from that of all others."""
        self.count += 1
        return f"{self.draw(words)} {self.prefix}{letter}{self.count}"

    # Elements

    def make(self, label: str) -> Node:
        """Add an element of a kind, with what it must belong to and point to."""
        if label in _OWNED and (holder := self.holder(label)):
            return self.make_child(*holder)
        kind = METAMODEL.kinds[label]
        node = self.element(kind)
        self.lists.setdefault(kind.list_name, []).append(node.record)
        needed = []
        for declared in fields_of(kind):
            row = (_OWNED if getattr(declared.role, "incoming", False) else _POINTING).get(label)
            if row and isinstance(declared.role, Link) and declared.role.type == row.type:
                needed.append((declared, METAMODEL.link_kinds(kind, declared)[0]))
        ends = [self.existing(other) for _, other in needed]
        if len(ends) > 1 and (ends[0], ends[1]) in self.pairs:  # a persona has one experience at a stage
            ends[0] = self.make(needed[0][1])
        self.pairs.add(tuple(ends))
        for (declared, _), end in zip(needed, ends, strict=True):
            self.link(node, declared, end)
        joined = "/".join(end.id for end in ends)
        if len(ends) > 1 and self.is_free(label, joined) and self.chance():
            node.record.pop(key_name(kind))
            node.id = joined
        return node

    def existing(self, label: str) -> Node:
        """Return an element of a kind, a new one where there is none."""
        return self.one_of(self.nodes[label]) if self.nodes.get(label) else self.make(label)

    def is_free(self, label: str, identifier: str) -> bool:
        """Tell whether no element of a kind has an id."""
        return all(node.id != identifier for node in self.nodes.get(label, ()))

    def holder(self, label: str) -> tuple[Node, Field] | None:
        """Return an element that elements of this kind are nested in, and the field."""
        row = _OWNED[label]
        for owner in row.sources:
            for declared in fields_of(METAMODEL.kinds[owner]):
                role = declared.role
                if isinstance(role, Children) and role.type == row.type and declared.item.label == label:
                    return self.existing(owner), declared
        return None

    def element(self, model: type[Element], owner_id: str = "") -> Node:
        """Return a new element of a kind or form, with properties and children; it stands nowhere yet."""
        self.left -= 1
        record = self.draw(properties_of(model))
        key, titled = key_field(model), title_field(model)
        title = self.name("t") if titled and (key is None or not self.seldom()) else None
        if titled and title:
            record[titled.name] = title
        properties = (each for each in fields_of(model) if isinstance(each.role, Property) and each.name != POSITION)
        plain = next(properties, None)
        if title is None and plain:  # what has nothing but an id is no more than a mention
            record[plain.name] = self.draw(values_of(plain))
        known = title or (
            compose(model.model_validate(record, by_alias=True, by_name=False), {}) if model.title_from else None
        )
        minted = slug(known or "")
        identifier = f"{owner_id}/{minted}" if owner_id else minted
        unnamed = title is None and not owner_id  # a title composed of values may be that of another document
        if key and (not minted or unnamed or not self.is_free(model.label, identifier) or self.chance()):
            identifier = record[key.name] = self.name("k")
        node = Node(
            model.label, identifier, title if model.title_from else title or identifier, self.count, record, model
        )
        self.nodes.setdefault(node.label, []).append(node)
        for declared in fields_of(model):
            if isinstance(declared.role, Children) and self.left > 0 and self.seldom():
                self.make_child(node, declared)
        return node

    def make_child(self, owner: Node, declared: Field) -> Node:
        """Add an element that another one owns: nested in its record, or in a list of its own and named there."""
        role = declared.role
        assert isinstance(role, Children)
        node = self.element(declared.item, owner.id)
        self.join(role.type, owner, node, "")
        owner.parts.append(node)
        on_edge = self.draw(edge_properties_of(declared.item))
        children = owner.record.setdefault(declared.name, [])
        if POSITION in {each.name for each in fields_of(declared.item)} and self.chance():
            node.record[POSITION] = len(children) + 1
        if declared.item in METAMODEL.kinds.values() and self.seldom():
            node.record[key_name(declared.item)] = node.id
            self.lists.setdefault(declared.item.list_name, []).append(node.record)
            children.append({key_name(declared.item): node.id} | on_edge)
        else:
            node.record |= on_edge
            children.append(node.record)
            if titled := title_field(declared.item):
                self.nested_in.append((children, node.record, titled.name))
        return node

    # References

    def other(self, kinds: tuple[str, ...]) -> Node | None:
        """Return an element of one of these kinds, or a stranger where the kind may be one."""
        known = [node for kind in kinds for node in self.nodes.get(kind, ())]
        if known and not self.seldom():
            return self.one_of(known)
        kind = self.one_of(kinds)
        if METAMODEL.may_be_stub(kind):
            return self.stranger(kind)
        return self.existing(kind) if self.nodes.get(kind) or self.left > 0 or self.seldom() else None

    def stranger(self, label: str) -> Node:
        """Return an element that the document does not define."""
        known = self.strangers.setdefault(label, [])
        if known and self.chance():
            return self.one_of(known)
        by_id = self.chance()
        title = self.name("t") if title_field(METAMODEL.kinds[label]) else None
        identifier = self.name("k") if by_id or title is None else slug(title)
        number = self.one_of((0, self.count))  # a whole or a part of what is known
        known.append(Node(label, identifier, title, number, id_is_known=by_id or title is None))
        return known[-1]

    def named(self, node: Node, kinds: tuple[str, ...], id_name: str, kind_name: str) -> dict[str, Any]:
        """Return an object that names an element."""
        told: dict[str, Any] = {}
        by_id = node.id_is_known and (node.title is None or node.model is None or self.chance())
        if by_id:
            told[id_name] = node.id
        if node.title and (not by_id or self.chance()):
            told["title"] = self.respelled(node)
        if len(kinds) > 1 and (node.model is None or self.chance()):
            told[kind_name] = self.one_of([node.label, domain_of_kind(node.label)])
        return told

    def respelled(self, node: Node) -> str:
        """Return the title of an element as someone might write it who knows it by heart."""
        return f"{node.title}!" if node.model and self.seldom() else str(node.title)

    def link_up(self, node: Node) -> None:
        """Draw links from an element, in lists or, where one item or one text will do, without."""
        assert node.model
        links = [each for each in fields_of(node.model) if isinstance(each.role, Link)]
        for declared in self.draw(st.lists(st.sampled_from(links), min_size=1, max_size=4)) if links else ():
            self.link(node, declared, None)
        for declared in links:
            items = node.record.get(declared.name)
            if isinstance(items, list) and len(items) == 1 and stays_whole(declared, items[0]) and self.chance():
                node.record[declared.name] = items[0]

    def link(self, node: Node, declared: Field, other: Node | None) -> None:
        """Draw an edge from a link field, unless the table refuses it."""
        role = declared.role
        assert isinstance(role, Link)
        assert node.model
        kinds = METAMODEL.link_kinds(node.model, declared)
        other = other or self.other(kinds)
        if other is None or (not declared.many and declared.name in node.record):
            return
        ends = (other, node) if role.incoming else (node, other)
        if role.mark and (role.type, *ends, "") in self.edges:  # it may say there that it has no such mark
            return
        carried = self.carried(declared.item, role.type, *ends)
        if carried is None:
            return
        item: Any = self.named(other, kinds, METAMODEL.id_name(node.model, declared), role.kind_name) | carried
        if not carried and (other.model or len(kinds) == 1) and self.chance():
            if not declared.by_id:
                item = self.respelled(other) if other.title else other.id
            elif other.id_is_known:
                item = other.id
        if declared.many:
            node.record.setdefault(declared.name, []).append(item)
        else:
            node.record[declared.name] = item

    def carried(self, model: type[Record], type_: str, source: Node, target: Node) -> dict[str, Any] | None:
        """Return properties for an edge: none where it is there already; None where it cannot be."""
        row = METAMODEL.relationship(type_, source.label, target.label)
        assert row
        told = self.draw(properties_of(model))
        if row.key in told:
            told[row.key] = self.name("r")
        if "valueStreamStage" in {each.name for each in fields_of(model)} and self.chance():
            told["valueStreamStage"] = self.part_of(target)
        is_new = self.join(type_, source, target, told.get(row.key, ""))
        return None if is_new is None else told if is_new else {}

    def join(self, type_: str, source: Node, target: Node, key: str) -> bool | None:
        """Note an edge; return whether it is new, or None where it cannot be."""
        edge = (type_, source, target, key)
        if edge in self.edges:
            return False
        row = METAMODEL.relationship(type_, source.label, target.label)
        cyclic = row is not None and row.acyclic and source.number >= target.number
        if row is None or cyclic or (source is target and type_ != "NEXT_STAGE"):
            return None
        ends = {
            (type_, side, node)
            for side, node, most in (("starts", source, row.per_source[1]), ("ends", target, row.per_target[1]))
            if most is not None
        }
        if ends & self.bound:
            return None
        self.bound |= ends
        self.edges.add(edge)
        return True

    def part_of(self, whole: Node) -> str:
        """Return the title of a stage of a journey or a value stream, or one that it may have."""
        part = self.one_of([*whole.parts, None])
        return str(part.title) if part and part.label.endswith("Stage") else self.name("s")


def key_name(model: type[Record]) -> str:
    """Return the name of the id in the records of a model."""
    key = key_field(model)
    assert key
    return key.name


def stays_whole(declared: Field, item: Any) -> bool:
    """Tell whether an item, written without its list, is still read as one."""
    splits = isinstance(declared.role, Link) and declared.role.split and isinstance(item, str)
    return not splits or (item == item.strip() and not {";", "\n"} & set(item))
