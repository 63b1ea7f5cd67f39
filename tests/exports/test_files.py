"""The files of an export: the same graph as the same bytes, replaced whole, and loaded again without a change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

import graphkb
from graphkb.errors import UsageError
from graphkb.exports import FORMATS, write_export
from graphkb.model import METAMODEL
from graphkb.model.dataset import Dataset
from graphkb.model.writing import write_document
from tests.model.reading import meaning
from tests.strategies import Document, documents

DOCUMENT: Document = {"capabilities": [{"capabilityID": "a", "title": "Zürich 顧客"}]}
DATASET = meaning(DOCUMENT)


def test_an_export_is_text_that_people_can_read(tmp_path: Path) -> None:
    """The file is indented UTF-8 that ends in a line break."""
    (path,) = write_export(DATASET, tmp_path, "json")
    text = path.read_bytes().decode("utf-8")
    assert path == tmp_path / "graphkb.json"
    assert json.loads(text) == DOCUMENT
    assert '\n      "title": "Zürich 顧客"\n' in text
    assert text.endswith("}\n")
    assert "\r" not in text


@given(documents())
def test_the_same_document_is_the_same_text(document: Document) -> None:
    """Each format is a function of the document alone, and JSON holds all of it."""
    dataset = meaning(document)
    written = write_document(dataset)
    for name, writer in FORMATS.items():
        assert writer(dataset, METAMODEL) == writer(meaning(written), METAMODEL), name
    assert json.loads(FORMATS["json"](dataset, METAMODEL)["graphkb.json"]) == written


def test_an_export_of_the_example_loads_and_exports_as_the_same_bytes(tmp_path: Path, example: Path) -> None:
    """What is exported from a load of an export has the same bytes; a load of it over the first changes nothing."""
    with graphkb.open(":memory:") as kb:
        kb.load([example], source="bank")
        (first,) = kb.export(tmp_path / "first")
        (again,) = kb.export(tmp_path / "again")
        plan = kb.plan([first], source="bank")
        assert sum(plan.created) + sum(plan.updated) + sum(plan.deleted) == 0
    with graphkb.open(":memory:") as other:
        other.load([first], source="bank")
        (second,) = other.export(tmp_path / "second")
        assert other.stats()["relationships"]
    assert again.read_bytes() == first.read_bytes()
    assert second.read_bytes() == first.read_bytes()


@settings(max_examples=20)
@given(documents())
def test_an_export_of_any_document_loads_and_exports_as_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    """Load, export, load and export again give one text."""
    folder = tmp_path_factory.mktemp("export")
    source = folder / "given.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    exported = []
    for name in ("first", "second"):
        with graphkb.open(":memory:") as kb:
            kb.load([source], source="bank")
            (source,) = kb.export(folder / name)
        exported.append(source.read_bytes())
    assert exported[0] == exported[1]


def test_an_export_replaces_what_was_there_and_leaves_nothing_else(tmp_path: Path) -> None:
    """The folder holds the file of the last export, and no temporary one."""
    (path,) = write_export(DATASET, tmp_path, "json")
    path.write_text("old", encoding="utf-8")
    write_export(DATASET, tmp_path, "json")
    assert json.loads(path.read_text(encoding="utf-8")) == DOCUMENT
    assert [each.name for each in tmp_path.iterdir()] == ["graphkb.json"]


def test_an_export_that_fails_leaves_the_old_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new file cannot take the place of the old, the old one stays whole and no temporary file remains."""
    (path,) = write_export(DATASET, tmp_path, "json")
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UsageError, match="No space left on device"):
        write_export(Dataset(), tmp_path, "json")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["graphkb.json"]


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """An export makes the folder that it writes into, with those around it."""
    (path,) = write_export(DATASET, tmp_path / "a" / "b", "json")
    assert path.is_file()


def test_a_folder_that_cannot_be_made_is_a_wrong_call(tmp_path: Path) -> None:
    """A file in place of the folder is told, without a traceback of the system."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="Cannot write into"):
        write_export(DATASET, tmp_path / "taken", "json")


def test_an_unknown_format_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """Nothing is written, and the message names the format that may be meant."""
    with pytest.raises(UsageError, match=r"no export format 'jsn'\. Did you mean 'json'\?"):
        write_export(DATASET, tmp_path / "out", "jsn")
    assert not (tmp_path / "out").exists()


def test_a_format_near_to_none_is_refused_with_all(tmp_path: Path) -> None:
    """Where no name is near, the message lists the formats."""
    with pytest.raises(UsageError, match="Formats: json"):
        write_export(DATASET, tmp_path, "docx")
