"""JSON and YAML, each read into plain values with the line of every value."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from graphkb.errors import DataError
from graphkb.model.validation import Place, split_document
from graphkb.sources.reading import InputFile, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.errors import Problem


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, and the line of each value by its JSON pointer, where the format has lines."""

    content: Any
    lines: Mapping[str, int] = field(default_factory=dict)


def read_yaml_file(file: InputFile) -> Reading:
    """Read a YAML file in the record shape."""
    return records_of(read_yaml(file.text(), str(file.path)), file)


MAX_RECORDS: Final = 500_000
"""Most records of one file."""


def records_of(document: Document, file: InputFile) -> Reading:
    """Return the records of a document in the record shape.

    Raises :class:`~graphkb.errors.DataError` for more than :data:`MAX_RECORDS`.
    """
    lists = document.content.values() if isinstance(document.content, dict) else ()
    if sum(len(each) for each in lists if isinstance(each, list)) > MAX_RECORDS:
        message = f"The file holds more than {MAX_RECORDS:,} records; split it into several files."
        raise DataError([file.place.problem("too-large", message)])
    return Reading(*split_document(document.content, Place(str(file.path), "", document.lines), file.metamodel))


class _Twice(ValueError):
    """A key stands twice in one object."""

    def __str__(self) -> str:
        """Say so."""
        return f"the key {self.args[0]!r} stands twice in one object"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise _Twice(next(name for name, number in counted.items() if number > 1))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number that JSON has")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"the number {text[:20]} is too large")
    return number


MAX_DIGITS: Final = 300
"""Most digits of a whole number."""


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError(f"the number {text[:20]}... has more than {MAX_DIGITS} digits")
    return int(text)


_HOOKS: Final[dict[str, Any]] = {
    "object_pairs_hook": _object,
    "parse_constant": _no_constant,
    "parse_float": _finite,
    "parse_int": _whole,
}
MAX_SEARCHED: Final = 4 * 1024 * 1024
"""Most characters of JSON text in which the line of what it must not say is looked for, which takes a while."""
MAX_VALUES: Final = 2_000_000
"""Most values that a YAML file may unfold to, aliases counted each time; most lists and objects of a JSON file."""
MAX_NESTING: Final = 100
"""Deepest nesting of a file, which leaves room for a record at its deepest."""
_TOO_DEEP: Final = f"values are nested deeper than {MAX_NESTING} levels"


def read_json(text: str, file: str) -> Document:
    """Read JSON text.

    Raises :class:`~graphkb.errors.DataError` with the line of a syntax error, for a key that stands twice in one
    object, for nesting too deep to follow, and for more lists and objects than can be held.
    """
    place = Place(file)
    if text.count("[") + text.count("{") > MAX_VALUES:
        message = f"The file holds more than {MAX_VALUES:,} lists and objects; split it into several files."
        raise DataError([place.problem("too-large", message)])
    try:
        content = parse_json(text)
    except json.JSONDecodeError as error:
        here = Place(file, "", {"": error.lineno})
        message = f"The file is not JSON: {error.msg}, column {error.colno}."
        raise DataError([here.problem("syntax", message)]) from error
    except _Twice as error:
        message = f"The key {error.args[0]!r} stands twice in one object."
        raise DataError([_faulty_object(text, file).problem("duplicate-key", message)]) from error
    except ValueError as error:
        message = f"The file is not JSON: {error}."
        raise DataError([_faulty_object(text, file).problem("syntax", message)]) from error
    return Document(content)


def _faulty_object(text: str, file: str) -> Place:
    """Return where the innermost object starts that says what it must not, which the fast parser does not tell."""
    starts: list[int] = []
    library: Any = json
    decoder: Any = json.JSONDecoder(**_HOOKS)

    def parse_object(at: tuple[str, int], *further: Any) -> Any:
        try:
            return library.decoder.JSONObject(at, *further)
        except ValueError:
            starts.append(at[1])
            raise

    decoder.parse_object = parse_object
    decoder.scan_once = library.scanner.py_make_scanner(decoder)
    if len(text) <= MAX_SEARCHED:
        with suppress(ValueError, RecursionError):  # of which the first reading told
            decoder.decode(text)
    return Place(file, "", {"": text.count("\n", 0, starts[0]) + 1} if starts else {})


def parse_json(text: str) -> Any:
    """Return what JSON text says.

    Raises :class:`ValueError` also for what JSON does not have although Python reads it, for a key that stands twice in
    one object, and for nesting too deep to follow.
    """
    try:
        content = json.loads(text, **_HOOKS)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    if _is_deep(content):
        raise ValueError(_TOO_DEEP)
    return content


def _is_deep(content: Any) -> bool:
    """Tell whether values are nested deeper than can be followed by calls."""
    level = [content] if isinstance(content, dict | list) else []
    for _ in range(MAX_NESTING):
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for several in inside for each in several if isinstance(each, dict | list)]
        if not level:
            return False
    return True


class _TooDeep(Exception):
    """A value is nested too deep; the line of it is the argument."""


class _Loader(yaml.SafeLoader):
    """YAML with the value types of JSON: dates and ``yes`` are text, as they were written."""

    yaml_implicit_resolvers: Final = {}  # type: ignore[misc]  # replaces the resolvers of YAML 1.1

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next value; one nested too deep is refused while its line is known."""
        if self._depth >= MAX_NESTING and not self.check_event(yaml.ScalarEvent, yaml.AliasEvent):
            raise _TooDeep(self.peek_event().start_mark.line + 1)  # type: ignore[no-untyped-call]  # its stubs lack it
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^(?:<<)$"), ["<"])

MAX_NAMES: Final = 128 * 1024 * 1024
"""Most characters of the JSON pointers of all values of a file together."""


def read_yaml(text: str, file: str) -> Document:
    """Read YAML text by the safe loader.

    Raises :class:`~graphkb.errors.DataError` with the line of a syntax error, of a tag, and of a key that stands twice
    in one mapping, and for aliases that unfold beyond :data:`MAX_VALUES` values.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        reader = _YamlReader(loader, file)
        content = {} if node is None else reader.document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        here = Place(file, "", {"": mark.line + 1} if mark else {})
        column = f", column {mark.column + 1}" if mark else ""
        message = f"The file is not YAML: {', '.join(filter(None, (error.context, error.problem)))}{column}."
        raise DataError([here.problem("syntax", message)]) from error
    except yaml.reader.ReaderError as error:
        here = Place(file, "", {"": text.count("\n", 0, error.position) + 1})
        message = f"The file is not YAML: it holds the character U+{error.character:04X}, which no text has."
        raise DataError([here.problem("syntax", message)]) from error
    except yaml.YAMLError as error:
        raise DataError([Place(file).problem("syntax", f"The file is not YAML: {error}.")]) from error
    except _TooDeep as error:
        here = Place(file, "", {"": error.args[0]})
        raise DataError([here.problem("syntax", f"The file cannot be read: {_TOO_DEEP}.")]) from error
    except RecursionError as error:
        raise DataError([Place(file).problem("syntax", f"The file cannot be read: {_TOO_DEEP}.")]) from error
    if _is_deep(content):
        raise DataError([Place(file).problem("syntax", f"The file cannot be read: {_TOO_DEEP}.")])
    if reader.problems:
        raise DataError(reader.problems)
    return Document(content, reader.lines)


def _whole_characters(text: str) -> str:
    """Return a text in which no character stands in two halves, as escapes that are taken from JSON have them."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


class _YamlReader:
    """Turns nodes into plain values and notes the line of each."""

    def __init__(self, loader: _Loader, file: str) -> None:
        self.loader = loader
        self.file = file
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.sizes: dict[int, int] = {}
        self.names = 0
        """Characters of all pointers."""

    def document(self, node: yaml.Node) -> Any:
        """Return the plain value of the top node."""
        if self._size(node) > MAX_VALUES:
            message = f"The file unfolds to more than {MAX_VALUES} values."
            raise DataError([Place(self.file).problem("too-large", message)])
        return self._value(node, Place(self.file))

    def _size(self, node: yaml.Node) -> int:
        """Count the values that a node unfolds to, each alias as often as it is used."""
        known = self.sizes.get(id(node))
        if known == 0:
            here = Place(self.file, "", {"": node.start_mark.line + 1})
            raise DataError([here.problem("syntax", "An alias contains itself.")])
        if known is None:
            self.sizes[id(node)] = 0
            inside: list[yaml.Node] = []
            if isinstance(node, yaml.MappingNode):
                inside = [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                inside = node.value
            known = self.sizes[id(node)] = 1 + sum(map(self._size, inside))
        return known

    def _value(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place.pointer] = line = node.start_mark.line + 1
        self.names += len(place.pointer)
        if self.names > MAX_NAMES:
            message = "The file cannot be read: the keys above its values are too long."
            raise DataError([Place(self.file, "", {"": line}).problem("too-large", message)])
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        kind = "map" if isinstance(node, yaml.MappingNode) else "seq"
        if node.tag != f"tag:yaml.org,2002:{kind}":
            self._refuse(node, place, "syntax", f"The tag {node.tag!r} has no meaning here.")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        return [self._value(each, place.at(index)) for index, each in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        own = {id(name) for name, _ in node.value}
        self.loader.flatten_mapping(node)
        found: dict[str, Any] = {}
        # A mapping's own values win over those that it merges in, wherever the merge stands.
        for name_node, value_node in sorted(node.value, key=lambda pair: id(pair[0]) not in own):
            if not isinstance(name_node, yaml.ScalarNode):
                self._refuse(name_node, place, "syntax", "A key is a text, not a list or a mapping.")
                continue
            name = _whole_characters(name_node.value)
            here = place.at(name)
            if name not in found:
                found[name] = self._value(value_node, here)
                self.lines[here.pointer] = name_node.start_mark.line + 1
            elif id(name_node) in own:
                self._refuse(name_node, here, "duplicate-key", f"The key {name!r} stands twice in one mapping.")
        return found

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> Any:
        text = _whole_characters(node.value)
        kind = node.tag.rpartition(":")[2]
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        try:
            if kind == "int":
                return _whole(text)
            if kind == "float":
                return _finite(text)
        except ValueError as error:
            self._refuse(node, place, "syntax", f"The file cannot be read: {error}.")
        if not node.tag.startswith("tag:yaml.org,2002:") or kind not in ("str", "int", "float"):
            self._refuse(node, place, "syntax", f"The tag {node.tag!r} has no meaning here.")
        return text

    def _refuse(self, node: yaml.Node, place: Place, rule: str, message: str) -> None:
        here = Place(self.file, place.pointer, {place.pointer: node.start_mark.line + 1})
        self.problems.append(here.problem(rule, message))
