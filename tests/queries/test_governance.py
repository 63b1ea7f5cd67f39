"""What the oracle does not tell of the questions about the model itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.errors import UsageError
from graphkb.queries import governance
from tests.support.graphs import Graph, write_graph

if TYPE_CHECKING:
    from tests.queries.conftest import Knowledge


@pytest.mark.parametrize("today", ["tomorrow", "2026-01", "2026-02-30", "20260131"])
def test_a_day_that_is_none_is_a_wrong_call(embedded: Knowledge, today: str) -> None:
    """Dates are compared as text, so what is no ISO day would give an answer, and a wrong one."""
    with pytest.raises(UsageError, match="must be an ISO day such as 2026-01-31"):
        governance.overdue_reviews(embedded, today=today)


@pytest.mark.parametrize(("today", "overdue"), [("2026-01-31", 0), ("2026-02-01", 1)])
def test_a_partial_date_counts_from_its_beginning(embedded: Knowledge, today: str, overdue: int) -> None:
    """A review that is due in February is overdue on its first day, by no number of days."""
    graph = Graph()
    graph.add("Persona", "ada", nextReviewOn="2026-02")
    write_graph(embedded.store, graph)
    assert [row.days_overdue for row in governance.overdue_reviews(embedded, today=today)] == [None] * overdue
