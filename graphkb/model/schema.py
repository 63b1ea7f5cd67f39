"""The metamodel described as plain values: what ``graphkb schema`` prints."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeAlias

from graphkb.model.annotations import limits, type_name
from graphkb.model.declaration import (
    KEY,
    ON_EDGE,
    REFERENCE_FIELDS,
    STAGE_PAIRS,
    TITLE,
    Children,
    Element,
    End,
    Flattened,
    Link,
    Reified,
    fields_of,
)
from graphkb.model.encoding import title_links
from graphkb.model.meanings import definition_of, meaning_of
from graphkb.model.metamodel import METAMODEL, POSITION, edge_names, graph_names, group_names
from graphkb.model.properties import Property
from graphkb.model.relations import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.declaration import Field, Record
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import Bounds, RelationshipKind

Described: TypeAlias = dict[str, Any]


def schema_dict(metamodel: Metamodel = METAMODEL) -> Described:
    """Return kinds with their fields, records and relationships; names are those in files, dotted for nested ones."""
    return {
        "kinds": [
            {
                "label": kind.__name__,
                "nodeLabel": kind.label,
                "list": kind.list_name,
                "key": metamodel.key_name(kind.label),
                "definition": definition_of(kind),
                "fields": list(fields_described(kind, metamodel)),
            }
            for kind in metamodel.lists.values()
        ],
        "records": [
            {
                "list": name,
                "type": record.type,
                "key": "relationshipID",
                "definition": definition_of(record),
                "fields": list(fields_described(record, metamodel)),
            }
            for name, record in metamodel.records.items()
        ],
        "relationships": [_relationship(row, metamodel) for row in metamodel.relationships],
    }


def fields_described(model: type[Record], metamodel: Metamodel) -> Iterator[Described]:
    """Yield the fields of a model, each followed by what stands in its objects."""
    for declared in fields_of(model):
        described = _field(model, declared, metamodel)
        yield described
        if declared.also:
            yield described | {"name": declared.also, "required": False}
        for inner in _inside(model, declared, metamodel):
            yield inner | {"name": f"{declared.name}.{inner['name']}", "required": False}


def without_nested(fields: list[Described]) -> list[Described]:
    """Return fields without those in objects of their own; those of a group become properties of the element itself."""
    groups = {field["name"] for field in fields if field["becomes"] == "group"}
    return [field for field in fields if field["name"].rpartition(".")[0] in {"", *groups}]


def _field(model: type[Record], declared: Field, metamodel: Metamodel) -> Described:
    return {
        "name": declared.name,
        "becomes": _becomes(declared),
        "graphName": _graph_name(model, declared, metamodel),
        **_told(model, declared.attribute),
    }


@functools.cache
def _told(model: type[Record], attribute: str) -> Described:
    """Return what a field says of its values; forms and links of many kinds share fields."""
    declared = next(each for each in fields_of(model) if each.attribute == attribute)
    return {
        "type": type_name(declared.annotation),
        "required": declared.role is KEY or is_required(model, declared),
        "meaning": meaning_of(model, attribute),
        **_limits(declared),
    }


def is_required(model: type[Record], declared: Field) -> bool:
    """Tell whether a record is incomplete without a field, or cannot be loaded without it."""
    named = title_links(model) if issubclass(model, Element) else ()
    return declared.expected or declared.attribute in named or model.model_fields[declared.attribute].is_required()


def _limits(declared: Field) -> Described:
    """Return the closed list or the range of the values of a field, where they have one."""
    return {} if declared.item else limits(declared.annotation)


def _inside(model: type[Record], declared: Field, metamodel: Metamodel) -> Iterator[Described]:
    """Yield what stands in the objects of a field, unless those are records of a list of their own."""
    role, item = declared.role, declared.item
    if isinstance(role, Flattened):
        for inner in fields_of(item):
            yield _field(item, inner, metamodel) | {"graphName": list(group_names(role, inner))}
    elif isinstance(role, Link):
        named = {"id": metamodel.id_name(model, declared), "kind": role.kind_name, "title": "title"}
        if len(metamodel.link_kinds(model, declared)) == 1:
            del named["kind"]
        for inner in fields_of(item):
            if inner.attribute in named:
                yield _field(item, inner, metamodel) | {"name": named[inner.attribute], "becomes": inner.attribute}
            elif inner.attribute not in REFERENCE_FIELDS:
                yield _field(item, inner, metamodel) | {"becomes": "edge property"}
    elif item and not (issubclass(item, Element) and item.list_name):
        for inner in fields_of(item):
            yield _field(item, inner, metamodel)


def _becomes(declared: Field) -> str:
    role = declared.role
    words: tuple[tuple[type, str], ...] = (
        (Flattened, "group"),
        (Link, "link"),
        (Children, "children"),
        (Reified, "children"),
        (End, "link"),
        (Property, "property"),
    )
    if role in (KEY, TITLE, ON_EDGE):
        return {KEY: "key", TITLE: "title", ON_EDGE: "edge property"}[role]
    return next((word for kind, word in words if isinstance(role, kind)), "link" if role is STAGE_PAIRS else "property")


def _graph_name(model: type[Record], declared: Field, metamodel: Metamodel) -> list[str]:
    role, own = declared.role, getattr(model, "label", "")
    match role:
        case Link():
            others = "|".join(metamodel.link_kinds(model, declared))
            ends = (others, own) if role.incoming else (own, others)
            names = [f"({ends[0]})-[:{role.type}]->({ends[1]})"]
        case Children():
            names = [f"({own})-[:{role.type}]->({declared.item.label})"]
        case Reified():
            names = [f"{spoke.type} {declared.item.label}" for spoke in role.spokes]
        case End():
            names = [role.end]
        case _ if role is STAGE_PAIRS:
            names = ["(JourneyStage)-[:MAPS_TO]->(ValueStreamStage)"]
        case _:
            names = list(graph_names(declared) or edge_names(declared))
    return names


def _relationship(row: RelationshipKind, metamodel: Metamodel) -> Described:
    carrier = row.record or row.properties
    return {
        "type": row.type,
        "from": list(row.sources),
        "to": list(row.targets),
        "reads": row.reads,
        "perTarget": _bounds(row.per_target),
        "perSource": _bounds(row.per_source),
        "properties": [
            {
                "name": name,
                "type": type_name(declared.annotation),
                "required": is_required(carrier, declared),
                "meaning": meaning_of(carrier, declared.attribute),
            }
            | _limits(declared)
            for declared in metamodel.edge_fields(row)
            for name in edge_names(declared)
        ]
        + _position(row, metamodel),
    }


def _position(row: RelationshipKind, metamodel: Metamodel) -> list[Described]:
    """Return what tells the place in a list, where edges of a row stand in lists and do not state it themselves."""
    sources, targets = (metamodel.kinds if several == EVERYTHING else several for several in (row.sources, row.targets))
    ends = ((source, target) for source in sources for target in targets)
    listed = any(field.many for each in ends for _, field in metamodel.writers(row.type, *each))
    if not listed or POSITION in {each.name for each in metamodel.edge_fields(row)}:
        return []
    meaning = "Place in the list that states the edge, from 1."
    return [{"name": POSITION, "type": "integer", "required": False, "meaning": meaning, "range": [1, None]}]


def _bounds(bounds: Bounds) -> str:
    return f"{bounds[0]}..{'n' if bounds[1] is None else bounds[1]}"
