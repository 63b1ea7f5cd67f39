"""A question is a file, a typed function and a command with one signature; what lacks one of them fails here."""

from __future__ import annotations

import inspect
import typing
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest

from graphkb.errors import UsageError
from graphkb.queries import ask_rows, catalog, function
from graphkb.queries.answer import Answer, attribute_name
from tests.support.oracles import ORACLES

if typing.TYPE_CHECKING:
    from tests.queries.conftest import Knowledge

NAMES = [question.name for question in catalog.questions()]
TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "list<string>": tuple[str, ...],
}


def test_every_file_has_a_function_and_every_function_a_file() -> None:
    """Files in cypher/ and the functions of graphkb.queries name the same questions."""
    topics = {name.partition("/")[0] for name in NAMES}
    found = [
        f"{topic}/{name}"
        for topic in topics
        for name, each in inspect.getmembers(import_module(f"graphkb.queries.{topic}"), inspect.isfunction)
        if each.__module__ == f"graphkb.queries.{topic}" and not name.startswith("_")
    ]
    assert sorted(found) == NAMES


def test_every_question_has_an_oracle() -> None:
    """A question is answered a second time, independently, in the tests."""
    assert sorted(ORACLES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_function_is_called_and_placed_as_its_file(name: str) -> None:
    """Topic is the module, name is the function."""
    called = function(name)
    assert f"{called.__module__}.{called.__name__}" == f"graphkb.queries.{name.replace('/', '.')}"
    assert inspect.getdoc(called)


@pytest.mark.parametrize("name", NAMES)
def test_a_function_takes_the_parameters_of_its_file(name: str) -> None:
    """Names, order, types and defaults are those of the header, and all are keywords."""
    first, *rest = inspect.signature(function(name)).parameters.values()
    annotations = _annotations(function(name))
    assert first.name == "kb"
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in rest)
    assert [(p.name, annotations[p.name], p.default) for p in rest] == [
        (p.name, _python_type(p.type, nullable=p.nullable), inspect.Parameter.empty if p.required else p.default)
        for p in catalog.find(name).parameters
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_has_the_columns_of_its_file(name: str) -> None:
    """Fields of the frozen row are the header's columns, in order and of the same types."""
    answer = _annotations(function(name))["return"]
    assert typing.get_origin(answer) is Answer
    (row_type,) = typing.get_args(answer)
    assert is_dataclass(row_type)
    assert vars(row_type)["__dataclass_params__"].frozen
    hints = typing.get_type_hints(row_type)
    assert [(field.name, hints[field.name]) for field in fields(row_type)] == [
        (attribute_name(c.name), _python_type(c.type, nullable=c.nullable)) for c in catalog.find(name).columns
    ]


def test_asking_by_name_goes_through_the_typed_function(embedded: Knowledge) -> None:
    """The command line gets the rows of the typed function."""
    for name in NAMES:
        required = {p.name: "nobody" for p in catalog.find(name).parameters if p.required}
        assert ask_rows(embedded, name, required) == function(name)(embedded, **required)


def test_asking_what_returns_paths_is_a_wrong_call(embedded: Knowledge) -> None:
    """A text for Neo4j Browser is not asked."""
    with pytest.raises(UsageError, match="returns paths, not rows"):
        ask_rows(embedded, "explore/gap_neighbourhood", {})


def test_asking_with_wrong_parameters_is_a_wrong_call(embedded: Knowledge) -> None:
    """Parameters are checked before the store is asked."""
    with pytest.raises(UsageError, match="Did you mean segment"):
        ask_rows(embedded, "gaps/affecting_stages", {"segmnt": "x"})


def _annotations(function: Any) -> dict[str, Any]:
    """Return the annotations of a question's function, resolved."""
    return typing.get_type_hints(function)


def _python_type(name: str, *, nullable: bool) -> Any:
    return TYPES[name] | None if nullable else TYPES[name]
