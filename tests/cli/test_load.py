"""Loading and forgetting: what is printed, what is written, and how the command ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import capability, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.support.loads import Document

NOTHING = {"nodes": 0, "relationships": 0}


def test_a_load_tells_what_it_did(graphkb: Command, folder: Path, small: Document) -> None:
    """As JSON with exactly these keys: a capability, its gap, and the relationship between them."""
    result = graphkb("load", write(folder / "a.json", small), "--source", "mine", "--format", "json")
    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "source": "mine",
        "created": {"nodes": 2, "relationships": 1},
        "updated": NOTHING,
        "deleted": NOTHING,
        "unchanged": NOTHING,
        "adopted": {},
        "stubs": [],
        "conflicts": [],
        "problems": [],
        "notes": [],
    }


def test_a_second_load_changes_nothing(graphkb: Command, example: Path) -> None:
    """All zeros, and everything is unchanged."""
    first = graphkb("load", example, "--source", "bank", "--format", "json").json
    second = graphkb("load", example, "--source", "bank", "--format", "json").json
    assert [second[name] for name in ("created", "updated", "deleted")] == [NOTHING] * 3
    assert second["unchanged"] == first["created"]
    assert first["created"]["nodes"] > 200


def test_a_dry_run_writes_nothing(graphkb: Command, folder: Path, small: Document) -> None:
    """It tells what a load would do, and does not even make the file of the store."""
    path = write(folder / "a.json", small)
    result = graphkb("load", path, "--source", "mine", "--dry-run", "--format", "json")
    assert result.json["created"] == {"nodes": 2, "relationships": 1}
    assert not (folder / "graphkb.kgl").exists()
    assert "mine: what would change" in graphkb("load", path, "--source", "mine", "--dry-run").out
    assert graphkb("load", path, "--source", "mine", "--format", "json").json["created"] == result.json["created"]


FAULTY = {
    "capabilities": [
        capability(1, maturityLevel=7),
        capability(2, maturitiLevel=3),
        capability(3, dependsOn=[{"title": "Capability 1", "strength": 1}]),
    ]
}


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_all_problems_are_reported_and_nothing_is_written(
    graphkb: Command, folder: Path, small: Document, dry_run: tuple[str, ...]
) -> None:
    """Exit code 1; JSON holds each problem with its place; other files of the load are not loaded either."""
    write(folder / "good.json", {**small, "channels": [{"title": "Phone"}]})
    write(folder / "bad.json", FAULTY)
    result = graphkb("load", ".", "--source", "mine", "--format", "json", *dry_run)
    assert result.code == 1
    assert [result.json[name] for name in ("created", "updated", "deleted", "unchanged")] == [NOTHING] * 4
    problems = result.json["problems"]
    assert all(set(each) == {"file", "pointer", "line", "rule", "message"} for each in problems)
    assert [(each["file"], each["pointer"]) for each in problems] == [
        ("bad.json", "/capabilities/0/maturityLevel"),
        ("bad.json", "/capabilities/1/maturitiLevel"),
        ("bad.json", "/capabilities/2/dependsOn/0/strength"),
    ]
    assert graphkb("stats", "--format", "json").json == {"nodes": {}, "relationships": {}}


def test_problems_for_people_stand_on_standard_error(graphkb: Command, folder: Path) -> None:
    """Place, message and rule, one line each, behind how many there are."""
    result = graphkb("load", write(folder / "bad.json", FAULTY), "--source", "mine")
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    assert lines[0] == "graphkb: 3 problems; nothing was written."
    assert len(lines) == 4
    assert "bad.json /capabilities/1/maturitiLevel" in lines[2]
    assert "'maturityLevel'" in lines[2]
    assert lines[2].endswith("[unknown-field]")


def test_strict_refuses_incomplete_records(graphkb: Command, folder: Path) -> None:
    """The same file loads without the option."""
    path = write(folder / "a.json", {"capabilities": [{"title": "Search"}]})
    strict = graphkb("load", path, "--source", "mine", "--strict", "--format", "json")
    assert strict.code == 1
    assert {each["pointer"] for each in strict.json["problems"]} >= {"/capabilities/0"}
    assert graphkb("load", path, "--source", "mine").code == 0


def test_no_stubs_refuses_references_to_what_nobody_defines(graphkb: Command, folder: Path) -> None:
    """Without the option the load says what it had to assume."""
    path = write(
        folder / "a.json", {"capabilities": [capability(1, dependsOn=[{"title": "Search", "kind": "Capability"}])]}
    )
    refused = graphkb("load", path, "--source", "mine", "--no-stubs", "--format", "json")
    assert refused.code == 1
    assert "Search" in refused.json["problems"][0]["message"]
    loaded = graphkb("load", path, "--source", "mine", "--dry-run", "--format", "json")
    assert loaded.json["stubs"] == [{"kind": "Capability", "id": "search"}]
    table = graphkb("load", path, "--source", "mine")
    assert "1 element is referred to but not defined; `graphkb check` lists them." in table.out


def test_partial_adds_and_deletes_nothing(graphkb: Command, folder: Path, small: Document) -> None:
    """What the second file does not mention stays."""
    graphkb("load", write(folder / "a.json", small), "--source", "mine")
    path = write(folder / "b.json", {"capabilities": [capability(2)]})
    result = graphkb("load", path, "--source", "mine", "--partial", "--format", "json").json
    assert (result["created"], result["deleted"]) == ({"nodes": 1, "relationships": 0}, NOTHING)
    assert graphkb("stats", "--format", "json").json["nodes"] == {"Capability": 2, "CapabilityGap": 1}


def test_a_load_that_deletes_much_needs_to_be_told_so(graphkb: Command, folder: Path, small: Document) -> None:
    """It is refused with exit code 1, a dry run warns, and --allow-delete carries it out."""
    graphkb("load", write(folder / "a.json", small), "--source", "mine")
    path = write(folder / "b.json", {"capabilities": [capability(2)]})
    refused = graphkb("load", path, "--source", "mine", "--format", "json")
    assert refused.code == 1
    assert [each["rule"] for each in refused.json["problems"]] == ["deletes-too-much"]
    dry = graphkb("load", path, "--source", "mine", "--dry-run", "--format", "json")
    assert (dry.code, dry.json["deleted"]) == (0, {"nodes": 2, "relationships": 1})
    assert "--allow-delete" in dry.err
    allowed = graphkb("load", path, "--source", "mine", "--allow-delete", "--format", "json")
    assert (allowed.code, allowed.json["deleted"]) == (0, {"nodes": 2, "relationships": 1})
    assert graphkb("stats", "--format", "json").json["nodes"] == {"Capability": 1}


def test_forget_removes_what_a_source_owns(graphkb: Command, folder: Path, small: Document) -> None:
    """A dry run tells the same and removes nothing; another source stays."""
    graphkb("load", write(folder / "a.json", small), "--source", "mine")
    graphkb("load", write(folder / "b.json", {"channels": [{"title": "Phone"}]}), "--source", "theirs")
    owned = {"mine": {"nodes": 2, "relationships": 1}, "theirs": {"nodes": 1, "relationships": 0}}
    assert graphkb("sources", "--format", "json").json == owned
    dry = graphkb("forget", "mine", "--dry-run", "--format", "json").json
    assert graphkb("sources", "--format", "json").json == owned
    told = graphkb("forget", "mine", "--format", "json").json
    assert told == dry
    assert told["deleted"] == owned["mine"]
    assert graphkb("sources", "--format", "json").json == {"theirs": owned["theirs"]}


def test_forgetting_an_unknown_source_names_the_known_ones(graphkb: Command, folder: Path, small: Document) -> None:
    """A wrong call, exit code 2."""
    graphkb("load", write(folder / "a.json", small), "--source", "mine")
    result = graphkb("forget", "mein")
    assert (result.code, result.out) == (2, "")
    assert result.err == "graphkb: There is no source 'mein'. Sources: mine.\n"


def test_names_with_spaces_and_letters_of_any_script(graphkb: Command, folder: Path) -> None:
    """Folders, files, sources and titles may have them."""
    place = folder / "Meine Bänke 銀行"
    place.mkdir()
    write(place / "Fähig keiten.json", {"capabilities": [capability(1, title="Übersicht 概観")]})
    store = place / "mein speicher.kgl"
    result = graphkb("--db", store, "load", place, "--source", "Quelle Ä", "--format", "json")
    assert (result.code, result.json["source"]) == (0, "Quelle Ä")
    assert "Quelle Ä" in graphkb("sources", "--db", store).out
