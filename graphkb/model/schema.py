"""The metamodel described as plain values: what ``graphkb schema`` prints."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Annotated, Any

from graphkb.model.declaration import (
    KEY,
    ON_EDGE,
    REFERENCE_FIELDS,
    STAGE_PAIRS,
    TITLE,
    Children,
    End,
    Flattened,
    Link,
    Record,
    Reified,
    fields_of,
)
from graphkb.model.metamodel import METAMODEL, edge_names, graph_names, group_names
from graphkb.model.properties import Property
from graphkb.model.values import Suggested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import Bounds, RelationshipKind


def schema_dict(metamodel: Metamodel = METAMODEL) -> dict[str, Any]:
    """Return kinds with their fields, records and relationships; names are those in files, dotted for nested ones."""
    return {
        "kinds": [
            {
                "label": kind.__name__,
                "nodeLabel": kind.label,
                "list": kind.list_name,
                "key": metamodel.key_name(kind.label),
                "definition": _definition(kind),
                "fields": list(_fields(kind, metamodel)),
            }
            for kind in metamodel.lists.values()
        ],
        "records": [
            {
                "list": name,
                "type": record.type,
                "key": "relationshipID",
                "definition": _definition(record),
                "fields": list(_fields(record, metamodel)),
            }
            for name, record in metamodel.records.items()
        ],
        "relationships": [_relationship(row, metamodel) for row in metamodel.relationships],
    }


def _definition(model: type[Record]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def _fields(model: type[Record], metamodel: Metamodel, prefix: str = "") -> Iterator[dict[str, Any]]:
    for declared in fields_of(model):
        if (
            issubclass(model, Record)
            and declared.attribute in REFERENCE_FIELDS
            and model.__mro__[1].__name__ == "Reference"
        ):
            continue
        name = f"{prefix}{declared.name}"
        for each in (declared.name, declared.also):
            if each:
                yield {
                    "name": f"{prefix}{each}",
                    "becomes": _becomes(declared),
                    "graphName": _graph_name(model, declared, metamodel),
                    "type": type_name(declared.annotation),
                    "required": each == declared.name and (declared.expected or declared.role is KEY),
                }
        if isinstance(declared.role, Flattened):
            for inner in fields_of(declared.item):
                yield {
                    "name": f"{name}.{inner.name}",
                    "becomes": "property",
                    "graphName": list(group_names(declared.role, inner)),
                    "type": type_name(inner.annotation),
                    "required": False,
                }


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


def _relationship(row: RelationshipKind, metamodel: Metamodel) -> dict[str, Any]:
    return {
        "type": row.type,
        "from": list(row.sources),
        "to": list(row.targets),
        "reads": row.reads,
        "perTarget": _bounds(row.per_target),
        "perSource": _bounds(row.per_source),
        "properties": [
            {"name": name, "type": type_name(declared.annotation), "required": declared.expected}
            for declared in metamodel.edge_fields(row)
            for name in edge_names(declared)
        ],
    }


def _bounds(bounds: Bounds) -> str:
    return f"{bounds[0]}..{'n' if bounds[1] is None else bounds[1]}"


def type_name(annotation: Any) -> str:
    """Return a type as people read it: ``text``, ``integer``, ``one of ...``, ``list of ...``."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        functions = (getattr(each, "func", None) for each in arguments[1:])
        known = next((each.known for each in functions if isinstance(each, Suggested)), ())
        return f"text, such as {', '.join(known)}" if known else type_name(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(type_name(each) for each in arguments if each is not type(None)))
    if origin is typing.Literal:
        return f"one of {', '.join(map(str, arguments))}"
    if origin is tuple:
        return f"list of {type_name(arguments[0])}"
    plain = {str: "text", int: "integer", float: "number", bool: "true or false", dict: "object"}
    return plain.get(origin or annotation) or str(getattr(annotation, "__name__", "any"))
