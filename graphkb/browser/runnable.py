"""Texts that Neo4j Browser runs as they stand: without parameters that somebody would have to set first."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkb.queries.catalog import Parameter, Question
    from graphkb.store.protocol import GraphStore, Value

MOST_CHOICES: Final = 12
"""So many elements of a kind are offered; whoever wants another writes its id into the editor."""

NOBODY: Final = "an id"
"""Stands where a text needs an element and the store holds none of that kind."""

_CHOICES: Final = """\
MATCH (element:{labels})
OPTIONAL MATCH (element)--(other)
WITH element, count(other) AS links
RETURN element.id AS id, element.title AS title
ORDER BY links DESC, id
LIMIT $limit"""
"""Elements that a text can start from, the best connected first, as they show most."""

_TOKEN: Final = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|\$(?P<name>\w+)")
_ENDING: Final = re.compile(r"[\x00-\x1f&#]")


@dataclass(frozen=True, slots=True)
class Choice:
    """An element that a text can start from."""

    id: str
    title: str


def choices(store: GraphStore, kinds: Sequence[str], limit: int = MOST_CHOICES) -> list[Choice]:
    """Return elements of some kinds that a text can start from, the best connected first."""
    rows = store.read(_CHOICES.format(labels="|".join(kinds)), {"limit": limit})
    return [Choice(str(row["id"]), str(row["title"])) for row in rows]


def title(question: Question) -> str:
    """Return the name of a text as people read it: ``explore/gap_neighbourhood`` is ``Gap neighbourhood``."""
    return question.name.partition("/")[2].replace("_", " ").capitalize()


def arguments(question: Question, elements: Mapping[tuple[str, ...], Sequence[Choice]]) -> dict[str, Value]:
    """Return a value for each parameter: its default, else an element of its kinds; never the same one twice."""
    values: dict[str, Value] = {}
    for parameter in question.parameters:
        values[parameter.name] = _argument(parameter, elements, values)
    return values


def _argument(
    parameter: Parameter, elements: Mapping[tuple[str, ...], Sequence[Choice]], taken: Mapping[str, Value]
) -> Value:
    if not parameter.required:
        return parameter.default
    free = [each.id for each in elements.get(parameter.kinds, ()) if each.id not in taken.values()]
    return free[0] if free else NOBODY


def runnable(question: Question, values: Mapping[str, Value]) -> str:
    """Return the text of a question with values in the place of its parameters.

    It begins with the name under which Neo4j Browser lists it, the question, and what can be changed. It may stand in
    the address of a page, which the Browser ends at the first ``&`` or ``#``, also where they are written as codes.
    """
    told = [title(question), question.question]
    told += [f"{each.name} = {literal(values[each.name])}: {each.told}" for each in question.parameters]
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("//")).strip()

    def filled(found: re.Match[str]) -> str:
        if found["name"]:
            return literal(values[found["name"]])
        return _spoken(found[0]) if found[0].startswith("//") else _coded(found[0])

    return "\n".join([*(f"// {_spoken(line)}" for line in told), _TOKEN.sub(filled, body)]) + "\n"


def literal(value: Value) -> str:
    """Return a value as Cypher writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        raise TypeError("no parameter of a question is a map")
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{_coded(escaped)}'"
    return json.dumps(value)


def _coded(text: str) -> str:
    """Return the inside of a string with codes for what would end it, or a link."""
    return _ENDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _spoken(text: str) -> str:
    """Return a remark that ends no link."""
    return text.replace("&", "and").replace("#", "")
