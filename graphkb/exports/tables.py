"""The record shape as tables: one for each list, with a table of its own for what is nested in its records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from graphkb.model.declaration import Children, fields_of, key_field, title_field
from graphkb.model.names import holds_ids
from graphkb.model.validation import EDGE_LIST
from graphkb.model.writing import write_document
from graphkb.sources.cells import write_cell, write_items
from graphkb.sources.mapping.targets import Slot, slots_of, slots_within
from graphkb.sources.tables import owner_column
from graphkb.spreadsheets import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.dataset import Dataset
    from graphkb.model.declaration import Element, Field, Record
    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.mapping.targets import Slots

Path: TypeAlias = "tuple[str, ...]"
"""Names of fields within fields."""

_ID: Final = Slot("id", frozenset({str}))


@dataclass(slots=True)
class TableText:
    """A table to be written."""

    slots: Slots
    owner: str = ""
    """Name of the column that says in which record a row is nested."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """Cells by column."""

    def columns(self) -> list[str]:
        """Return the columns that hold something, in the order of the declarations."""
        used = {name: None for row in self.rows for name in row}
        return sorted(used, key=lambda name: (name != self.owner, self._rank(name)))

    def _rank(self, column: str) -> tuple[int, ...]:
        ranks: list[int] = []
        within: Mapping[str, Slot] | None = self.slots
        for name in column.split(".") if column != self.owner else ():
            names = list(within or ())
            ranks.append(names.index(name))
            within = (within or {})[name].inside
        return tuple(ranks)


def tables_of(dataset: Dataset, metamodel: Metamodel, *, plain: bool) -> dict[str, TableText]:
    """Return the tables that state a dataset, by name; ``plain`` is for files in which all cells are text.

    Reading them gives the same dataset.
    """
    writer = _Tables(metamodel, plain=plain)
    for name, records in write_document(dataset, metamodel).items():
        model = metamodel.lists.get(name) or metamodel.stub_lists.get(name) or metamodel.records.get(name)
        for record in records:
            writer.add(name, _with_ids(record, metamodel) if name == EDGE_LIST else record, model)
    return dict(sorted(writer.tables.items()))


def _with_ids(edge: dict[str, Any], metamodel: Metamodel) -> dict[str, Any]:
    """Return a stated edge with the ids of its ends called ``id``, whatever their kinds."""
    return edge | {
        end: {"kind": edge[end]["kind"], "id": edge[end][metamodel.key_name(edge[end]["kind"])]}
        for end in ("from", "to")
    }


class _Tables:
    def __init__(self, metamodel: Metamodel, *, plain: bool) -> None:
        self.metamodel: Final = metamodel
        self.plain: Final = plain
        self.tables: Final[dict[str, TableText]] = {}

    def add(self, name: str, record: Mapping[str, Any], model: type[Record] | None) -> None:
        """Add a record to the table of its list."""
        if name not in self.tables:
            self.tables[name] = TableText(slots_of(name, self.metamodel))
        self._add(self.tables[name], record, model)

    def _add(self, table: TableText, record: Mapping[str, Any], model: type[Record] | None, owner: str = "") -> None:
        row: dict[str, Any] = {table.owner: write_cell(owner, _ID, plain=self.plain)} if table.owner else {}
        table.rows.append(row)
        children = {each.name: each for each in fields_of(model) if isinstance(each.role, Children)} if model else {}
        for name, value in record.items():
            declared = children.get(name)
            if declared is not None and any(isinstance(each, dict) for each in value):
                self._nest(declared, value, record, model)
            else:
                row |= self._cells((name,), value, table.slots[name])

    def _nest(self, declared: Field, items: list[Any], record: Mapping[str, Any], owner: Any) -> None:
        kind: type[Element] = self.metamodel.kinds[owner.label]
        name = f"{kind.list_name}.{declared.name}"
        if name not in self.tables:
            self.tables[name] = TableText(slots_within(declared.item, self.metamodel), owner_column(kind))
        key, title = key_field(owner), title_field(declared.item)
        for item in items:
            told = item if isinstance(item, dict) or title is None else {title.name: item}
            self._add(self.tables[name], told, declared.item, str(record[key.name]) if key else "")

    def _cells(self, path: Path, value: Any, slot: Slot) -> dict[str, Any]:
        """Return the cells that hold a value, by column."""
        if isinstance(value, dict) and slot.inside is not None and not slot.many:
            parts = [self._cells((*path, name), each, slot.inside[name]) for name, each in value.items()]
            return {column: cell for part in parts for column, cell in part.items()}
        listed = [value] if slot.many and not isinstance(value, list) else value
        if slot.inside is not None and slot.many and any(isinstance(each, dict) for each in listed):
            bare = "id" if holds_ids(slot.name) else "title"
            items = [each if isinstance(each, dict) else {bare: each} for each in listed]
            names = dict.fromkeys(name for item in items for name in item)
            return {
                ".".join((*path, name)): write_items([item.get(name) for item in items], slot.inside[name])
                for name in names
            }
        return {".".join(path): write_cell(listed, slot, plain=self.plain)}


def csv_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, str]:
    """Return a CSV file for each table, in UTF-8; texts that a spreadsheet program would run stand in quotes."""
    files = {}
    for name, table in tables_of(dataset, metamodel, plain=True).items():
        columns = table.columns()
        lines: list[list[Any]] = [columns, *([row.get(column) for column in columns] for row in table.rows)]
        files[f"{name}.csv"] = "".join(f"{','.join(map(_csv_cell, line))}\n" for line in lines)
    return files


def _csv_cell(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return quoted(text) if re.search(r'[",\r\n]', text) or text != text.strip() else text
