"""The mapping file: which files an entry takes, and where in them each field comes from.

A mapping file is a YAML list of entries. An entry picks rows of a file, and of each row says where the fields come
from; so does a field that holds objects, of the rows nested in a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from graphkb.errors import DataError, UsageError
from graphkb.model.metamodel import METAMODEL
from graphkb.model.names import did_you_mean
from graphkb.model.validation import Place
from graphkb.sources.mapping.paths import MAX_PATH, text_of
from graphkb.sources.mapping.targets import UnknownTarget, list_of, resolve, slots_of
from graphkb.sources.text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.errors import Problem
    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.mapping.targets import Slots

SUFFIXES: Final[Mapping[str, str]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".archimate": "archimate",
    ".xml": "archimate",
}
"""Format by suffix, where an entry names none."""


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _texts(value: Any) -> Any:
    """Take one value for a list of one; compare all as text."""
    listed = value if isinstance(value, list) else [value]
    return [each if isinstance(each, dict | list) else text_of(each) for each in listed]


def _pattern(text: str) -> str:
    Path().match(text)  # raises for a pattern that names nothing
    return text


def _origins(value: Any) -> Any:
    """Take a bare name for the column of that name."""
    if not isinstance(value, dict):
        return value
    return {name: {"from": text_of(each)} if _is_name(each) else each for name, each in value.items()}


def _is_name(value: Any) -> bool:
    return isinstance(value, str | int | float) and text_of(value) != ""


Where = Annotated[str, Field(max_length=MAX_PATH)]
"""Column, or path."""
Conditions = dict[Where, Annotated[tuple[str, ...], BeforeValidator(_texts)]]
"""Texts that a column may have; an empty text stands for nothing."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    only: Conditions = {}
    """Rows to take: in each of these columns one of the texts."""
    skip: Conditions = {}
    """Rows to leave out: in one of these columns one of the texts."""
    fields: Annotated[dict[str, Origin], BeforeValidator(_origins)] = {}
    """Where each field comes from; dotted names for fields of fields."""
    ignore: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """What is left out on purpose."""

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, data: Any) -> Any:
        """Leave out keys behind which nothing stands."""
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, dict) else data


class Origin(_Part):
    """Where the value of a field comes from: a column, a constant, the row's position, or nested rows."""

    column: Where | None = Field(None, alias="from", min_length=1)
    """Column, or path within the row."""
    value: Any = None
    """A constant."""
    position: Literal[True] | None = None
    """The place of the row among its rows, from 1."""
    rows: Where | None = None
    """Path to the rows that become the objects of the field; empty for the row itself."""
    numbering: Where | None = None
    """Column of numbers such as 1.2.3: the value is that of the row above this one."""
    split: Annotated[str, Field(min_length=1)] | None = None
    """Separates several values in one text."""
    values: dict[str, Any] = {}
    """What to take in place of a text; null takes nothing."""
    prefix: str = ""
    """Stands before each text."""

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        ways = {"from": self.column, "value": self.value, "position": self.position, "fields": self.fields or None}
        named = [name for name, way in ways.items() if way is not None]
        if len(named) != 1:
            found = " and ".join(named) or "none of them"
            raise ValueError(f"a field needs one of from, value, position and fields; it has {found}")
        nested = {"rows", "only", "skip", "ignore"} & self.model_fields_set
        further = {"numbering", "split", "values", "prefix"} & self.model_fields_set
        for name in sorted(nested if named != ["fields"] else set()):
            raise ValueError(f"{name} goes with fields")
        for name in sorted(further if named != ["from"] else set()):
            raise ValueError(f"{name} goes with from")
        return self

    @property
    def is_constant(self) -> bool:
        """Whether the value is the same whatever the row holds."""
        return self.column is None and not self.fields


class Entry(_Part):
    """What to take from files of one sort."""

    files: Annotated[
        tuple[Annotated[str, AfterValidator(_pattern)], ...], BeforeValidator(_listed), Field(min_length=1)
    ]
    """Patterns of file names, or of the ends of paths, such as ``*.tsv`` or ``waltz/*.csv``."""
    format: Literal["csv", "xlsx", "json", "yaml", "markdown", "archimate"] | None = None
    """How the files are written; without it their suffix tells."""
    kind: str
    """Kind, list of records, or ``relationships``."""
    rows: Where = ""
    """Path to the rows; without it the items of a list, else the document as one row."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry with its place and what it fills."""

    entry: Entry
    place: Place
    list_name: str
    slots: Slots

    def matches(self, path: Path) -> bool:
        """Tell whether the entry takes a file."""
        return any(path.match(pattern) for pattern in self.entry.files)

    def format_of(self, path: Path) -> str:
        """Return the format in which the entry reads a file; empty where nothing tells."""
        return self.entry.format or SUFFIXES.get(path.suffix.lower(), "")


@dataclass(frozen=True)
class MappingFile:
    """A mapping file that has no problems."""

    path: Path
    """The file."""
    rules: tuple[Rule, ...] = ()

    def taking(self, path: Path) -> tuple[Rule, ...]:
        """Return the entries that take a file, in order."""
        return tuple(rule for rule in self.rules if rule.matches(path))

    def idle(self, paths: Iterable[Path]) -> list[str]:
        """Return a note for each entry that takes none of these files."""
        files = list(paths)
        found = [rule for rule in self.rules if not any(map(rule.matches, files))]
        return [f"{_named(rule.place)}: the entry for {', '.join(rule.entry.files)} takes no file." for rule in found]


def _named(place: Place) -> str:
    problem = place.problem("", "")
    return f"{problem.file}:{problem.line}" if problem.line else problem.file


NO_MAPPING: Final = MappingFile(Path())
"""Takes no file."""


def read_mapping(path: Path, metamodel: Metamodel = METAMODEL) -> MappingFile:
    """Read a mapping file.

    Raises :class:`~graphkb.errors.DataError` with every problem of it, and :class:`~graphkb.errors.UsageError` where
    there is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"The mapping {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DataError(
            [Place(str(path)).problem("encoding", "The mapping is not UTF-8; save it as UTF-8.")]
        ) from error
    return parse_mapping(text, path, metamodel)


def parse_mapping(text: str, path: Path, metamodel: Metamodel = METAMODEL) -> MappingFile:
    """Read the text of a mapping file; raises :class:`~graphkb.errors.DataError` with every problem of it."""
    document = read_yaml(text, str(path))
    place = Place(str(path), "", document.lines)
    if not isinstance(document.content, list) or not document.content:
        message = "A mapping is a list of entries, such as [{files: '*.csv', kind: Capability, fields: {title: Name}}]."
        raise DataError([place.problem("document-shape", message)])
    rules: list[Rule] = []
    problems: list[Problem] = []
    for index, raw in enumerate(document.content):
        here = place.at(index)
        found = [*_shape_problems(raw, here), *_target_problems(raw, here, metamodel)]
        problems += found
        if not found:
            entry = Entry.model_validate(raw)
            listed = list_of(entry.kind, metamodel)
            rules.append(Rule(entry, here, listed, slots_of(listed, metamodel)))
    if problems:
        raise DataError(problems)
    return MappingFile(path, tuple(rules))


def _shape_problems(raw: Any, place: Place) -> Iterator[Problem]:
    try:
        Entry.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            steps = detail["loc"]
            there = place.at(*steps[: -1 if detail["type"] == "missing" else None])
            name = str(steps[-1]) if steps else "An entry"
            if detail["type"] == "extra_forbidden":
                # Fields stand in pairs of `fields` and their names, and an unknown key behind the last pair.
                model: type[_Part] = Entry if len(steps) == 1 else Origin
                known = [each.alias or key for key, each in model.model_fields.items()]
                yield there.problem("unknown-field", f"A mapping knows no {name!r} here.{did_you_mean(name, known)}")
            elif detail["type"] == "missing":
                yield there.problem("missing-field", f"{name} is missing.")
            elif detail["type"] == "model_type":
                due = "the name of a column, or an object" if len(steps) else "an object of files, kind and fields"
                yield there.problem("wrong-value", f"{name} is {due}.")
            else:
                yield there.problem("wrong-value", f"{name}: {detail['msg'].removeprefix('Value error, ')}.")


def _target_problems(raw: Any, place: Place, metamodel: Metamodel) -> Iterator[Problem]:
    if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
        return
    try:
        slots = slots_of(list_of(raw["kind"], metamodel), metamodel)
    except UnknownTarget as error:
        yield place.at("kind").problem("wrong-kind", str(error))
        return
    yield from _field_problems(raw, slots, place)


def _field_problems(raw: Mapping[str, Any], slots: Slots, place: Place) -> Iterator[Problem]:
    fields = raw.get("fields")
    if not isinstance(fields, dict):
        return
    for name, origin in fields.items():
        here = place.at("fields", name)
        try:
            slot = resolve(slots, name)[-1]
        except UnknownTarget as error:
            yield here.problem("unknown-field", str(error))
            continue
        whole = next((other for other in fields if name.startswith(f"{other}.")), None)
        if whole:
            yield here.problem("contradiction", f"{whole!r} is given as a whole already; give it in parts only.")
        if isinstance(origin, dict) and "fields" in origin:
            if slot.inside is None:
                yield here.problem("wrong-type", f"{name!r} holds plain values, not objects with fields.")
            else:
                yield from _field_problems(origin, slot.inside, here)
