"""The headers of Cypher files: comment lines ``// key: value`` before the statement, and what their values say.

Which keys there are, whoever reads the files says; parameters, columns and needs are written alike everywhere, as
:mod:`graphkb.queries.catalog` documents.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from graphkb.store.protocol import Value

TypeName: TypeAlias = Literal["string", "integer", "float", "boolean", "list<string>", "path"]

LIMIT: Final = "limit"
"""Parameter that says how many rows there are at most."""

_ENTRY = re.compile(r"//\s*(?P<key>[a-z]+):\s*(?P<value>.*\S)\s*$")
_PARAMETER = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*) (?P<type>[A-Za-z<>|]+)(?P<nullable>\?)?(?: = (?P<default>\S+))?\s{2,}(?P<meaning>.+)"
)
_COLUMN = re.compile(r"(?P<name>[a-z][A-Za-z0-9]*) (?P<type>[a-z<>]+)(?P<nullable>\?)?")
_RANGE = re.compile(r"(?P<low>-?\d+(?:\.\d+)?)\.\.(?P<high>-?\d+(?:\.\d+)?)?(?=,|$)")
_NEED = re.compile(r"\(:(?P<source>\w+)\)(?:-\[:(?P<type>\w+)\]->\(:(?P<target>\w+)\))?")
_CHOICES = re.compile(r"one of (?P<values>[^;]+)")
_PYTHON_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "float": (float, int),
    "boolean": (bool,),
    "list<string>": (list, tuple),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One ``$name`` of a question."""

    name: str
    type: TypeName
    nullable: bool
    required: bool
    default: Value
    """What stands for it when it is not given; null for a required one."""
    meaning: str
    kinds: tuple[str, ...] = ()
    """Kinds of the element that it names, by id or title; empty for a plain value."""

    @property
    def told(self) -> str:
        """The meaning, with the kind of an element before it."""
        return f"{' or '.join(self.kinds)}, {self.meaning}" if self.kinds else self.meaning

    @property
    def type_text(self) -> str:
        """The type as the header writes it, such as ``string?``."""
        return f"{self.type}?" if self.nullable else self.type

    def to_dict(self) -> dict[str, Value]:
        """Return name, type and meaning, with ``default`` when the parameter may be left out."""
        entry: dict[str, Value] = {"name": self.name, "type": self.type_text, "meaning": self.told}
        return entry if self.required else entry | {"default": self.default}

    def fault(self, value: object) -> str | None:
        """Say what a value should have been, if it is not."""
        if value is None:
            return None if self.nullable else f"of type {self.type}"
        fits = isinstance(value, _PYTHON_TYPES[self.type]) and isinstance(value, bool) == (self.type == "boolean")
        if isinstance(value, list | tuple):
            fits = fits and all(isinstance(item, str) for item in value)
        if not fits or (isinstance(value, float) and not math.isfinite(value)):
            return f"of type {self.type_text}"
        choices = _CHOICES.match(self.meaning)
        if choices and isinstance(value, str) and value not in choices["values"].split(", "):
            return f"one of {choices['values']}"
        limits = _RANGE.match(self.meaning)
        if limits and isinstance(value, int | float):
            low, high = float(limits["low"]), float(limits["high"] or math.inf)
            if not low <= value <= high:
                return f"from {limits['low']} to {limits['high']}" if limits["high"] else f"at least {limits['low']}"
        return None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer."""

    name: str
    type: TypeName
    nullable: bool


@dataclass(frozen=True, slots=True)
class Need:
    """What a question cannot be answered without: elements of a kind, or links between two kinds."""

    source: str
    type: str | None
    target: str | None

    @property
    def pattern(self) -> str:
        """The pattern in Cypher, as the header writes it."""
        return f"(:{self.source})" + (f"-[:{self.type}]->(:{self.target})" if self.type else "")


def entries(path: Path, text: str, *, single: Collection[str], repeated: Collection[str]) -> dict[str, list[str]]:
    """Return the values of each key of a header, in their order; ``single`` keys stand once, ``repeated`` ones often.

    Raises ValueError with file and line for anything else before the statement, and for comments behind the header.
    """
    found: dict[str, list[str]] = {}
    in_header = True
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            in_header = False
            continue
        entry = _ENTRY.match(line)
        key = entry["key"] if entry else ""
        if not in_header or entry is None or key not in (*single, *repeated):
            raise ValueError(f"{path}:{number}: not a line of the header: {line}")
        if key in single and key in found:
            raise ValueError(f"{path}:{number}: a second `// {key}:`")
        found.setdefault(key, []).append(entry["value"])
    return found


def need(path: Path, value: str) -> Need:
    """Return what one item of ``needs`` says."""
    entry = _NEED.fullmatch(value)
    if entry is None:
        raise ValueError(f"{path}: not `(:Kind)` or `(:Kind)-[:TYPE]->(:Kind)`: {value}")
    return Need(source=entry["source"], type=entry["type"], target=entry["target"])


def _type(path: Path, entry: re.Match[str]) -> TypeName:
    if entry["type"] not in get_args(TypeName):
        raise ValueError(f"{path}: {entry['name']} has the unknown type {entry['type']}")
    return cast("TypeName", entry["type"])


def parameter(path: Path, value: str) -> Parameter:
    """Return the parameter that a line ``param`` declares."""
    entry = _PARAMETER.fullmatch(value)
    if entry is None:
        raise ValueError(f"{path}: not `name type[?] [= default]  meaning`: {value}")
    default = entry["default"]
    try:
        parsed = None if default is None else json.loads(default)
    except ValueError as error:
        raise ValueError(f"{path}: the default of {entry['name']} is no JSON: {default}") from error
    kinds = tuple(entry["type"].split("|")) if entry["type"][0].isupper() else ()
    declared = Parameter(
        name=entry["name"],
        type="string" if kinds else _type(path, entry),
        nullable=entry["nullable"] is not None,
        required=default is None,
        default=parsed,
        meaning=entry["meaning"],
        kinds=kinds,
    )
    if declared.name == LIMIT and declared.type != "integer":
        raise ValueError(f"{path}: {LIMIT} is of type integer")
    problem = None if declared.required else declared.fault(declared.default)
    if problem:
        raise ValueError(f"{path}: the default of {declared.name} must be {problem}")
    return declared


def columns(path: Path, values: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns that the lines ``returns`` declare."""
    return tuple(_column(path, value) for value in ", ".join(values).split(", "))


def _column(path: Path, value: str) -> Column:
    entry = _COLUMN.fullmatch(value)
    if entry is None:
        raise ValueError(f"{path}: not `column type[?]`: {value}")
    return Column(name=entry["name"], type=_type(path, entry), nullable=entry["nullable"] is not None)
