"""Whatever becomes of a file, it is read or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings

from tests.badinput.case import Case, case
from tests.badinput.mutation import GUESSED, MAPPING, WRITERS, Files, files_of, tampered
from tests.badinput.running import misbehavior

if TYPE_CHECKING:
    from tests.badinput.running import Runner

EXAMPLES: Final = max(2, settings().max_examples // 20)
TOGETHER: Final = 10
"""Files that are loaded one after the other in one process."""


def load_of(format_: str, files: Files) -> Case:
    """Return a case of files of a format."""
    act = "guess" if format_ == GUESSED else "load"
    return case(format_, files, "", mapping=MAPPING if MAPPING in files else "", act=act, placed=False)


@pytest.mark.parametrize("format_", WRITERS)
def test_a_file_that_was_tampered_with_is_loaded_or_refused(format_: str, runner: Runner) -> None:
    """Cut, flipped, spliced and repeated files of every format give problems, or what a store can hold."""

    @settings(max_examples=EXAMPLES)
    @given(tampered(format_, TOGETHER))
    def tried(several: list[Files]) -> None:
        cases = [load_of(format_, files) for files in several]
        outcomes = runner.outcomes(cases)
        assert len(outcomes) == len(cases), outcomes[-1]
        for each, outcome in zip(cases, outcomes, strict=True):
            assert list(misbehavior(each, outcome)) == [], each.files

    tried()


@pytest.mark.parametrize("format_", WRITERS)
def test_files_that_nobody_tampered_with_are_good(format_: str, runner: Runner) -> None:
    """What is told of the others comes of the tampering."""

    @settings(max_examples=2)
    @given(files_of(format_))
    def tried(good: Files) -> None:
        (outcome,) = runner.outcomes([load_of(format_, good)])
        assert (outcome.fault, outcome.problems, outcome.usage) == ("", (), "")

    tried()
