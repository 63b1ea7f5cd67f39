"""Files that are made from declarations. ``python -m tests.support.generated`` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.model.json_schema import json_schema_text
from graphkb.model.schema_page import schema_page
from graphkb.sync.schema import constraints_file
from tests.support.archimate_page import archimate_page
from tests.support.checks_page import checks_page
from tests.support.questions_page import questions_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]

GENERATED: Final[Mapping[str, Callable[[], str]]] = {
    "cypher/schema/constraints.cypher": constraints_file,
    "docs/archimate.md": archimate_page,
    "docs/checks.md": checks_page,
    "docs/graphkb.schema.json": json_schema_text,
    "docs/metamodel.md": schema_page,
    "docs/questions.md": questions_page,
}
"""What makes the text of each file."""

if __name__ == "__main__":
    for name, make in GENERATED.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
