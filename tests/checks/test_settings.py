"""The file of settings: what it changes, and that everything wrong with it is said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.checks import check, rules
from graphkb.checks.rule import Severity
from graphkb.checks.settings import Setting, read_settings
from graphkb.errors import UsageError
from tests.support.check_cases import case
from tests.support.graphs import write_graph

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.knowledge_base import KnowledgeBase

GOOD = """\
[checks.too_many_segments]
most = 20
reason = "We serve 18 countries."

[checks.stub]
severity = "error"
reason = "Our sources know each other."

[checks.stage_without_operations]
off = "All of it is operations."

[checks.unusual_dependency_type]
usual = ["Vital"]
severity = "info"
reason = "The words of our architects."
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of settings that is not there yet."""
    return tmp_path / "graphkb.toml"


def faults(path: Path, text: str) -> list[str]:
    """Return what is said to be wrong with settings, without the name of the file."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_settings(path, rules())
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]


def test_settings_are_read(path: Path) -> None:
    """Thresholds, severities, and rules that are off."""
    path.write_text(GOOD, encoding="utf-8")
    assert read_settings(path, rules()) == {
        "too_many_segments": Setting(thresholds={"most": 20}),
        "stub": Setting(severity=Severity.error),
        "stage_without_operations": Setting(off="All of it is operations."),
        "unusual_dependency_type": Setting(severity=Severity.info, thresholds={"usual": ["Vital"]}),
    }


def test_an_empty_file_changes_nothing(embedded: KnowledgeBase, path: Path) -> None:
    """A file may be there before there is anything to say."""
    path.write_text("# later\n", encoding="utf-8")
    write_graph(embedded.store, case("stub", "bad").graph)
    assert embedded.check(config=path) == embedded.check()


def test_what_is_stated_holds(embedded: KnowledgeBase, path: Path) -> None:
    """A dependency of the type Vital is none any more, one of the type Critical is."""
    path.write_text(GOOD, encoding="utf-8")
    write_graph(embedded.store, case("unusual_dependency_type", "bad").graph)
    assert embedded.check("unusual_dependency_type", config=path) == []
    write_graph(embedded.store, case("unusual_dependency_type", "good").graph)
    assert [each.severity for each in embedded.check("unusual_dependency_type", config=path)] == ["info"]


def test_everything_wrong_is_said_at_once_with_the_nearest_that_is_right(path: Path) -> None:
    """Unknown sections, rules, thresholds and severities, values of a wrong type or out of range, missing reasons."""
    text = """\
[check.stub]
off = "x"
[checks.stbu]
off = "x"
[checks.near_duplicate]
least_similarty = 0.9
reason = "x"
[checks.too_many_personas]
most = "many"
[checks.copied_value_stages]
least_share = 7.5
reason = "  "
[checks.orphan]
severity = "waring"
reason = "x"
[checks.overdue_review]
off = "x"
today = "2026-01-01"
"""
    meaning = "0..1, share of the stages from which on it is a finding"
    assert faults(path, text) == [
        "there is no section [check]. Did you mean checks?",
        "[checks.stbu] there is no rule 'stbu'. Did you mean stub?",
        "[checks.near_duplicate] there is no 'least_similarty'. Did you mean least_similarity?",
        "[checks.too_many_personas] most must be of type integer, not 'many' (1.., so many are no finding).",
        '[checks.too_many_personas] a change needs a reason: reason = "...".',
        f"[checks.copied_value_stages] least_share must be from 0 to 1, not 7.5 ({meaning}).",
        "[checks.copied_value_stages] reason must be a text that says why, not '  '.",
        "[checks.orphan] severity must be one of error, warning, info, not 'waring'. Did you mean warning?",
        "[checks.overdue_review] the rule is off, so that today would change nothing.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[checks.stub", "is no TOML: "),
        ("checks = 1", "checks is no section; write [checks.RULE]."),
        ("[checks]\nstub = 1", "[checks] stub is no section; write [checks.stub]."),
        ("[checks.stub]\noff = true", "[checks.stub] off must be a text that says why, not True."),
        ("[checks.stub]\nseverity = 3\nreason = 'x'", "severity must be one of error, warning, info, not 3."),
        ("[checks.stub]\nmost = 3\nreason = 'x'", "[checks.stub] there is no 'most'. There are off, reason, severity."),
        ("[checks.stub]", '[checks.stub] a change needs a reason: reason = "...".'),
    ],
)
def test_a_wrong_file_is_a_wrong_call(path: Path, text: str, said: str) -> None:
    """One line that says what and where."""
    (fault,) = faults(path, text)
    assert said in fault


def test_a_file_in_another_encoding_is_named(path: Path) -> None:
    """TOML is UTF-8."""
    path.write_bytes("[checks.stub]\noff = 'über'".encode("latin-1"))
    with pytest.raises(UsageError, match="is no TOML"):
        read_settings(path, rules())


def test_settings_are_wrong_also_where_their_rule_is_not_held(embedded: KnowledgeBase, path: Path) -> None:
    """A file is whole or is refused."""
    path.write_text("[checks.stbu]\noff = 'x'\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Did you mean stub"):
        check(embedded, ["orphan"], config=path)
