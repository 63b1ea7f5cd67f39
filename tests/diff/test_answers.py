"""Which answers differ between two states, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

import graphkb
from graphkb import KnowledgeBase
from graphkb.analysis import comparing, raising
from graphkb.errors import UsageError
from graphkb.queries import catalog
from graphkb.store import open_store
from tests.cli.conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from graphkb.analysis.comparison import ChangedRow
    from tests.support.loads import Document

MIRRORED: Final = {"appears": "disappears", "disappears": "appears", "changes": "changes"}


@pytest.fixture
def state(tmp_path: Path) -> Callable[[Document], AbstractContextManager[KnowledgeBase]]:
    """What opens a document as a state."""

    def opened(document: Document) -> AbstractContextManager[KnowledgeBase]:
        return graphkb.open_state(write(tmp_path / "state.json", document))

    return opened


@pytest.fixture
def raised(bank: KnowledgeBase, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The example with one capability a level higher."""
    document = bank.document()
    (capability,) = (each for each in document["capabilities"] if each["capabilityID"] == "CAP-DECISION")
    capability["maturityLevel"] += 1
    with graphkb.open_state(write(tmp_path / "raised.json", document)) as opened:
        yield opened


def mirrored(row: ChangedRow) -> tuple[Any, ...]:
    """Return a row as it reads on the way back."""
    return row.question, MIRRORED[row.change], row.about, row.after, row.before, row.ids


def test_no_answer_differs_from_itself(bank: KnowledgeBase, example: Path) -> None:
    """Of the example read twice."""
    with graphkb.open_state(example) as again:
        answer = comparing(bank, again)
    assert (list(answer), answer.why) == ([], "No answer changes.")


def test_a_change_in_the_files_is_what_if_it_were_made(bank: KnowledgeBase, raised: KnowledgeBase) -> None:
    """Both name the same rows, with the same values before and after."""
    assert list(comparing(bank, raised)) == list(raising(bank, capability="CAP-DECISION"))
    assert len({row.question for row in comparing(bank, raised)}) > 3


def test_the_way_back_is_the_mirror_of_the_way_there(bank: KnowledgeBase, raised: KnowledgeBase) -> None:
    """What appears there disappears back, and what changes has its values the other way around."""
    there, back = comparing(bank, raised), comparing(raised, bank)
    assert sorted(map(mirrored, there), key=repr) == sorted(
        ((row.question, row.change, row.about, row.before, row.after, row.ids) for row in back), key=repr
    )


def test_topics_and_questions_can_be_chosen(bank: KnowledgeBase, raised: KnowledgeBase) -> None:
    """Those and no others are compared."""
    everything = list(comparing(bank, raised))
    chosen = comparing(bank, raised, questions="gaps, stages/weakest")
    assert list(chosen) == [r for r in everything if r.question.startswith("gaps/") or r.question == "stages/weakest"]
    assert {row.question for row in chosen} >= {"gaps/unfunded", "stages/weakest"}


def test_what_cannot_be_compared_is_a_wrong_call(bank: KnowledgeBase) -> None:
    """A question that does not exist, and one that must be told of what it is asked."""
    with pytest.raises(UsageError, match=r"There is no question 'gap'\. Did you mean gaps"):
        comparing(bank, bank, questions="gap")
    with pytest.raises(UsageError, match="capabilities/impact must be told of what it is asked"):
        comparing(bank, bank, questions="capabilities/impact")


def test_every_question_that_needs_no_element_is_asked(bank: KnowledgeBase) -> None:
    """Against nothing at all, each answer of the example disappears, row by row."""
    with graphkb.open(":memory:") as nothing:
        answer = comparing(bank, nothing, limit=100_000)
    able = [each for each in catalog.questions() if not any(p.required for p in each.parameters)]
    rows = {each.name: len(graphkb.queries.ask_rows(bank, each.name, {"limit": 100_000})) for each in able}
    assert {row.change for row in answer} == {"disappears"}
    assert {name: sum(row.question == name for row in answer) for name in rows} == rows


def test_a_new_title_is_a_change_of_the_row_that_it_names(
    state: Callable[[Document], AbstractContextManager[KnowledgeBase]],
) -> None:
    """The row keeps its ids, and tells the old title and the new one."""
    capability = {"capabilityID": "c", "title": "Old", "maturityLevel": 1, "targetMaturityLevel": 3}
    with (
        state({"capabilities": [capability]}) as before,
        state({"capabilities": [capability | {"title": "New"}]}) as after,
    ):
        (row,) = comparing(before, after, questions="gaps/unfunded")
    assert (row.change, row.ids) == ("changes", ("gap-c", "c"))
    assert row.before == "gap: Maturity gap in Old, capability: Old"
    assert row.after == "gap: Maturity gap in New, capability: New"


@pytest.fixture
def asked(tmp_path: Path) -> Callable[[str, Document], KnowledgeBase]:
    """What makes a knowledge base of a document with one question of its own, ``own/one``."""

    def made(question: str, document: Document) -> KnowledgeBase:
        (tmp_path / "own").mkdir(exist_ok=True)
        (tmp_path / "own" / "one.cypher").write_text(question, encoding="utf-8")
        kb = KnowledgeBase(open_store(":memory:"), question_folders=(tmp_path,))
        kb.load([write(tmp_path / "state.json", document)], source="own")
        return kb

    return made


def test_of_several_rows_of_one_name_only_those_that_differ_are_told(
    asked: Callable[[str, Document], KnowledgeBase],
) -> None:
    """Rows that both states have are the same, wherever they stand; the others are told in pairs, then alone."""

    def levels(*several: int) -> KnowledgeBase:
        told = [{"title": f"C{n}", "owner": "Ada", "maturityLevel": n} for n in several]
        return asked(LEVELS, {"capabilities": told})

    with levels(1, 3, 4) as before, levels(2, 3) as after:
        rows = list(comparing(before, after, questions="own"))
    assert [(row.change, row.before, row.after, row.ids) for row in rows] == [
        ("changes", "level: 1", "level: 2", ("Ada",)),
        ("disappears", "level: 4", None, ("Ada",)),
    ]


def test_the_last_digits_of_a_number_are_no_change(asked: Callable[[str, Document], KnowledgeBase]) -> None:
    """Stores add up in another order; any other number is a change, and is told to its last digit if need be."""

    def measured(value: float) -> KnowledgeBase:
        return asked(VALUES, {"measurements": [{"measurementID": "m", "value": value}]})

    with measured(0.1 + 0.2) as before, measured(0.3) as after, measured(0.3001) as later:
        assert not comparing(before, after, questions="own/one")
        assert [(row.before, row.after) for row in comparing(after, later, questions="own/one")] == [
            ("value: 0.3", "value: 0.3001")
        ]


LEVELS: Final = """\
// question: Which levels are there?
// grain: one row a capability
// returns: owner string, level integer
MATCH (c:Capability)
RETURN c.owner AS owner, c.maturityLevel AS level
ORDER BY level
"""
"""A question without ids: its rows are named by the text in them."""

VALUES: Final = """\
// question: What was measured?
// grain: one row a measurement
// returns: measurementId string, value float
MATCH (m:Measurement)
RETURN m.id AS measurementId, m.value AS value
ORDER BY measurementId
"""
