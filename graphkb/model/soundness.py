"""What declarations must keep to, each by itself and beside the others."""

from __future__ import annotations

import re
import sys
import types
import typing
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic.errors import PydanticUserError

from graphkb.model.declaration import ON_EDGE, Children, Flattened, Link, fields_of
from graphkb.model.properties import Property
from graphkb.model.relations import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.model.declaration import Element, Field, Record
    from graphkb.model.metamodel import Metamodel

RESERVED_LABELS: Final = frozenset({"Element", "Run", "LoadLock"})
"""Labels that loads use for themselves."""
RESERVED_LISTS: Final = frozenset({"relationships"})
"""Lists in files that hold no elements."""

PARAGRAPH: Final = "\n\n"
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""What Cypher takes as a label or a type without quotes."""
_SCALARS: Final = (str, bool, int, float)


def kinds_by_label(declared: Iterable[type[Element]]) -> dict[str, type[Element]]:
    """Return the kinds by label; a subclass of a kind that has its label takes its place."""
    found: dict[str, type[Element]] = {}
    for kind in declared:
        known = found.get(kind.label)
        found[kind.label] = kind if known is None or issubclass(kind, known) else known
    return found


def kind_faults(declared: type[Element], kind: type[Element]) -> Iterator[str]:
    """Say what is wrong with a declared class beside the class that is the kind of its label."""
    label, list_name = declared.label, declared.list_name
    if not issubclass(kind, declared):
        named = " and ".join(f"{each.__name__} of {each.__module__}" for each in (kind, declared))
        yield f"{named} are both called {label}; make one a subclass of the other, or give it another name"
        return
    if not _IDENTIFIER.fullmatch(label) or label in RESERVED_LABELS:
        yield f"{declared.__name__} cannot have the label {label!r}"
    if not list_name:
        yield f"{declared.__name__} has no list_name, under which files hold it"


def row_faults(metamodel: Metamodel) -> Iterator[str]:
    """Say what is wrong with the rows of the relationship table, each by itself and beside the others."""
    for number, row in enumerate(metamodel.relationships):
        if not _IDENTIFIER.fullmatch(row.type):
            yield f"a relationship cannot have the type {row.type!r}"
        yield from value_faults(row.properties.__name__, metamodel.edge_fields(row))
        for source in metamodel.labels if row.sources == EVERYTHING else row.sources:
            for target in metamodel.labels if row.targets == EVERYTHING else row.targets:
                if not row.joins(source, target):
                    continue
                if metamodel.relationship(row.type, source, target) is not row:
                    yield f"two rows have {row.type} from {source} to {target}"
                elif number < metamodel.written and not row.record and not metamodel.writers(row.type, source, target):
                    yield f"no field writes {row.type} from {source} to {target}"


def edge_faults(metamodel: Metamodel, kind: type[Element], field: Field) -> Iterator[str]:
    """Say where a field of links or children and the relationship table do not agree."""
    role = field.role
    if isinstance(role, Children):
        others: tuple[str, ...] = (field.item.label,)
    elif isinstance(role, Link):
        others = metamodel.link_kinds(kind, field)
    else:
        return
    if not others:
        yield f"{kind.__name__}.{field.name}: no row of the relationship table has {role.type} here"
    for other in others:
        ends = (other, kind.label) if isinstance(role, Link) and role.incoming else (kind.label, other)
        row = metamodel.relationship(role.type, *ends)
        if row is None:
            yield f"{kind.__name__}.{field.name}: there is no {role.type} from {ends[0]} to {ends[1]}"
        elif isinstance(role, Children):
            held = {each.name for each in fields_of(field.item) if each.role is ON_EDGE} | {"relationshipID"}
            for name in sorted({each.name for each in metamodel.edge_fields(row)} - held):
                yield f"{kind.__name__}.{field.name}: {field.item.__name__} has no field for {name} of the edge"
        elif (
            isinstance(role, Link)
            and row.properties is not field.item
            and field.item.model_fields.keys() - (row.properties.model_fields.keys())
        ):
            yield f"{kind.__name__}.{field.name}: {role.type} does not carry what {field.item.__name__} declares"


def outdated_fields(metamodel: Metamodel) -> Iterator[str]:
    """Name the fields that nest a kind as it was before another class took its place."""
    for model in (*metamodel.kinds.values(), *metamodel.records.values()):
        for field in fields_of(model):
            kind = metamodel.kinds.get(getattr(field.item, "label", ""))
            if kind and field.item is not kind and issubclass(kind, field.item):
                yield f"{model.__name__}.{field.name} holds {kind.label} as it was; replace {model.__name__} as well"


def build_faults(models: Iterable[type[Record]]) -> Iterator[str]:
    """Build the validator of each model, and say of which it cannot be done."""
    for model in models:
        # A name that a base of another module uses before it is declared there is looked for in the subclass's module.
        modules = [vars(sys.modules[base.__module__]) for base in reversed(model.__mro__)]
        try:
            model.model_rebuild(_types_namespace={name: each for found in modules for name, each in found.items()})
        except (PydanticUserError, NameError) as error:
            yield f"{model.__name__} cannot be validated: {str(error).partition(PARAGRAPH)[0]}"


def value_faults(owner: str, fields: Iterable[Field]) -> Iterator[str]:
    """Name the fields whose values no property can hold."""
    for field in fields:
        if isinstance(field.role, Flattened):
            yield from value_faults(field.item.__name__, fields_of(field.item))
        elif type(field.role) is Property and not _can_be_kept(field.annotation):
            yield f"{owner}.{field.name} is a property, which holds text, a number, true or false, or a tuple of those"


def _can_be_kept(annotation: Any) -> bool:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _can_be_kept(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return all(_can_be_kept(each) for each in arguments)
    if origin is tuple:
        return len(arguments) == 2 and arguments[1] is Ellipsis and _is_scalar(arguments[0])  # noqa: PLR2004  # X, ...
    return annotation is type(None) or _is_scalar(annotation)


def _is_scalar(annotation: Any) -> bool:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _is_scalar(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return all(_is_scalar(each) for each in arguments)
    if origin is typing.Literal:
        return all(type(each) in _SCALARS for each in arguments)
    return annotation in _SCALARS
