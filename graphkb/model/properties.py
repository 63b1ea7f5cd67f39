"""How the value of a field becomes properties of a node or an edge, and comes back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Properties: TypeAlias = dict[str, Any]
"""Properties of a node or an edge: plain scalars and lists, never null."""


@dataclass(frozen=True, slots=True)
class Property:
    """A field kept as one property; ``graph_name`` where it is not the name in files."""

    graph_name: str = ""

    def names(self, name: str) -> tuple[str, ...]:
        """Return the property names that a field called ``name`` uses."""
        return (self.graph_name or name,)

    def encode(self, name: str, value: Any) -> Properties:
        """Return the properties that hold ``value``."""
        if isinstance(value, tuple):
            return {self.names(name)[0]: list(value)} if value else {}
        return {self.names(name)[0]: value}

    def decode(self, name: str, properties: Mapping[str, Any]) -> Any:
        """Return the value held by ``properties`` as it stands in files, or None."""
        return properties.get(self.names(name)[0])


_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")


@dataclass(frozen=True, slots=True)
class Quantity(Property):
    """A value given as a number or as text: the number is kept for computing, the text for writing it back."""

    def names(self, name: str) -> tuple[str, ...]:
        """Return the property of the number and the one of the text."""
        number = self.graph_name or name
        return number, f"{number}Text"

    def encode(self, name: str, value: Any) -> Properties:
        """Parse text that is a plain number; other text has no number."""
        number, text = self.names(name)
        if not isinstance(value, str):
            return {number: float(value)}
        return {text: value} | ({number: float(value)} if _PLAIN_NUMBER.fullmatch(value.strip()) else {})

    def decode(self, name: str, properties: Mapping[str, Any]) -> Any:
        """Prefer the text as it was given."""
        number, text = self.names(name)
        return properties.get(text, properties.get(number))


@dataclass(frozen=True, slots=True)
class JsonText(Property):
    """An object that no kind holds, kept as JSON text."""

    def encode(self, name: str, value: Any) -> Properties:
        """Write canonical JSON."""
        if value in ((), {}, []):
            return {}
        return {self.names(name)[0]: json.dumps(value, ensure_ascii=False, sort_keys=True)}

    def decode(self, name: str, properties: Mapping[str, Any]) -> Any:
        """Parse it again."""
        text = properties.get(self.names(name)[0])
        return None if text is None else json.loads(text)


@dataclass(frozen=True, slots=True)
class Titled(Property):
    """A list of objects or texts, kept as a list of their titles and, where there is more to them, as JSON text."""

    def names(self, name: str) -> tuple[str, ...]:
        """Return the property of the titles and the one of the objects."""
        titles = self.graph_name or name
        return titles, f"{titles}Json"

    def encode(self, name: str, value: Any) -> Properties:
        """Take the first text of an object as its title."""
        titles, objects = self.names(name)
        if not value:
            return {}
        listed = [
            item if isinstance(item, str) else next((v for v in item.values() if isinstance(v, str)), "")
            for item in value
        ]
        if listed == list(value):
            return {titles: listed}
        return {titles: listed, objects: json.dumps(list(value), ensure_ascii=False, sort_keys=True)}

    def decode(self, name: str, properties: Mapping[str, Any]) -> Any:
        """Prefer the objects."""
        titles, objects = self.names(name)
        return json.loads(properties[objects]) if objects in properties else properties.get(titles)


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values of a property are equal and of one type: 3 is not 3.0, and 1 is not true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other)
