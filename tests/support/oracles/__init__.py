"""The questions answered once more, in plain Python over plain data, from their prose and not from their Cypher.

Every module is a topic, every public function of it the oracle of the question of its name: it takes a world and the
question's parameters and returns rows by column name, in order. Besides, a topic states ``MUTATIONS``, and where it
needs them ``CHOICES``, values to ask with other than the defaults, and ``SIGHTS``, what the generated graphs must show.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from types import ModuleType

    from tests.support.world import World

Rows: TypeAlias = list[dict[str, Any]]
Parameters: TypeAlias = Mapping[str, Any]
Mutations: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""By question: what is changed in its text so that it no longer answers, and into what."""
Sights: TypeAlias = Mapping[str, Mapping[str, Callable[[dict[str, Any]], object]]]
"""By question: what rows of the generated graphs must show, and how a row shows it."""


def _public_functions(module: ModuleType) -> dict[str, Callable[[World, Parameters], Rows]]:
    return {
        name: function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


_TOPICS: Final = {
    topic.name: import_module(f"{__name__}.{topic.name}")
    for topic in sorted(pkgutil.iter_modules(__path__), key=lambda topic: topic.name)
}

ORACLES: Final = {
    f"{topic}/{name}": oracle for topic, module in _TOPICS.items() for name, oracle in _public_functions(module).items()
}
"""The oracle of every question, by name."""

MUTATIONS: Final = [
    (f"{topic}/{name}", old, new)
    for topic, module in _TOPICS.items()
    for name, changes in module.MUTATIONS.items()
    for old, new in changes
]
"""Question, text, and what takes its place."""

CHOICES: Final[Mapping[str, Mapping[str, Sequence[Any]]]] = {
    f"{topic}/{name}": choices
    for topic, module in _TOPICS.items()
    for name, choices in getattr(module, "CHOICES", {}).items()
}
"""Values to ask a question with, by parameter; those that name elements are chosen from the graph."""

SIGHTS: Final[Sights] = {
    f"{topic}/{name}": sights
    for topic, module in _TOPICS.items()
    for name, sights in getattr(module, "SIGHTS", {}).items()
}
