"""Which answers of the question pack differ between two states of the graph, row by row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from graphkb.analysis.declared import answer, declare
from graphkb.errors import UsageError
from graphkb.queries import ask_rows, catalog
from graphkb.queries.answer import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.queries.answer import Answer, Asked
    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import Row, Value

CHANGED_ROWS: Final = """\
// param: questions string? = null    topics or questions with commas between, or null for all that need no parameter
// param: limit integer = 1000    1.., at most so many rows, by question
// returns: question string, change string, about string, before string?, after string?, ids list<string>
// table: question, change, about, before, after
// none: No answer changes.
"""
"""The part of a header that all analyses have which compare answers."""

COMPARING: Final = declare(
    "comparing",
    """\
// question: Which answers change from one state to another?
// grain: one row a row of an answer that appears, disappears or changes
"""
    + CHANGED_ROWS,
)

ALL_ROWS: Final = 1_000_000
"""Rows of each answer that are compared."""

_Name: TypeAlias = "tuple[str | None, ...]"
"""What names a row: the values of its naming columns."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row of an answer that differs between two states."""

    question: str
    change: str
    """``appears``, ``disappears`` or ``changes``."""
    about: str
    """The row, by the titles that name it."""
    before: str | None
    """What it says in the first state: all that is named by no id, for a row that changes only what differs."""
    after: str | None
    """What it says in the second state."""
    ids: tuple[str, ...]
    """The row, by the ids that name it."""


def comparing(kb: Asked, other: Asked, *, questions: str | None = None, limit: int = 1000) -> Answer[ChangedRow]:
    """Find the answers that change from what one knowledge base holds to what another one holds.

    ``questions`` keeps some topics or questions; every question is asked with its defaults, and one that must be told
    of an element is not asked.

    Raises :class:`~graphkb.errors.UsageError` for an unknown question and one that must be told of what it is asked,
    and :class:`~graphkb.errors.StoreError`.
    """
    asked = comparable_questions(kb, questions)
    parameters = {"questions": questions, "limit": limit}
    return answer(kb, COMPARING, parameters, lambda _: changed_rows(kb, other, asked))


def comparable_questions(kb: Asked, wanted: str | None) -> list[Question]:
    """Return the questions that can be asked without being told of what, of all or of some topics and questions.

    Raises :class:`~graphkb.errors.UsageError` for an unknown name, and where no question is left.
    """
    every = catalog.questions(further=kb.question_folders)
    names = [each.strip() for each in wanted.split(",")] if wanted else [each.name for each in every]
    for name in names:
        if all(name != question.topic for question in every):
            catalog.find(name, further=kb.question_folders)
    found = [question for question in every if question.name in names or question.topic in names]
    able = [question for question in found if not any(p.required for p in question.parameters)]
    if not able:
        raise UsageError(
            f"{wanted} must be told of what it is asked, so that no answers can be compared; ask it itself."
        )
    return able


def changed_rows(before: Asked, after: Asked, questions: Iterable[Question]) -> Iterator[ChangedRow]:
    """Yield the rows that differ in the answers of both, by question; each is asked with its defaults."""
    for question in questions:
        yield from _differences(question, _rows(before, question), _rows(after, question))


def _rows(kb: Asked, question: Question) -> dict[_Name, list[Row]]:
    """Return all rows of an answer by what names them, which some questions have several rows for."""
    limit = {catalog.LIMIT: ALL_ROWS} if any(p.name == catalog.LIMIT for p in question.parameters) else {}
    rows: dict[_Name, list[Row]] = {}
    for row in ask_rows(kb, question.name, limit).to_dicts():
        rows.setdefault(tuple(cast("str | None", row[name]) for name in _naming(question)), []).append(row)
    return rows


def _naming(question: Question) -> list[str]:
    """Return the columns that name a row: its ids, or without any all that is text."""
    names = [column.name for column in question.columns]
    return [name for name in names if name.endswith("Id") or name == "id"] or [
        column.name for column in question.columns if column.type == "string"
    ]


def _differences(
    question: Question, before: dict[_Name, list[Row]], after: dict[_Name, list[Row]]
) -> Iterator[ChangedRow]:
    naming = _naming(question)
    titles = ["title" if each == "id" else each.removesuffix("Id") for each in naming]
    rest = [column.name for column in question.columns if column.name not in (*naming, *titles)]
    for key in dict.fromkeys([*before, *after]):
        for one, other in zip_longest(*_unlike(before.get(key, []), after.get(key, []))):
            row = cast("Row", one or other)
            about = dict.fromkeys(
                text_of(row.get(title) or row.get(each)) for title, each in zip(titles, naming, strict=True)
            )
            told = (
                rest if one is None or other is None else [name for name in row if not _alike(one[name], other[name])]
            )
            yield ChangedRow(
                question=question.name,
                change="appears" if one is None else "disappears" if other is None else "changes",
                about=", ".join(each for each in about if each),
                before=_told(one, other, told),
                after=_told(other, one, told),
                ids=tuple(each for each in key if each is not None),
            )


def _unlike(before: list[Row], after: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows of one name without those that both have."""
    gone, come = [], list(after)
    for row in before:
        twin = next((index for index, each in enumerate(come) if _all_alike(row, each)), None)
        if twin is None:
            gone.append(row)
        else:
            del come[twin]
    return gone, come


def _all_alike(one: Row, other: Row) -> bool:
    return all(_alike(one[name], other[name]) for name in one)


def _alike(one: Value, other: Value) -> bool:
    """Tell whether two values are equal; stores may add up numbers in another order, and differ in the last digits."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def _told(row: Row | None, other: Row | None, names: list[str]) -> str | None:
    if row is None:
        return None
    if other is None:
        # An empty value of a row that comes or goes says nothing; where it is what changes, it does.
        return ", ".join(f"{name}: {text}" for name in names if (text := text_of(row[name])))
    # Numbers may differ only in digits that tables leave out.
    texts = {name: text_of(row[name]) for name in names}
    exact = {name: str(row[name]) for name in names if texts[name] == text_of(other[name])}
    return ", ".join(f"{name}: {text or 'none'}" for name, text in (texts | exact).items())
