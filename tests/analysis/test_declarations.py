"""An analysis is a declaration, a typed function and a command with one signature."""

from __future__ import annotations

import inspect
import typing
from dataclasses import fields

import pytest

from graphkb.analysis import ANALYSES, analyze
from graphkb.errors import UsageError
from graphkb.queries.answer import Answer, attribute_name

if typing.TYPE_CHECKING:
    from graphkb import KnowledgeBase

TYPES: dict[str, object] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "list<string>": tuple[str, ...],
}


@pytest.mark.parametrize("name", ANALYSES)
def test_a_function_takes_and_gives_what_is_declared(name: str) -> None:
    """Parameters, defaults and row fields are those of the declaration."""
    declared, function = ANALYSES[name]
    first, *rest = inspect.signature(function).parameters.values()
    assert first.name == "kb"
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in rest)
    assert [(p.name, p.default) for p in rest] == [
        (p.name, inspect.Parameter.empty if p.required else p.default) for p in declared.parameters
    ]
    answer = typing.get_type_hints(function, vars(inspect.getmodule(function)) | {"Answer": Answer, "Asked": object})
    (row_type,) = typing.get_args(answer["return"])
    hints = typing.get_type_hints(row_type)
    assert [(field.name, hints[field.name]) for field in fields(row_type)] == [
        (attribute_name(c.name), TYPES[c.type] | None if c.nullable else TYPES[c.type])  # type: ignore[operator]
        for c in declared.columns
    ]
    assert "Raises" in str(inspect.getdoc(function))


def test_an_answer_of_an_analysis_is_one_like_any_other(bank: KnowledgeBase) -> None:
    """Rows as dictionaries, cut off at the limit, with the parameters that were used."""
    answer = analyze(bank, "relied_upon", {"limit": 3})
    assert (answer.question, len(answer), answer.truncated) == ("analysis/relied_upon", 3, True)
    assert answer.to_dicts()[0]["capabilityId"] == answer[0].capability_id
    assert answer.parameters == {"segment": None, "decay": 0.5, "default_importance": 3, "limit": 3}
    assert len(answer.to_csv().splitlines()) == 4


def test_an_unknown_analysis_or_parameter_is_a_wrong_call(bank: KnowledgeBase) -> None:
    """With the nearest."""
    with pytest.raises(UsageError, match=r"no analysis 'comunities'\. Did you mean communities"):
        analyze(bank, "comunities", {})
    with pytest.raises(UsageError, match="decay of relied_upon must be from 0 to 1"):
        analyze(bank, "relied_upon", {"decay": 2})
