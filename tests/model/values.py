"""Values of every type that a field takes, and the properties of a model, as they stand in files."""

from __future__ import annotations

import functools
import types
import typing
from typing import Annotated, Any, Final, Literal

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import AfterValidator, BeforeValidator, StringConstraints

from graphkb.model.declaration import (
    ON_EDGE,
    REFERENCE_FIELDS,
    Field,
    Flattened,
    Reference,
    fields_of,
)
from graphkb.model.metamodel import POSITION
from graphkb.model.properties import Property, Quantity
from graphkb.model.values import Maturity, PartialDate, Suggested

if typing.TYPE_CHECKING:
    from graphkb.model.declaration import Record


NAMING: Final = frozenset({"needsFulfilled", "valueStreamStage"})
"""Text properties that are read as titles of elements."""


WORDS: Final = (
    "Open an account", "onboarding", "Straße", "ﬁnance", "Zürich \u2013 Süd", "顧客", "Ελλάδα", "عميل", "नमस्ते",
    "İstanbul", "e\u0301clair", '100 % "quoted"', "it's", "a/b~c", "back\\slash", "tab\tinside", "{brace}", "$dollar",
    "`tick`", "null", "yes", "2024-01-01", "1e3", "#hash", "- dash", "key: value", "\U0001f600", "\u200bzero width",
    "x" * 80,
)  # fmt: skip
"""Texts with which readers, writers and stores have been seen to struggle."""

words: Final = st.sampled_from(WORDS)
texts: Final = words | st.text(max_size=6, alphabet=st.characters(exclude_categories=("Cs", "Cc"))) | st.just("")
json_values: Final = st.recursive(
    texts | st.integers(-5, 10**12) | st.booleans() | st.sampled_from([0.5, -1.25, 1e-7, 2.0]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)
json_objects: Final = st.dictionaries(words, json_values, max_size=3)
partial_dates: Final = st.sampled_from(["2024", "1999-12", "2024-02-29", "2026-11-22", "0001-01-01"])
quantities: Final = st.sampled_from(["42", " 4.2 ", "-17", "4.2 days", "> 30 %", "1,000", "1e3", "+0.5"])
maturities: Final = st.sampled_from([1, 2, 3, 4, 5, "3", "Level 2 - Managed", "level 5: best", "4 \u2013 measured"])


def _validators(annotation: Any) -> list[Any]:
    return [each for each in typing.get_args(annotation)[1:] if isinstance(each, AfterValidator | BeforeValidator)]


_SPECIAL: Final = tuple(
    (_validators(alias)[0], strategy) for alias, strategy in ((PartialDate, partial_dates), (Maturity, maturities))
)
"""Types whose validator, not their type alone, says what is allowed."""


def _of_annotation(annotation: Any, bounds: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Return values of a type, as they stand in files; ``bounds`` are the markers around it."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = typing.get_args(annotation)
        special = next((found for validator, found in _SPECIAL if validator in metadata), None)
        for known in (each.func.known for each in _validators(annotation) if isinstance(each.func, Suggested)):
            return st.sampled_from([*known, known[0].upper().replace("_", " ")]) | words
        return special if special is not None else _of_annotation(inner, (*metadata, *bounds))
    if origin in (typing.Union, types.UnionType):
        arguments = [each for each in typing.get_args(annotation) if each is not type(None)]
        return st.one_of([_of_annotation(each, bounds) for each in arguments])
    if origin is tuple:
        return st.lists(_of_annotation(typing.get_args(annotation)[0]), max_size=3)
    if origin is Literal:
        return st.sampled_from(typing.get_args(annotation))
    return _of_type(origin or annotation, bounds)


def _of_type(type_: Any, bounds: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    least: Any = next((each.ge for each in bounds if isinstance(each, Ge)), None)
    most: Any = next((each.le for each in bounds if isinstance(each, Le)), None)
    if type_ is bool:
        return st.booleans()
    if type_ is int:
        return st.integers(least, most)
    if type_ is float:
        low, high = (-(10.0**12) if least is None else least), (10.0**12 if most is None else most)
        return st.integers(int(low), int(high)) | st.floats(low, high)
    if type_ is dict:
        return json_objects
    if type_ is str:
        return texts.filter(bool) if any(isinstance(each, StringConstraints) for each in bounds) else texts
    raise TypeError(f"no strategy for {type_}")


@functools.cache
def values_of(declared: Field) -> st.SearchStrategy[Any]:
    """Return values of a property, as they stand in files."""
    found = _of_annotation(declared.annotation)
    return found | quantities if isinstance(declared.role, Quantity) else found


@functools.cache
def properties_of(model: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    """Return some of the properties and groups of a model; for a link item, of the properties of its edge."""
    possible = {
        each.name: properties_of(each.item) if isinstance(each.role, Flattened) else values_of(each)
        for each in fields_of(model)
        if each.name not in NAMING | {POSITION}
        and isinstance(each.role, Property | Flattened)
        and not (issubclass(model, Reference) and each.attribute in REFERENCE_FIELDS)
    }
    return _some(possible)


@functools.cache
def edge_properties_of(model: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    """Return some of the properties that a nested element gives the edge to it."""
    return _some({each.name: values_of(each) for each in fields_of(model) if each.role is ON_EDGE})


@st.composite
def _some(draw: st.DrawFn, possible: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    if not possible:
        return {}
    names = draw(st.lists(st.sampled_from(list(possible)), unique=True, max_size=4))
    return {name: draw(possible[name]) for name in names}
