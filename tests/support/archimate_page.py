"""The tables in the page about ArchiMate models, made from the default mapping."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.sources.archimate.default import KINDS, RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.sources.archimate.default import Rule

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "archimate.md"


def archimate_page() -> str:
    """Return the page with its tables made anew."""
    text = PAGE.read_text(encoding="utf-8")
    kinds = [(type_, f"`{kind}`") for type_, kind in KINDS.items()]
    tables = {
        "elements": _table(("element", "in the graph"), kinds),
        "relations": _table(("from", "relation", "to", "in the graph"), map(_cells, RULES)),
    }
    for name, table in tables.items():
        text = re.sub(
            rf"<!-- {name} -->\n.*?<!-- end -->", f"<!-- {name} -->\n{table}<!-- end -->", text, flags=re.DOTALL
        )
    return text


def _cells(rule: Rule) -> tuple[str, ...]:
    carried = "".join(f", {name} {value}" for name, value in rule.properties.items())
    edge = f"← `{rule.type}`{carried}" if rule.back else f"`{rule.type}` →{carried}"
    targets = "=" if rule.same else ", ".join(rule.targets)
    return ", ".join(rule.sources), ", ".join(rule.relations), targets, edge


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
