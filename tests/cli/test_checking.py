"""Finding what is wrong, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.checks import rules
from tests.cli.conftest import capability, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def shop(graphkb: Command, folder: Path) -> Command:
    """The command line in a folder whose store holds the starter."""
    assert graphkb("new", "shop").code == 0
    assert graphkb("load", folder / "shop", "--source", "shop").code == 0
    return graphkb


def settings(folder: Path, text: str, name: str = "graphkb.toml") -> Path:
    """Write a file of settings."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_findings_are_a_table_the_worst_first(shop: Command) -> None:
    """Each with its element; what to do is said once for each rule, and how many there are last."""
    result = shop("check")
    found = shop("check", "--format", "json").json
    assert result.code == 0
    assert result.out.index("warning") < result.out.index("info")
    for rule in rules():
        told = sum(finding["rule"] == rule.name for finding in found)
        lines = [line for line in result.out.splitlines() if line.strip().startswith(f"{rule.name} ")]
        assert len(lines) == told + bool(told)
    counts = {name: sum(finding["severity"] == name for finding in found) for name in ("warning", "info")}
    assert result.err == f"{counts['warning']} warnings, {counts['info']} infos\n"


def test_nothing_found_is_said(graphkb: Command, folder: Path) -> None:
    """Without empty tables."""
    file = write(folder / "two.json", {"capabilities": [capability(1, dependsOn=["CAP-2"]), capability(2)]})
    assert graphkb("load", file, "--source", "two").code == 0
    result = graphkb("check", "circular_dependency")
    assert (result.code, result.out, result.err) == (0, "", "no findings\n")


@pytest.mark.parametrize(
    ("rule", "fail_on", "code"),
    [
        ("stub", "info", 1),
        ("stub", "warning", 0),
        ("stub", "error", 0),
        ("undifferentiated_segment", "warning", 1),
        ("undifferentiated_segment", "info", 1),
        ("undifferentiated_segment", "error", 0),
        ("circular_hierarchy", "info", 0),
    ],
)
def test_a_check_fails_where_it_is_told_to(shop: Command, rule: str, fail_on: str, code: int) -> None:
    """On a finding that is at least so bad; the findings are printed all the same."""
    assert shop("check", rule, "--fail-on", fail_on).code == code
    result = shop("check", rule, "--fail-on", fail_on, "--format", "json")
    assert (result.code, bool(result.json)) == (code, rule != "circular_hierarchy")
    assert shop("check", rule).code == 0


def test_settings_of_the_folder_hold(shop: Command, folder: Path) -> None:
    """A severity, and a rule that is off with its reason."""
    text = '[checks.stub]\nseverity = "error"\nreason = "Ours."\n[checks.no_emotion]\noff = "We sell bread."\n'
    before = shop("check", "--format", "json").json
    settings(folder, text)
    after = shop("check", "--format", "json", "--fail-on", "error")
    assert after.code == 1
    assert len(after.json) == len(before) - sum(finding["rule"] == "no_emotion" for finding in before)
    told = shop("check").err.splitlines()
    assert told[0] == "no_emotion is off: We sell bread."
    assert told[1].startswith("1 error, ")
    assert shop("check", "stub").err == "1 error\n"


def test_another_file_of_settings_is_named(shop: Command, folder: Path) -> None:
    """It counts alone; one that is not there is a wrong call."""
    settings(folder, "nonsense")
    other = settings(folder, '[checks.stub]\noff = "Later."\n', "ci.toml")
    result = shop("check", "stub", "--config", other)
    assert (result.code, result.out, result.err) == (0, "", "stub is off: Later.\nno findings\n")
    missing = shop("check", "stub", "--config", "none.toml")
    assert missing.code == 2
    assert "none.toml" in missing.err


def test_wrong_settings_are_a_wrong_call(shop: Command, folder: Path) -> None:
    """Everything wrong at once, with the file, and nothing is checked."""
    settings(folder, "[checks.stbu]\noff = 'x'\n[checks.stub]\nseverity = 'bad'\n")
    result = shop("check")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        "graphkb: graphkb.toml: [checks.stbu] there is no rule 'stbu'. Did you mean stub?",
        "graphkb.toml: [checks.stub] severity must be one of error, warning, info, not 'bad'.",
        'graphkb.toml: [checks.stub] a change needs a reason: reason = "...".',
    ]


def test_rules_are_listed_and_explained(graphkb: Command) -> None:
    """All with what they look for, one with its notes and thresholds; no store is needed."""
    listed = graphkb("check", "--explain", "--format", "json").json
    assert [each["rule"] for each in listed] == [rule.name for rule in rules()]
    table = graphkb("check", "--explain").out
    assert all(rule.name in table for rule in rules())
    told = graphkb("check", "near_duplicate", "--explain").out
    for said in ("least_similarity", "0.75", "products with services", "give both records one id"):
        assert said in told


def test_an_unknown_rule_names_the_nearest(graphkb: Command) -> None:
    """A wrong call."""
    result = graphkb("check", "stbu")
    assert result.code == 2
    assert result.err == "graphkb: There is no rule 'stbu'. Did you mean stub?\nSee `graphkb check --explain`.\n"


def test_completeness_is_told_by_kind_and_by_field(shop: Command) -> None:
    """A score for each kind, and of one the share of each field."""
    scores = {each["kind"]: each for each in shop("completeness", "--format", "json").json}
    assert scores["Capability"]["elements"] == 3
    assert scores["Capability"]["score"] == 1
    assert scores["Initiative"]["score"] is None
    (one,) = shop("completeness", "Capability", "--format", "json").json
    assert one == scores["Capability"]
    assert one["fields"][0] == {"field": "title", "expected": True, "filled": 3, "of": 3, "share": 1.0}
    table = shop("completeness")
    assert "none required" in table.out
    fields = shop("completeness", "Capability").out
    assert "targetMaturityLevel" in fields
    assert fields.endswith("Score of Capability: 100%, the mean share of its required fields.\n")
    assert "Did you mean Capability" in shop("completeness", "Capabilty").err


def test_the_first_steps_say_what_to_do_next(shop: Command) -> None:
    """Five rows, each done or with what to do."""
    found = shop("steps", "--format", "json").json
    assert [set(each) for each in found] == [{"step", "done", "where", "next"}] * 5
    assert [each["done"] for each in found] == [True, False, False, False, False]
    table = shop("steps").out
    assert "Document the key segments" in table
    assert "painPoints" in table
    empty = shop("steps", "--db", ":memory:", "--format", "json").json
    assert empty[0]["next"].startswith("`graphkb new FOLDER`")
