"""How a kind is declared: a pydantic model whose annotations say what each field becomes in the graph.

A field is a **property**, a **flattened group** of properties, a **link** (edges to other elements), or **children**
(elements owned by this one and nested in its record). The marker stands in ``Annotated``, never in a default value.
Everything else follows from the declarations: reading and writing records, constraints, the schema.
"""

from __future__ import annotations

import functools
import inspect
import json
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, TypeAlias

import pydantic
from pydantic import AfterValidator, BaseModel, ConfigDict, Strict, StringConstraints, ValidationInfo, model_validator

from graphkb.model.names import holds_ids, json_name
from graphkb.model.properties import Property


@dataclass(frozen=True, slots=True)
class Flattened:
    """A group whose fields become properties of the element, each named with ``prefix`` in front."""

    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Edges to elements that stand on their own, named by id or title.

    ``kinds`` are the kinds at the other end; without them all that the relationship table allows.
    """

    type: str
    kinds: tuple[str, ...] = ()
    incoming: bool = False
    """The edge runs from the other element to this one."""
    id_name: str = ""
    """Name of the id in an object; without it the key of the other kind, or ``id`` where several are possible."""
    kind_name: str = "kind"
    """Name of the kind in an object."""
    read_only: bool = False
    """Another field writes the same edges; this one is only read."""
    split: bool = False
    """One text may name several elements, separated by ``;`` or line breaks."""
    scalar: bool = False
    """A single item is written without a list."""
    objects: bool = False
    """Items are written as objects, also where a title would do."""
    mark: str = ""
    """Flag that the edges of this field have, and by which they are told from those of other fields."""


@dataclass(frozen=True, slots=True)
class Children:
    """Elements that belong to this one and are nested in its record; the edge runs from owner to child."""

    type: str
    split: bool = False
    """One text may name several children, separated by ``;`` or line breaks."""
    as_text: bool = False
    """A child with nothing but a title is written as text."""


@dataclass(frozen=True, slots=True)
class Also:
    """A further name under which a field is read; it is written under its own."""

    name: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """An edge between an element nested in a relationship record and one end of the record."""

    type: str
    end: str
    """``source`` or ``target`` of the record's edge."""
    outgoing: bool = False
    """The edge runs from the nested element to the end."""


@dataclass(frozen=True, slots=True)
class Reified:
    """Elements nested in a relationship record, tied to its ends by edges that repeat its ``relationshipID``."""

    spokes: tuple[Spoke, ...]
    id_prefix: str = ""
    """A single nested element has the record's key behind this prefix as its id."""


@dataclass(frozen=True, slots=True)
class End:
    """The field of a relationship record that names an end of its edge: by id where its name says so, or by title."""

    end: str
    """``source`` or ``target``."""
    kinds: tuple[str, ...]
    kind_from: str = ""
    """Attribute whose value names the kind where several are possible."""


@dataclass(frozen=True, slots=True)
class _Marker:
    """A role without parameters."""

    name: str


KEY: Final = _Marker("key")
"""The field is the id, unique within the kind."""
TITLE: Final = _Marker("title")
"""The field is the title."""
ON_EDGE: Final = _Marker("edge")
"""The field of a nested element is a property of the edge to it."""
STAGE_PAIRS: Final = _Marker("stage pairs")
"""Items of a record that join a stage of its source to a stage of its target by ``MAPS_TO``."""
EXPECTED: Final = _Marker("expected")
"""The record is incomplete without the field; it loads all the same."""

Key: TypeAlias = Annotated[str, Strict(), StringConstraints(min_length=1), KEY]
Title: TypeAlias = Annotated[str, Strict(), StringConstraints(min_length=1), TITLE]
Description: TypeAlias = Annotated[str, Strict(), Property("description")]


def _is_json(value: dict[str, Any]) -> dict[str, Any]:
    json.dumps(value, allow_nan=False)  # raises for what JSON cannot hold
    return value


JsonObject: TypeAlias = Annotated[dict[str, Any], AfterValidator(_is_json)]

IdName: TypeAlias = "Callable[[type[Record], Field], str]"
"""Tells the name that the id has in an object of a link field."""


def _declared_id_name(_model: type[Record], field: Field) -> str:
    return (isinstance(field.role, Link) and field.role.id_name) or "id"


_ROLES: Final = (Property, Flattened, Link, Children, Reified, End, _Marker)


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field, as scanned from its annotation."""

    attribute: str
    name: str
    """Name in files."""
    role: Property | Flattened | Link | Children | Reified | End | _Marker
    annotation: Any
    item: Any
    """The model of a group, a link item or a child; None for properties."""
    many: bool
    expected: bool
    by_id: bool
    """Whether a bare text in a link field of this name is an id; elsewhere it is a title."""
    also: str = ""
    """A further name in files, if any."""

    @property
    def becomes(self) -> str:
        """One word for the role: key, title, property, group, link, children, end, edge."""
        return self.role.name if isinstance(self.role, _Marker) else type(self.role).__name__.lower()


def _walk(annotation: Any) -> typing.Iterator[Any]:
    """Yield markers and classes inside an annotation, through unions, tuples and ``Annotated``."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = typing.get_args(annotation)
        yield from metadata
        yield from _walk(inner)
    elif origin in (typing.Union, types.UnionType, tuple):
        for argument in typing.get_args(annotation):
            yield from _walk(argument)
    elif isinstance(annotation, type):
        yield annotation


def _is_many(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _is_many(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return any(_is_many(argument) for argument in typing.get_args(annotation))
    return origin is tuple


def _scan(owner: type[BaseModel], attribute: str, annotation: Any) -> Field:
    found = list(_walk(annotation))
    roles = [marker for marker in found if isinstance(marker, _ROLES) and marker is not EXPECTED]
    if len(roles) > 1:
        raise TypeError(f"{owner.__name__}.{attribute} has two roles: {roles}")
    models = [each for each in found if isinstance(each, type) and issubclass(each, Record)]
    role = roles[0] if roles else Property()
    name = owner.model_fields[attribute].alias or json_name(attribute)
    if models and isinstance(role, Property) and type(role) is Property:
        raise TypeError(f"{owner.__name__}.{attribute} holds {models[0].__name__} but does not say what it becomes")
    return Field(
        attribute=attribute,
        name=name,
        role=role,
        annotation=annotation,
        item=models[0] if models else None,
        many=_is_many(annotation),
        expected=EXPECTED in found,
        by_id=holds_ids(name),
        also=next((each.name for each in found if isinstance(each, Also)), ""),
    )


@functools.cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """Return the declared fields of a model: key, title, its own, those of its bases.

    Raises :class:`TypeError` where an annotation has two roles, or an object has none.
    """
    hints = typing.get_type_hints(model, include_extras=True)
    ordered = [name for base in model.__mro__ for name in inspect.get_annotations(base)]
    attributes = dict.fromkeys(name for name in ordered if name in model.model_fields)
    found = [_scan(model, attribute, hints[attribute]) for attribute in attributes]
    return tuple(sorted(found, key=lambda field: (field.role is not KEY, field.role is not TITLE)))


@functools.cache
def _fields_with_items(model: type[Record]) -> dict[str, Field]:
    """Return the fields that have short forms, by each of their names."""
    return {name: field for field in fields_of(model) if field.item for name in (field.name, field.attribute)}


@functools.cache
def _further_names(model: type[Record]) -> dict[str, str]:
    return {field.also: field.name for field in fields_of(model) if field.also}


class Record(BaseModel):
    """Base of everything that a record in a file is made of."""

    # Most processes use few of the models: each builds its validator when it is first used.
    model_config = ConfigDict(
        alias_generator=json_name, populate_by_name=True, extra="forbid", frozen=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _accept_short_forms(cls, data: Any, info: ValidationInfo) -> Any:
        """Read text where an object is due, and one item where a list is due."""
        if not isinstance(data, dict | Mapping):
            return data
        if further := _further_names(cls):
            data = {name if further.get(name, name) in data else further.get(name, name): data[name] for name in data}
        known = _fields_with_items(cls)
        if known.keys().isdisjoint(data):
            return data
        id_name: IdName = info.context or _declared_id_name
        return {
            name: _long_form(known[name], value, lambda field: id_name(cls, field)) if name in known else value
            for name, value in data.items()
        }


class Group(Record):
    """A nested object whose fields become properties of the element that holds it."""


BARE_TEXT: Final = "(text)"
"""Stands for a field's name where a reference is bare text; no file can name it."""


class Reference(Record):
    """Names another element, by ``id`` or ``title``; subclasses add the properties of the edge."""

    id: Annotated[str, Strict()] | None = None
    """Id of the other element."""
    title: Annotated[str, Strict()] | None = None
    """Title of the other element, compared without regard to case and punctuation."""
    kind: Annotated[str, Strict()] | None = None
    """Kind of the other element, where several are possible."""
    text: Annotated[str | None, Strict(), pydantic.Field(alias=BARE_TEXT)] = None
    """A name given as bare text: an id in fields that hold ids, elsewhere a title."""


REFERENCE_FIELDS: Final = frozenset(Reference.model_fields)


class Element(Record):
    """A node: a kind, or a further record shape of one (a *form*)."""

    label: ClassVar[str] = ""
    """Label of the node; the name of the class where it is not set."""
    list_name: ClassVar[str] = ""
    """Name of the top-level list in files; empty for a form."""
    stub_list_name: ClassVar[str] = ""
    """Name of the list of elements that are only referred to; by default ``referenced`` and the list name."""
    title_from: ClassVar[tuple[str, ...]] = ()
    """Patterns of which the first that can be filled gives a missing title."""
    constants: ClassVar[Mapping[str, Any]] = types.MappingProxyType({})
    """Properties that every node of this form has."""
    second_labels: ClassVar[Mapping[str, tuple[str, str]]] = types.MappingProxyType({})
    """Further labels, each with the property and its value of the nodes that have it."""

    def __init_subclass__(cls, **keywords: Any) -> None:
        """Name the label after the class unless it is a form of another kind."""
        super().__init_subclass__(**keywords)
        if "label" not in cls.__dict__:
            cls.label = cls.__name__


class RelationshipRecord(Record):
    """A relationship with a record form: two ends, properties, and elements nested in it."""

    list_name: ClassVar[str]
    type: ClassVar[str]

    relationship_id: Key
    """Key of the record, unique within its list."""


def split_text(text: str) -> list[str]:
    """Return the names that stand in one text, separated by ``;`` or line breaks."""
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _long_form(field: Field, value: Any, id_name: Callable[[Field], str]) -> Any:
    role = field.role
    if value is None or field.item is None or not isinstance(role, Link | Children | Reified | _Marker):
        return value
    if not field.many:
        return _item(field, value, id_name)
    if not isinstance(value, list | tuple):
        splits = isinstance(role, Link | Children) and role.split and isinstance(value, str)
        value = split_text(value) if splits else [value]
    return [_item(field, each, id_name) for each in value]


def _item(field: Field, value: Any, id_name: Callable[[Field], str]) -> Any:
    """Turn text into an object; name the id of a link item ``id``."""
    role = field.role
    if isinstance(role, Link):
        if isinstance(value, str):
            return {BARE_TEXT: value}
        if isinstance(value, Mapping):
            named = id_name(field)
            renamed = {role.kind_name: "kind"} | ({named: "id"} if named == "id" or "id" not in value else {})
            return {renamed.get(name, name): each for name, each in value.items()}
        return value
    filled = text_field(field.item) if isinstance(value, str) else None
    return {filled.name: value} if filled else value


@functools.cache
def nesting_fields(model: type[Record]) -> tuple[Field, ...]:
    """Return the fields that lead to other elements: links and children."""
    return tuple(field for field in fields_of(model) if isinstance(field.role, Link | Children))


def key_field(model: type[Record]) -> Field | None:
    """Return the field that is the id."""
    return next((field for field in fields_of(model) if field.role is KEY), None)


def title_field(model: type[Record]) -> Field | None:
    """Return the field that is the title."""
    return next((field for field in fields_of(model) if field.role is TITLE), None)


def text_field(model: type[Record]) -> Field | None:
    """Return the field that a bare text in place of the record fills: the title, else the description, if any."""
    described = (f for f in fields_of(model) if isinstance(f.role, Property) and f.role.graph_name == "description")
    field = title_field(model) if not getattr(model, "title_from", ()) else None
    return field or next(described, None)
