"""All bad files."""

from __future__ import annotations

from typing import Final

from tests.badinput import encodings, mapped, models, tables, texts, workbooks

CASES: Final = tuple(
    each for module in (texts, tables, workbooks, models, mapped, encodings) for each in module.cases()
)
