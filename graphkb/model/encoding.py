"""What an element or a link item states, as properties, id and title."""

from __future__ import annotations

import functools
import string
from typing import TYPE_CHECKING, Any

from graphkb.model.declaration import KEY, ON_EDGE, REFERENCE_FIELDS, Flattened, Link, Reference, fields_of
from graphkb.model.metamodel import group_property
from graphkb.model.properties import Properties, Property

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkb.model.declaration import Element, Field, Record


def properties_of(element: Record) -> Properties:
    """Return the node properties that an element states, title and id aside."""
    told: Properties = dict(getattr(element, "constants", {}))
    for each in _property_fields(type(element)):
        value = getattr(element, each.attribute)
        if value is None or value == ():
            continue
        if isinstance(each.role, Flattened):
            for inner in fields_of(each.item):
                inside = getattr(value, inner.attribute)
                if inside is not None and inside != ():
                    told |= group_property(each.role, inner).encode(inner.name, inside)
        elif isinstance(each.role, Property):
            told |= each.role.encode(each.name, value)
    return told


@functools.cache
def _property_fields(model: type[Record]) -> tuple[Field, ...]:
    return tuple(each for each in fields_of(model) if isinstance(each.role, Property | Flattened))


@functools.cache
def _edge_fields(model: type[Record]) -> tuple[tuple[str, str, Property], ...]:
    """Return the fields of a link item or a nested element that become properties of the edge, each with how."""
    own = [
        each
        for each in fields_of(model)
        if (each.attribute not in REFERENCE_FIELDS if issubclass(model, Reference) else each.role is ON_EDGE)
    ]
    return tuple(
        (each.attribute, each.name, each.role if isinstance(each.role, Property) else Property()) for each in own
    )


def edge_properties_of(item: Record) -> Properties:
    """Return the edge properties that a link item or a nested element states."""
    told: Properties = {}
    for attribute, name, role in _edge_fields(type(item)):
        value = getattr(item, attribute)
        if value is not None and value != ():
            told |= role.encode(name, value)
    return told


def compose(element: Element, links: Mapping[str, str]) -> str | None:
    """Return the title composed by the first pattern of the element's kind that can be filled, or None."""
    for pattern in element.title_from:
        values = {name: links.get(name) or _written(getattr(element, name, None)) for name in _names_in(pattern)}
        if all(values.values()):
            return pattern.format(**values)
    return None


def _written(value: Any) -> str:
    value = in_whole_numbers(value)
    return str(value) if isinstance(value, str | int | float) else ""


@functools.cache
def _names_in(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in string.Formatter().parse(pattern) if name)


def title_names(model: type[Element]) -> list[list[str]]:
    """Return the names of the fields of each pattern of which a missing title is composed."""
    names = {each.attribute: each.name for each in fields_of(model)}
    return [[names[name] for name in _names_in(pattern)] for pattern in model.title_from]


@functools.cache
def title_links(model: type[Element]) -> tuple[str, ...]:
    """Return the link fields of which a missing title is composed."""
    links = {each.attribute for each in fields_of(model) if isinstance(each.role, Link)}
    used: Iterable[str] = (name for pattern in model.title_from for name in _names_in(pattern))
    return tuple(dict.fromkeys(name for name in used if name in links))


def stated(element: Record, role: object) -> str | None:
    """Return the id or the title that a record states, by the role of the field."""
    return next((getattr(element, each.attribute) for each in fields_of(type(element)) if each.role is role), None)


def is_mention(child: Element) -> bool:
    """Tell whether a nested record has an id and nothing else: it may name an element that stands elsewhere."""
    roles = [each.role for each in fields_of(type(child)) if each.attribute in child.model_fields_set]
    return KEY in roles and all(role is KEY or role is ON_EDGE for role in roles)


def in_whole_numbers(value: Any) -> Any:
    """Return a value as files have it: whole numbers without a fraction, at any depth of lists."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [in_whole_numbers(each) for each in value]
    return value
