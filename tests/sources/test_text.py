"""JSON and YAML: the same values, the line of each, and a problem for what cannot be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphkb.errors import DataError
from graphkb.sources import read_paths
from graphkb.sources.text import read_json, read_yaml
from tests.strategies import documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkb.errors import Problem
    from graphkb.sources.text import Document
    from tests.strategies import Document as Lists


def _fault(read: Callable[[str, str], Document], text: str) -> Problem:
    with pytest.raises(DataError) as caught:
        read(text, "bank")
    (problem,) = caught.value.problems
    return problem


class _Quoting(yaml.SafeDumper):
    """Writes texts in quotes, since the writer would leave out quotes that YAML 1.1 alone does not need."""


_Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(documents(), st.booleans())
def test_json_and_yaml_give_the_same_values(document: Lists, flow: bool) -> None:  # noqa: FBT001  # drawn
    """A document reads the same from JSON and from YAML, in block and in flow style."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    dumped = yaml.dump(document, Dumper=_Quoting, allow_unicode=True, default_flow_style=flow)
    assert read_json(text, "bank").content == document
    assert read_yaml(dumped, "bank").content == document


@given(documents())
def test_the_line_of_every_value_of_yaml_is_known(document: Lists) -> None:
    """Each value of a YAML text has a line within the text."""
    text = yaml.dump(document, Dumper=_Quoting, allow_unicode=True)
    found = read_yaml(text, "bank")
    assert set(_pointers(document)) == found.lines.keys()
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines.values())


def _pointers(value: Any, pointer: str = "") -> list[str]:
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    found = [pointer]
    for step, each in inside:
        found += _pointers(each, f"{pointer}/{str(step).replace('~', '~0').replace('/', '~1')}")
    return found


def test_a_line_is_that_of_the_name_of_a_value() -> None:
    """A value has the line on which its name, or its dash, stands."""
    text = "capabilities:\n- title: A\n  purpose: >\n    of more\n    than one line\n- title: B\n"
    lines = read_yaml(text, "bank").lines
    assert lines["/capabilities/0"] == 2
    assert lines["/capabilities/0/purpose"] == 3
    assert lines["/capabilities/1/title"] == 6


# What YAML reads as what


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024", 2024),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("12:30:00", "12:30:00"),
        ("0x1F", "0x1F"),
        ("007", 7),
        ("1_000", "1_000"),
        ("-4.5", -4.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ("'5'", "5"),
        ("!!str 5", "5"),
        ("=", "="),
    ],
)
def test_yaml_has_the_value_types_of_json(text: str, value: object) -> None:
    """Dates, times and ``yes`` are text as they were written; numbers and truth values are those of JSON."""
    found = read_yaml(f"- {text}\n", "bank").content[0]
    assert found == value
    assert type(found) is type(value)


def test_an_empty_yaml_file_states_nothing() -> None:
    """A file without a value is a document without lists."""
    assert read_yaml("# nothing yet\n", "bank").content == {}


def test_anchors_and_merge_keys_repeat_values() -> None:
    """An alias stands for what its anchor names; a merge key takes over the names and values of a mapping."""
    text = "a: &base {x: 1, y: 2}\nb: *base\nc:\n  <<: *base\n  z: 3\n"
    assert read_yaml(text, "bank").content == {
        "a": {"x": 1, "y": 2},
        "b": {"x": 1, "y": 2},
        "c": {"x": 1, "y": 2, "z": 3},
    }


# What cannot be read


def test_a_json_syntax_error_has_its_line() -> None:
    """The problem says on which line and column JSON breaks off."""
    problem = _fault(read_json, '{"capabilities": [\n  {"title": "A",}\n]}')
    assert (problem.rule, problem.line) == ("syntax", 2)
    assert "column" in problem.message


def test_a_yaml_syntax_error_has_its_line() -> None:
    """The problem says on which line and column YAML breaks off."""
    problem = _fault(read_yaml, "capabilities:\n- title: A\n  purpose: [x\n")
    assert (problem.rule, problem.line) == ("syntax", 4)
    assert "column 1" in problem.message


@pytest.mark.parametrize("text", ["", "{", "[1, 2", '{"a": NaN}', '{"a": -Infinity}', "\ufeff{}"])
def test_what_is_not_json_is_refused(text: str) -> None:
    """Text that is no JSON is one problem, also where a lenient parser would take it."""
    assert _fault(read_json, text).rule == "syntax"


@pytest.mark.parametrize("text", ["a: b: c", "\tx: 1", "a: *nobody", "--- 1\n--- 2\n", "a: 'x"])
def test_what_is_not_yaml_is_refused(text: str) -> None:
    """Text that is no single YAML document is one problem."""
    assert _fault(read_yaml, text).rule == "syntax"


def test_a_key_that_stands_twice_in_json_is_refused() -> None:
    """Neither of two values under one key is dropped in silence."""
    problem = _fault(read_json, '{"capabilities": [{"title": "A", "title": "B"}]}')
    assert problem.rule == "duplicate-key"
    assert "'title' stands twice" in problem.message


def test_a_key_that_stands_twice_in_yaml_is_refused_with_its_place() -> None:
    """The problem names the key and the place of the second of the two."""
    problem = _fault(read_yaml, "capabilities:\n- title: A\n  purpose: P\n  title: B\n")
    assert (problem.rule, problem.pointer, problem.line) == ("duplicate-key", "/capabilities/0/title", 4)
    assert "'title' stands twice" in problem.message


@pytest.mark.parametrize(
    "tag", ["!!python/object:os.system", "!!python/name:os.getcwd", "!!binary", "!!set", "!!omap", "!local"]
)
def test_a_tag_of_yaml_is_refused(tag: str) -> None:
    """No tag makes anything but the plain values of JSON, and none runs code."""
    problem = _fault(read_yaml, f"capabilities:\n- title: {tag} x\n")
    assert (problem.rule, problem.line) == ("syntax", 2)
    assert "has no meaning here" in problem.message


def test_aliases_that_unfold_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short text whose aliases stand for millions of values is not unfolded."""
    monkeypatch.setattr("graphkb.sources.text.MAX_VALUES", 20_000)
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for number in range(1, 10):
        bomb += f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]\n"
    problem = _fault(read_yaml, bomb)
    assert problem.rule == "too-large"
    assert "20000 values" in problem.message


def test_an_alias_that_contains_itself_is_refused() -> None:
    """A value cannot be a part of itself."""
    problem = _fault(read_yaml, "a: &a [*a]\n")
    assert problem.rule == "syntax"
    assert "contains itself" in problem.message


@pytest.mark.parametrize("read", [read_json, read_yaml])
def test_nesting_too_deep_is_refused(read: Callable[[str, str], Document]) -> None:
    """A text of thousands of brackets is a problem, not a crash."""
    problem = _fault(read, "[" * 20_000)
    assert problem.rule == "syntax"


def test_a_file_may_hold_a_single_record(tmp_path: Path) -> None:
    """The key that only one kind has says what it is; or records stand alone under the names of their kinds."""
    alone = tmp_path / "alone.yaml"
    alone.write_text("personaID: p\ntitle: Ann\nevidence: [Interviews]\n", encoding="utf-8")
    named = tmp_path / "named.json"
    named.write_text('{"persona": {"personaID": "q"}, "journeys": [{"journeyID": "j"}]}', encoding="utf-8")
    found = read_paths([alone, named])
    assert found.problems == []
    assert [(record.list_name, record.place.pointer) for record in found.records] == [
        ("personas", ""), ("personas", "/persona"), ("journeys", "/journeys/0"),
    ]  # fmt: skip


def test_a_key_of_several_kinds_does_not_say_what_a_record_is(tmp_path: Path) -> None:
    """Relationships of five sorts have the same key; such a document is told to be no list."""
    path = tmp_path / "alone.json"
    path.write_text('{"relationshipID": "r", "title": "T"}', encoding="utf-8")
    found = read_paths([path])
    assert found.records == []
    assert {problem.rule for problem in found.problems} == {"unknown-list"}
