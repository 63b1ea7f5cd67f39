"""The page about extensions: its commands print what stands there, and its example serves every store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

import graphkb
from graphkb.errors import ConstraintViolated
from graphkb.extensions import find_extensions
from graphkb.knowledge_base import KnowledgeBase
from graphkb.queries import ask_rows
from graphkb.store import Statement
from tests.support.readme import ROOT, Runner

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.store import GraphStore

PAGE: Final = ROOT / "docs" / "extending.md"
FILE: Final = re.compile(r"^```\w+ file=(?P<name>\S+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the files of the page."""
    for file in FILE.finditer(PAGE.read_text(encoding="utf-8")):
        path = tmp_path / "page" / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["body"], encoding="utf-8")
    return tmp_path / "page"


def test_every_block_of_the_page_runs_and_prints_what_stands_there(tmp_path: Path) -> None:
    """Files, commands and the program in order, in an empty folder."""
    text = PAGE.read_text(encoding="utf-8")
    assert Runner(tmp_path, "bolt://nowhere.invalid:7687").play(text) == text


def test_kind_relationships_and_question_of_the_page_serve_every_store(files: Path, store: GraphStore) -> None:
    """The records load, a second load changes nothing, the constraint is there, and the question has its rows."""
    extended = find_extensions([files / "regions.py"])
    kb = KnowledgeBase(store, extended.metamodel, extended.question_folders)
    assert kb.load([files / "regions.yaml"], source="regions").created == (4, 4)
    assert kb.plan([files / "regions.yaml"], source="regions").is_empty
    with pytest.raises(ConstraintViolated):
        store.write([Statement("CREATE (n:Region {id: 'the-coast'})")])
    answer = ask_rows(kb, "regions/served", {})
    assert answer.to_dicts() == [
        {
            "regionId": "the-coast",
            "region": "The Coast",
            "households": 410000,
            "units": ["Branches West"],
            "segments": ["Young Families"],
        },
        {
            "regionId": "the-hills",
            "region": "The Hills",
            "households": 120000,
            "units": [],
            "segments": ["Young Families"],
        },
    ]
    assert (answer[0].region_id, answer[0].segments) == ("the-coast", ("Young Families",))


def test_an_export_of_the_page_s_store_loads_again(files: Path) -> None:
    """Elements, links with properties and edges stated one by one come back."""
    with graphkb.open(":memory:", extensions=[files / "regions.py"]) as kb:
        kb.load([files / "regions.yaml"], source="regions")
        exported = kb.export(files / "out")
        before = kb.dataset()
    assert {edge.type for edge in before.edges} == {"LIVES_IN", "OWNS", "BORDERS_ON"}
    with graphkb.open(":memory:", extensions=[files / "regions.py"]) as kb:
        kb.load(exported, source="regions")
        assert kb.dataset() == before
