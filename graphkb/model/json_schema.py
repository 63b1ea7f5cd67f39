"""The record format as one JSON Schema: what a whole file may look like.

It takes every shape that a load takes: text where an object may stand, one item where a list may stand, nulls, and
remarks. What it cannot say, such as whether a name is known, a load checks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from graphkb.model.annotations import nullable, value_schema
from graphkb.model.declaration import (
    KEY,
    REFERENCE_FIELDS,
    STAGE_PAIRS,
    TITLE,
    Element,
    Flattened,
    Link,
    Reference,
    fields_of,
    key_field,
    text_field,
    title_field,
)
from graphkb.model.encoding import title_links, title_names
from graphkb.model.meanings import definition_of, meaning_of
from graphkb.model.metamodel import METAMODEL
from graphkb.model.relations import EVERYTHING
from graphkb.model.validation import EDGE_LIST
from graphkb.model.values import domain_spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.model.annotations import JsonSchema
    from graphkb.model.declaration import Field, Record
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import RelationshipKind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
REMARKS: Final = "^_"
"""Pattern of the names that say nothing to a load."""
FEW: Final = 4
"""Most kinds of which the name of a schema tells each."""
TEXT: Final[JsonSchema] = {"type": "string"}


def json_schema(metamodel: Metamodel = METAMODEL) -> JsonSchema:
    """Return the schema of a file; its ``$defs`` hold one schema for the records of each list."""
    definitions = {
        **{model.__name__: _model(model, metamodel) for model in _models(metamodel)},
        **{
            _link_name(model, field, metamodel): _reference(model, field, metamodel)
            for model in _models(metamodel)
            for field in fields_of(model)
            if isinstance(field.role, Link)
        },
        **{
            _domain_name(label): _any_spelling(words) for label in metamodel.kinds if (words := domain_spellings(label))
        },
        **{_mention_name(kind): _mention(kind) for kind in metamodel.stub_lists.values()},
        **{row.properties.__name__: _carried(row.properties) for row in metamodel.relationships if not row.record},
        "StatedEnd": _end(metamodel),
        "StatedRelationship": _relationship(metamodel),
    }
    lists = {
        **{name: kind.__name__ for name, kind in metamodel.lists.items()},
        **{name: record.__name__ for name, record in metamodel.records.items()},
        **{name: _mention_name(kind) for name, kind in metamodel.stub_lists.items()},
        EDGE_LIST: "StatedRelationship",
    }
    return {
        "$schema": DIALECT,
        "title": "A file of graphkb",
        **_object({name: {"type": ["array", "null"], "items": _ref(held)} for name, held in lists.items()}),
        "$defs": definitions,
    }


def json_schema_text(metamodel: Metamodel = METAMODEL) -> str:
    """Return the schema of a file as it stands in a file itself, each definition on a line of its own."""
    schema = json_schema(metamodel)
    parts = {name: _lines(schema.pop(name)) for name in ("properties", "$defs")}
    told = {name: json.dumps(value) for name, value in schema.items()} | parts
    return "{\n" + ",\n".join(f'"{name}": {value}' for name, value in told.items()) + "\n}\n"


def _lines(schemas: dict[str, JsonSchema]) -> str:
    written = (f'"{name}": {json.dumps(schema)}' for name, schema in schemas.items())
    return "{\n" + ",\n".join(written) + "\n}"


def _models(metamodel: Metamodel) -> list[type[Record]]:
    """Return the models of all records, and of the objects nested in them that are no items of links."""
    found: dict[type[Record], None] = {}
    waiting: list[type[Record]] = [*metamodel.lists.values(), *metamodel.records.values()]
    while waiting:
        model = waiting.pop(0)
        if model not in found:
            found[model] = None
            waiting += [field.item for field in fields_of(model) if field.item and not isinstance(field.role, Link)]
    return list(found)


# Records


def _model(model: type[Record], metamodel: Metamodel) -> JsonSchema:
    """Return the schema of the records of a kind, of a relationship record, or of an object nested in one."""
    names: dict[str, JsonSchema] = {}
    rules: list[JsonSchema] = []
    for field in fields_of(model):
        told = {"description": meaning_of(model, field.attribute)} | _field(model, field, metamodel)
        for name in filter(None, (field.name, field.also)):
            names[name] = told
        if field.also:
            rules.append(_not_both(field.name, field.also))
    described = {"description": definition_of(model), **_object(names)}
    required = [field.name for field in fields_of(model) if model.model_fields[field.attribute].is_required()]
    if required:
        described["required"] = required
    elif issubclass(model, Element) and (identity := _identity(model)):
        rules.append(_any_of(identity, nothing=(None,) if title_links(model) else (None, "")))
    return described | ({"allOf": rules} if rules else {})


def _field(model: type[Record], field: Field, metamodel: Metamodel) -> JsonSchema:
    """Return the schema of the values of a field."""
    item, role = field.item, field.role
    if item is None:
        schema = value_schema(field.annotation)
    elif isinstance(role, Link):
        schema = _one_or_more(field, _ref(_link_name(model, field, metamodel)))
    else:
        schema = _ref(item.__name__)
        if role is STAGE_PAIRS:
            schema |= _stating("journeyStage", "valueStreamStage")
        if not isinstance(role, Flattened):
            schema = _one_or_more(field, _or_text(item, schema))
    return schema if model.model_fields[field.attribute].is_required() else nullable(schema)


def _or_text(item: type[Record], schema: JsonSchema) -> JsonSchema:
    """Return the schema of a nested object, or of the text that may stand in its place."""
    filled = text_field(item)
    needed = {"minLength": 1} if key_field(item) else {}
    return {"anyOf": [value_schema(filled.annotation) | needed, schema]} if filled else schema


def _one_or_more(field: Field, item: JsonSchema) -> JsonSchema:
    """Return the schema of a field that holds one item, or one item or a list of them."""
    if not field.many:
        return item
    several = {"type": "array", "items": nullable(item)}
    split = [TEXT] if getattr(field.role, "split", False) else []
    return {"anyOf": [*split, *item.get("anyOf", [item]), several]}


def _identity(model: type[Element]) -> list[list[str]]:
    """Return the sets of names of which one must be stated, so that a record has an identity."""
    key, title = key_field(model), title_field(model)
    if key is None:  # its id comes from the record that it is nested in
        return []
    if links := title_links(model):
        names = {field.attribute: field.name for field in fields_of(model)}
        return [[names[each] for each in links], *([[title.name]] if title else [])]
    return [[field.name] for field in (key, title) if field] + title_names(model)


# References


def _reference(model: type[Record], field: Field, metamodel: Metamodel) -> JsonSchema:
    """Return the schema of what names another element: text, or an object with properties of the edge to it."""
    kind = nullable(_kind(metamodel.link_kinds(model, field)))
    ids = {"id", metamodel.id_name(model, field)}
    told = {
        "title": nullable(TEXT),
        "kind": kind,
        _link(field).kind_name: kind,
        **{name: nullable(TEXT) for name in ids},
    }
    rules = [
        _any_of([[name] for name in sorted({"title", *ids})]),
        *([_not_both(*sorted(ids))] if len(ids) > 1 else []),
    ]
    named = {**_object(dict(sorted(told.items())) | _edge_properties(field.item)), "allOf": rules}
    return {"description": definition_of(field.item), "anyOf": [TEXT, named]}


def _link(field: Field) -> Link:
    if not isinstance(field.role, Link):
        raise TypeError(f"{field.name} is no link")
    return field.role


def _link_name(model: type[Record], field: Field, metamodel: Metamodel) -> str:
    """Return the name of the schema of the items of a link field, which fields of several kinds can share."""
    kinds, role = metamodel.link_kinds(model, field), _link(field)
    far = kinds if len(kinds) <= FEW else (role.type, str(len(kinds)))
    named = (each for each in (role.id_name, role.kind_name) if each not in ("", "kind"))
    return "-".join((field.item.__name__, *far, *named))


def _kind(kinds: tuple[str, ...]) -> JsonSchema:
    """Return the schema of the name of a kind: its label, or any spelling of the domain that it stands for."""
    named: JsonSchema = {"enum": list(kinds)}
    domains = [_ref(_domain_name(label)) for label in kinds if domain_spellings(label)]
    return {"anyOf": [named, *domains]} if domains else named


def _domain_name(label: str) -> str:
    return f"Domain-{label}"


def _any_spelling(words: tuple[str, ...]) -> JsonSchema:
    """Return a schema of words in any case, with spaces, dashes and underscores anywhere."""
    between = r"[\s_-]*"
    spelled = (between.join(f"[{letter.upper()}{letter}]" for letter in word) for word in words)
    return {"type": "string", "pattern": f"^{between}({'|'.join(spelled)}){between}$"}


def _mention_name(kind: type[Element]) -> str:
    return f"{kind.__name__}Mention"


def _mention(kind: type[Element]) -> JsonSchema:
    """Return the schema of an element that is only referred to: its id, its title, or both."""
    named = [field for field in fields_of(kind) if field.role in (KEY, TITLE)]
    told = {field.name: nullable(value_schema(field.annotation)) for field in named}
    listed = {"description": f"An element of {kind.list_name} that is only referred to."}
    return {**listed, **_object(told), **_any_of([[field.name] for field in named])}


# Relationships that are stated one by one


def _carried(model: type[Reference]) -> JsonSchema:
    """Return the schema of the properties of an edge."""
    return {"description": definition_of(model), **_object(_edge_properties(model))}


def _edge_properties(model: type[Record]) -> dict[str, JsonSchema]:
    return {
        field.name: {"description": meaning_of(model, field.attribute)} | nullable(value_schema(field.annotation))
        for field in fields_of(model)
        if field.attribute not in REFERENCE_FIELDS
    }


def _end(metamodel: Metamodel) -> JsonSchema:
    keys = dict.fromkeys(map(metamodel.key_name, metamodel.kinds))
    told = {name: nullable(TEXT) for name in ("id", "title", *keys)} | {"kind": nullable(_kind(tuple(metamodel.kinds)))}
    named = {**_object(told), **_any_of([[name] for name in told if name != "kind"])}
    named["dependentRequired"] = {name: ["kind"] for name in keys if name != "id"}
    return {
        "description": "An end of a relationship: a title, or an id or a title with the kind.",
        "anyOf": [TEXT, named],
    }


def _relationship(metamodel: Metamodel) -> JsonSchema:
    rows: dict[str, list[RelationshipKind]] = {}
    for row in metamodel.relationships:
        if not row.record:
            rows.setdefault(row.type, []).append(row)
    told = {
        "type": {"enum": list(rows)},
        "from": _ref("StatedEnd"),
        "to": _ref("StatedEnd"),
        "properties": {"type": ["object", "null"]},
    }
    return {
        "description": "A relationship that is stated on its own.",
        **_object(told),
        "required": ["type", "from", "to"],
        "allOf": [
            {"if": {"properties": {"type": {"const": type_}}}, "then": {"properties": _restricted(alike, metamodel)}}
            for type_, alike in rows.items()
        ],
    }


def _restricted(rows: list[RelationshipKind], metamodel: Metamodel) -> dict[str, JsonSchema]:
    """Return what the ends and the properties of an edge of one type can be."""
    return {
        "from": _of_kinds([row.sources for row in rows], metamodel),
        "to": _of_kinds([row.targets for row in rows], metamodel),
        "properties": nullable(
            {"anyOf": [_ref(name) for name in dict.fromkeys(row.properties.__name__ for row in rows)]}
        ),
    }


def _of_kinds(groups: Iterable[tuple[str, ...]], metamodel: Metamodel) -> JsonSchema:
    kinds = tuple(dict.fromkeys(label for group in groups for label in group))
    return {"properties": {"kind": nullable(_kind(tuple(metamodel.kinds) if kinds == EVERYTHING else kinds))}}


# Parts of schemas


def _object(names: dict[str, JsonSchema]) -> JsonSchema:
    return {
        "type": "object",
        "properties": names,
        "patternProperties": {REMARKS: True},
        "additionalProperties": False,
    }


def _ref(name: str) -> JsonSchema:
    return {"$ref": f"#/$defs/{name}"}


def _any_of(groups: Iterable[list[str]], nothing: tuple[str | None, ...] = (None,)) -> JsonSchema:
    """Return a schema of objects that state all names of one of the groups; ``nothing`` states nothing."""
    return {"anyOf": [_stating(*group, nothing=nothing) for group in groups]}


def _not_both(*names: str) -> JsonSchema:
    return {"not": _stating(*names)}


def _stating(*names: str, nothing: tuple[str | None, ...] = (None,)) -> JsonSchema:
    return {"required": list(names), "properties": {name: {"not": {"enum": list(nothing)}} for name in names}}
