"""From a dataset back to records, in canonical order.

What is derived is left out; what was loaded comes back at the same place with the same value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.declaration import (
    KEY,
    ON_EDGE,
    STAGE_PAIRS,
    Children,
    End,
    Field,
    Flattened,
    Link,
    Reified,
    fields_of,
    key_field,
    split_text,
    title_field,
)
from graphkb.model.encoding import in_whole_numbers
from graphkb.model.metamodel import METAMODEL, POSITION, STATED_TITLE, group_property, stub_list_name
from graphkb.model.names import slug
from graphkb.model.properties import Property
from graphkb.model.validation import EDGE_LIST
from graphkb.model.values import domain_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.model.declaration import Element, Record, RelationshipRecord
    from graphkb.model.metamodel import Metamodel

RecordText = dict[str, Any]


def write_document(dataset: Dataset, metamodel: Metamodel = METAMODEL) -> dict[str, list[RecordText]]:
    """Return the document that states a dataset: lists of records by name, empty lists left out.

    Reading it again gives the same dataset.
    """
    writer = _Writer(dataset, metamodel)
    lists = writer.elements() | writer.records() | writer.stubs() | writer.remaining_edges()
    return {name: records for name, records in lists.items() if records}


class _Writer:
    def __init__(self, dataset: Dataset, metamodel: Metamodel) -> None:
        self.metamodel: Final = metamodel
        self.nodes: Final = {key: each for key, each in dataset.nodes.items() if not each.get("isDerived")}
        live = {key: each for key, each in dataset.edges.items() if not each.get("isDerived")}
        self.data: Final = Dataset(dataset.nodes, live)
        self.outgoing: Final = self.data.outgoing()
        self.incoming: Final = self.data.incoming()
        self.written: Final[set[EdgeKey]] = set()
        self.titles: Final[dict[tuple[str, str], list[NodeKey]]] = {}
        for key in self.nodes:
            self.titles.setdefault((key.label, slug(dataset.title(key))), []).append(key)
        self.rows: Final = {row.record.list_name: row for row in metamodel.relationships if row.record}
        self.record_edges: Final = {
            name: sorted(
                (e for e in live if e.type == row.type and row.joins(e.source.label, e.target.label)),
                key=lambda edge: edge.key,
            )
            for name, row in self.rows.items()
        }
        self.record_keys: Final = {edge.key for edges in self.record_edges.values() for edge in edges}
        self.nested: Final[set[NodeKey]] = set()
        """Nodes that stand in the record of another element."""
        self.spokes: Final[set[EdgeKey]] = set()
        """Edges from a relationship record's ends to what stands in it, or is named there by its id."""
        self.owners: Final[dict[NodeKey, EdgeKey]] = {}
        self._find_nested()

    def _find_nested(self) -> None:
        for name, edges in self.record_edges.items():
            for declared in self.metamodel.reified(self.metamodel.records[name]):
                for edge in edges:
                    inside = self._nested_in(edge, declared)
                    self.spokes.update(spoke for _, spoke in inside)
                    self.nested.update(child for child, _ in inside if self._belongs(child, edge, declared))
        forms = {
            (label, declared.role.type, declared.item.label): declared.item
            for label, kind in self.metamodel.kinds.items()
            for declared in fields_of(kind)
            if isinstance(declared.role, Children)
        }
        for edge in sorted(self.data.edges):
            child = edge.target
            form = forms.get((edge.source.label, edge.type, child.label))
            told = self.data.nodes.get(child, {})
            owned = form and not edge.key and all(told.get(each) == form.constants[each] for each in form.constants)
            if owned and child not in self.nested and not self._is_stub(child) and not self._is_stub(edge.source):
                self.owners.setdefault(child, edge)

    def _is_stub(self, key: NodeKey) -> bool:
        return bool(self.nodes.get(key, {}).get("isStub"))

    def _nested_in(self, edge: EdgeKey, declared: Field) -> list[tuple[NodeKey, EdgeKey]]:
        """Return the elements nested in a record field, each with the edge to it, in order."""
        role = declared.role
        if not isinstance(role, Reified):
            raise TypeError(f"{declared.name} holds no nested elements")
        if not declared.many:
            child = NodeKey(declared.item.label, role.id_prefix + edge.key)
            return [(child, edge)] if child in self.nodes else []
        spoke = role.spokes[0]
        end = edge.source if spoke.end == "source" else edge.target
        found = [
            each
            for each in self.outgoing.get(end, ())
            if each.type == spoke.type and each.key == edge.key and each.target.label == declared.item.label
        ]
        return [(each.target, each) for each in self._ordered(found, lambda each: each.target)]

    def _belongs(self, child: NodeKey, edge: EdgeKey, declared: Field) -> bool:
        return not declared.many or child.id.startswith(f"{edge.key}/")

    def _ordered(self, edges: Iterable[EdgeKey], end: Any) -> list[EdgeKey]:
        def place(edge: EdgeKey) -> tuple[float, str, NodeKey, str]:
            other = end(edge)
            return self.data.edges[edge].get(POSITION, float("inf")), self.data.title(other), other, edge.key

        return sorted(edges, key=place)

    # Elements

    def elements(self) -> dict[str, list[RecordText]]:
        """Return the lists of elements that stand on their own."""
        return {
            kind.list_name: [
                self.element(kind, key)
                for key in sorted(self.nodes)
                if key.label == kind.label
                and key not in self.nested
                and key not in self.owners
                and not self._is_stub(key)
            ]
            for kind in self.metamodel.kinds.values()
        }

    def stubs(self) -> dict[str, list[RecordText]]:
        """Return the lists of elements that are only referred to."""
        lists: dict[str, list[RecordText]] = {}
        for kind in self.metamodel.kinds.values():
            keys = [key for key in sorted(self.nodes) if key.label == kind.label and self._is_stub(key)]
            lists[stub_list_name(kind)] = [self._identity(kind, key) for key in keys]
        return lists

    def _identity(self, kind: type[Element], key: NodeKey) -> RecordText:
        identifier, title = key_field(kind), title_field(kind)
        told = {identifier.name: key.id} if identifier else {}
        if title and self.data.title(key) != key.id:
            told[title.name] = self.data.title(key)
        return told

    def element(self, form: type[Element], key: NodeKey) -> RecordText:
        """Return the record of an element with everything nested in it."""
        properties = self.nodes[key]
        told = self._identity(form, key)
        for declared in fields_of(form):
            value = self._value(form, declared, key, properties)
            if value is not None:
                told[declared.name] = value
        return told

    def _value(self, form: type[Element], declared: Field, key: NodeKey, properties: Mapping[str, Any]) -> Any:
        role = declared.role
        if isinstance(role, Flattened):
            group = {
                inner.name: in_whole_numbers(group_property(role, inner).decode(inner.name, properties))
                for inner in fields_of(declared.item)
            }
            return {name: value for name, value in group.items() if value is not None} or None
        if isinstance(role, Property):
            return in_whole_numbers(role.decode(declared.name, properties))
        if isinstance(role, Children):
            return self._children(declared, key) or None
        if isinstance(role, Link) and not role.read_only:
            return self._links(form, declared, key)
        return None

    def _children(self, declared: Field, key: NodeKey) -> list[Any]:
        role = declared.role
        edges = [
            edge
            for edge in self.outgoing.get(key, ())
            if isinstance(role, Children)
            and edge.type == role.type
            and edge.target.label == declared.item.label
            and edge not in self.written
            and not edge.key
        ]
        items: list[Any] = []
        for edge in self._ordered(edges, lambda each: each.target):
            self.written.add(edge)
            identifier, title = key_field(declared.item), title_field(declared.item)
            carried = self._on_edge(declared.item, edge)
            if self.owners.get(edge.target) != edge and identifier:
                items.append({identifier.name: edge.target.id} | carried)
                continue
            record = self._defined(declared.item, edge.target) | carried
            text = record.get(title.name) if title else None
            plain = isinstance(role, Children) and role.as_text and len(record) == 2  # noqa: PLR2004  # id and title
            minted = text is not None and edge.target.id == f"{key.id}/{slug(text)}"
            items.append(text if plain and minted else record)
        return items

    def _defined(self, form: type[Element], key: NodeKey) -> RecordText:
        """Return the record of a nested element; with an id alone it would be one that is only mentioned."""
        record, title = self.element(form, key), title_field(form)
        return record | {title.name: self.data.title(key)} if title and len(record) == 1 else record

    def _on_edge(self, form: type[Record], edge: EdgeKey) -> RecordText:
        properties = self.data.edges[edge]
        fields = (each for each in fields_of(form) if each.role is ON_EDGE and each.name != POSITION)
        return {each.name: properties[each.name] for each in fields if each.name in properties}

    # Links

    def _links(self, form: type[Element], declared: Field, key: NodeKey) -> Any:
        role = declared.role
        if not isinstance(role, Link):
            raise TypeError(f"{declared.name} is no link")
        kinds = self.metamodel.link_kinds(form, declared)
        around = (self.incoming if role.incoming else self.outgoing).get(key, ())
        edges = [
            edge
            for edge in around
            if edge.type == role.type
            and (edge.source if role.incoming else edge.target).label in kinds
            and edge not in self.written
            and not self._in_a_record(edge)
            and (not role.mark or self.data.edges[edge].get(role.mark))
        ]
        edges = self._ordered(edges, lambda edge: edge.source if role.incoming else edge.target)
        edges = edges[:1] if role.mark else edges
        items = []
        for edge in edges:
            self.written.add(edge)
            items.append(self._link_item(form, declared, edge, edge.source if role.incoming else edge.target, kinds))
        if not items:
            return None
        if not declared.many:
            return items[0]
        alone = len(items) == 1 and (not isinstance(items[0], str) or split_text(items[0]) == [items[0]])
        if (role.split and alone) or (role.scalar and len(items) == 1):
            return items[0]
        return items

    def _in_a_record(self, edge: EdgeKey) -> bool:
        """Tell whether a relationship record writes the edge, or holds what it leads to."""
        row = self.metamodel.relationship(edge.type, edge.source.label, edge.target.label)
        held = edge.type == "MAPS_TO" or edge in self.spokes or edge.target in self.nested or edge.source in self.nested
        return bool(row and row.record) or (held and edge.key in self.record_keys)

    def _link_item(
        self, form: type[Element], declared: Field, edge: EdgeKey, other: NodeKey, kinds: tuple[str, ...]
    ) -> Any:
        role = declared.role
        if not isinstance(role, Link):
            raise TypeError(f"{declared.name} is no link")
        carried = {name: value for name, value in self._carried(edge).items() if name not in (role.mark, POSITION)}
        title = self.data.title(other)
        if not role.objects and not carried:
            if declared.by_id and len(kinds) == 1:
                return other.id
            if not declared.by_id and self._is_clear(title, other, kinds):
                return title
        item: RecordText = {self.metamodel.id_name(form, declared): other.id}
        if title != other.id:
            item["title"] = title
        if len(kinds) > 1:
            item[role.kind_name] = domain_of_kind(other.label) if role.kind_name != "kind" else other.label
        return item | carried

    def _is_clear(self, title: str, key: NodeKey, kinds: tuple[str, ...]) -> bool:
        """Tell whether a title names this element and no other of these kinds."""
        named = [found for kind in kinds for found in self.titles.get((kind, slug(title)), ())]
        return bool(slug(title)) and self._means(named, key)

    def _means(self, named: list[NodeKey], key: NodeKey) -> bool:
        """Tell whether a name that several elements have means this one: the only one, or the only defined."""
        return ([each for each in named if not self._is_stub(each)] or named) == [key]

    def _carried(self, edge: EdgeKey) -> RecordText:
        row = self.metamodel.relationship(edge.type, edge.source.label, edge.target.label)
        if row is None or row.record:
            return {}
        properties = self.data.edges[edge]
        told = {
            each.name: in_whole_numbers(
                (each.role if isinstance(each.role, Property) else Property()).decode(each.name, properties)
            )
            for each in self.metamodel.edge_fields(row)
        }
        return {name: value for name, value in told.items() if value is not None}

    # Relationship records

    def records(self) -> dict[str, list[RecordText]]:
        """Return the lists of relationship records."""
        return {
            name: [self._record(self.metamodel.records[name], edge) for edge in edges]
            for name, edges in self.record_edges.items()
        }

    def _record(self, model: type[RelationshipRecord], edge: EdgeKey) -> RecordText:
        self.written.add(edge)
        properties = self.data.edges[edge]
        told: RecordText = {}
        for declared in fields_of(model):
            role = declared.role
            value: Any = None
            if role is KEY:
                value = edge.key
            elif isinstance(role, End):
                end = edge.source if role.end == "source" else edge.target
                value = end.id if declared.name.endswith("ID") else self._stated_title(edge, end)
            elif isinstance(role, Reified):
                value = self._nested_records(edge, declared)
            elif role is STAGE_PAIRS:
                value = self._stage_pairs(edge, declared) or None
            elif isinstance(role, Property):
                value = in_whole_numbers(role.decode(declared.name, properties))
            if value is not None:
                told[declared.name] = value
        return told

    def _stated_title(self, record: EdgeKey, end: NodeKey) -> str:
        """Return the title by which a record names an end, which somebody else may have renamed since."""
        now = self.data.title(end)
        stated = str(self.data.edges[record].get(STATED_TITLE, now))
        return stated if slug(stated) in (slug(now), slug(end.id)) else now

    def _stage_name(self, stage: NodeKey) -> str:
        """Return what names a stage within its journey or value stream: its title, or its id if others share that."""
        title = self.data.title(stage)
        wholes = [edge.source for edge in self.incoming.get(stage, ()) if edge.type == "HAS_STAGE"]
        stages = {each.target for whole in wholes for each in self.outgoing[whole] if each.type == "HAS_STAGE"}
        alike = [each for each in stages if slug(self.data.title(each)) == slug(title)]
        return title if self._means(alike, stage) else stage.id

    def _nested_records(self, edge: EdgeKey, declared: Field) -> Any:
        items = []
        for child, spoke in self._nested_in(edge, declared):
            self.written.add(spoke)
            identifier = key_field(declared.item)
            if self._belongs(child, edge, declared):
                self.written.update(each for each in self.outgoing.get(child, ()) if each.type in _types(declared))
                items.append(self._defined(declared.item, child) | self._on_edge(declared.item, spoke))
            elif identifier:
                items.append({identifier.name: child.id} | self._on_edge(declared.item, spoke))
        if not items:
            return None
        return items if declared.many else items[0]

    def _stage_pairs(self, record: EdgeKey, declared: Field) -> list[RecordText]:
        stages = {edge.target for edge in self.outgoing.get(record.source, ()) if edge.type == "HAS_STAGE"}
        found = [
            edge
            for stage in stages
            for edge in self.outgoing.get(stage, ())
            if edge.type == "MAPS_TO" and edge.key == record.key
        ]
        pairs = []
        for edge in self._ordered(found, lambda each: each.target):
            self.written.add(edge)
            properties = self.data.edges[edge]
            ends = {"journeyStage": self._stage_name(edge.source), "valueStreamStage": self._stage_name(edge.target)}
            carried = {each.name: properties.get(each.name) for each in fields_of(declared.item)}
            pairs.append(ends | {name: value for name, value in carried.items() if value is not None})
        return pairs

    # The rest

    def remaining_edges(self) -> dict[str, list[RecordText]]:
        """Return the edges that no field of a record writes, stated one by one."""
        items = []
        for edge in sorted(self.data.edges.keys() - self.written):
            if edge.source in self.nested and edge.type in ("GAP_IN", "HINDERS"):
                continue
            ends = {"from": edge.source, "to": edge.target}
            item: RecordText = {"type": edge.type} | {
                name: {"kind": end.label, self.metamodel.key_name(end.label): end.id} for name, end in ends.items()
            }
            items.append(item | ({"properties": carried} if (carried := self._carried(edge)) else {}))
        return {EDGE_LIST: items}


def _types(declared: Field) -> set[str]:
    role = declared.role
    return {spoke.type for spoke in role.spokes} if isinstance(role, Reified) else set()
