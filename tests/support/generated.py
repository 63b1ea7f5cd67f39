"""Files that are made from declarations. ``python -m tests.support.generated`` writes them anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.sync.schema import constraints_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]

GENERATED: Final[Mapping[str, Callable[[], str]]] = {"cypher/schema/constraints.cypher": constraints_file}
"""What makes the text of each file."""

if __name__ == "__main__":
    for name, make in GENERATED.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
