"""Documents to be tried together, for foreign programs that take seconds to start."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.strategies import documents

if TYPE_CHECKING:
    from tests.strategies import Document


def gathered(number: int) -> list[Document]:
    """Draw documents that name no common element."""
    found: list[Document] = []

    @settings(max_examples=number, phases=[Phase.generate], database=None)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        first, second = divmod(len(found), len(string.ascii_lowercase))
        prefix = string.ascii_lowercase[first] + string.ascii_lowercase[second]
        found.append(data.draw(documents(prefix=prefix)))

    draw()
    return found
