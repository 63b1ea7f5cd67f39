"""Comparing two states by the command, and asking a kept one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import capability, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

NOWHERE = "bolt://127.0.0.1:1"


@pytest.fixture
def monday(graphkb: Command, folder: Path) -> Path:
    """The export of a store ``now.kgl`` that has gone on since: one capability went, one came, one changed."""
    first = [capability(1, maturityLevel=1, targetMaturityLevel=3), capability(2)]
    second = [capability(1, maturityLevel=2, targetMaturityLevel=3, dependsOn=["Capability 3"]), capability(3)]
    for document in (first, second):
        path = write(folder / "state.json", {"capabilities": document})
        assert graphkb("--db", "now.kgl", "load", path, "--source", "mine", "--allow-delete").code == 0
        if document is first:
            assert graphkb("--db", "now.kgl", "export", folder / "monday").code == 0
    return folder / "monday"


def test_what_differs_is_a_table_of_elements_and_one_of_relationships(graphkb: Command, monday: Path) -> None:
    """A row for each field, with both values, and one for what came or went; then how much it is."""
    result = graphkb("diff", monday, "now.kgl")
    assert (result.code, result.err) == (0, "")
    rows = [" ".join(line.split()) for line in result.out.splitlines() if line.strip(" ─")]
    assert rows == [
        "Elements",
        "change kind id title field before after",
        "changed Capability CAP-1 Capability 1 maturityLevel 1 2",
        "removed Capability CAP-2 Capability 2",
        "added Capability CAP-3 Capability 3",
        "changed (derived) CapabilityGap gap-CAP-1 Maturity gap in Capability 1 gapSize 2 1",
        "Relationships",
        "change from type to field before after",
        "added Capability 1 DEPENDS_ON Capability 3",
        "elements: 1 added, 1 removed, 2 changed",
        "relationships: 1 added, 0 removed, 0 changed",
    ]


def test_what_differs_is_json_for_programs(graphkb: Command, monday: Path) -> None:
    """The same, with the properties of what came and went; the same call gives the same text."""
    result = graphkb("diff", monday, "now.kgl", "--format", "json")
    told = result.json
    assert set(told) == {"elements", "relationships", "counts"}
    assert told["counts"]["elements"] == {"added": 1, "removed": 1, "changed": 2}
    assert [each["fields"] for each in told["elements"]["changed"]] == [
        {"maturityLevel": {"before": 1, "after": 2}},
        {"gapSize": {"before": 2, "after": 1}},
    ]
    assert told["elements"]["removed"][0]["properties"]["owner"] == "Somebody"
    (edge,) = told["relationships"]["added"]
    assert (edge["type"], edge["from"]["id"], edge["to"]["title"]) == ("DEPENDS_ON", "CAP-1", "Capability 3")
    assert graphkb("diff", monday, "now.kgl", "--format", "json").out == result.out


def test_states_that_do_not_differ_say_so(graphkb: Command, monday: Path) -> None:
    """A store, its export, and the file that was loaded; with and without answers."""
    assert graphkb("diff", "now.kgl", "state.json").out == "Nothing differs.\n"
    assert graphkb("diff", monday, monday, "--exit-code").code == 0
    told = graphkb("diff", "now.kgl", "state.json", "--answers")
    assert told.out.endswith("\n\nNothing. No answer changes.\n")
    assert graphkb("diff", monday, monday, "--answers", "--format", "json").json["answers"] == []


def test_answers_that_change_are_told(graphkb: Command, monday: Path) -> None:
    """Of all questions that need no element, or of topics and questions that stand behind the option."""
    told = graphkb("diff", monday, "now.kgl", "--answers", "--format", "json").json["answers"]
    assert {"question", "change", "about", "before", "after", "ids"} == set(told[0])
    some = graphkb("diff", monday, "now.kgl", "--answers", "gaps", "capabilities/heat_map", "--format", "json")
    assert some.json["answers"] == [
        each for each in told if each["question"].startswith("gaps/") or each["question"] == "capabilities/heat_map"
    ]
    assert ("gaps/unfunded", "changes", "gapSize: 2", "gapSize: 1") in [
        (each["question"], each["change"], each["before"], each["after"]) for each in some.json["answers"]
    ]
    table = graphkb("diff", monday, "now.kgl", "--answers", "gaps")
    assert "Which answers change from one state to another?" in table.out
    assert "gapSize: 2" in table.out


def test_a_script_learns_from_the_exit_code_whether_anything_differs(graphkb: Command, monday: Path) -> None:
    """Only where it asks for it."""
    assert graphkb("diff", monday, "now.kgl").code == 0
    assert graphkb("diff", monday, "now.kgl", "--exit-code", "--format", "json").code == 1


def test_a_kept_state_is_asked_as_a_store_is(graphkb: Command, monday: Path) -> None:
    """With the parameters and formats of a question; the store of the call is not looked at."""
    before = graphkb("ask", "gaps/unfunded", "limit=5", "--as-of", monday, "--format", "json").json
    now = graphkb("--db", "now.kgl", "ask", "gaps/unfunded", "limit=5", "--format", "json").json
    assert ([row["gapSize"] for row in before["rows"]], [row["gapSize"] for row in now["rows"]]) == ([2], [1])
    assert before["parameters"] == now["parameters"]
    csv = graphkb("ask", "gaps/unfunded", "--as-of", monday, "--format", "csv").out
    assert csv.splitlines()[0] == ",".join(before["columns"])
    assert graphkb("ask", "gaps/unfunded", "--as-of", monday, "--explain").out.startswith(":param limit => 1000\n")
    empty = graphkb("ask", "segments/unmet_needs", "segment=SEG", "--as-of", monday)
    assert "There is no CustomerSegment with the id or title 'SEG'" in empty.out


def test_a_kept_state_does_not_need_the_store_of_the_environment(
    graphkb: Command, monday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable says what is asked where the call does not."""
    monkeypatch.setenv("GRAPHKB_DB", NOWHERE)
    assert graphkb("ask", "gaps/unfunded", "--as-of", monday).code == 0
    assert graphkb("diff", monday, "now.kgl").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ("diff monday", 2, "Missing argument 'AFTER'"),
        ("diff monday tuesday", 2, "There is no file or folder tuesday."),
        ("diff tuesday monday", 2, "There is no file or folder tuesday."),
        ("diff monday now.txt", 2, "There is no file or folder now.txt."),
        ("diff monday nosuch://host", 2, "Cannot open 'nosuch://host'"),
        ("diff monday now.kgl gaps", 2, "'gaps' is a third state"),
        ("diff monday now.kgl --answers gap", 2, "Did you mean gaps"),
        ("diff monday now.kgl --answers capabilities/impact", 2, "must be told of what it is asked"),
        ("diff monday nwo.kgl", 3, "There is no store at nwo.kgl"),
        (f"diff monday {NOWHERE}", 3, f"No Neo4j server answers at {NOWHERE}"),
        ("ask gaps/unfunded --as-of tuesday", 2, "There is no file or folder tuesday."),
        ("ask gaps/unfunded --as-of nwo.kgl", 3, "There is no store at nwo.kgl"),
        ("ask gaps/unfunded --as-of monday --db now.kgl", 2, "--db and --as-of both say what to ask"),
        ("--db now.kgl ask gaps/unfunded --as-of monday", 2, "--db and --as-of both say what to ask"),
    ],
)
def test_what_is_no_state_is_told(graphkb: Command, monday: Path, arguments: str, code: int, told: str) -> None:
    """It names what is wrong and prints nothing else; no store comes to be."""
    result = graphkb(*arguments.split())
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("graphkb: ")
    assert told in result.err.splitlines()[0]
    assert not (monday.parent / "nwo.kgl").exists()


@pytest.mark.parametrize("command", ["diff now.kgl monday", "ask gaps/unfunded --as-of monday"])
def test_a_damaged_export_is_told_by_file_and_place(graphkb: Command, monday: Path, command: str) -> None:
    """As a load tells it, with the exit code of problems in the input."""
    path = monday / "graphkb.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"maturityLevel": 1', '"maturityLevel": 9'), "utf-8")
    result = graphkb(*command.split())
    assert (result.code, result.out) == (1, "")
    assert "monday/graphkb.json" in result.err
    assert "/capabilities/0/maturityLevel maturityLevel is 9, but must be at most 5. [out-of-range]" in result.err
    path.write_bytes(path.read_bytes()[:40])
    cut = graphkb(*command.split())
    assert (cut.code, cut.out) == (1, "")
    assert "monday/graphkb.json" in cut.err


def test_a_table_of_an_export_that_is_wrong_is_told_by_its_cell(graphkb: Command, monday: Path) -> None:
    """For CSV by line and column."""
    monday.joinpath("graphkb.json").unlink()
    monday.joinpath("capabilities.csv").write_text("title,maturityLevel\nC,9\n", encoding="utf-8")
    result = graphkb("diff", "monday", "now.kgl")
    assert result.code == 1
    assert "monday/capabilities.csv:2 column 'maturityLevel'" in result.err
