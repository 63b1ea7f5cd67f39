"""Every bad file is refused for what is wrong with it, or is harmless; none does anything else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.badinput.case import case as bad
from tests.badinput.corpus import CASES
from tests.badinput.misdeeds import MISDEEDS
from tests.badinput.running import misbehavior

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.badinput.case import Case, Outcome
    from tests.badinput.running import Runner


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_file_is_told_within_bounds_and_touches_nothing(
    case: Case, outcome_of: Callable[[Case], Outcome]
) -> None:
    """Exactly the rules that it breaks are told, each with its place, in 2 GiB and 20 seconds, and nothing is written.

    A case without rules is harmless after all.
    """
    outcome = outcome_of(case)
    assert list(misbehavior(case, outcome)) == []
    assert outcome.rules == case.rules, outcome
    texts = (*(each.message for each in outcome.problems), outcome.usage)
    assert not case.rules or any(texts)


def test_no_two_cases_are_alike() -> None:
    """Each has a name and files of its own."""
    assert [name for name, count in Counter(each.name for each in CASES).items() if count > 1] == []
    written = (each for each in CASES if all(isinstance(content, bytes) for content in each.files.values()))
    ways = Counter((each.act, each.declared, tuple(each.files.items())) for each in written)
    assert [count for count in ways.values() if count > 1] == []


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_the_guard_notices_what_no_reader_may_do(misdeed: str, runner: Runner) -> None:
    """Each misdeed is stopped, and told although a reader hushed it up."""
    tried = bad("a misdeed", {"a.json": b"{}"}, "", act=misdeed)
    outcome = runner.outcome(tried, seconds=2)
    assert list(misbehavior(tried, outcome)) != []


def test_the_guard_notices_a_load_that_is_carried_out(runner: Runner) -> None:
    """Where problems are due, a load is meant in earnest, so that one that finds none changes the store."""
    tried = bad("a good file", {"a.json": b'{"capabilities": [{"title": "Good"}]}'}, "syntax")
    outcome = runner.outcome(tried)
    assert list(misbehavior(tried, outcome)) != []
