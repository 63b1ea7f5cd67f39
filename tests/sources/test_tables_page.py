"""The page about tables: each example states what the YAML under it states."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from graphkb.model import validation
from graphkb.model.interpretation import interpret
from graphkb.model.validation import Place, split_document
from graphkb.sources import MAX_BYTES, archive, delimited, read_paths, sheets
from graphkb.sources.delimited import Dialect
from graphkb.sources.text import read_yaml

PAGE: Final = (Path(__file__).resolve().parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
BLOCK: Final = re.compile(
    r"^```(?P<language>\w+)(?: file=(?P<name>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


def examples() -> dict[str, tuple[dict[str, str], str]]:
    """Return the examples by their first file: the tables by name, and the YAML that says the same."""
    found: dict[str, tuple[dict[str, str], str]] = {}
    tables: dict[str, str] = {}
    for block in BLOCK.finditer(PAGE):
        if block["language"] == "csv":
            tables[block["name"]] = block["body"]
        else:
            found[next(iter(tables))] = tables, block["body"]
            tables = {}
    return found


@pytest.mark.parametrize("name", examples())
def test_an_example_states_what_the_yaml_under_it_states(tmp_path: Path, name: str) -> None:
    """The same nodes, edges and properties, without problems and notes."""
    tables, text = examples()[name]
    for file, content in tables.items():
        (tmp_path / file).write_text(content, encoding="utf-8")
    found = read_paths([tmp_path])
    assert (found.problems, found.notes) == ([], [])
    records, problems = split_document(read_yaml(text, "page").content, Place("page"))
    stated, expected = interpret(found.records), interpret(records)
    assert (stated.problems, problems, expected.problems) == ((), [], ())
    assert stated.dataset == expected.dataset


def test_the_page_has_examples_and_names_every_declaration() -> None:
    """Four of them; and each word that can be declared."""
    assert len(examples()) == 4
    assert set(re.findall(r"`(\w+)=", PAGE)) == set(Dialect.__slots__)


def test_the_page_has_the_limits_of_the_readers() -> None:
    """The numbers in its last table are those in force."""
    mebibyte = 1024 * 1024
    limits = (
        f"{MAX_BYTES // mebibyte} MiB, unpacked {archive.MAX_UNPACKED // mebibyte} MiB",
        f"{delimited.MAX_COLUMNS:,} columns and {delimited.MAX_ROWS:,} rows; {delimited.MAX_CELL // mebibyte} MiB",
        f"{validation.MAX_VALUES:,} values, {validation.MAX_DEPTH} levels deep",
        f"| {validation.MAX_PROBLEMS:,} |",
    )
    assert [limit for limit in limits if limit not in PAGE] == []
    assert (sheets.MAX_COLUMNS, sheets.MAX_ROWS) == (delimited.MAX_COLUMNS, delimited.MAX_ROWS)
