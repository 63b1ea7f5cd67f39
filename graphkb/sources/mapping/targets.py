"""What a mapping fills: the fields of a kind or record, nested ones by dotted names, and what each of them takes."""

from __future__ import annotations

import math
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from graphkb.errors import UsageError
from graphkb.model.declaration import BARE_TEXT, Link, Record, fields_of
from graphkb.model.names import did_you_mean
from graphkb.model.validation import EDGE_LIST
from graphkb.sources.mapping.paths import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that can be filled."""

    name: str
    takes: frozenset[type]
    """Types of a single plain value."""
    many: bool = False
    inside: Mapping[str, Slot] | None = None
    """The fields of what the field holds, where that is an object."""


Slots = Mapping[str, Slot]

_TEXT: Final = frozenset({str})
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,300}")
_DECIMAL: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_END: Final = {name: Slot(name, _TEXT) for name in ("id", "title", "kind")}


class UnknownTarget(UsageError):
    """No kind, record or field has the name; the message holds the nearest one."""


def kind_names(metamodel: Metamodel) -> tuple[str, ...]:
    """Return what an entry can name as its kind: labels, lists of records, and the list of edges."""
    return (*metamodel.kinds, *metamodel.lists, *metamodel.records, EDGE_LIST)


def list_of(kind: str, metamodel: Metamodel) -> str:
    """Return the list in which records of a kind stand.

    Raises :class:`UnknownTarget`.
    """
    if kind in metamodel.kinds:
        return metamodel.kinds[kind].list_name
    if kind not in kind_names(metamodel):
        raise UnknownTarget(f"There is no kind {kind!r}.{did_you_mean(kind, kind_names(metamodel))}")
    return kind


def slots_of(list_name: str, metamodel: Metamodel) -> Slots:
    """Return the fields of the records of a list, by name."""
    if list_name != EDGE_LIST:
        kind = metamodel.lists.get(list_name) or metamodel.stub_lists.get(list_name)
        return slots_within(kind or metamodel.records[list_name], metamodel)
    carried: dict[str, Slot] = {}
    for row in metamodel.relationships:
        for declared in metamodel.edge_fields(row):
            slot = _slot(row.properties, declared, metamodel)
            known = carried.get(slot.name)
            carried[slot.name] = Slot(slot.name, slot.takes | known.takes, slot.many) if known else slot
    ends = (Slot(name, _TEXT, inside=_END) for name in ("from", "to"))
    edge = (Slot("type", _TEXT), *ends, Slot("properties", frozenset(), inside=carried))
    return {slot.name: slot for slot in edge}


def slots_within(model: type[Record], metamodel: Metamodel) -> Slots:
    """Return the fields of a model, by name."""
    return _Nested(model, metamodel)


class _Nested(Mapping[str, Slot]):
    """The fields of a model, looked up as they are asked for: models can hold one another."""

    def __init__(self, model: type[Record], metamodel: Metamodel, names: tuple[str, ...] = ()) -> None:
        self._model = model
        self._metamodel = metamodel
        declared = {each.name: each for each in fields_of(model) if each.name != BARE_TEXT}
        further = {each.also: each for each in declared.values() if each.also}
        self._fields: dict[str, Field | None] = {**dict.fromkeys(names), **further, **declared}

    def __getitem__(self, name: str) -> Slot:
        field = self._fields[name]
        return _slot(self._model, field, self._metamodel) if field else Slot(name, _TEXT)

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _slot(model: type[Record], field: Field, metamodel: Metamodel) -> Slot:
    if field.item is None:
        return Slot(field.name, frozenset(_plain(field.annotation)), field.many)
    names: tuple[str, ...] = ()
    if isinstance(field.role, Link):
        names = (metamodel.id_name(model, field), "title", field.role.kind_name)
    return Slot(field.name, _TEXT, field.many, _Nested(field.item, metamodel, names))


def _plain(annotation: Any) -> Iterator[type]:
    """Yield the types of plain values in an annotation."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        yield from _plain(arguments[0])
    elif origin in (typing.Union, types.UnionType, tuple):
        for each in arguments:
            yield from _plain(each)
    elif origin is typing.Literal:
        yield from (type(each) for each in arguments)
    elif isinstance(origin or annotation, type) and (origin or annotation) in (str, bool, int, float, dict):
        yield origin or annotation


def resolve(slots: Slots, name: str, whose: str = "The kind") -> tuple[Slot, ...]:
    """Return the field that a dotted name means, behind those that hold it; ``whose`` fields these are is for messages.

    Raises :class:`UnknownTarget`.
    """
    found: list[Slot] = []
    within: Slots | None = slots
    for part in name.split("."):
        if within is None:
            raise UnknownTarget(f"{found[-1].name!r} has no parts, so there is no field {name!r}.")
        if part not in within:
            owner = f"{found[-1].name!r} has" if found else f"{whose} has"
            raise UnknownTarget(f"{owner} no field {part!r}.{did_you_mean(part, within)}")
        found.append(within[part])
        within = found[-1].inside
    return tuple(found)


def converted(value: Any, slot: Slot) -> Any:
    """Return a value as the field takes it, or as it is where it cannot be turned into that."""
    if isinstance(value, str):
        return value if str in slot.takes else parsed(value, slot.takes)
    if slot.takes == _TEXT and isinstance(value, int | float):
        return text_of(value)
    return value


def parsed(text: str, takes: frozenset[type]) -> Any:
    """Return a text as one of these types, or as it is where it is none of them."""
    if bool in takes and text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    if int in takes and _WHOLE.fullmatch(text):
        return int(text)
    if float in takes and _DECIMAL.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
