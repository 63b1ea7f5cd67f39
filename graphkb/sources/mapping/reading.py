"""Reads a file by the entries of a mapping that take it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError
from graphkb.model.names import did_you_mean
from graphkb.model.validation import Place, RawRecord
from graphkb.sources.mapping.assembly import Assembler, Leaf, Row, Uneven, leaf_at, plain, selects
from graphkb.sources.mapping.contents import Content, content_of
from graphkb.sources.mapping.paths import find, general, is_within, join, leaves
from graphkb.sources.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkb.errors import Problem
    from graphkb.sources.mapping.assembly import Node
    from graphkb.sources.mapping.contents import Where
    from graphkb.sources.mapping.language import Entry, Origin, Rule
    from graphkb.sources.mapping.paths import Steps
    from graphkb.sources.reading import InputFile


MAX_PATHS: Final = 10_000
"""Most paths of values in a file that are told apart."""


@dataclass(slots=True)
class _Taken:
    """What the entries of one format took of a file."""

    rows: dict[str, dict[Steps, bool]] = field(default_factory=dict)
    """By path of rows: whether an entry took a row, or left it out on purpose."""
    used: set[str] = field(default_factory=set)
    """General paths that are mapped or ignored."""
    records: dict[Steps, list[RawRecord]] = field(default_factory=dict)
    """What was made of each row."""
    idle: list[Rule] = field(default_factory=list)
    """Entries that took no row."""
    repeated: int = 0


def read_mapped(file: InputFile, rules: Sequence[Rule]) -> Reading:
    """Read a file by the entries that take it.

    Notes tell what of it was not taken over. Raises :class:`~graphkb.errors.DataError` for a file that is not in its
    format, and where neither entry nor suffix tells the format.
    """
    reading = Reading()
    by_format: dict[str, list[Rule]] = {}
    for rule in rules:
        by_format.setdefault(rule.format_of(file.path), []).append(rule)
    if "" in by_format:
        known = "csv, xlsx, json, yaml, markdown or archimate"
        message = f"The suffix of {file.path} tells no format; name it: format: {known}."
        raise DataError([by_format[""][0].place.problem("unknown-format", message)])
    for format_, several in by_format.items():
        content = content_of(file, format_)
        reading.notes += content.notes
        taken = _Taken()
        for rule in several:
            reading.problems += _unknown_columns(rule, content, file)
            _read_rule(rule, content, file, taken, reading)
        reading.notes += _notes(str(file.path), content, several, taken)
        if content.rest:
            reading.add(content.rest(taken.records))
    return reading


def _read_rule(rule: Rule, content: Content, file: InputFile, taken: _Taken, reading: Reading) -> None:
    entry = rule.entry
    path = _rows_path(rule, content)
    for part, at, _ in _parts(entry, path):
        taken.used |= {general(join(at, column)) for column, _ in _columns(part)}
        taken.used |= {general(each) for column in part.ignore for each in (column, join(at, column))}
    known = taken.rows.setdefault(path, {})
    rows = []
    for position, (value, steps) in enumerate(find(content.value, path), 1):
        chosen = selects(entry, value)
        known[steps] = known.get(steps, False) or chosen is not False
        if chosen:
            rows.append(Row(value, steps, position))
    if known and not rows:
        taken.idle.append(rule)
    assembler = Assembler(rows)
    seen: set[str] = set()
    for row in rows:
        if next(leaves(row.value), None) is None:
            continue
        try:
            built = assembler.build(entry.fields, rule.slots, row)
        except Uneven as error:
            here = _place(file, content, {}, error.leaf.steps)
            reading.problems.append(here.problem("uneven-lists", str(error)))
            continue
        record = plain(built)
        raw = RawRecord(rule.list_name, record, _place(file, content, built, row.steps))
        taken.records.setdefault(row.steps, []).append(raw)
        told = json.dumps(record, sort_keys=True, default=str)
        if told in seen:
            taken.repeated += 1
        else:
            seen.add(told)
            reading.records.append(raw)


def _place(file: InputFile, content: Content, built: Node, steps: Steps) -> Place:
    """Return the place of a record, which finds each of its fields in the file."""
    at, line = content.where(steps)
    start = at or (f"line {line}" if line else "")

    def written_at(pointer: str) -> Where:
        inner = pointer.removeprefix(start)
        leaf = leaf_at(built, inner) if inner else Leaf(None, steps)
        return content.where(leaf.steps if leaf else steps)

    return Place(str(file.path), start, written_at=written_at)


def _parts(
    part: Entry | Origin, path: str, keys: tuple[str, ...] = ()
) -> Iterator[tuple[Entry | Origin, str, tuple[str, ...]]]:
    """Yield an entry and the origins in it that have rows, each with the path of the rows and the keys to it."""
    yield part, path, keys
    for name, origin in part.fields.items():
        if origin.fields:
            yield from _parts(origin, join(path, origin.rows or ""), (*keys, "fields", name))


def _columns(part: Entry | Origin) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns that a part of a mapping names of its rows, each with the keys that lead to it there."""
    for name in ("only", "skip"):
        yield from ((column, (name, column)) for column in getattr(part, name))
    for name, origin in part.fields.items():
        for key, column in (("from", origin.column), ("numbering", origin.numbering)):
            if column is not None:
                yield column, ("fields", name, key)


def _unknown_columns(rule: Rule, content: Content, file: InputFile) -> Iterator[Problem]:
    if content.columns is None:
        return
    for part, path, keys in _parts(rule.entry, ""):
        for column, further in _columns(part):
            if not path and column not in content.columns:
                hint = did_you_mean(column, content.columns) or f" Columns: {', '.join(content.columns)}."
                message = f"{file.path} has no column {column!r}.{hint}"
                yield rule.place.at(*keys, *further).problem("unknown-column", message)


def _notes(name: str, content: Content, rules: Iterable[Rule], taken: _Taken) -> Iterator[str]:
    for path, rows in taken.rows.items():
        left = sum(not chosen for chosen in rows.values())
        called = f"rows of {path}" if path.strip("[]") else "rows"
        if not rows:
            yield f"{name}: there are no {called}."
        elif left and content.rest is None:
            yield f"{name}: {left} of {len(rows)} {called} are taken by no entry of the mapping."
    for rule in taken.idle:
        at = rule.place.problem("", "")
        yield f"{at.file}:{at.line}: the entry takes no row of {name}; compare its conditions with the values there."
    if taken.repeated:
        yield f"{name}: {taken.repeated} row{'s' * (taken.repeated > 1)} said the same as an earlier one."
    filled = _counted(leaves(content.value) if content.rest is None else _leaves_taken(content, taken))
    counts = {leaf: count for leaf, count in filled.items() if not is_within(leaf, taken.used)}
    if counts:
        told = ", ".join(
            f"{path.removeprefix('[].')!r} ({count} value{'s' * (count > 1)})" for path, count in counts.items()
        )
        yield f"{name}: not taken over: {told}."
    if content.columns is None and len(filled) < MAX_PATHS:
        yield from _absent(name, content, rules)


def _counted(paths: Iterable[str]) -> dict[str, int]:
    """Count the values at each path, or at the first of them where there are very many."""
    counts: dict[str, int] = {}
    for path in paths:
        if path in counts or len(counts) < MAX_PATHS:
            counts[path] = counts.get(path, 0) + 1
    return counts


def _leaves_taken(content: Content, taken: _Taken) -> Iterator[str]:
    """Yield the paths of the values that are in the rows taken."""
    for path, rows in taken.rows.items():
        for value, steps in find(content.value, path):
            if rows[steps]:
                yield from leaves(value, path)


def _absent(name: str, content: Content, rules: Iterable[Rule]) -> Iterator[str]:
    """Tell which paths lead to nothing in the whole file."""
    known = {general(path) for path in leaves(content.value)}
    known |= {path[:end] for path in known for end in range(len(path)) if path[end] in ".["}
    named = {
        general(join(path, column)): None
        for rule in rules
        for part, path, _ in _parts(rule.entry, _rows_path(rule, content))
        for column, _ in _columns(part)
    }
    absent = [path for path in named if path not in known]
    if absent:
        yield f"{name}: there is nothing at {', '.join(map(repr, absent))}.{did_you_mean(absent[0], known)}"


def _rows_path(rule: Rule, content: Content) -> str:
    return rule.entry.rows or ("[]" if isinstance(content.value, list) else "")
