"""Tables: the same records as CSV and XLSX, which load back to the same dataset."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest
from hypothesis import given, settings

from graphkb.errors import UsageError
from graphkb.exports import write_export
from graphkb.exports.tables import csv_files
from graphkb.exports.workbook import sheet_titles, xlsx_files
from graphkb.model import METAMODEL
from graphkb.model.dataset import Dataset
from graphkb.model.interpretation import interpret
from graphkb.sources import read_paths
from graphkb.spreadsheets import FORMULA
from tests.model.reading import meaning
from tests.strategies import Document, documents
from tests.support.loads import Loader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphkb.store import GraphStore

RUNNABLE: Final[Document] = {
    "capabilities": [
        {
            "capabilityID": f"c{number}",
            "title": f"{start}cmd|' /C calc'!A0",
            "capabilityFunctions": [f"{start}1+1", "plain"],
        }
        for number, start in enumerate(FORMULA)
    ]
}
"""Texts that a spreadsheet program would run."""


def read_back(folder: Path, files: Mapping[str, str | bytes]) -> Dataset:
    """Return what files state together, without problems and notes."""
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    if not files:
        return Dataset()
    found = read_paths([folder])
    assert (found.problems, [each for each in found.notes if "no sheet holds a row" not in each]) == ([], [])
    told = interpret(found.records)
    assert told.problems == ()
    return told.dataset


@settings(max_examples=min(60, settings.default.max_examples if settings.default else 60))
@given(documents())
def test_any_document_comes_back_from_csv(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    """Tables of text hold every node, edge and property with its type."""
    dataset = meaning(document)
    assert read_back(tmp_path_factory.mktemp("csv"), csv_files(dataset, METAMODEL)) == dataset


@settings(max_examples=min(25, settings.default.max_examples if settings.default else 25))
@given(documents())
def test_any_document_comes_back_from_xlsx(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    """Sheets hold every node, edge and property with its type."""
    dataset = meaning(document)
    assert read_back(tmp_path_factory.mktemp("xlsx"), xlsx_files(dataset, METAMODEL)) == dataset


def test_the_example_in_every_format_is_the_same_graph(store: GraphStore, tmp_path: Path, example: Path) -> None:
    """Loaded from YAML, the example is found unchanged when it is loaded again from JSON, CSV and XLSX."""
    kb = Loader(store, tmp_path).kb
    first = kb.load([example], source="bank")
    for name in ("json", "csv", "xlsx"):
        plan = kb.plan(kb.export(tmp_path / name, format=name), source="bank")
        assert (plan.problems, sum(plan.created + plan.updated + plan.deleted)) == ((), 0), name
        assert plan.unchanged == first.created


def test_the_example_as_tsv_is_the_same_graph(tmp_path: Path, example: Path) -> None:
    """Tables with tabs between the cells state what those with commas do, and nothing has to be told."""
    dataset = interpret(read_paths([example]).records).dataset
    tables: dict[str, str | bytes] = {}
    for name, text in csv_files(dataset, METAMODEL).items():
        written = io.StringIO(newline="")
        csv.writer(written, delimiter="\t", lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
        tables[f"{name.removesuffix('.csv')}.tsv"] = written.getvalue()
    assert read_back(tmp_path, tables) == dataset


def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    """A text that begins like a formula stands in quotes in CSV, and is a text in XLSX; both come back as they were."""
    dataset = meaning(RUNNABLE)
    tables = csv_files(dataset, METAMODEL)
    cells = [cell for text in tables.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > 2 * len(FORMULA)
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
    assert read_back(tmp_path, tables) == dataset
    book = openpyxl.load_workbook(io.BytesIO(xlsx_files(dataset, METAMODEL)["graphkb.xlsx"]))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_a_foreign_reader_finds_every_row(example: Path) -> None:
    """The sheets of the example, as another library reads them, hold the rows of its CSV, under the same names."""
    dataset = interpret(read_paths([example]).records).dataset
    tables = csv_files(dataset, METAMODEL)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_files(dataset, METAMODEL)["graphkb.xlsx"]))
    titles = sheet_titles(name.removesuffix(".csv") for name in tables)
    assert set(titles) <= set(book.sheetnames)
    for title, name in titles.items():
        rows = list(csv.reader(io.StringIO(tables[f"{name}.csv"])))
        assert [cell.value for cell in book[title][1]] == rows[0]
        assert book[title].max_row == len(rows)


def test_sheets_of_long_names_are_told_apart() -> None:
    """Titles have at most 31 characters, and no two differ in case alone."""
    names = ["customerRelationships.relationshipHistory", "customerRelationships.relationshipRisks", "CAPABILITIES"]
    titles = sheet_titles([*names, "capabilities"])
    assert list(titles.values()) == [*names, "capabilities"]
    assert all(len(title) <= 31 for title in titles)
    assert len({title.casefold() for title in titles}) == 4


def test_tables_of_an_earlier_export_are_not_mixed_with_a_new_one(tmp_path: Path) -> None:
    """A folder with a table that is no part of the export is refused, and nothing of it is changed."""
    (tmp_path / "products.csv").write_text("title\nOld\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds products\.csv, which are no part of this export"):
        write_export(meaning(RUNNABLE), tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["products.csv"]
