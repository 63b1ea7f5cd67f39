"""``graphkb backup`` and ``graphkb restore`` as a person calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import capability, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.support.loads import Document


@pytest.fixture
def loaded(graphkb: Command, folder: Path, small: Document) -> Command:
    """The command line in a folder whose store holds a capability of each of two sources."""
    assert graphkb("load", write(folder / "small.json", small), "--source", "mine").code == 0
    other = write(folder / "other.json", {"capabilities": [capability(2)]})
    assert graphkb("load", other, "--source", "yours").code == 0
    return graphkb


def test_a_backup_says_what_it_holds_and_how_to_restore_it(loaded: Command) -> None:
    """A row for each source, all together, and the next command."""
    result = loaded("backup", "kept")
    assert (result.code, result.err) == (0, "")
    lines = [line.split() for line in result.out.splitlines()]
    assert ["mine", "2", "1"] in lines
    assert ["yours", "1", "0"] in lines
    assert ["all", "together", "3", "1"] in lines
    assert result.out.endswith("Restore it with: graphkb restore kept\n")


def test_a_restore_says_what_it_changed(loaded: Command, folder: Path) -> None:
    """Into a new store everything is created, and once more nothing."""
    loaded("backup", "kept")
    first = loaded("--db", "new.kgl", "restore", "kept")
    assert (first.code, first.err) == (0, "")
    assert ["created", "3", "1"] in [line.split() for line in first.out.splitlines()]
    assert first.out.endswith("new.kgl holds what the backup holds.\n")
    again = loaded("--db", "new.kgl", "restore", "kept", "--format", "json").json
    assert again == {
        "created": {"nodes": 0, "relationships": 0},
        "updated": {"nodes": 0, "relationships": 0},
        "deleted": {"nodes": 0, "relationships": 0},
        "unchanged": {"nodes": 3, "relationships": 1},
    }
    assert loaded("--db", "new.kgl", "sources").out == loaded("sources").out
    assert (folder / "new.kgl").exists()


def test_the_manifest_can_be_printed(loaded: Command, folder: Path) -> None:
    """As it stands in the folder."""
    printed = loaded("backup", "kept", "--format", "json").json
    assert printed == json.loads((folder / "kept" / "manifest.json").read_text(encoding="utf-8"))


def test_a_wrong_call_is_a_line(loaded: Command, folder: Path) -> None:
    """A folder that is no backup, a backup over another, a store that holds something else: nothing is changed."""
    (folder / "empty").mkdir()
    result = loaded("restore", "empty")
    assert result.code == 1
    assert "empty/manifest.json There is no backup in this folder" in result.err
    assert loaded("restore", "nowhere").code == 1
    loaded("backup", "kept")
    again = loaded("backup", "kept")
    assert (again.code, again.err) == (
        2,
        "graphkb: kept is there already and not empty; name a new folder for the backup.\n",
    )
    loaded("forget", "yours")
    loaded("load", write(folder / "late.json", {"capabilities": [capability(3)]}), "--source", "late")
    refused = loaded("restore", "kept")
    assert (refused.code, refused.out) == (2, "")
    assert "holds 3 elements" in refused.err
    assert "--replace" in refused.err
    assert loaded("sources").out.count("late") == 1
    assert loaded("restore", "kept", "--replace").code == 0
    assert loaded("sources").out.count("late") == 0


def test_a_damaged_backup_names_its_file(loaded: Command, folder: Path) -> None:
    """With exit code 1, as for any other file that is wrong; nothing is written."""
    loaded("backup", "kept")
    (folder / "kept" / "nodes.jsonl").write_text("{}\n", encoding="utf-8")
    result = loaded("--db", "new.kgl", "restore", "kept")
    assert result.code == 1
    assert "kept/nodes.jsonl This file of the backup is not as it was written" in result.err
    assert not (folder / "new.kgl").exists()
