"""Tables in the record shape: one for each list, of which the header names the fields as files in JSON do.

A dotted name is a field within a field. Several values stand in one cell, between separators; several columns of one
list of objects go together item by item. Rows of a table called ``journeys.journeyStages`` are nested in the records of
``journeys``: the column ``journey`` says in which, by id or title.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.declaration import Children, fields_of
from graphkb.model.names import did_you_mean, in_files, slug
from graphkb.model.validation import MAX_PROBLEMS, Nesting, Place, RawRecord, broken_texts, known_lists
from graphkb.sources.cells import COMMA, NUMBERS, THOUSANDS, Unreadable, read_cell, read_items, unquoted
from graphkb.sources.delimited import read_delimited
from graphkb.sources.mapping.assembly import Leaf, leaf_at, plain
from graphkb.sources.mapping.paths import text_of
from graphkb.sources.mapping.targets import UnknownTarget, resolve, slots_of, slots_within
from graphkb.sources.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphkb.model.declaration import Element, Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.mapping.assembly import Node
    from graphkb.sources.mapping.contents import Where
    from graphkb.sources.mapping.targets import Slot, Slots
    from graphkb.sources.reading import InputFile

REMARK: Final = "_"
"""Starts the names of columns and tables that are not read."""
_POINT: Final = re.compile(r"[-+]?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read from a file."""

    name: str
    header: list[str]
    rows: list[list[Any]]
    file: InputFile
    where: Callable[[int, int | None], Where]
    """Gives the place of a cell, or of a row, by row (-1 is the header) and column, from 0."""
    plain: bool
    """All cells are text, so that what looks like a number is one."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the rows of a table are."""

    list_name: str
    slots: Slots
    owner: type[Element] | None = None
    """Kind in whose records the rows are nested."""
    within: Field | None = None
    """The field of that kind."""

    @property
    def owner_column(self) -> str:
        """Name of the column that says in which record a row is nested; empty where it is nested in none."""
        return owner_column(self.owner) if self.owner else ""


def owner_column(kind: type[Element]) -> str:
    """Return the name of a column that holds elements of a kind."""
    return in_files(kind.label)


def target_of(name: str, metamodel: Metamodel) -> Target | None:
    """Return what the rows of a table of this name are: a list or kind, or a field of one behind a dot."""
    first, _, further = name.partition(".")
    names = {each: each for each in known_lists(metamodel)}
    names = {kind.__name__: listed for listed, kind in metamodel.lists.items()} | names
    folded = {_folded(each): listed for each, listed in names.items()}
    listed = folded.get(_folded(first))
    if listed is None or not further:
        return Target(listed, slots_of(listed, metamodel)) if listed else None
    kind = metamodel.lists.get(listed)
    declared = (
        next((each for each in fields_of(kind) if _folded(each.name) == _folded(further)), None) if kind else None
    )
    if kind is None or declared is None or not isinstance(declared.role, Children):
        return None
    return Target(f"{listed}.{declared.name}", slots_within(declared.item, metamodel), kind, declared)


def _folded(name: str) -> str:
    return slug(name).replace("-", "")


def read_csv_file(file: InputFile) -> Reading:
    """Read a file of delimited text, of which the name is that of a list or kind."""
    found = read_delimited(file)

    def where(row: int, column: int | None) -> Where:
        named = found.header[column] if column is not None and column < len(found.header) else ""
        return f"column {named!r}" if named else "", found.rows[row][0] if row >= 0 else 1

    rows: list[list[Any]] = [list(cells) for _, cells in found.rows]
    reading = read_table(Table(file.path.stem, found.header, rows, file, where, plain=True))
    reading.notes[:0] = found.notes
    if not reading.records and not reading.problems:
        reading.notes.append(f"{file.path}: the table holds no rows.")
    return reading


def read_table(table: Table) -> Reading:
    """Read a table; each row that holds something is a record."""
    place = _place(table, -1, None)
    target = target_of(table.name, table.file.metamodel)
    if target is None:
        hint = did_you_mean(table.name.partition(".")[0], known_lists(table.file.metamodel))
        message = (
            f"{table.name!r} is no list or kind.{hint} A table is named for what its rows are, such as capabilities or "
            "journeys.journeyStages; for tables that were not made for graphkb, see `graphkb guess-mapping`."
        )
        return Reading(problems=[place.problem("unknown-list", message)])
    return _TableReader(table, target).read()


@dataclass(frozen=True, slots=True)
class _Column:
    """A column and the field that it fills."""

    index: int
    path: tuple[Slot, ...]
    parted: int | None
    """Index, in the path, of the list of objects in which the field is; None for a field that is in no list."""
    whole: int | None
    """The column, if any, that gives the whole of which this is a part: a row has the one or the other."""

    @property
    def slot(self) -> Slot:
        return self.path[-1]


@dataclass(slots=True)
class _Objects:
    """The columns of one list of objects, in one row."""

    slot: Slot
    columns: list[tuple[_Column, list[Any]]] = field(default_factory=list)


class _TableReader:
    def __init__(self, table: Table, target: Target) -> None:
        self.table = table
        self.target = target
        self.dialect = table.file.dialect
        self.reading = Reading()
        self.owner: int | None = None

    def read(self) -> Reading:
        columns = list(self._columns())
        if self.reading.problems:
            self._hint_at_mappings()
            return self.reading
        self._detect_decimals(columns)
        for number, row in enumerate(self.table.rows):
            if len(self.reading.problems) >= MAX_PROBLEMS:
                message = "There are too many problems; the rows from here on were not looked at."
                self._problem(number, None, "too-many-problems", message)
                break
            if any(text_of(each) for each in row):
                self._read_row(number, row, columns)
        return self.reading

    def _problem(self, row: int, column: int | None, rule: str, message: str) -> None:
        self.reading.problems.append(_place(self.table, row, column).problem(rule, message))

    def _columns(self) -> Iterator[_Column]:
        """Yield the columns that fill a field; what is wrong with the header becomes problems."""
        written = [text_of(each) for each in self.table.header]
        names = [each if each.startswith(REMARK) else self._spelled(each) for each in written]
        counts = Counter(names)
        for index, name in enumerate(names):
            if not name:
                filled = next((n for n, row in enumerate(self.table.rows) if text_of(_cell(row, index))), None)
                if filled is not None:
                    self._problem(filled, index, "unnamed-column", "The cell stands in a column without a name.")
            elif name.startswith(REMARK):
                continue
            elif name in names[:index]:
                message = f"The column {written[index]!r} stands here {counts[name]} times."
                self._problem(-1, index, "duplicate-column", message)
            elif written[index] == self.target.owner_column:
                self.owner = index
            elif column := self._column(index, name, names):
                yield column
        if self.target.owner and self.owner is None:
            message = f"The column {self.target.owner_column!r} is missing, which says where each row is nested."
            self._problem(-1, None, "missing-column", message)

    def _column(self, index: int, name: str, names: list[str]) -> _Column | None:
        try:
            path = resolve(self.target.slots, name, f"A row of {self.target.list_name}")
        except UnknownTarget as error:
            self._problem(-1, index, "unknown-field", str(error))
            return None
        whole = next((at for at, each in enumerate(names) if each and name.startswith(f"{each}.")), None)
        lists = [at for at, slot in enumerate(path[:-1]) if slot.many]
        if len(lists) > 1:
            inner = ".".join(slot.name for slot in path[: lists[1] + 1])
            message = f"{inner!r} is a list within a list; give it in a table of its own."
            self._problem(-1, index, "list-in-list", message)
        elif path[-1].takes == frozenset() and path[-1].inside is not None:
            message = (
                f"{name!r} has parts; name one of them: {', '.join(f'{name}.{each}' for each in path[-1].inside)}."
            )
            self._problem(-1, index, "unknown-field", message)
        else:
            return _Column(index, path, lists[0] if lists else None, whole)
        return None

    def _hint_at_mappings(self) -> None:
        """Say what to do with a table that is not made for this: one of which most columns are unknown."""
        unknown = [each for each in self.reading.problems if each.rule == "unknown-field"]
        if 2 * len(unknown) >= sum(bool(text_of(each)) for each in self.table.header) > 1:
            told = f"{unknown[0].message} For tables that were not made for graphkb, see `graphkb guess-mapping`."
            self.reading.problems[self.reading.problems.index(unknown[0])] = dataclasses.replace(
                unknown[0], message=told
            )

    def _spelled(self, name: str) -> str:
        """Return the name of a column with each part spelled as its field is: case, blanks and dashes do not count."""
        parts: list[str] = []
        within: Slots | None = self.target.slots
        for part in name.split("."):
            fields = {} if within is None else {_folded(each): each for each in within}
            parts.append(part if within is not None and part in within else fields.get(_folded(part), part))
            within = within[parts[-1]].inside if within is not None and parts[-1] in within else None
        return ".".join(parts)

    def _detect_decimals(self, columns: list[_Column]) -> None:
        if self.dialect.decimal is not None:
            return
        numeric = [
            column
            for column in columns
            if NUMBERS & column.slot.takes and (self.table.plain or str not in column.slot.takes)
        ]
        cells = [_cell(row, column.index) for column in numeric for row in self.table.rows]
        texts = [each.strip() for each in cells if isinstance(each, str)]
        commas = [each for each in texts if COMMA.fullmatch(each)]
        if commas and not any(_POINT.fullmatch(each) and not THOUSANDS.fullmatch(each) for each in texts):
            self.dialect = dataclasses.replace(self.dialect, decimal=",")
            told = f"numbers are read with a decimal comma, such as {commas[0]}"
            self.reading.notes.append(f"{self.table.file.path}: {told} in the table {self.table.name!r}.")

    def _read_row(self, number: int, row: list[Any], columns: list[_Column]) -> None:
        before = len(self.reading.problems)
        if any(text_of(each) for each in row[len(self.table.header) :]):
            message = f"The row has more cells than the {len(self.table.header)} columns."
            self._problem(number, len(self.table.header), "row-shape", message)
        tree: dict[str, Node] = {}
        objects: dict[tuple[str, ...], _Objects] = {}
        for column in columns:
            value = _cell(row, column.index)
            if text_of(value):
                if column.whole is not None and text_of(_cell(row, column.whole)):
                    message = (
                        f"The cell is a part of what the column {self.table.header[column.whole]!r} gives as a whole."
                    )
                    self._problem(number, column.index, "contradiction", message)
                    continue
                try:
                    self._take(value, column, number, tree, objects)
                except Unreadable as error:
                    self._problem(number, column.index, "wrong-value", str(error))
        for names, several in objects.items():
            self._put_together(names, several, number, tree)
        nesting = self._nesting(number, row)
        if len(self.reading.problems) == before:
            place = _record_place(self.table, number, tree)
            self.reading.records.append(RawRecord(self.target.list_name, plain(tree), place, nesting))

    def _take(
        self, value: Any, column: _Column, number: int, tree: dict[str, Node], objects: dict[tuple[str, ...], _Objects]
    ) -> None:
        names = tuple(slot.name for slot in column.path)
        if column.parted is not None:
            of = objects.setdefault(names[: column.parted + 1], _Objects(column.path[column.parted]))
            of.columns.append((column, read_items(value, column.slot, self.dialect)))
            return
        found = read_cell(value, column.slot, self.dialect, plain=self.table.plain)
        steps = (number, column.index)
        if found is not None:
            _put(tree, names, [Leaf(each, steps) for each in found] if isinstance(found, list) else Leaf(found, steps))

    def _put_together(self, names: tuple[str, ...], several: _Objects, number: int, tree: dict[str, Node]) -> None:
        """Make the objects of a list of their columns, item by item; what stands once goes for all."""
        counts = {column.slot.name: len(values) for column, values in several.columns if len(values) > 1}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{count} of {name}" for name, count in counts.items())
            message = f"The items of {several.slot.name} cannot be put together: there are {told}."
            self._problem(number, several.columns[0][0].index, "uneven-lists", message)
            return
        items: list[Node] = []
        for at in range(max(counts.values(), default=1)):
            item: dict[str, Node] = {}
            for column, values in several.columns:
                value = values[at] if len(values) > 1 else values[0]
                if value is not None:
                    inner = tuple(slot.name for slot in column.path[len(names) :])
                    _put(item, inner, Leaf(value, (number, column.index)))
            items.append(item)
        _put(tree, names, items)

    def _nesting(self, number: int, row: list[Any]) -> Nesting | None:
        if self.target.owner is None or self.target.within is None or self.owner is None:
            return None
        told = text_of(_cell(row, self.owner))
        name = unquoted(told) or told
        if not name:
            message = f"The row does not say in which {self.target.owner.label} it is nested."
            self._problem(number, self.owner, "missing-field", message)
            return None
        self.reading.problems += broken_texts(name, _place(self.table, number, self.owner))
        return Nesting(self.target.owner.label, self.target.within, name, _place(self.table, number, self.owner))


def _cell(row: list[Any], index: int) -> Any:
    return row[index] if index < len(row) else None


def _put(tree: dict[str, Node], names: tuple[str, ...], node: Node) -> None:
    branch: Any = tree
    for name in names[:-1]:
        branch = branch.setdefault(name, {})
    branch[names[-1]] = node


def _place(table: Table, row: int, column: int | None) -> Place:
    at, line = table.where(row, column)
    return Place(str(table.file.path), at or (f"line {line}" if line else ""), written_at=lambda _: (at, line))


def _record_place(table: Table, row: int, tree: dict[str, Node]) -> Place:
    """Return the place of a row, which finds the cell of each of its fields."""
    at, line = table.where(row, None)
    start = at or f"line {line}"

    def written_at(pointer: str) -> Where:
        name = pointer.removeprefix(start).lstrip("/").partition("/")[0]
        leaf = leaf_at(tree, pointer.removeprefix(start)) if name in tree else None
        if leaf is None and name in table.header:
            return table.where(row, table.header.index(name))
        return table.where(row, int(leaf.steps[1])) if leaf else (at, line)

    return Place(str(table.file.path), start, written_at=written_at)
