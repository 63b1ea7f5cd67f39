"""A graph that breaks a rule and one that does not, for each rule, as files in ``tests/data/checks``.

::

    bad:
      elements:
        Persona ada: {title: Ada}                      kind and id, with properties
      links:
        - OrgUnit sales -OWNS-> Persona ada            what is only named here has a title made from its id
        - Persona ada -REQUIRES-> Capability pay: {priority: 5}
      finds:
        Persona ada: What the finding says.            a kind alone where it is about all of the kind
    good:
      elements: ...                                    the rule finds nothing here
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from tests.support.graphs import Graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.graphs import Key

FOLDER: Final = Path(__file__).resolve().parents[1] / "data" / "checks"

_LINK: Final = re.compile(r"(?P<source>\w+ \S+) -(?P<type>\w+)-> (?P<target>\w+ \S+)")


@dataclass(frozen=True, slots=True)
class Case:
    """One graph, and what the rule finds in it."""

    graph: Graph
    finds: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Messages by kind and id."""


def case(rule: str, name: str) -> Case:
    """Return the case ``good`` or ``bad`` of a rule."""
    return read(yaml.safe_load((FOLDER / f"{rule}.yaml").read_text(encoding="utf-8"))[name])


def read(stated: Mapping[str, Any]) -> Case:
    """Return the case that a file states."""
    if unknown := stated.keys() - {"elements", "links", "finds"}:
        raise ValueError(f"not a part of a case: {', '.join(sorted(unknown))}")
    graph = Graph()
    for name, properties in stated.get("elements", {}).items():
        graph.add(*_key(name), **properties)
    for entry in stated.get("links", []):
        told, properties = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        link = _LINK.fullmatch(told)
        if link is None:
            raise ValueError(f"not a link: {told}")
        ends = _key(link["source"]), _key(link["target"])
        for end in ends:
            if end not in graph.nodes:
                graph.add(*end)
        graph.link(ends[0], link["type"], ends[1], **properties)
    return Case(graph, {_key(name): message for name, message in stated.get("finds", {}).items()})


def _key(name: str) -> Key:
    kind, _, identifier = name.partition(" ")
    return kind, identifier
