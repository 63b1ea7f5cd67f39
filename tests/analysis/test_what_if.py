"""Which answers change if a capability is raised, or an initiative cut or slipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.analysis.what_if import cutting, later_date, raising, slipping
from graphkb.errors import UsageError
from graphkb.queries import gaps

if TYPE_CHECKING:
    from graphkb import KnowledgeBase


def test_raising_a_capability_halves_the_severity_of_its_gap(bank: KnowledgeBase) -> None:
    """Credit Decisioning stands at 2 of 4: a gap of 2 becomes one of 1, for each of the three who wait."""
    rows = list(raising(bank, capability="Credit Decisioning", questions="gaps/affecting_stages"))
    assert [(row.change, row.before, row.after) for row in rows] == [
        ("changes", "severity: 40, gapSize: 2", "severity: 20, gapSize: 1"),
        ("changes", "severity: 30, gapSize: 2", "severity: 15, gapSize: 1"),
        ("changes", "severity: 16, gapSize: 2", "severity: 8, gapSize: 1"),
    ]
    assert "gap-CAP-DECISION" in rows[0].ids
    assert "Maturity gap in Credit Decisioning" in rows[0].about


def test_a_gap_that_is_closed_by_raising_is_in_no_answer(bank: KnowledgeBase) -> None:
    """At the target there is no gap left."""
    rows = list(raising(bank, capability="CAP-DECISION", levels=2, questions="gaps/affecting_stages, gaps/unfunded"))
    assert {(row.question, row.change) for row in rows} == {
        ("gaps/affecting_stages", "disappears"),
        ("gaps/unfunded", "disappears"),
    }


def test_cutting_an_initiative_leaves_its_gaps_without_anybody_to_close_them(bank: KnowledgeBase) -> None:
    """The gap that only it closes appears among the unfunded."""
    rows = list(cutting(bank, initiative="INI-STATUS", questions="gaps"))
    assert [(row.question, row.change, row.ids[0]) for row in rows] == [("gaps/unfunded", "appears", "gap-CAP-NOTIFY")]
    assert rows[0].before is None


def test_slipping_moves_what_depends_on_it_too(bank: KnowledgeBase) -> None:
    """INI-MASTERDATA is what INI-INCOME depends on; the roadmap shows the dates of both."""
    ids = {key for row in slipping(bank, initiative="INI-MASTERDATA", questions="initiatives") for key in row.ids}
    assert "INI-INCOME" in ids


def test_nothing_is_written(bank: KnowledgeBase) -> None:
    """What if is tried on a copy."""
    before = bank.document()
    raising(bank, capability="CAP-DECISION", questions="gaps")
    cutting(bank, initiative="INI-STATUS", questions="gaps")
    assert bank.document() == before


def test_raising_never_makes_a_gap_of_the_capability_worse(bank: KnowledgeBase) -> None:
    """Whatever capability is raised, no severity of its gaps grows."""
    now = {(r.gap_id, r.stage_id, r.persona_id): r.severity for r in gaps.affecting_stages(bank)}
    raised = 0
    for capability in {row.capability_id for row in gaps.affecting_stages(bank)}:
        for row in raising(bank, capability=capability, questions="gaps/affecting_stages"):
            assert row.change in ("changes", "disappears")
            raised += 1
    assert raised >= len(now) // 2


def test_what_cannot_be_tried_is_a_wrong_call(bank: KnowledgeBase) -> None:
    """A capability of unknown maturity, and a question that needs to be told of what."""
    with pytest.raises(UsageError, match="its maturityLevel"):
        raising(bank, capability="CAP-CUSTOMER")
    with pytest.raises(UsageError, match=r"There is no question 'gap'\. Did you mean gaps"):
        cutting(bank, initiative="INI-STATUS", questions="gap")
    with pytest.raises(UsageError, match="capabilities/impact must be told of what it is asked"):
        cutting(bank, initiative="INI-STATUS", questions="capabilities/impact")
    assert cutting(bank, initiative="INI-STATU").why is not None


@pytest.mark.parametrize(
    ("date", "quarters", "later"),
    [
        ("2026-01-31", 1, "2026-04-30"),
        ("2026-11-30", 1, "2027-02-28"),
        ("2027-11-30", 1, "2028-02-29"),
        ("2026-11", 2, "2027-05"),
        ("2026", 2, "2026"),
        ("2026", 4, "2027"),
    ],
)
def test_a_date_some_quarters_later(date: str, quarters: int, later: str) -> None:
    """The end of a month stays within its month; a year moves by whole years."""
    assert later_date(date, quarters) == later


def test_slipping_twice_is_slipping_by_both() -> None:
    """Quarters add up, for every day that all months have."""
    for day in ("2024-02-28", "2026-12", "2025-10-01"):
        assert later_date(later_date(day, 3), 5) == later_date(day, 8)
