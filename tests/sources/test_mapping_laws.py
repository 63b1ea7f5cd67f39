"""Laws of mappings: whatever was renamed is read as if it had never been."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import assume, given
from hypothesis import strategies as st

from graphkb.model.declaration import Children, Flattened, Link, fields_of, title_field
from graphkb.model.metamodel import METAMODEL
from graphkb.model.validation import EDGE_LIST
from tests.model.reading import interpretation, meaning
from tests.model.values import properties_of
from tests.strategies import documents
from tests.support.mappings import meaning as mapped
from tests.support.mappings import trimmed, yaml_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.model.declaration import Element, Record
    from tests.strategies import Document

SEPARATOR: Final = "\u00a6"
"""Separates values in a cell."""
SHAPES: Final = {**METAMODEL.lists, **METAMODEL.records, EDGE_LIST: None}
ALONE: Final = tuple(
    kind
    for label, kind in METAMODEL.kinds.items()
    if METAMODEL.may_be_stub(label) and title_field(kind) and not kind.title_from
)
"""Kinds of which an element can stand by itself."""


class _Renamer:
    """Gives every name another one."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def other(self, name: str) -> str:
        self.names.append(name)
        spelled = ("{} #{}", "{}.{}", "x:{}{}", "{} ({})", "{}[{}]x")[len(self.names) % 5]
        return spelled.format(name[::-1], len(self.names))


def _is_plain(values: Sequence[Any]) -> bool:
    texts = [text for value in values for text in (value if isinstance(value, list) else [value])]
    return all(
        isinstance(each, bool | int | float) or (isinstance(each, str) and SEPARATOR not in each) for each in texts
    )


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(map(_cell, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], str, str]:
    """Return a list's name, its records, a table that says the same in other words, and the mapping of it."""
    kind: type[Element] = draw(st.sampled_from(ALONE))
    records: list[dict[str, Any]] = trimmed(draw(st.lists(properties_of(kind), min_size=1, max_size=5)))
    key, title = METAMODEL.key_name(kind.label), title_field(kind)
    assert title
    up = next(
        (f for f in fields_of(kind) if isinstance(f.role, Link) and f.role.type == "PARENT_OF" and not f.many), None
    )
    groups = {each.name for each in fields_of(kind) if isinstance(each.role, Flattened)}
    for number, record in enumerate(records):
        record |= {key: f"id {number}", title.name: f"Title {number}"}
        if up and number and draw(st.booleans()):
            record[up.name] = {key: f"id {draw(st.integers(0, number - 1))}"}
    flat = [
        {
            path: value
            for name, whole in record.items()
            for path, value in (
                ((f"{name}.{inner}", each) for inner, each in whole.items())
                if name in groups or (up and name == up.name)
                else [(name, whole)]
            )
        }
        for record in records
    ]
    renamer = _Renamer()
    fields: dict[str, Any] = {}
    columns: dict[str, list[str]] = {}
    for field in draw(st.permutations(sorted({name for row in flat for name in row}))):
        column = renamer.other(field)
        values = [row.get(field) for row in flat]
        told = [value for value in values if value is not None]
        if _is_plain(told) and draw(st.booleans()):
            fields[field] = {"from": column, "split": SEPARATOR} if any(isinstance(v, list) for v in told) else column
            columns[column] = ["" if value is None else _cell(value) for value in values]
        else:
            codes = {f"c{number}": value for number, value in enumerate(told)}
            fields[field] = {"from": column, "values": codes}
            left = iter(codes)
            columns[column] = ["" if value is None else next(left) for value in values]
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    mapping = yaml_of([{"files": "foreign.csv", "kind": kind.label, "fields": fields}])
    return kind.list_name, records, text.getvalue(), mapping


@given(_tables())
def test_a_table_with_other_columns_means_the_same_by_the_mapping_that_undoes_it(
    case: tuple[str, list[dict[str, Any]], str, str],
) -> None:
    """Columns renamed, values coded, lists joined, groups and parents flattened: the dataset is the same."""
    list_name, records, table, mapping = case
    with tempfile.TemporaryDirectory() as folder:
        assert mapped(Path(folder), mapping, {"foreign.csv": table}) == meaning({list_name: records})


def _foreign(records: Sequence[Any], model: type[Record] | None, renamer: _Renamer) -> tuple[list[Any], dict[str, Any]]:
    """Return records with other keys, at every depth where all are objects, and the fields of their mapping."""
    nested = {each.name: each.item for each in fields_of(model) if isinstance(each.role, Children)} if model else {}
    found: list[dict[str, Any]] = [{} for _ in records]
    fields: dict[str, Any] = {}
    for name in sorted({name for record in records for name in record if not name.startswith("_")}):
        other = renamer.other(name)
        lists = [record.get(name) or [] for record in records]
        inside = [item for several in lists for item in (several if isinstance(several, list) else [several])]
        if name in nested and all(isinstance(several, list) for several in lists) and _are_objects(inside):
            renamed, inner = _foreign(inside, nested[name], renamer)
            left = iter(renamed)
            for there, several in zip(found, lists, strict=True):
                there[other] = [next(left) for _ in several]
            if inner:
                fields[name] = {"rows": f"{other}[]", "fields": inner}
        else:
            fields[name] = other
            for there, record in zip(found, records, strict=True):
                there.update({other: record[name]} if name in record else {})
    return found, fields


def _are_objects(items: Sequence[Any]) -> bool:
    return bool(items) and all(isinstance(each, dict) and each for each in items)


@given(documents())
def test_a_document_with_other_keys_means_the_same_by_the_mapping_that_undoes_it(document: Document) -> None:
    """Lists and keys renamed, those of nested objects too: the dataset is the same."""
    plain: Document = trimmed(document)
    assume(interpretation(plain).problems == ())
    renamer = _Renamer()
    foreign: dict[str, Any] = {}
    entries = []
    for name, records in plain.items():
        if name in SHAPES and _are_objects(records):
            other = renamer.other(name)
            foreign[other], fields = _foreign(records, SHAPES[name], renamer)
            entries.append({"files": "foreign.json", "kind": name, "rows": f"{other}[]", "fields": fields})
    rest = {name: records for name, records in plain.items() if name not in SHAPES or not _are_objects(records)}
    mapping = yaml_of(entries or [{"files": "none", "kind": "Capability"}])
    files = {"canonical.json": json.dumps(rest)} | ({"foreign.json": json.dumps(foreign)} if foreign else {})
    with tempfile.TemporaryDirectory() as folder:
        assert mapped(Path(folder), mapping, files) == meaning(plain)
