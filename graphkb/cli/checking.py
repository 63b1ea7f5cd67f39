"""Commands that say what is wrong, what is missing, and what to do first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from graphkb.cli.application import Printed, Target, app, extended, open_target, say_if_empty
from graphkb.cli.main import say
from graphkb.cli.printing import Format, write, write_json, write_table

if TYPE_CHECKING:
    from graphkb.checks import Report, Rule

SETTINGS: Final = "graphkb.toml"
"""File in the current folder that says which rules are off and which thresholds are others."""


class FailOn(StrEnum):
    """How bad a finding must be for a check to fail."""

    error = "error"
    warning = "warning"
    info = "info"


@app.command()
def check(  # noqa: PLR0913  # one argument an option
    context: typer.Context,
    rules: Annotated[list[str] | None, typer.Argument(metavar="RULE", help="Only these rules.")] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help=f"Settings of rules; {SETTINGS} of this folder without."),
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit with 1 where a finding is at least so bad.")
    ] = None,
    explained: Annotated[bool, typer.Option("--explain", help="Print what the rules look for instead.")] = False,
    printed: Printed = Format.table,
    db: Target = None,
) -> None:
    """Show what is wrong or missing, and what to do about it."""
    from graphkb import checks

    if explained:
        explain(checks.find(rules or (), further=extended(context).question_folders), printed)
        return
    if config is None and Path(SETTINGS).is_file():
        config = Path(SETTINGS)
    with open_target(context, db) as kb:
        report = checks.check(kb, rules or (), config=config)
        say_if_empty(kb, report.findings or kb.sources())
    if printed is Format.json:
        write_json([each.to_dict() for each in report.findings])
    else:
        print_report(report)
    ranks = {checks.Severity(finding.severity).rank for finding in report.findings}
    if fail_on is not None and any(rank <= checks.Severity(fail_on).rank for rank in ranks):
        raise typer.Exit(1)


def print_report(report: Report) -> None:
    """Print the findings, the worst first, what to do about each rule's, the rules that are off, and how many."""
    from graphkb.checks import Severity

    findings = sorted(report.findings, key=lambda finding: Severity(finding.severity).rank)
    if findings:
        rows = [(each.rule, each.severity, f"{each.kind} {each.id}", each.message) for each in findings]
        write_table(("rule", "severity", "element", "message"), rows)
        advice = {rule.name: rule.advice for rule in report.rules}
        found = dict.fromkeys(finding.rule for finding in findings)
        write_table(("rule", "what to do"), [(name, advice[name]) for name in found])
    for name, reason in report.off.items():
        say(f"{name} is off: {reason}")
    counts = Counter(finding.severity for finding in findings)
    told = [f"{counts[each]} {each}{'s' * (counts[each] != 1)}" for each in Severity if counts[each]]
    say(", ".join(told) or "no findings")


def explain(rules: Sequence[Rule], printed: Format) -> None:
    """Print what rules look for and by which thresholds; of a single one also its notes and what to do."""
    if printed is Format.json:
        write_json([rule.to_dict() for rule in rules])
        return
    if len(rules) == 1:
        (rule,) = rules
        told = [f"severity: {rule.severity}", rule.advice, *rule.question.notes]
        write("\n".join([rule.question.question, "", *(f"- {line}" for line in told)]))
        rows: list[tuple[Any, ...]] = [(p.name, p.type_text, json.dumps(p.default), p.told) for p in rule.thresholds]
        write_table(("threshold", "type", "default", "meaning"), rows)
        return
    rows = [
        (
            rule.name,
            rule.severity.value,
            rule.question.question,
            ", ".join(f"{p.name}={json.dumps(p.default)}" for p in rule.thresholds),
        )
        for rule in rules
    ]
    write_table(("rule", "severity", "question", "thresholds"), rows)


@app.command()
def completeness(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="A kind, for each of its fields.")] = None,
    printed: Printed = Format.table,
    db: Target = None,
) -> None:
    """Show how complete the records of each kind are.

    The score is the mean, over the fields that a complete record has, of the share of elements that have the field.
    """
    with open_target(context, db) as kb:
        found = kb.completeness(kind)
        say_if_empty(kb, found or kb.sources())
    if printed is Format.json:
        write_json([each.to_dict() for each in found])
        return
    if kind is None:
        rows: list[tuple[Any, ...]] = [
            (each.kind, each.elements, sum(field.expected for field in each.fields), _percent(each.score))
            for each in found
        ]
        write_table(("kind", "elements", "required fields", "score"), rows)
        return
    for each in found:
        rows = [
            (each.kind, field.field, field.expected, field.filled, field.of, _percent(field.share))
            for field in each.fields
        ]
        write_table(("kind", "field", "required", "filled", "of", "share"), rows)
        write(f"Score of {each.kind}: {_percent(each.score)}, the mean share of its required fields.")


@app.command()
def steps(context: typer.Context, printed: Printed = Format.table, db: Target = None) -> None:
    """Show the first five steps and how far you have come."""
    with open_target(context, db) as kb:
        found = kb.steps()
    if printed is Format.json:
        write_json([each.to_dict() for each in found])
        return
    rows = [
        (number, each.step, "done" if each.done else "open", each.where, each.next)
        for number, each in enumerate(found, 1)
    ]
    write_table(("", "step", "state", "where you stand", "what to do next"), rows)


def _percent(share: float | None) -> str:
    return "none required" if share is None else f"{share:.0%}"
