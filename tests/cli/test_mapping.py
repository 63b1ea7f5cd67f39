"""Foreign files on the command line: a mapping is proposed, corrected, and loaded by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

TABLE = "code,above,name,color\n1,,Banking,red\n2,1,Payments,blue\n"


def test_a_proposed_mapping_loads_the_file(graphkb: Command, folder: Path) -> None:
    """What is printed is a mapping; what it leaves out is told after the load."""
    table = folder / "capabilities.csv"
    table.write_text(TABLE, encoding="utf-8")
    proposed = graphkb("guess-mapping", table)
    assert (proposed.code, proposed.err) == (0, "")
    mapping = folder / "map.yaml"
    mapping.write_text(proposed.out, encoding="utf-8")
    loaded = graphkb("load", table, "--mapping", mapping, "--source", "map", "--format", "json")
    assert loaded.code == 0
    assert loaded.json["created"] == {"nodes": 2, "relationships": 1}
    assert loaded.json["notes"] == [f"{table}: not taken over: 'color' (2 values)."]
    assert "'color' (2 values)" in graphkb("load", table, "--mapping", mapping, "--source", "map").out


def test_a_folder_is_loaded_with_the_mapping_in_it(graphkb: Command, folder: Path) -> None:
    """Files of suffixes that are otherwise unknown count too, and loading again changes nothing."""
    home = folder / "theirs"
    home.mkdir()
    (home / "one.dat").write_text(TABLE, encoding="utf-8")
    (home / "ann.md").write_text("# Ann\n", encoding="utf-8")
    (home / "map.yaml").write_text(
        "- {files: '*.dat', format: csv, kind: Capability, fields: {capabilityID: code, title: name}}\n"
        "- {files: '*.md', kind: Persona, fields: {title: heading}}\n",
        encoding="utf-8",
    )
    call = ("load", home, "--mapping", home / "map.yaml", "--source", "map", "--format", "json")
    assert graphkb(*call).json["created"] == {"nodes": 3, "relationships": 0}
    assert graphkb(*call).json["unchanged"] == {"nodes": 3, "relationships": 0}


def test_faults_of_a_mapping_refuse_the_load(graphkb: Command, folder: Path) -> None:
    """With their places, as JSON too, and in a dry run; nothing is written."""
    table, mapping = folder / "a.csv", folder / "map.yaml"
    table.write_text(TABLE, encoding="utf-8")
    mapping.write_text("- files: a.csv\n  kind: Capability\n  fields: {titel: name}\n", encoding="utf-8")
    call = ("load", table, "--mapping", mapping, "--source", "map")
    refused = graphkb(*call)
    assert refused.code == 1
    assert f"{mapping}:3 /0/fields/titel" in refused.err
    assert "Did you mean 'title'?" in refused.err
    for further in (("--dry-run",), ()):
        told = graphkb(*call, *further, "--format", "json")
        assert told.code == 1
        assert [each["rule"] for each in told.json["problems"]] == ["unknown-field"]
    assert graphkb("stats", "--format", "json").json["nodes"] == {}


def test_a_mapping_or_file_that_is_not_there_is_a_wrong_call(graphkb: Command, folder: Path) -> None:
    """The message names it."""
    (folder / "a.csv").write_text(TABLE, encoding="utf-8")
    missing = graphkb("load", folder / "a.csv", "--mapping", "nowhere.yaml", "--source", "map")
    assert (missing.code, "nowhere.yaml" in missing.err) == (2, True)
    assert graphkb("guess-mapping", "nowhere.csv").code == 2
