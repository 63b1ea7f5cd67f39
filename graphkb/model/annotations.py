"""What an annotation says of the values of a field: in words, and as a JSON Schema."""

from __future__ import annotations

import types
import typing
from typing import Annotated, Any, Final, TypeAlias

from annotated_types import Ge, Le
from pydantic import StringConstraints

from graphkb.model.values import Spelled, Suggested

JsonSchema: TypeAlias = dict[str, Any]

_PLAIN: Final = {
    str: ("text", "string"),
    int: ("integer", "integer"),
    float: ("number", "number"),
    bool: ("true or false", "boolean"),
    dict: ("object", "object"),
}
"""How the types of single values are called, by people and in a JSON Schema."""
_STORED: Final = 2**63
"""Whole numbers of which both stores hold the value; bounds that say no more than this are no range."""


def type_name(annotation: Any) -> str:
    """Return a type as people read it: ``text``, ``integer``, ``one of ...``, ``list of ...``."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        known = _suggested(arguments[1:])
        return f"text, such as {', '.join(known)}" if known else type_name(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(type_name(each) for each in _members(arguments)))
    if origin is typing.Literal:
        return f"one of {', '.join(map(str, arguments))}"
    if origin is tuple:
        return f"list of {type_name(arguments[0])}"
    named: type = origin or annotation
    return _PLAIN[named][0] if named in _PLAIN else str(getattr(named, "__name__", "any"))


def value_schema(annotation: Any) -> JsonSchema:
    """Return the JSON Schema of the values of a property, null aside."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _marked(value_schema(arguments[0]), arguments[1:])
    if origin in (typing.Union, types.UnionType):
        members = [value_schema(each) for each in _members(arguments)]
        return members[0] if len(members) == 1 else {"anyOf": members}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": nullable(value_schema(arguments[0]))}
    return {"type": _PLAIN[origin or annotation][1]}


def nullable(schema: JsonSchema) -> JsonSchema:
    """Return a schema that takes null too, which says nothing."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [*(schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]), {"type": "null"}]}


def limits(annotation: Any) -> dict[str, Any]:
    """Return the closed list of ``values``, or the ``range`` from least to greatest, where values have them."""
    schema = value_schema(annotation)
    while inner := schema.get("items") or schema.get("anyOf", [None])[0]:
        schema = inner
    found = schema.get("minimum"), schema.get("maximum")
    least, greatest = (None if bound is None or abs(bound) >= _STORED - 1 else bound for bound in found)
    closed = [each for each in schema.get("enum", ()) if each is not None]
    ranged = [] if least is None and greatest is None else [least, greatest]
    return ({"values": closed} if closed else {}) | ({"range": ranged} if ranged else {})


def _marked(schema: JsonSchema, markers: tuple[Any, ...]) -> JsonSchema:
    """Return a schema with what the markers around a type add to it."""
    for marker in markers:
        if isinstance(marker, Ge):
            schema |= {"minimum": marker.ge}
        elif isinstance(marker, Le):
            schema |= {"maximum": marker.le}
        elif isinstance(marker, StringConstraints):
            schema |= {"minLength": marker.min_length}
        elif isinstance(marker, Spelled) and schema["type"] == "string":
            schema |= {"pattern": marker.pattern}
        elif isinstance(marker, Spelled):
            schema = {"anyOf": [schema, {"type": "string", "pattern": marker.pattern}]}
    known = _suggested(markers)
    return schema | {"examples": list(known)} if known else schema


def _members(arguments: tuple[Any, ...]) -> list[Any]:
    return [each for each in arguments if each is not types.NoneType]


def _suggested(markers: tuple[Any, ...]) -> tuple[str, ...]:
    functions = (getattr(each, "func", None) for each in markers)
    return next((each.known for each in functions if isinstance(each, Suggested)), ())
