"""From records as read to validated elements, or every problem with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from pydantic import ValidationError

from graphkb.errors import Problem
from graphkb.model.declaration import Link, Record, fields_of, key_field
from graphkb.model.metamodel import METAMODEL, graph_names, stub_list_name
from graphkb.model.names import did_you_mean, in_files

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel

RecordT = TypeVar("RecordT", bound=Record)
Steps: TypeAlias = "tuple[str | int, ...]"

MAX_DEPTH: Final = 50
"""Deepest nesting of a record."""
MAX_VALUES: Final = 100_000
"""Most values in one record."""
MAX_TOLD: Final = 1000
"""Most problems that are told of one record, and of the names of lists in one file; further ones are counted."""
MAX_PROBLEMS: Final = 10_000
"""Problems of single records after which no further records are looked at."""
LONGEST: Final = 2000
"""Most characters of a message, a place or a note; a longer one is cut in its middle."""
EDGE_LIST: Final = "relationships"
"""Top-level list of edges stated one by one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and a JSON pointer within it."""

    file: str = ""
    pointer: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Line numbers by pointer, for formats that have lines."""
    document: Any = field(default=None, compare=False, repr=False)
    """The whole of what the file holds."""
    written_at: Callable[[str], tuple[str, int | None]] | None = field(default=None, compare=False, repr=False)
    """For formats without pointers: gives the place, as people find it in the file, and the line of a pointer."""

    def at(self, *steps: str | int) -> Place:
        """Return the place that is these steps further in."""
        pointer = self.pointer
        for step in map(str, steps):
            pointer += f"/{step.replace('~', '~0').replace('/', '~1')}" if "~" in step or "/" in step else f"/{step}"
        return Place(self.file, pointer, self.lines, self.document, self.written_at)

    def problem(self, rule: str, message: str) -> Problem:
        """Return a problem at this place; its line is the nearest one known."""
        if self.written_at:
            there, line = self.written_at(self.pointer)
            return Problem(self.file, shown(there), rule, shown(message), line)
        written = pointer = self._written()
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return Problem(self.file, shown(written), rule, shown(message), self.lines.get(pointer))

    def _written(self) -> str:
        """Return the pointer without the index of an item that stands in the file without its list."""
        current, kept = self.document, []
        for step in self.pointer.split("/")[1:]:
            if self.document is not None and step.isdigit() and not isinstance(current, list | Mapping):
                continue
            if self.document is not None and step == "0" and isinstance(current, Mapping) and step not in current:
                continue
            kept.append(step)
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(current, list) and step.isdigit() and int(step) < len(current):
                current = current[int(step)]
            else:
                current = current.get(name) if isinstance(current, Mapping) else None
        return "".join(f"/{step}" for step in kept)


def shown(text: str) -> str:
    """Return a text for a message: on one line, as a terminal can show it, without its middle where it is too long."""
    half = LONGEST // 2
    told = text if len(text) <= LONGEST else f"{text[:half]} ... {text[-half:]}"
    return told if told.isprintable() else "".join(map(_shown_character, told))


def _shown_character(character: str) -> str:
    return character if character.isprintable() else " " if character.isspace() else "\ufffd"


@dataclass(frozen=True, slots=True)
class Nesting:
    """Says of a record that it is nested in that of another element, which stands elsewhere."""

    label: str
    """Kind of the other element."""
    field: Field
    """Its field that holds the record."""
    name: str
    """Its id or title."""
    place: Place


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as read from a file: the list it stands in, its content, its place."""

    list_name: str
    content: Any
    place: Place
    nesting: Nesting | None = None
    """Where the record is nested, if not in a list of its own."""


def known_lists(metamodel: Metamodel = METAMODEL) -> tuple[str, ...]:
    """Return the names that a top-level list can have."""
    return (*metamodel.lists, *metamodel.records, *metamodel.stub_lists, EDGE_LIST)


def split_document(
    document: Any, place: Place, metamodel: Metamodel = METAMODEL
) -> tuple[list[RawRecord], list[Problem]]:
    """Split a document, an object of lists of records, into its records; keys starting with ``_`` are remarks.

    Instead of a list, a single record may stand under the name of its kind, as in ``{trigger: {...}}``; and a document
    that has the key of a kind is one record of it.
    """
    if not isinstance(document, Mapping):
        hint = "The top of a file is an object of lists, such as {journeys: [...]}."
        return [], [place.problem("document-shape", f"Found {_shape(document)}. {hint}")]
    place = Place(place.file, place.pointer, place.lines, document, place.written_at)
    if alone := _record_alone(document, metamodel):
        return [RawRecord(alone, document, place)], []
    singular = _singular(metamodel)
    records: list[RawRecord] = []
    problems: list[Problem] = []
    for name, content in document.items():
        if str(name).startswith("_"):
            continue
        here = place.at(name)
        if len(problems) == MAX_TOLD:
            problems.append(place.problem("document-shape", "The names of further lists are not looked at."))
            break
        if name in singular and isinstance(content, Mapping):
            records.append(RawRecord(singular[name], content, here))
        elif name not in known_lists(metamodel):
            hint = did_you_mean(str(name), known_lists(metamodel))
            problems.append(here.problem("unknown-list", f"{name!r} is no list of records.{hint}"))
        elif content is None:
            continue
        elif isinstance(content, str) or not isinstance(content, Sequence):
            problems.append(here.problem("document-shape", f"{name} holds a list of records, not {_shape(content)}."))
        else:
            records += [RawRecord(name, each, here.at(index)) for index, each in enumerate(content)]
    return records, problems


def _singular(metamodel: Metamodel) -> dict[str, str]:
    """Return the lists by the name under which a single record of each may stand: that of its kind."""
    names = {listed: kind.__name__ for listed, kind in metamodel.lists.items()}
    return {in_files(name): listed for listed, name in names.items()}


def _record_alone(document: Mapping[Any, Any], metamodel: Metamodel) -> str:
    """Return the list to which a document belongs that is a single record, by the key that only its kind has."""
    keys = {listed: key.name for listed, kind in metamodel.lists.items() if (key := key_field(kind))}
    taken = [*keys.values(), *(key.name for record in metamodel.records.values() if (key := key_field(record)))]
    found = [listed for listed, name in keys.items() if name in document and taken.count(name) == 1]
    return found[0] if len(found) == 1 else ""


def validate(
    model: type[RecordT], content: Any, place: Place, metamodel: Metamodel = METAMODEL
) -> tuple[RecordT | None, list[Problem]]:
    """Check a record against its model; return the element, or None and every problem found in it."""
    if not isinstance(content, Mapping):
        return None, [place.problem("record-shape", f"A record is an object, not {_shape(content)}.")]
    shape = _Shape.of(content)
    if shape.fault:
        return None, [place.problem(*shape.fault)]
    if _NO_TEXT.search("".join(shape.texts)):
        return None, list(broken_texts(content, place))
    cleaned = _without_remarks(content) if shape.has_remarks else content
    try:
        return model.model_validate(cleaned, context=metamodel.id_name, by_alias=True, by_name=False), []
    except ValidationError as error:
        details = _worth_telling(error.errors(include_url=False))
        told = dict.fromkeys(_problem(model, cleaned, detail, place, metamodel) for detail in details[:MAX_TOLD])
        if further := details[MAX_TOLD:]:
            told[place.problem("record-shape", f"The record has {len(further):,} problems more.")] = None
        return None, list(told)


_NO_TEXT: Final = re.compile("[\ud800-\udfff]")
"""What a text cannot hold: halves of characters, as escapes can state them."""


@dataclass(slots=True)
class _Shape:
    """What has to be known of a record before it is looked at as one of a kind."""

    texts: list[str] = field(default_factory=list)
    """Every text in it, names included."""
    has_remarks: bool = False
    """It holds a null or a name that starts with ``_``, at any depth."""
    fault: tuple[str, str] | None = None
    """Rule and message where it is nested too deep, or has too many values; then the rest is not known."""

    @classmethod
    def of(cls, content: Any) -> _Shape:
        """Look at every value once, level by level."""
        shape, texts = cls(), []
        level, count = [content], 1
        for _ in range(MAX_DEPTH):
            inside: list[Any] = []
            for each in level:
                values = each
                if isinstance(each, dict | Mapping):
                    names = list(map(str, each))
                    texts += names
                    shape.has_remarks = shape.has_remarks or any(name[:1] == "_" for name in names)
                    values = each.values()
                count += len(values)
                for value in values:
                    kind = type(value)
                    if kind is str:
                        texts.append(value)
                    elif value is None:
                        shape.has_remarks = True
                    elif kind not in _SCALARS and isinstance(value, dict | list | tuple | Mapping):
                        inside.append(value)
            if count > MAX_VALUES:
                shape.fault = "too-large", f"The record holds more than {MAX_VALUES:,} values."
                return shape
            if not inside:
                shape.texts = texts
                return shape
            level = inside
        shape.fault = "record-shape", f"The record is nested deeper than {MAX_DEPTH} levels."
        return shape


_SCALARS: Final = frozenset({int, float, bool})


def broken_texts(content: Any, place: Place) -> Iterator[Problem]:
    """Yield a problem for each text, and each name, that holds what no text can."""
    message = "The text holds half a character (a lone surrogate), which cannot be kept; remove it."
    if isinstance(content, Mapping):
        for name, each in content.items():
            if _NO_TEXT.search(str(name)):
                yield place.at(name).problem("wrong-value", message.replace("text", "name", 1))
            yield from broken_texts(each, place.at(name))
    elif isinstance(content, list):
        for index, each in enumerate(content):
            yield from broken_texts(each, place.at(index))
    elif isinstance(content, str) and _NO_TEXT.search(content):
        yield place.problem("wrong-value", message)


def _without_remarks(content: Any) -> Any:
    """Leave out nulls, which say nothing, and keys starting with ``_``, which are remarks, at every depth."""
    if isinstance(content, Mapping):
        return {
            name: _without_remarks(each)
            for name, each in content.items()
            if each is not None and not str(name).startswith("_")
        }
    if isinstance(content, list | tuple):
        return [_without_remarks(each) for each in content if each is not None]
    return content


def _worth_telling(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Of the errors of a union's members at one place, keep the first."""
    seen: set[Steps] = set()
    kept = []
    for detail in details:
        steps = tuple(step for step in detail["loc"] if not _is_union_step(step))
        if steps not in seen:
            seen.add(steps)
            kept.append(detail)
    return kept


def _is_union_step(step: str | int) -> bool:
    """Tell whether pydantic put the step in to name a member of a union."""
    return isinstance(step, str) and (step in ("str", "float", "int", "bool") or "[" in step)


def _problem(model: type[Record], content: Any, detail: ErrorDetails, place: Place, metamodel: Metamodel) -> Problem:
    steps, owner, written = _locate(model, content, detail["loc"], metamodel)
    name = str(written[-1]) if written else ""
    here = place.at(*written)
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "extra_forbidden":
        return here.problem("unknown-field", _unknown_field(owner, name, metamodel))
    if kind == "missing":
        return here.problem("missing-field", f"{steps[-1] if steps else name} is missing; {owner.__name__} needs it.")
    if kind == "literal_error":
        allowed = [part.strip(" '\"") for part in str(context["expected"]).replace(" or ", ", ").split(", '")]
        hint = did_you_mean(str(value), allowed) or f" It is one of: {', '.join(allowed)}."
        return here.problem("wrong-value", f"{name} cannot be {value!r}.{hint}")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = "at least" if kind == "greater_than_equal" else "at most"
        return here.problem(
            "out-of-range", f"{name} is {value!r}, but must be {bound} {context.get('ge', context.get('le'))}."
        )
    if kind in ("string_type", "model_type", "model_attributes_type", "dict_type") or kind.startswith(
        ("int", "float", "bool")
    ):
        return here.problem(
            "wrong-type", f"{name} is {_shape(value)}, where {_due(kind)} is due.{_quote_hint(kind, value)}"
        )
    message = detail["msg"].removeprefix("Value error, ")
    return here.problem("wrong-value", f"{name} cannot be {value!r}: {message}.")


def _quote_hint(kind: str, value: Any) -> str:
    if kind == "string_type" and isinstance(value, int | float):
        return f' Put it in quotes: "{value}".'
    return ""


def _due(kind: str) -> str:
    words = {"str": "text", "int": "a whole number", "flo": "a number", "boo": "true or false"}
    return words.get(kind[:3], "an object")


def _shape(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    words = {str: "the text", bool: "the truth value", int: "the number", float: "the number"}
    return f"{words.get(type(value), 'the value')} {value!r}"


def _unknown_field(owner: type[Record], name: str, metamodel: Metamodel) -> str:
    names = [each.name for each in fields_of(owner) if each.name != "text"]
    return f"{owner.__name__} has no field {name!r}.{did_you_mean(name, names) or _near_field(owner, name, metamodel)}"


def _near_field(owner: type[Record], name: str, metamodel: Metamodel) -> str:
    """Name the field whose property in the graph is meant, or say where to look."""
    meant = next((each.name for each in fields_of(owner) if name in graph_names(each)), "")
    if meant:
        return f" Did you mean {meant!r}?"
    label = getattr(owner, "label", "")
    return f" See `graphkb schema` for the fields of {label}." if label in metamodel.kinds else ""


def _locate(
    model: type[Record], content: Any, location: Steps, metamodel: Metamodel
) -> tuple[Steps, type[Record], Steps]:
    """Follow an error's location into the content.

    Returns the steps of the declaration, the model that owns the last of them, and the steps as written in the file:
    those that exist there, with the names that short forms and ids have in files.
    """
    steps = tuple(step for step in location if not _is_union_step(step))
    written: list[str | int] = []
    owner: type[Record] = model
    current, at = model, content
    renamed: dict[str, str] = {}
    for depth, step in enumerate(steps):
        if isinstance(step, int):
            if isinstance(at, list | tuple) and step < len(at):
                written.append(step)
                at = at[step]
            continue
        owner = current
        named = renamed.get(step, step)
        if isinstance(at, Mapping) and (named in at or depth == len(steps) - 1):
            written.append(named)
            at = at.get(named)
        declared = next((each for each in fields_of(current) if each.name == step), None)
        renamed = {}
        if declared and declared.item:
            if isinstance(declared.role, Link):
                renamed = {"id": metamodel.id_name(current, declared), "kind": declared.role.kind_name}
            current = declared.item
    return steps, owner, tuple(written)


def stub_record(list_name: str, metamodel: Metamodel = METAMODEL) -> bool:
    """Tell whether a list holds elements that are only referred to."""
    return list_name in {stub_list_name(kind) for kind in metamodel.kinds.values()}
