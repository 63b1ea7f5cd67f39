"""The parts of the page about questions that are made from their declarations."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.analysis import ANALYSES
from graphkb.queries import catalog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.queries.catalog import Question

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "questions.md"


def questions_page() -> str:
    """Return the page with the descriptions of questions and analyses made anew."""
    text = PAGE.read_text(encoding="utf-8")
    topics = groupby(catalog.questions(), key=lambda question: question.topic)
    parts = {
        "overview": "".join(_overview(questions) for _, questions in topics),
        "questions": "".join(map(_described, catalog.questions())),
        "analyses": "".join(_described(declared) for declared, _ in ANALYSES.values()),
    }
    for name, part in parts.items():
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        after = rest.partition("<!-- end -->")[2]
        text = f"{before}<!-- {name} -->\n{part}<!-- end -->{after}"
    return text


def _overview(questions: Iterable[Question]) -> str:
    return "".join(f"- [`{each.name}`](#{_anchor(each)}) {each.question}\n" for each in questions)


def _anchor(question: Question) -> str:
    return question.name.replace("/", "")


def _described(question: Question) -> str:
    rows = [
        (
            f"`{p.name}`",
            p.type_text,
            "must be given" if p.required else f"`{json.dumps(p.default)}`",
            p.told.replace("|", "\\|"),
        )
        for p in question.parameters
    ]
    columns = ", ".join(f"`{c.name}`" + (" (may be null)" if c.nullable else "") for c in question.columns)
    notes = "".join(f"- {sentence(note)}\n" for note in question.notes)
    parts = [
        f"### {question.name}\n",
        f"{question.question} {sentence(question.grain)}\n",
        table(("parameter", "type", "default", "meaning"), rows),
        f"Columns: {columns}.\n",
        *([notes] if notes else []),
    ]
    return "".join(f"{part}\n" for part in parts)


def sentence(text: str) -> str:
    """Return a remark as a sentence."""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
