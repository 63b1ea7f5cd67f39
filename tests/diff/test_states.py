"""What a store holds and what its exports say is one state, on every store and in every format that loads again."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, reject

import graphkb
from graphkb import NodeKey
from graphkb.analysis import comparing
from graphkb.errors import DataError, StoreUnavailable, UsageError
from graphkb.example import STARTER
from graphkb.queries import ask_rows, catalog
from tests.cli.conftest import write
from tests.strategies import documents
from tests.support.loads import ALLOW_DELETE, Loader, empty
from tests.support.rows import comparable
from tests.sync.test_laws import SMALL, load_or_reject, revisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hypothesis import settings

    from graphkb import KnowledgeBase
    from graphkb.queries.answer import Answer
    from graphkb.store.protocol import Value
    from tests.support.loads import Document
    from tests.support.server import Server

FORMATS: Final = ("json", "csv", "xlsx")
"""Formats of an export that a load takes."""


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_export_is_the_state_of_its_store(loader: Loader, examples: settings, format_name: str) -> None:
    """Nothing differs, in either direction, whatever two sources say together, and a third says anew."""
    numbers = count()

    @examples
    @given(revisions(), documents(SMALL, "c"), documents(SMALL, "d"))
    def law(pair: tuple[Document, Document], third: Document, anew: Document) -> None:
        empty(loader.kb.store)
        for source, document in (("c", third), ("a", pair[0]), ("b", pair[1]), ("c", anew)):
            load_or_reject(loader, source, document)
        if not loader.kb.stats()["nodes"]:
            reject()  # there is no table of nothing
        folder = loader.folder / f"export-{next(numbers)}"
        loader.kb.export(folder, format=format_name)
        with graphkb.open_state(folder) as exported:
            assert loader.kb.diff(exported).to_dict() == graphkb.Difference({}, {}, {}).to_dict()
            assert not exported.diff(loader.kb)

    law()


def test_what_a_source_leaves_behind_is_exported_as_it_is(loader: Loader, examples: settings) -> None:
    """Or told: what another source relied on, and cannot be loaded again without, is what a check finds."""
    numbers = count()

    @examples
    @given(revisions())
    def law(pair: tuple[Document, Document]) -> None:
        empty(loader.kb.store)
        loader.load("a", pair[0])
        load_or_reject(loader, "b", pair[1])
        if not {"a", "b"} <= loader.kb.sources().keys():
            reject()
        loader.kb.forget("a")
        folder = loader.folder / f"left-{next(numbers)}"
        loader.kb.export(folder)
        found = loader.kb.check("broken_cardinality")
        if found:
            with pytest.raises(DataError) as told:
                graphkb.open_state(folder)
            assert {each.rule for each in told.value.problems} == {"cardinality"}
            assert len(told.value.problems) == len(found)
        else:
            with graphkb.open_state(folder) as exported:
                assert not loader.kb.diff(exported)

    law()


def test_sources_that_write_to_one_list_number_it_as_the_export_does(loader: Loader) -> None:
    """Each source counts its items from 1 and the export counts all, in the order in which the store has them."""
    # Ids stand the other way around than titles, by which items of one number are ordered.
    whole, *items = ({"kind": "Capability", "id": f"{9 - n}", "title": title} for n, title in enumerate("CXYZW"))
    edges = [{"type": "DEPENDS_ON", "from": whole, "to": each} for each in items[2:]]
    loader.load("a", {"capabilities": [{"capabilityID": "9", "title": "C", "dependsOn": items[:2]}]})
    loader.load("b", {"relationships": edges})
    (path,) = loader.kb.export(loader.folder / "export")
    with graphkb.open_state(path) as exported:
        assert loader.kb.dataset() != exported.dataset()
        assert not loader.kb.diff(exported)


def test_an_edit_of_an_export_is_what_differs(loader: Loader, example: Path) -> None:
    """One title, what is titled by it and the records that state it; a load of the edited file ends that."""
    loader.kb.load([example], source="bank")
    (path,) = loader.kb.export(loader.folder / "export")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Credit Decisioning"', '"Decisions on Credit"'), encoding="utf-8")
    with graphkb.open_state(path) as edited:
        found = loader.kb.diff(edited)
        told = {
            (str(key), name): values for key, each in found.elements.items() for name, values in each.values().items()
        }
        assert told == {
            ("Capability 'CAP-DECISION'", "title"): ("Credit Decisioning", "Decisions on Credit"),
            ("CapabilityGap 'gap-CAP-DECISION'", "title"): (
                "Maturity gap in Credit Decisioning",
                "Maturity gap in Decisions on Credit",
            ),
        }
        assert {(edge.type, *change.fields) for edge, change in found.relationships.items()} == {
            ("SUPPORTED_BY", "statedTitle")
        }
        loader.kb.load([path], source="bank", options=ALLOW_DELETE)
        assert not loader.kb.diff(edited)


@pytest.mark.parametrize("format_name", FORMATS)
def test_an_export_answers_as_its_store_did(loader: Loader, example: Path, format_name: str) -> None:
    """Every question has the rows that it had when the export was made, although the store has gone on since."""
    loader.kb.load([example], source="bank")
    loader.kb.export(loader.folder / "export", format=format_name)
    asked = askings(loader.kb)
    before = answers(loader.kb, asked)
    loader.kb.load([STARTER], source="bank", options=ALLOW_DELETE)
    with graphkb.open_state(loader.folder / "export") as exported:
        then = answers(exported, asked)
    assert [(name, each.parameters, each.why) for name, each in then.items()] == [
        (name, each.parameters, each.why) for name, each in before.items()
    ]
    assert {name: comparable(each.to_dicts()) for name, each in then.items()} == {
        name: comparable(each.to_dicts()) for name, each in before.items()
    }
    now = answers(loader.kb, asked)
    assert sum(bool(each) for each in before.values()) > len(before) * 0.9
    assert sum(now[name].to_dicts() != before[name].to_dicts() for name in now) > len(before) * 0.9


def askings(kb: KnowledgeBase) -> dict[str, dict[str, Value]]:
    """Return every question with the first element of the kind that it must be told, and defaults for the rest."""
    elements = sorted(kb.dataset().nodes)
    return {
        question.name: {
            parameter.name: next(key.id for key in elements if key.label in parameter.kinds)
            for parameter in question.parameters
            if parameter.required
        }
        for question in catalog.questions()
    }


def answers(kb: KnowledgeBase, asked: Mapping[str, Mapping[str, Value]]) -> dict[str, Answer[Any]]:
    """Ask every question."""
    return {name: ask_rows(kb, name, parameters) for name, parameters in asked.items()}


def test_a_backup_is_the_state_of_its_store(loader: Loader, example: Path) -> None:
    """Its folder is opened like that of an export."""
    loader.kb.load([example], source="bank")
    loader.kb.backup(loader.folder / "kept")
    with graphkb.open_state(loader.folder / "kept") as kept:
        assert not loader.kb.diff(kept)
        assert kept.sources() == loader.kb.sources()


def test_a_store_is_opened_where_it_is(tmp_path: Path, example: Path) -> None:
    """By its file, as it was left; comparing and asking change no byte of it."""
    path = tmp_path / "bank.kgl"
    with graphkb.open(path) as kb:
        kb.load([example], source="bank")
    content = path.read_bytes()
    with graphkb.open_state(path) as stored, graphkb.open_state(example) as told:
        assert not stored.diff(told)
        assert stored.store.name == str(path)
        assert graphkb.queries.gaps.unfunded(stored) == graphkb.queries.gaps.unfunded(told)
    assert path.read_bytes() == content


@pytest.mark.filterwarnings("ignore:py2neo is no longer maintained:FutureWarning")
@pytest.mark.parametrize("scheme", ["", "py2neo+"])
@pytest.mark.parametrize("store", ["neo4j"], indirect=True)
def test_a_server_is_a_state(loader: Loader, neo4j_server: Server, example: Path, scheme: str) -> None:
    """By its address, through either driver; its answers too are those of the files, to the last digits."""
    loader.kb.load([example], source="bank")
    target, user = f"{scheme}{neo4j_server.uri}", neo4j_server.username or None
    with (
        graphkb.open_state(target, username=user, password=neo4j_server.password) as stored,
        graphkb.open_state(example) as told,
    ):
        assert not stored.diff(told)
        assert not comparing(stored, told)


def test_what_files_only_refer_to_is_a_stub(tmp_path: Path) -> None:
    """They are read like a load into an empty store, whatever other stores define."""
    write(tmp_path / "a.json", {"capabilities": [{"title": "C", "dependsOn": [{"kind": "Capability", "title": "D"}]}]})
    with graphkb.open_state(tmp_path / "a.json") as told:
        assert told.dataset().nodes[NodeKey("Capability", "d")]["isStub"] is True


def test_a_store_that_is_not_there_is_no_empty_state(tmp_path: Path) -> None:
    """Nor is it made."""
    path = tmp_path / "bnak.kgl"
    with pytest.raises(StoreUnavailable, match=r"There is no store at .*bnak\.kgl"):
        graphkb.open_state(path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nosuch", "There is no file or folder"),
        ("nosuch://host", "Cannot open 'nosuch://host'"),
        ("there.txt", "files ending in '.txt' cannot be loaded"),
        ("empty", "holds no file to load"),
        ("x" * 300, "File name too long"),
    ],
)
def test_what_is_no_state_is_a_wrong_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, message: str
) -> None:
    """The message says what is wrong with which."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.txt").write_text("", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=message):
        graphkb.open_state(target)


def test_a_damaged_export_is_told_by_file_and_place(tmp_path: Path) -> None:
    """With all its problems, as a load would."""
    capability = {"capabilityID": "c", "title": "C"}
    path = write(tmp_path / "graphkb.json", {"capabilities": [capability | {"maturityLevel": 9, "titel": "C"}]})
    with pytest.raises(DataError) as told:
        graphkb.open_state(tmp_path)
    assert {(each.file, each.pointer) for each in told.value.problems} == {
        (str(path), "/capabilities/0/maturityLevel"),
        (str(path), "/capabilities/0/titel"),
    }
    path.write_text('{"capabilities": [', encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(str(path))):
        graphkb.open_state(path)
