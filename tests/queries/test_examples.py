"""The example in the docstring of every question runs on the shipped bank."""

from __future__ import annotations

import doctest
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import graphkb
from graphkb.example import BANK
from graphkb.queries import catalog, function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb import KnowledgeBase

NAMES = [question.name for question in catalog.questions()]


@pytest.fixture(scope="module")
def bank() -> Iterator[KnowledgeBase]:
    """Give the shipped example, in memory."""
    with graphkb.open(":memory:") as kb:
        kb.load([BANK], source="bank")
        yield kb


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_question_gives_what_it_says(bank: KnowledgeBase, name: str) -> None:
    """A docstring has an example, written for a knowledge base called kb, and it is true."""
    asked = function(name)
    module = import_module(asked.__module__)
    (found,) = doctest.DocTestFinder(recurse=False).find(asked, name, module, vars(module), {"kb": bank})
    assert found.examples
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(found, out=report.append)
    assert result.failed == 0, "".join(report)
