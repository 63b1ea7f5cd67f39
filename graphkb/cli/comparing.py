"""The command that compares two states of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkb.cli.application import Printed, app, open_kept
from graphkb.cli.asking import print_answer
from graphkb.cli.printing import Format, write, write_json, write_table
from graphkb.errors import DataError, UsageError

if TYPE_CHECKING:
    from graphkb.model.difference import Change, Difference


@app.command()
def diff(  # noqa: PLR0913  # one argument an option
    context: typer.Context,
    before: Annotated[
        str, typer.Argument(metavar="BEFORE", help="A store, an export, a backup, or a file or folder to load.")
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="What to compare it with, likewise.")],
    topics: Annotated[
        list[str] | None, typer.Argument(metavar="TOPIC", help="Topics or questions, behind --answers; else all.")
    ] = None,
    answers: Annotated[
        bool, typer.Option("--answers", help="Show also which answers change, of questions that need no element.")
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where anything differs.")] = False,
    printed: Printed = Format.table,
) -> int:
    """Show what differs between two states of the graph."""
    from graphkb.analysis.comparison import ALL_ROWS, COMPARING, comparing

    if topics and not answers:
        raise UsageError(f"{topics[0]!r} is a third state; name two, and topics of questions behind --answers.")
    asked = ",".join(topics) if topics else None
    with open_kept(context, before) as first, open_kept(context, after) as second:
        changed = comparing(first, second, questions=asked, limit=ALL_ROWS) if answers else None
        found = first.diff(second)
    if printed is Format.json:
        write_json(found.to_dict() | ({} if changed is None else {"answers": changed.to_dicts()}))
    else:
        print_difference(found)
        if changed is not None:
            print_answer(changed, COMPARING.shown, COMPARING.question)
    return DataError.exit_code if exit_code and (found or changed) else 0


def print_difference(found: Difference) -> None:
    """Print what differs as a table of elements and one of relationships, a row for each field, and how much it is."""
    elements = [
        (told, key.label, key.id, found.titles[key], *values)
        for key, change in found.elements.items()
        for told, *values in _rows(change)
    ]
    relationships = [
        (told, found.titles[edge.source], edge.type, found.titles[edge.target], *values)
        for edge, change in found.relationships.items()
        for told, *values in _rows(change)
    ]
    if elements:
        write_table(("change", "kind", "id", "title", "field", "before", "after"), elements, title="Elements")
    if relationships:
        columns = ("change", "from", "type", "to", "field", "before", "after")
        write_table(columns, relationships, title="Relationships")
    for name, counts in found.counts().items() if found else ():
        write(f"{name}: {', '.join(f'{number} {verb}' for verb, number in counts.items())}")
    if not found:
        write("Nothing differs.")


def _rows(change: Change) -> list[tuple[Any, ...]]:
    """Return a row for each field that differs, or one for what came or went."""
    told = f"{change.verb} ({change.mark})" if change.mark else change.verb
    return [(told, name, *values) for name, values in change.values().items()] or [(told, None, None, None)]
