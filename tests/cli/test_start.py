"""The way in and the way out: the demo, a folder to start from, and the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_the_demo_answers_the_first_question(graphkb: Command, folder: Path) -> None:
    """Ten rows, the worst first, what to try next, and no file left behind."""
    result = graphkb("demo")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Loaded Quillmere Bank, a fictional bank: 368 elements, 1014 relationships.\n")
    assert "Which capability gaps affect which journey stages, for whom, and how badly?" in result.out
    assert result.out.index("Ines Ferreira") < result.out.index("Tomas Lindqvist") < result.out.index("Ravi Desai")
    assert "Try next:\n  graphkb --db bank.kgl demo " in result.out
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("store", ["bank.kgl", "my bank.kgl"])
def test_what_the_demo_says_to_try_next_works(graphkb: Command, store: str) -> None:
    """A demo in a file can be repeated, and every question that it names can be asked there."""
    assert graphkb("--db", store, "demo").code == 0
    again = graphkb("--db", store, "demo")
    assert again.out.startswith("Loaded Quillmere Bank, a fictional bank: 368 elements, 1014 relationships.\n")
    named = f"'{store}'" if " " in store else store
    steps = [line.split("     ")[0].strip() for line in again.out.split("Try next:\n")[1].splitlines()]
    assert steps == [
        f"graphkb --db {named} ask stages/weakest",
        f"graphkb --db {named} ask gaps/unfunded",
        "graphkb new my-bank",
    ]
    assert graphkb("--db", store, "ask", "stages/weakest").code == 0
    assert graphkb("--db", store, "ask", "gaps/unfunded").code == 0


def test_a_new_folder_loads_and_answers(graphkb: Command, folder: Path) -> None:
    """Without a problem, with the one stub that its comments name, to an answer of two gaps."""
    made = graphkb("new", "shop")
    assert made.code == 0
    assert made.err == "Edit them, then: graphkb load shop --source shop\n"
    files = sorted(path.relative_to(folder).as_posix() for path in (folder / "shop").iterdir())
    assert made.out.splitlines() == files
    loaded = graphkb("load", "shop", "--source", "shop", "--strict", "--format", "json")
    assert (loaded.code, loaded.json["problems"]) == (0, [])
    assert loaded.json["stubs"] == [{"kind": "OrgUnit", "id": "customer-experience"}]
    rows = graphkb("ask", "gaps/affecting_stages", "--format", "json").json["rows"]
    assert [(row["capability"], row["stage"], row["severity"], row["route"]) for row in rows] == [
        ("Stock Accuracy", "Receive the Order", pytest.approx(18.0), "dependency"),
        ("Home Delivery", "Receive the Order", pytest.approx(12.0), "direct"),
    ]


def test_a_new_folder_is_told_as_a_shell_needs_it(graphkb: Command, folder: Path) -> None:
    """Names with spaces are quoted, and the current folder has a name of its own."""
    assert graphkb("new", "My Shop").err == "Edit them, then: graphkb load 'My Shop' --source 'My Shop'\n"
    for path in (folder / "My Shop").iterdir():
        path.unlink()
    (folder / "My Shop").rmdir()
    assert graphkb("new", ".").err == f"Edit them, then: graphkb load . --source {folder.name}\n"


def test_a_new_folder_never_overwrites(graphkb: Command, folder: Path) -> None:
    """The second call is refused, and what was edited stays."""
    graphkb("new", "shop")
    edited = folder / "shop" / "journey.yaml"
    edited.write_text("mine", encoding="utf-8")
    assert graphkb("new", "shop").code == 2
    assert edited.read_text(encoding="utf-8") == "mine"


def test_an_export_is_the_same_bytes_every_time(graphkb: Command, folder: Path, example: Path) -> None:
    """From the store, and from a store that the export was loaded into."""
    graphkb("load", example, "--source", "bank")
    first = graphkb("export", "one")
    assert (first.code, first.out.replace("\\", "/"), first.err) == (0, "one/graphkb.json\n", "")
    graphkb("export", "two")
    assert graphkb("--db", "copy.kgl", "load", "one", "--source", "copy").code == 0
    graphkb("--db", "copy.kgl", "export", "three")
    texts = {(folder / name / "graphkb.json").read_bytes() for name in ("one", "two", "three")}
    assert len(texts) == 1
