"""Proposes a mapping for a foreign file, for a person to correct."""

from __future__ import annotations

import glob
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkb.errors import UsageError
from graphkb.model.declaration import Link, fields_of, key_field, title_field
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import graph_names
from graphkb.model.names import did_you_mean
from graphkb.model.values import kind_of_domain
from graphkb.sources.mapping.contents import content_of
from graphkb.sources.mapping.language import SUFFIXES, parse_mapping
from graphkb.sources.mapping.paths import find, general, leaves, text_of
from graphkb.sources.mapping.reading import read_mapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkb.errors import Problem
    from graphkb.model.declaration import Element
    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.mapping.contents import Content
    from graphkb.sources.reading import InputFile

_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "key": frozenset({"id", "identifier", "code", "key", "uuid", "guid", "uri", "iri"}),
    "title": frozenset({"title", "name", "label", "heading", "caption"}),
    "description": frozenset(
        {"description", "definition", "summary", "comment", "documentation", "abstract", "about", "text"}
    ),
    "parent": frozenset({"parent", "broader", "above", "superior", "decompose", "belong"}),
}
"""Words by which the columns of others name what every kind has."""

_NUMBER: Final = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
_PLAIN: Final = re.compile(r"[A-Za-z][\w./()-]*(?: [\w./()-]+)*")
LEGIBLE: Final = 40
"""Characters of a value that are shown."""
_DEFAULT: Final = "Capability"


@dataclass(slots=True)
class _Column:
    """A column or path of a file, and what it is taken for."""

    name: str
    values: list[str]
    field: str = ""
    why: str = ""
    """How sure the guess is, or why there is none."""
    numbering: str = ""

    @property
    def filled(self) -> list[str]:
        """The values that are not empty."""
        return [value for value in self.values if value]

    def comment(self) -> str:
        """Say how sure the guess is, and show a value."""
        sample = next(iter(self.filled), "")
        return _comment(f"{self.why}; such as {_short(sample)}" if sample else self.why or "no value")

    def taken(self) -> str:
        """Return what a mapping says behind the field."""
        if self.numbering:
            return f"{{from: {_scalar(self.name)}, numbering: {_scalar(self.numbering)}}}"
        return _scalar(self.name)


@dataclass(slots=True)
class _Guess:
    """A proposal for one file."""

    file: InputFile
    kind: type[Element]
    why: str
    rows: str
    count: int
    columns: list[_Column]
    further: list[_Column] = field(default_factory=list)
    """Fields taken from a column that has a field of its own already."""
    left: str = ""
    """A problem that a person has to solve."""
    others: tuple[str, ...] = ()
    """Paths to further rows of the file, which need entries of their own."""

    def text(self) -> str:
        """Return the proposal as the text of a mapping file."""
        name = self.file.path.name
        lines = [
            f"# Proposed for {name} ({self.count} rows). Correct it, save it as map.yaml, then:",
            f"# graphkb load {name} --mapping map.yaml --source NAME --dry-run",
            *(_comment(f"Problems are left, the first: {self.left}") for _ in [1] if self.left),
            f"- files: {_scalar(glob.escape(name))}",
        ]
        if self.file.path.suffix.lower() not in SUFFIXES:
            lines.append("  format: csv")
        lines.append(f"  kind: {self.kind.label} {_comment(self.why)}")
        if self.rows not in ("", "[]"):
            lines.append(f"  rows: {_scalar(self.rows)}")
        mapped = [each for each in (*self.columns, *self.further) if each.field]
        named = [each for each in mapped if each.field in _identity(self.kind)]
        if len(named) == 1 and "" in named[0].values:
            lines.append(f'  skip: {{{_scalar(named[0].name)}: ""}} # such rows have no name')
        lines.append("  fields:")
        lines += [f"    {each.field}: {each.taken()} {each.comment()}" for each in mapped]
        left = [each for each in self.columns if not each.field]
        if left:
            lines.append("  ignore: # whatever is meant to be left out; give the rest a field")
            lines += [f"    # - {_scalar(each.name)} {each.comment()}" for each in left]
        if self.others:
            told = ", ".join(map(_scalar, self.others))
            lines.append(_comment(f"There are further rows, each for an entry of its own: rows: {told}"))
        return "\n".join([*lines, ""])


def guess_mapping(file: InputFile) -> str:
    """Return the text of a mapping that loads a file as far as names and values tell.

    Each line says how sure it is and shows a value. Raises :class:`~graphkb.errors.DataError` for a file that is not
    in its format, and :class:`~graphkb.errors.UsageError` for one in which no column can be an id or a title, and for
    a model, which loads without a mapping.
    """
    if SUFFIXES.get(file.path.suffix.lower()) == "archimate":
        raise UsageError(
            f"{file.path} is a model and loads as it is; what was not taken over is told then. A mapping says what the "
            "other elements are, by entries such as {files: '*.archimate', kind: Persona, rows: 'elements[]', "
            "only: {type: BusinessRole}, fields: {personaID: id, title: name}}."
        )
    content = content_of(file, SUFFIXES.get(file.path.suffix.lower(), "csv"))
    rows, columns = _columns(content)
    kind, why = _kind(file, columns)
    others = tuple(each for each in dict.fromkeys(_lists(content.value, "")) if each != rows and "[]." not in each)
    guess = _Guess(file, kind, why, rows, len(columns[0].values) if columns else 0, columns, others=others)
    _assign(guess, file.metamodel)
    while True:
        if not any(each.field in _identity(kind) for each in columns):
            raise UsageError(f"{file.path}: no column can be the id or the title of a {kind.label}.")
        problems = _problems(guess, file)
        if not _take_back(guess, problems):
            guess.left = str(problems[0]) if problems else ""
            return guess.text()


def _identity(kind: type[Element]) -> list[str]:
    return [each.name for each in (key_field(kind), title_field(kind)) if each]


def _columns(content: Content) -> tuple[str, list[_Column]]:
    """Return the path to the rows and their columns; the rows of a document are those of its best list."""
    lists = dict.fromkeys(_lists(content.value, ""))
    path = max(lists, key=lambda each: _rank(content.value, each), default="")
    rows = [value for value, _ in find(content.value, path)]
    names = content.columns or tuple(dict.fromkeys(general(leaf) for row in rows for leaf in leaves(row)))
    return path, [_Column(name, [_first(row, name) for row in rows]) for name in names]


def _rank(value: Any, path: str) -> tuple[bool, int]:
    """Prefer rows that can be told apart, then many of them."""
    rows = [row for row, _ in find(value, path)]
    names = {word for row in rows if isinstance(row, dict) for name in row for word in _words(name)[-1:]}
    return bool(names & (_WORDS["key"] | _WORDS["title"])), len(rows)


def _lists(value: Any, path: str) -> Iterable[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _lists(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        if any(isinstance(each, dict) for each in value):
            yield f"{path}[]"
        for each in value:
            yield from _lists(each, f"{path}[]")


def _first(row: Any, name: str) -> str:
    return next((text_of(value) for value, _ in find(row, name) if text_of(value)), "")


def _words(text: str) -> list[str]:
    """Return the words of a name, lower case and singular, without what leads to it: ``x:fooBars`` is foo, bar."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", re.split(r":|\[\]\.", text)[-1])
    return [_singular(word.casefold()) for word in re.findall(r"[^\W_]+", split)]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word  # noqa: PLR2004


def _kind(file: InputFile, columns: Sequence[_Column]) -> tuple[type[Element], str]:
    """Return the kind that the file's names speak of, and what says so."""
    constants = [each for each in columns if len(set(each.values)) == 1 and len(each.values) > 1 and each.filled]
    told = [
        *((each.values[0], f"{each.name} is always {_short(each.values[0])}") for each in constants),
        (file.path.stem, "guessed from the file name"),
        *((each.name, f"guessed from the column {each.name}") for each in columns),
    ]
    labels = {label: _words(label) for label in file.metamodel.kinds}
    for text, why in told:
        if label := _label_in(_words(text), labels):
            return file.metamodel.kinds[label], why
    first = next(iter(file.metamodel.kinds))
    label = _DEFAULT if _DEFAULT in file.metamodel.kinds else first
    return file.metamodel.kinds[label], "unsure: neither the name of the file nor its columns tell"


def _label_in(words: Sequence[str], labels: Mapping[str, Sequence[str]]) -> str:
    """Return the kind whose name, given as words, stands last in some words, the longer name first."""
    found: list[tuple[int, int, str]] = []
    for label, own in labels.items():
        found += [
            (start + len(own), len(own), label)
            for start in range(len(words))
            if list(words[start : start + len(own)]) == own
        ]
    if not found:
        named = [kind_of_domain(word) for word in words]
        found = [(0, 0, label) for label in named if label in labels]
    return max(found)[2] if found else ""


def _assign(guess: _Guess, metamodel: Metamodel) -> None:
    """Give columns the fields that their names mean, exact names first."""
    kind, columns = guess.kind, guess.columns
    key, title = key_field(kind), title_field(kind)
    described = next((each for each in fields_of(kind) if graph_names(each) == ("description",)), None)
    plain = {"".join(_words(each.name)): each.name for each in fields_of(kind) if each.item is None}
    common = {
        name: declared.name
        for name, declared in (("key", key), ("title", title), ("description", described))
        if declared
    }
    free = [each for each in columns if each.filled]
    for column in free:
        exact = plain.get("".join(_words(column.name)))
        if exact and not _holder(exact, columns):
            column.field, column.why = exact, "sure: the name of the field"
    for role, name in common.items():
        for column in free:
            words = _words(column.name)
            means = words and words[-1] in _WORDS[role] and not _WORDS["parent"].intersection(words)
            if means and not column.field and not _holder(name, columns) and _fits(role, column):
                column.field, column.why = name, f"likely: {words[-1]} says {role}"
    _assign_parent(guess, metamodel)
    held = {each.field for each in columns}
    left = [name for name in plain.values() if name not in held]
    for column in free:
        if not column.field and not column.why:
            hint = did_you_mean(column.name, left)
            constant = len(set(column.values)) == 1 and len(column.values) > 1
            column.why = "the same in every row" if constant else f"unknown.{hint}" if hint else "unknown"


def _holder(name: str, columns: Iterable[_Column]) -> _Column | None:
    return next((each for each in columns if each.field == name), None)


def _fits(role: str, column: _Column) -> bool:
    return role != "key" or len(set(column.values)) == len(column.values) == len(column.filled)


def _assign_parent(guess: _Guess, metamodel: Metamodel) -> None:
    """Find the hierarchy: a column of parents, or numbers such as 1.2.3."""
    kind, columns = guess.kind, guess.columns
    up = next(
        (
            each
            for each in fields_of(kind)
            if isinstance(each.role, Link) and each.role.type == "PARENT_OF" and not each.many
        ),
        None,
    )
    key, title = (_holder(name, columns) for name in _identity(kind))
    parents = [each for each in columns if not each.field and _WORDS["parent"].intersection(_words(each.name))]
    for column in parents if up is None else ():
        column.why = f"a {kind.label} has no parent"
    if up is None:
        return
    by_id = f"{up.name}.{metamodel.key_name(kind.label)}"
    for column in parents:
        known = [each for each in (key, title) if each and set(column.filled) <= set(each.values)]
        if known and column.filled:
            column.field = by_id if known[0] is key else up.name
            column.why = f"likely: its values stand in {known[0].name}"
            return
    numbers = next((each for each in columns if _is_numbering(each)), None)
    named = key or title
    if numbers and named:
        whose = by_id if named is key else up.name
        why = f"likely: {numbers.name} numbers a hierarchy"
        guess.further.append(_Column(named.name, named.values, whose, why, numbers.name))


def _is_numbering(column: _Column) -> bool:
    """Tell whether a column holds numbers of which some stand above others."""
    numbers = [value.rstrip(".").removesuffix(".0") for value in column.filled]
    above = {number.rpartition(".")[0] for number in numbers}.intersection(numbers)
    return bool(above) and len(set(numbers)) == len(numbers) and all(map(_NUMBER.fullmatch, numbers))


def _problems(guess: _Guess, file: InputFile) -> list[Problem]:
    """Return the problems of loading the file by the guess."""
    read = read_mapped(file, parse_mapping(guess.text(), Path("map.yaml"), file.metamodel).rules)
    return [*read.problems, *interpret(read.records, metamodel=file.metamodel).problems]


def _take_back(guess: _Guess, problems: Sequence[Problem]) -> bool:
    """Take back a field whose values do not load; tell whether there was one."""
    for problem in problems:
        for column in (*guess.further, *guess.columns):
            if column.field and problem.pointer in (f"column {column.name!r}", repr(column.name)):
                column.why = f"would be {column.field}, but: {problem.message}"
                column.field = ""
                return True
    return False


def _short(text: str) -> str:
    return text if len(text) <= LEGIBLE else f"{text[:LEGIBLE]}..."


def _comment(text: str) -> str:
    """Return a comment, in which what cannot be shown is left out."""
    return f"# {''.join(each for each in ' '.join(text.split()) if each.isprintable())}"


def _scalar(text: str) -> str:
    """Return a text as YAML that reads as this text."""
    if _PLAIN.fullmatch(text) and text.casefold() not in ("true", "false", "null", "yes", "no", "on", "off"):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
