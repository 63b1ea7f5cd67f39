"""Tables on the command line: a template is made, tables are loaded as declared, and exports load again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_a_template_is_made_once(graphkb: Command, folder: Path) -> None:
    """The workbook is named with the call that loads it, and is never written over."""
    made = graphkb("template", "my models.xlsx", "--kinds", "Persona, customerStrategyRelationships")
    assert (made.code, made.out) == (0, "my models.xlsx\n")
    assert made.err == "Fill it in, then: graphkb load 'my models.xlsx' --source NAME\n"
    sheets = openpyxl.load_workbook(folder / "my models.xlsx").sheetnames
    assert sheets == ["Start here", "personas", "customerStrategyRelationships"]
    again = graphkb("template", "my models.xlsx")
    assert (again.code, again.err) == (2, "graphkb: my models.xlsx is there already; name a new file.\n")
    unknown = graphkb("template", "other.xlsx", "--kinds", "Persna")
    assert unknown.code == 2
    assert "Did you mean 'Persona'?" in unknown.err
    assert not (folder / "other.xlsx").exists()


def test_a_table_is_loaded_as_declared(graphkb: Command, folder: Path) -> None:
    """What is detected is told; what is declared is not; a declaration that cannot be is a wrong call."""
    table = folder / "capabilities.csv"
    table.write_text("title;performanceScore\nPay;4,5\n", encoding="utf-8")
    detected = graphkb("load", table, "--source", "x", "--format", "json")
    assert (detected.code, detected.json["created"]["nodes"], len(detected.json["notes"])) == (0, 1, 2)
    declared = graphkb("load", table, "--csv", "delimiter=;", "--csv", "decimal=,", "--source", "x", "--format", "json")
    assert (declared.code, declared.json["unchanged"]["nodes"]) == (0, 1)
    assert "notes" not in declared.json or declared.json["notes"] == []
    wrong = graphkb("load", table, "--csv", "delimitre=;", "--source", "x")
    assert (wrong.code, "Did you mean 'delimiter'?" in wrong.err) == (2, True)


def test_exported_tables_load_again(graphkb: Command, folder: Path, example: Path) -> None:
    """Loading an export of a source over it changes nothing, as CSV and as XLSX."""
    assert graphkb("load", example, "--source", "bank").code == 0
    for name in ("csv", "xlsx"):
        exported = graphkb("export", name, "--format", name)
        assert exported.code == 0
        assert all((folder / line).is_file() for line in exported.out.splitlines())
        again = graphkb("load", name, "--source", "bank", "--format", "json")
        assert again.code == 0
        assert [again.json[each]["nodes"] for each in ("created", "updated", "deleted")] == [0, 0, 0]
