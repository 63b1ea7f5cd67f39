"""The page about questions knows every question, and traces every one that was asked."""

from __future__ import annotations

import re
from typing import Final

from graphkb.analysis import ANALYSES
from graphkb.queries import catalog
from tests.support.questions_page import PAGE

TEXT: Final = PAGE.read_text(encoding="utf-8")
TRACED: Final = re.findall(r"^\| ([TQ]\d+)? ?\| (.+?) \| (`.+) \|$", TEXT, re.MULTILINE)
NAMES: Final = {question.name for question in catalog.questions()} | set(ANALYSES)

_NUMBERS = [*range(1, 21), *range(27, 31), *range(32, 39)]
IN_SCOPE: Final = {f"Q{n}" for n in _NUMBERS} | {f"T{n}" for n in (1, 2, 3, 4, 5, 6, 12, 13)}


def test_every_question_that_is_asked_is_traced() -> None:
    """Each number once, and those of the second line by their words."""
    numbers = [number for number, _, _ in TRACED if number]
    assert sorted(numbers) == sorted(IN_SCOPE)
    assert sum(not number for number, _, _ in TRACED) == 10


def test_what_is_traced_is_there_and_nothing_answers_what_nobody_asked() -> None:
    """Names of the table are questions or analyses, and each of these is named by it."""
    named = {name for _, _, answers in TRACED for name in re.findall(r"`([\w/]+)`", answers)}
    assert named - {"unanswered_only"} == NAMES


def test_numbers_stand_on_this_page_only() -> None:
    """A file or function is named for what it answers."""
    for question in catalog.questions():
        assert not re.search(r"\b[QT]\d{1,2}\b", question.text)
