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
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from graphkb.errors import UsageError
from graphkb.queries import header
from graphkb.queries.header import LIMIT, Column, Need, Parameter, TypeName

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graphkb.store.protocol import Value

__all__ = [
    "CHECKS",
    "EXPLORE",
    "LIMIT",
    "Column",
    "Need",
    "Parameter",
    "Question",
    "TypeName",
    "check_arguments",
    "explorations",
    "find",
    "folder",
    "names",
    "nearest",
    "parse",
    "parse_arguments",
    "questions",
    "read",
]

EXPLORE: Final = "explore"
"""Topic of the texts that return paths, for looking at in Neo4j Browser."""
CHECKS: Final = "checks"
"""Folder of the texts that look for what is wrong; no questions."""
_SCHEMA: Final = "schema"
"""Folder of the texts that prepare a store; no questions."""
_SINGLE_KEYS: Final = ("question", "grain", "table", "needs", "none", "reason")
_REPEATED_KEYS: Final = ("param", "returns", "note", "text")


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
    others = (f"{_SCHEMA}/", f"{CHECKS}/")
    return tuple(name for name in found if not name.startswith(others) and not name.endswith(".embedded"))


@cache
def read(root: Path, name: str) -> Question:
    """Read the file of one question under ``root``.

    Raises ValueError with file and line for a header that is not as this module documents it.
    """
    path = root / f"{name}.cypher"
    return parse(path, name, path.read_text(encoding="utf-8"))


def parse(path: Path, name: str, text: str, *, also: Collection[str] = ()) -> Question:
    """Return the question ``name`` that ``text`` declares; ``path`` is where it stands.

    ``also`` are keys that the header may have beside those of a question; what they say is left to the caller. Raises
    ValueError with file and line for a header that is not as this module documents it.
    """
    found = header.entries(path, text, single=(*_SINGLE_KEYS, *also), repeated=_REPEATED_KEYS)
    if "reason" in found:
        raise ValueError(f"{path}: `reason` is for .embedded.cypher files")
    topic = name.partition("/")[0]
    for key in ("question", "returns") if topic in (EXPLORE, CHECKS) else ("question", "grain", "returns"):
        if key not in found:
            raise ValueError(f"{path}: the header lacks `// {key}:`")
    columns = header.columns(path, found["returns"])
    return Question(
        name=name,
        topic=topic,
        question=found["question"][0],
        grain=found.get("grain", [""])[0],
        parameters=tuple(header.parameter(path, value) for value in found.get("param", [])),
        columns=columns,
        shown=_shown(path, columns, found.get("table")),
        notes=tuple(found.get("note", [])),
        needs=tuple(header.need(path, value) for value in found["needs"][0].split(", ")) if "needs" in found else (),
        none=found.get("none", ["Nothing stored fits."])[0],
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


def _embedded_text(path: Path) -> str | None:
    sibling = path.with_suffix(".embedded.cypher")
    if not sibling.exists():
        return None
    text = sibling.read_text(encoding="utf-8")
    if set(header.entries(sibling, text, single=_SINGLE_KEYS, repeated=_REPEATED_KEYS)) != {"reason"}:
        raise ValueError(f"{sibling}: the header is one line `// reason:` that says why the other text does not serve")
    return text


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
    fault = parameter.fault(value)
    if fault:
        raise UsageError(f"{parameter.name} of {question.name} must be {fault}, not {value!r} ({parameter.meaning}).")
    if parameter.type == "float" and value is not None:
        return float(cast("float", value))
    return list(value) if isinstance(value, tuple) else cast("Value", value)


def nearest(name: str, known: tuple[str, ...] | list[str]) -> str:
    """Return `` Did you mean a or b?`` for the nearest names, of a topic first, or nothing where none is near."""
    topics = {each.partition("/")[0] for each in known if "/" in each}
    close = difflib.get_close_matches(name, topics, n=1, cutoff=0.8) if "/" not in name else []
    close = close or difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if not close:
        close = [entry for entry in known if entry.rpartition("/")[2] == name]
    return f" Did you mean {' or '.join(close)}?" if close else ""
