"""What the command line tells of loads: who, when, what, and how to complete one that died; and of conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.store import Statement, open_store
from tests.cli.conftest import capability, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_history_lists_runs_and_tells_of_one_element_and_of_one_run(graphkb: Command, folder: Path) -> None:
    """A table for people, the same as JSON for programs."""
    file = write(folder / "model.json", {"capabilities": [capability(1), capability(2)]})
    graphkb("--db", "a.kgl", "load", file, "--source", "mine")
    write(file, {"capabilities": [capability(1, maturityLevel=3), capability(2)]})
    graphkb("--db", "a.kgl", "load", file, "--source", "mine")
    runs = graphkb("--db", "a.kgl", "history", "--format", "json").json
    assert [(run["source"], run["status"], run["updated"]["nodes"]) for run in runs] == [
        ("mine", "complete", 1),
        ("mine", "complete", 0),
    ]
    listed = graphkb("--db", "a.kgl", "history").out
    assert all(run["id"] in listed for run in runs)
    told = graphkb("--db", "a.kgl", "history", "Capability 1").out
    assert "updated" in told
    assert "maturityLevel" in told
    assert [each["verb"] for each in graphkb("--db", "a.kgl", "history", "CAP-1", "--format", "json").json] == [
        "updated",
        "created",
    ]
    one = graphkb("--db", "a.kgl", "history", runs[0]["id"]).out
    assert "CAP-1" in one
    assert "CAP-2" not in one


def test_a_run_that_died_is_told_with_the_command_that_completes_it(graphkb: Command, folder: Path) -> None:
    """Its status is incomplete, and the command stands below, ready to be pasted."""
    file = write(folder / "model.json", {"capabilities": [capability(1)]})
    graphkb("--db", "a.kgl", "load", file, "--source", "mine", "--partial")
    store = open_store(folder / "a.kgl")
    store.write([Statement("MATCH (run:Run) SET run.status = 'incomplete'")])
    store.close()
    told = graphkb("--db", "a.kgl", "history").out
    assert "incomplete" in told
    assert f"Complete it: graphkb load {file} --source mine --partial" in told


def test_an_empty_store_has_no_history(graphkb: Command) -> None:
    """That is said, as everywhere."""
    result = graphkb("--db", "a.kgl", "history")
    assert result.code == 0
    assert "a.kgl is empty" in result.err


def test_an_unknown_element_is_a_wrong_call(graphkb: Command, folder: Path) -> None:
    """The nearest one is named."""
    graphkb("--db", "a.kgl", "load", write(folder / "m.json", {"capabilities": [capability(1)]}), "--source", "mine")
    result = graphkb("--db", "a.kgl", "history", "Capabilty 1")
    assert result.code == 2
    assert "Did you mean 'Capability 1'?" in result.err


def test_a_conflict_is_refused_or_decided_field_by_field(graphkb: Command, folder: Path) -> None:
    """Refused, it is a problem that says what to do; decided, the table says who said what."""
    ours = write(folder / "ours.json", {"capabilities": [capability(1, maturityLevel=2)]})
    theirs = write(folder / "theirs.json", {"capabilities": [capability(1, maturityLevel=4)]})
    graphkb("--db", "a.kgl", "load", ours, "--source", "ours")
    refused = graphkb("--db", "a.kgl", "load", theirs, "--source", "theirs")
    assert refused.code == 1
    assert "maturityLevel 2 by the source ours, but maturityLevel 4 here" in refused.err
    taken = graphkb("--db", "a.kgl", "load", theirs, "--source", "theirs", "--on-conflict", "take")
    assert taken.code == 0
    assert "what others said is replaced" in taken.out
    assert "ours" in taken.out
    assert graphkb("--db", "a.kgl", "load", ours, "--source", "ours").code == 1
    wrong = graphkb("--db", "a.kgl", "load", ours, "--source", "ours", "--on-conflict", "merge")
    assert wrong.code == 2
