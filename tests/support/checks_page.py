"""The parts of the page about checks that are made from the declarations of rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.checks import Severity, rules
from tests.support.questions_page import sentence, table

if TYPE_CHECKING:
    from graphkb.checks import Rule

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "checks.md"


def checks_page() -> str:
    """Return the page with the descriptions of rules made anew."""
    text = PAGE.read_text(encoding="utf-8")
    parts = {"overview": _overview(), "rules": "".join(map(_described, rules()))}
    for name, part in parts.items():
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        after = rest.partition("<!-- end -->")[2]
        text = f"{before}<!-- {name} -->\n{part}<!-- end -->{after}"
    return text


def _overview() -> str:
    ordered = sorted(rules(), key=lambda rule: (rule.severity.rank, rule.name))
    rows = [
        (f"[`{rule.name}`](#{rule.name})", rule.severity.value, rule.question.question, ", ".join(rule.requirements))
        for rule in ordered
    ]
    counts = ", ".join(
        f"{sum(rule.severity is each for rule in ordered)} of severity {each.value}" for each in Severity
    )
    return (
        f"{table(('rule', 'severity', 'what it looks for', 'requirements'), rows)}\n{len(ordered)} rules: {counts}.\n"
    )


def _described(rule: Rule) -> str:
    asked = f" Asked for by {', '.join(rule.requirements)}." if rule.requirements else ""
    rows = [
        (f"`{p.name}`", p.type_text, f"`{json.dumps(p.default)}`", p.told.replace("|", "\\|")) for p in rule.thresholds
    ]
    notes = [*map(sentence, rule.question.notes)]
    if rule.covers:
        fields = ", ".join(f"`{name}`" for name in rule.covers)
        notes.append(f"Where {fields} is missing, this rule speaks instead of `incomplete`.")
    parts = [
        f"### {rule.name}\n",
        f"{rule.question.question} A finding of severity {rule.severity.value}.{asked}\n",
        f"What to do: {rule.advice}\n",
        *([table(("threshold", "type", "default", "meaning"), rows)] if rows else []),
        *(["".join(f"- {note}\n" for note in notes)] if notes else []),
    ]
    return "".join(f"{part}\n" for part in parts)
