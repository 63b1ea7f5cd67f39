"""JSON and YAML at the edges: refused with a message, or read as the format says."""

from __future__ import annotations

import pytest

from graphkb.errors import DataError
from graphkb.sources.text import read_json, read_yaml

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


def rule(text: str) -> str:
    """Return the rule that a YAML text breaks."""
    with pytest.raises(DataError) as caught:
        read_yaml(text, "bank.yaml")
    (problem, *_) = caught.value.problems
    assert problem.file == "bank.yaml"
    return problem.rule


@pytest.mark.parametrize(
    "text",
    [
        "a: \x00\n",
        "a: \x07\n",
        "a:\n  <<: 5\n",
        f"a: {'1' * 5000}\n",
        "a: 1e999\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "a: !!set {x, y}\n",
        "a: !mine {x: 1}\n",
        "? [a, b]\n: 1\n",
        "a: &a [*a]\n",
    ],
)
def test_what_yaml_can_say_and_records_cannot_is_refused(text: str) -> None:
    """Control characters, numbers without end, tags, keys that are lists, and aliases within themselves."""
    assert rule(text) == "syntax"


def test_aliases_that_unfold_to_billions_are_refused() -> None:
    """Their number is known before any is unfolded."""
    assert rule(BOMB) == "too-large"


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("a: &b {y: 2}\nc:\n  <<: *b\n  y: 3\n", {"y": 3}),
        ("a: &b {y: 2}\nc:\n  y: 3\n  <<: *b\n", {"y": 3}),
        ("a: &b {k: 1}\nc: {<<: *b, k: 2, m: 4}\n", {"k": 2, "m": 4}),
    ],
)
def test_own_values_win_over_merged_ones(text: str, merged: dict[str, int]) -> None:
    """Wherever the merge stands."""
    assert read_yaml(text, "bank.yaml").content["c"] == merged


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" * 5000])
def test_numbers_without_end_are_refused_in_json(number: str) -> None:
    """No number is read as infinite."""
    with pytest.raises(DataError):
        read_json(f'{{"performanceIndicators": [{{"title": "A", "currentValue": {number}}}]}}', "bank.json")
