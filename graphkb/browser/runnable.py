"""Texts that Neo4j Browser runs as they stand: without parameters that somebody would have to set first."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import GraphStore, Value

MOST_CHOICES: Final = 12
"""So many elements of a kind are offered; whoever wants another writes its id into the editor."""

MOST_TRIES: Final = 60
"""So many elements, or pairs of them, are tried for a text until it finds something."""

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


def arguments(question: Question, elements: Mapping[tuple[str, ...], Sequence[Choice]]) -> Iterator[dict[str, Value]]:
    """Yield values for all parameters: their defaults, and elements of their kinds in all ways, none of them twice.

    Where there are too few elements, their place is held by :data:`NOBODY`.
    """
    wanted = [parameter for parameter in question.parameters if parameter.required]
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    found = False
    for chosen in product(*(elements.get(parameter.kinds, ()) for parameter in wanted)):
        if len(set(chosen)) == len(chosen):
            found = True
            yield defaults | {parameter.name: each.id for parameter, each in zip(wanted, chosen, strict=True)}
    if not found:
        yield defaults | {parameter.name: NOBODY for parameter in wanted}


def first_look(
    store: GraphStore, question: Question, elements: Mapping[tuple[str, ...], Sequence[Choice]]
) -> dict[str, Value]:
    """Return the values to begin with: the first of :func:`arguments` for which the text finds anything."""
    every = arguments(question, elements)
    first = next(every)
    if not any(parameter.required for parameter in question.parameters):
        return first
    tried = chain([first], islice(every, MOST_TRIES))
    return next((values for values in tried if store.read(question.text_for(store.name), values)), first)


def runnable(question: Question, values: Mapping[str, Value]) -> str:
    """Return the text of a question with values in the place of its parameters.

    It begins with the name under which Neo4j Browser lists it, the question, and what can be changed. It may stand in
    the address of a page, which the Browser ends at the first ``&`` or ``#``, also where they are written as codes.
    """
    told = [title(question), question.question]
    told += [f"{each.name}: {each.told}" for each in question.parameters]
    if told[2:]:
        told.append("To change one, write another value in front of its name, everywhere below.")
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("//")).strip()

    def filled(found: re.Match[str]) -> str:
        if name := found["name"]:
            return f"{literal(values[name])} /* {name} */"
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
