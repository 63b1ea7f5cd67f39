"""The questions as files: ``cypher/<topic>/<name>.cypher``, found, read and checked.

A file begins with a header of comment lines, then comes one Cypher statement::

    // question: Which ...?                                what a user asks, one sentence
    // grain: one row a ...                                what one row stands for
    // param: decay float = 0.5    0..1, share of ...      name, type, default, then after two spaces the meaning
    // param: journey Journey? = null    all if null       a kind for a type: an element of it, by id or title
    // returns: gapId string, gap string, pain float?      columns in order; the line may be repeated
    // table: gap, stage, severity                         columns that a table for people shows, where not all
    // needs: (:Journey), (:Journey)-[:HAS_STAGE]->(:JourneyStage)     without which there can be no row
    // none: Every ... has ...                             what it means that there is no row though all that is there
    // note: ...                                           what to know of the answer, a sentence or a part of one
    // text: ...                                           remark on the Cypher; the last four are optional

Types are string, integer, float, boolean, ``list<string>`` and path; ``?`` after one allows null. A parameter without
``= default`` must be given. A meaning that begins with a range such as ``1..5`` or ``0..``, or with ``one of a, b, c``
up to a semicolon, holds values to it. Several kinds are joined by ``|``. An element that does not exist must leave no
row: its parameter filters.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast, get_args

from graphkb.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkb.store.protocol import Value

TypeName: TypeAlias = Literal["string", "integer", "float", "boolean", "list<string>", "path"]

EXPLORE: Final = "explore"
"""Topic of the texts that return paths, for looking at in Neo4j Browser."""
LIMIT: Final = "limit"
"""Parameter that says how many rows there are at most."""
_SCHEMA: Final = "schema"
"""Folder of the texts that prepare a store; no questions."""

_HEADER = re.compile(r"//\s*(?P<key>[a-z]+):\s*(?P<value>.*\S)\s*$")
_PARAMETER = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*) (?P<type>[A-Za-z<>|]+)(?P<nullable>\?)?(?: = (?P<default>\S+))?\s{2,}(?P<meaning>.+)"
)
_COLUMN = re.compile(r"(?P<name>[a-z][A-Za-z0-9]*) (?P<type>[a-z<>]+)(?P<nullable>\?)?")
_RANGE = re.compile(r"(?P<low>-?\d+(?:\.\d+)?)\.\.(?P<high>-?\d+(?:\.\d+)?)?(?=,|$)")
_NEED = re.compile(r"\(:(?P<source>\w+)\)(?:-\[:(?P<type>\w+)\]->\(:(?P<target>\w+)\))?")
_CHOICES = re.compile(r"one of (?P<values>[^;]+)")
_SINGLE_KEYS = ("question", "grain", "table", "needs", "none", "reason")
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


@dataclass(frozen=True, slots=True)
class Question:
    """One question file."""

    name: str
    """Topic and file name, such as ``gaps/affecting_stages``."""
    topic: str
    question: str
    """The question in one sentence."""
    grain: str
    """What one row stands for; empty for an ``explore`` text."""
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    """Names of the columns that a table for people shows; other forms have all."""
    notes: tuple[str, ...]
    needs: tuple[Need, ...]
    """What there must be for a row to be possible; the first that is missing says why there is none."""
    none: str
    """What it means that there is no row though all that it needs is there; a sentence."""
    text: str
    """The whole file: the header is comments, so that it runs as it stands."""
    embedded_text: str | None
    """Text of the sibling for the embedded store, where one text does not serve both."""
    path: Path

    def text_for(self, store_name: str) -> str:
        """Return the text for a store: where one does not serve both, the embedded store has its own."""
        # A server's target is an address, an embedded one a path or `:memory:`.
        return self.embedded_text if self.embedded_text is not None and "://" not in store_name else self.text

    def to_dict(self) -> dict[str, Value]:
        """Return the entry of this question in ``graphkb questions --format json``."""
        return {
            "name": self.name,
            "topic": self.topic,
            "question": self.question,
            "parameters": [parameter.to_dict() for parameter in self.parameters],
            "columns": [column.name for column in self.columns],
            "cypher": self.text,
        }


def folder() -> Path:
    """Return the folder that holds the question files, in a checkout as in an installed package."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_cypher"
    return packed if packed.is_dir() else package.parent / "cypher"


def names(*, root: Path | None = None, further: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the names of all files, sorted, ``explore`` texts included; no file is opened.

    ``further`` are the folders of extensions, laid out as the shipped one.
    """
    return tuple(sorted(_places(root, further)))


def questions(*, root: Path | None = None, further: Sequence[Path] = ()) -> tuple[Question, ...]:
    """Return every question that can be asked, by name; ``explore`` texts are not among them."""
    places = sorted(_places(root, further).items())
    return tuple(read(place, name) for name, place in places if not name.startswith(f"{EXPLORE}/"))


def explorations(*, root: Path | None = None, further: Sequence[Path] = ()) -> tuple[Question, ...]:
    """Return every text that returns paths, by name."""
    places = sorted(_places(root, further).items())
    return tuple(read(place, name) for name, place in places if name.startswith(f"{EXPLORE}/"))


def find(name: str, *, root: Path | None = None, further: Sequence[Path] = ()) -> Question:
    """Return the question called ``name``, such as ``gaps/affecting_stages``.

    Raises :class:`~graphkb.errors.UsageError` naming the nearest ones if there is none.
    """
    places = _places(root, further)
    if name not in places:
        raise UsageError(f"There is no question {name!r}.{nearest(name, sorted(places))} See `graphkb questions`.")
    return read(places[name], name)


def _places(root: Path | None, further: Sequence[Path]) -> dict[str, Path]:
    """Return the folder of each name; the first that has it counts."""
    place = root or folder()
    places = dict.fromkeys(_names_in(place) if root else _shipped(place), place)
    for place in further:
        places = dict.fromkeys(_names_in(place), place) | places
    return places


@cache
def _shipped(place: Path) -> tuple[str, ...]:
    # A running program's own files do not change; looking for them takes longer than most questions.
    return _names_in(place)


def _names_in(place: Path) -> tuple[str, ...]:
    found = (path.relative_to(place).with_suffix("").as_posix() for path in place.glob("*/*.cypher"))
    return tuple(name for name in found if not name.startswith(f"{_SCHEMA}/") and not name.endswith(".embedded"))


@cache
def read(root: Path, name: str) -> Question:
    """Read the file of one question under ``root``.

    Raises ValueError with file and line for a header that is not as this module documents it.
    """
    path = root / f"{name}.cypher"
    return parse(path, name, path.read_text(encoding="utf-8"))


def parse(path: Path, name: str, text: str) -> Question:
    """Return the question ``name`` that ``text`` declares; ``path`` is where it stands.

    Raises ValueError with file and line for a header that is not as this module documents it.
    """
    header = _header(path, text)
    if "reason" in header:
        raise ValueError(f"{path}: `reason` is for .embedded.cypher files")
    topic = name.partition("/")[0]
    for key in ("question", "returns") if topic == EXPLORE else ("question", "grain", "returns"):
        if key not in header:
            raise ValueError(f"{path}: the header lacks `// {key}:`")
    columns = tuple(_column(path, value) for value in ", ".join(header["returns"]).split(", "))
    return Question(
        name=name,
        topic=topic,
        question=header["question"][0],
        grain=header.get("grain", [""])[0],
        parameters=tuple(_parameter(path, value) for value in header.get("param", [])),
        columns=columns,
        shown=_shown(path, columns, header.get("table")),
        notes=tuple(header.get("note", [])),
        needs=tuple(_need(path, value) for value in header["needs"][0].split(", ")) if "needs" in header else (),
        none=header.get("none", ["Nothing stored fits."])[0],
        text=text,
        embedded_text=_embedded_text(path),
        path=path,
    )


def check_arguments(question: Question, given: Mapping[str, object]) -> dict[str, Value]:
    """Return a value for every parameter of the question: the given ones, checked, and the defaults of the others.

    Raises :class:`~graphkb.errors.UsageError` for an unknown parameter (naming the nearest), a missing required one,
    and a value of a wrong type or out of range.
    """
    _refuse_unknown(question, given)
    missing = [p.name for p in question.parameters if p.required and p.name not in given]
    if missing:
        raise UsageError(f"{question.name} needs {', '.join(missing)}; give it as {missing[0]}=...")
    return {
        parameter.name: _checked(question, parameter, given[parameter.name])
        if parameter.name in given
        else parameter.default
        for parameter in question.parameters
    }


def parse_arguments(question: Question, given: Mapping[str, str]) -> dict[str, Value]:
    """Read values as the command line passes them, JSON or else text, and check them as :func:`check_arguments` does.

    Text for a string parameter stays text even where it would be JSON of another type, so that an id may be ``42``.
    """
    _refuse_unknown(question, given)
    types = {parameter.name: parameter.type for parameter in question.parameters}
    return check_arguments(question, {name: _parsed(types[name], text) for name, text in given.items()})


def _header(path: Path, text: str) -> dict[str, list[str]]:
    header: dict[str, list[str]] = {}
    in_header = True
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            in_header = False
            continue
        entry = _HEADER.match(line)
        key = entry["key"] if entry else ""
        if not in_header or entry is None or key not in (*_SINGLE_KEYS, "param", "returns", "note", "text"):
            raise ValueError(f"{path}:{number}: not a line of the header: {line}")
        if key in _SINGLE_KEYS and key in header:
            raise ValueError(f"{path}:{number}: a second `// {key}:`")
        header.setdefault(key, []).append(entry["value"])
    return header


def _embedded_text(path: Path) -> str | None:
    sibling = path.with_suffix(".embedded.cypher")
    if not sibling.exists():
        return None
    text = sibling.read_text(encoding="utf-8")
    if set(_header(sibling, text)) != {"reason"}:
        raise ValueError(f"{sibling}: the header is one line `// reason:` that says why the other text does not serve")
    return text


def _need(path: Path, value: str) -> Need:
    entry = _NEED.fullmatch(value)
    if entry is None:
        raise ValueError(f"{path}: not `(:Kind)` or `(:Kind)-[:TYPE]->(:Kind)`: {value}")
    return Need(source=entry["source"], type=entry["type"], target=entry["target"])


def _type(path: Path, entry: re.Match[str]) -> TypeName:
    if entry["type"] not in get_args(TypeName):
        raise ValueError(f"{path}: {entry['name']} has the unknown type {entry['type']}")
    return cast("TypeName", entry["type"])


def _parameter(path: Path, value: str) -> Parameter:
    entry = _PARAMETER.fullmatch(value)
    if entry is None:
        raise ValueError(f"{path}: not `name type[?] [= default]  meaning`: {value}")
    default = entry["default"]
    try:
        parsed = None if default is None else json.loads(default)
    except ValueError as error:
        raise ValueError(f"{path}: the default of {entry['name']} is no JSON: {default}") from error
    kinds = tuple(entry["type"].split("|")) if entry["type"][0].isupper() else ()
    parameter = Parameter(
        name=entry["name"],
        type="string" if kinds else _type(path, entry),
        nullable=entry["nullable"] is not None,
        required=default is None,
        default=parsed,
        meaning=entry["meaning"],
        kinds=kinds,
    )
    if parameter.name == LIMIT and parameter.type != "integer":
        raise ValueError(f"{path}: {LIMIT} is of type integer")
    problem = None if parameter.required else _fault(parameter, parameter.default)
    if problem:
        raise ValueError(f"{path}: the default of {parameter.name} must be {problem}")
    return parameter


def _column(path: Path, value: str) -> Column:
    entry = _COLUMN.fullmatch(value)
    if entry is None:
        raise ValueError(f"{path}: not `column type[?]`: {value}")
    return Column(name=entry["name"], type=_type(path, entry), nullable=entry["nullable"] is not None)


def _shown(path: Path, columns: tuple[Column, ...], listed: list[str] | None) -> tuple[str, ...]:
    names = tuple(column.name for column in columns)
    if listed is None:
        return names
    shown = tuple(listed[0].split(", "))
    for name in shown:
        if name not in names:
            raise ValueError(f"{path}: `// table:` names {name!r}, which is no column")
    return shown


def _refuse_unknown(question: Question, given: Mapping[str, object]) -> None:
    known = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in known:
            takes = f" It takes {', '.join(known)}." if known else " It takes none."
            raise UsageError(f"{question.name} has no parameter {name!r}.{nearest(name, known) or takes}")


def _parsed(type_name: TypeName, text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return text if type_name == "string" and not (value is None or isinstance(value, str)) else value


def _checked(question: Question, parameter: Parameter, value: object) -> Value:
    fault = _fault(parameter, value)
    if fault:
        raise UsageError(f"{parameter.name} of {question.name} must be {fault}, not {value!r} ({parameter.meaning}).")
    if parameter.type == "float" and value is not None:
        return float(cast("float", value))
    return list(value) if isinstance(value, tuple) else cast("Value", value)


def _fault(parameter: Parameter, value: object) -> str | None:
    """Say what a value should have been, if it is not."""
    if value is None:
        return None if parameter.nullable else f"of type {parameter.type}"
    fits = isinstance(value, _PYTHON_TYPES[parameter.type]) and isinstance(value, bool) == (parameter.type == "boolean")
    if isinstance(value, list | tuple):
        fits = fits and all(isinstance(item, str) for item in value)
    if not fits or (isinstance(value, float) and not math.isfinite(value)):
        return f"of type {parameter.type_text}"
    choices = _CHOICES.match(parameter.meaning)
    if choices and isinstance(value, str) and value not in choices["values"].split(", "):
        return f"one of {choices['values']}"
    limits = _RANGE.match(parameter.meaning)
    if limits and isinstance(value, int | float):
        low, high = float(limits["low"]), float(limits["high"] or math.inf)
        if not low <= value <= high:
            return f"from {limits['low']} to {limits['high']}" if limits["high"] else f"at least {limits['low']}"
    return None


def nearest(name: str, known: tuple[str, ...] | list[str]) -> str:
    """Return `` Did you mean a or b?`` for the nearest names, of a topic first, or nothing where none is near."""
    topics = {each.partition("/")[0] for each in known if "/" in each}
    close = difflib.get_close_matches(name, topics, n=1, cutoff=0.8) if "/" not in name else []
    close = close or difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if not close:
        close = [entry for entry in known if entry.rpartition("/")[2] == name]
    return f" Did you mean {' or '.join(close)}?" if close else ""
