"""Strategies that draw whole documents of the domain's shape, driven by the declarations.

Every document interprets without problems, since identities and edges are kept while it is drawn: names end in a token
of a counter, so that no two have the same slug; a drawn edge is refused where the relationship table would refuse it;
elements that must belong to or point to another one come with it; and texts that name elements name known ones.
"""

from __future__ import annotations

import typing
from typing import Any, Final

from hypothesis import strategies as st

from graphkb.model.declaration import (
    STAGE_PAIRS,
    Children,
    End,
    Field,
    Reified,
    fields_of,
    key_field,
    title_field,
)
from graphkb.model.metamodel import METAMODEL, stub_list_name
from graphkb.model.names import json_name
from graphkb.model.relations import EVERYTHING
from graphkb.model.validation import EDGE_LIST
from tests.model.author import Author, Document, Node, key_name
from tests.model.values import edge_properties_of, properties_of, texts

if typing.TYPE_CHECKING:
    from graphkb.model.declaration import RelationshipRecord
    from graphkb.model.relations import RelationshipKind

__all__ = ["Document", "document_parts", "documents", "parts_of"]

_PLAIN_ROWS: Final = tuple(row for row in METAMODEL.relationships if not row.record)


class _Writer(Author):
    """Draws one document: its elements, then the relationships that stand in lists of their own."""

    def write(self) -> Document:
        for label in self.draw(st.lists(st.sampled_from(tuple(METAMODEL.kinds)), max_size=max(self.left, 0))):
            if self.left > 0:
                self.make(label)
        for node in [node for several in self.nodes.values() for node in several]:
            self.link_up(node)
        for list_name in self.draw(st.lists(st.sampled_from(tuple(METAMODEL.records)), max_size=2)):
            self.state_record(METAMODEL.records[list_name])
        for row in self.draw(st.lists(st.sampled_from(_PLAIN_ROWS), max_size=3)):
            self.state_edge(row)
        for label in self.draw(st.lists(st.sampled_from(tuple(METAMODEL.kinds)), max_size=2)):
            self.mention(label)
        for children, record, title in self.nested_in:
            if list(record) == [title] and self.chance():
                children[children.index(record)] = record[title]
        if self.chance():
            self.lists["_remark"] = [self.draw(texts)]
        return self.lists

    # Relationships stated in lists of their own

    def state_record(self, model: type[RelationshipRecord]) -> None:
        """Add a relationship record, with what it joins and what is nested in it."""
        record = self.draw(properties_of(model))
        identifier = record["relationshipID"] = self.name("r")
        ends = self.draw_ends(model, record)
        for declared in fields_of(model):
            if declared.name == "needsFulfilled":
                record[declared.name] = [self.title_of("Need") for _ in range(self.draw(st.integers(0, 2)))]
            elif isinstance(declared.role, Reified) and self.chance():
                record[declared.name] = self.nested(declared, declared.role, identifier)
            elif declared.role is STAGE_PAIRS and self.chance():
                pair = {
                    "journeyStage": self.part_of(ends["source"]),
                    "valueStreamStage": self.part_of(ends["target"]),
                }
                record[declared.name] = [self.draw(properties_of(declared.item)) | pair]
        self.lists.setdefault(model.list_name, []).append(record)

    def draw_ends(self, model: type[RelationshipRecord], record: dict[str, Any]) -> dict[str, Node]:
        """Name the ends of a relationship record; return them by ``source`` and ``target``."""
        ends: dict[str, Node] = {}
        for declared in fields_of(model):
            role = declared.role
            if not isinstance(role, End):
                continue
            end = ends.get(role.end) or self.other(role.kinds)
            if end is None or not (end.title and end.id_is_known):
                end = self.known_stranger(role.kinds[0])
            ends[role.end] = end
            if role.kind_from:
                record[json_name(role.kind_from)] = end.label.lower()
            if not declared.name.endswith("ID"):
                record[declared.name] = self.respelled(end)
            elif end.model is None or model.model_fields[declared.attribute].is_required() or self.chance():
                record[declared.name] = end.id
        return ends

    def known_stranger(self, label: str) -> Node:
        node = Node(label, self.name("k"), self.name("t"), self.count)
        self.strangers.setdefault(label, []).append(node)
        return node

    def title_of(self, label: str) -> str:
        titles = [node.title for node in self.nodes.get(label, ()) if node.title]
        return self.one_of(titles) if titles and self.chance() else self.name("t")

    def nested(self, declared: Field, role: Reified, identifier: str) -> Any:
        """Return what is nested in a relationship record."""
        known = [node for node in self.nodes.get(declared.item.label, ()) if declared.many]
        key = key_field(declared.item)
        if key and known and self.seldom():
            return [{key.name: self.one_of(known).id} | self.draw(edge_properties_of(declared.item))]
        node = self.element(declared.item, identifier)
        node.record |= self.draw(edge_properties_of(declared.item))
        if declared.many:
            return [node.record]
        node.id, node.title = role.id_prefix + identifier, None
        self.bound |= {(spoke.type, "starts", node) for spoke in role.spokes}
        return node.record

    def state_edge(self, row: RelationshipKind) -> None:
        """Add an edge to the list of edges stated one by one, unless the table refuses it."""
        labels = tuple(METAMODEL.kinds)
        sources, targets = (labels if several == EVERYTHING else several for several in (row.sources, row.targets))
        source, target = self.other(sources), self.other(targets)
        if source is None or target is None or not row.joins(source.label, target.label):
            return
        carried = self.carried(row.properties, row.type, source, target)
        if carried is None:
            return
        writers = METAMODEL.writers(row.type, source.label, target.label)
        if row.key not in carried and any(isinstance(each.role, Children) for _, each in writers):
            carried = {}
        ends = {
            name: self.named(end, ("",), METAMODEL.key_name(end.label), "kind") | {"kind": end.label}
            for name, end in (("from", source), ("to", target))
        }
        self.lists.setdefault(EDGE_LIST, []).append(
            {"type": row.type} | ends | ({"properties": carried} if carried or self.chance() else {})
        )

    def mention(self, label: str) -> None:
        """Add an element of which only id and title are known."""
        kind = METAMODEL.kinds[label]
        titled = title_field(kind)
        node = self.known_stranger(label)
        told = {key_name(kind): node.id} | ({titled.name: node.title} if titled and self.chance() else {})
        self.lists.setdefault(stub_list_name(kind), []).append(told)


@st.composite
def documents(draw: st.DrawFn, max_elements: int = 8, prefix: str = "") -> Document:
    """Return a document of at most about ``max_elements`` elements, beside those that they cannot be without.

    Documents with different prefixes name no common element; a prefix is letters, such as ``"a"``.
    """
    return _Writer(draw, draw(st.integers(0, max_elements)), prefix).write()


@st.composite
def parts_of(draw: st.DrawFn, document: Document) -> list[Document]:
    """Return the records of a document in random order, spread over several documents."""
    records = [(name, record) for name, several in document.items() for record in several]
    parts: list[Document] = [{} for _ in range(draw(st.integers(1, 3)))]
    for name, record in draw(st.permutations(records)):
        parts[draw(st.integers(0, len(parts) - 1))].setdefault(name, []).append(record)
    return parts


@st.composite
def document_parts(draw: st.DrawFn, max_elements: int = 8, prefix: str = "") -> list[Document]:
    """Return one document split into several files, in random order."""
    return draw(parts_of(draw(documents(max_elements, prefix))))
