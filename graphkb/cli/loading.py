"""Commands that change a store: what a source says goes in, or leaves."""

from __future__ import annotations

import contextlib
import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkb.cli.application import DryRun, Printed, Source, Target, Wait, app, open_target, say_if_empty
from graphkb.cli.main import say
from graphkb.cli.printing import Format, progress_bar, write, write_json, write_table
from graphkb.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.sync.history import RunRecord
    from graphkb.sync.plan import Plan


class ConflictChoice(StrEnum):
    """What to do where two sources differ."""

    refuse = "refuse"
    keep = "keep"
    take = "take"


@app.command()
def load(  # noqa: PLR0913  # the options of a load
    context: typer.Context,
    paths: Annotated[
        # Whatever cannot be read is reported by the reader, with all other problems.
        list[Path],
        typer.Argument(metavar="PATH", readable=False, help="Files or folders: JSON, YAML, CSV, XLSX, ArchiMate."),
    ],
    source: Source,
    dry_run: DryRun = False,
    partial: Annotated[bool, typer.Option("--partial", help="Add and update only; delete nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse incomplete records.")] = False,
    no_stubs: Annotated[bool, typer.Option("--no-stubs", help="Refuse references to unknown elements.")] = False,
    allow_delete: Annotated[
        bool, typer.Option("--allow-delete", help="Delete also more than a fifth of the source.")
    ] = False,
    on_conflict: Annotated[
        ConflictChoice,
        typer.Option(
            "--on-conflict", help="Where another source says otherwise: refuse, keep what it says, or take this."
        ),
    ] = ConflictChoice.refuse,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="MAP", readable=False, help="File that says how to read foreign files."),
    ] = None,
    declared: Annotated[
        list[str] | None,
        typer.Option(
            "--csv", metavar="KEY=VALUE", help="How tables are written: delimiter, encoding, decimal, separator."
        ),
    ] = None,
    wait: Wait = 0.0,
    printed: Printed = Format.table,
    db: Target = None,
) -> int:
    """Make the store say of a source exactly what its files say."""
    from graphkb.load_options import LoadOptions
    from graphkb.sources import Dialect

    options = LoadOptions(
        partial=partial,
        strict=strict,
        stubs=not no_stubs,
        allow_delete=allow_delete,
        on_conflict=on_conflict.value,
        mapping=mapping,
        dialect=Dialect.parse(declared or ()),
    )
    with open_target(context, db) as kb:
        if dry_run:
            plan = kb.plan(paths, source=source, options=options)
        else:
            tell, bar = progress_bar(f"Loading {source}")
            try:
                with bar:
                    plan = kb.load(paths, source=source, options=options, wait=wait, progress=tell)
            except DataError as error:
                if printed is Format.table:
                    raise
                plan = kb.rejected(kb.plan(paths, source=source, options=options), error)
    print_plan(plan, printed, dry_run=dry_run)
    if dry_run and plan.deletes_too_much and not allow_delete:
        say("graphkb: a load that deletes so much of its source is refused without --allow-delete.")
    return DataError.exit_code if plan.problems else 0


@app.command()
def forget(  # noqa: PLR0913  # the options of a load
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source to remove.")],
    dry_run: DryRun = False,
    wait: Wait = 0.0,
    printed: Printed = Format.table,
    db: Target = None,
) -> None:
    """Remove a source; what others link to stays as a stub."""
    with open_target(context, db) as kb:
        print_plan(kb.forget(source, dry_run=dry_run, wait=wait), printed, dry_run=dry_run)


@app.command()
def sources(context: typer.Context, printed: Printed = Format.table, db: Target = None) -> None:
    """Show which sources there are and how much each owns."""
    with open_target(context, db) as kb:
        owned = kb.sources()
        say_if_empty(kb, owned)
    if printed is Format.json:
        write_json({name: count._asdict() for name, count in owned.items()})
        return
    write_table(("source", "nodes", "relationships"), [(name, *count) for name, count in owned.items()])


@app.command()
def history(
    context: typer.Context,
    element: Annotated[
        str | None, typer.Argument(metavar="[ELEMENT|RUN]", help="An element, by id or title, or a run; else all runs.")
    ] = None,
    printed: Printed = Format.table,
    db: Target = None,
) -> None:
    """Show who loaded what and when, or tell of one element."""
    with open_target(context, db) as kb:
        runs = kb.history()
        say_if_empty(kb, runs)
        chosen = [run for run in runs if run.id == element]
        happened = kb.history_of(element) if element is not None and not chosen else []
    if element is None or chosen:
        print_runs(runs if element is None else chosen, printed, with_changes=bool(chosen))
        return
    if printed is Format.json:
        write_json(
            [
                {
                    "run": run.id,
                    "source": run.source,
                    "user": run.user,
                    "startedAt": run.started_at,
                    "status": run.status,
                    **change.to_dict(),
                }
                for run, change in happened
            ]
        )
        return
    rows = [
        (when(run), run.source, run.user, change.verb, ", ".join(change.fields), run.status) for run, change in happened
    ]
    write_table(("when", "source", "by", "what", "fields", "the run is"), rows, title=element)


def print_runs(runs: Sequence[RunRecord], printed: Format, *, with_changes: bool) -> None:
    """Print runs, and on request the changes of each."""
    if printed is Format.json:
        write_json([run.to_dict() for run in runs])
        return
    rows = [
        (run.id, when(run), run.source, run.user, *map(sum, (run.created, run.updated, run.deleted)), run.status)
        for run in runs
    ]
    write_table(("run", "when", "source", "by", "created", "updated", "deleted", "status"), rows)
    for run in runs:
        if run.status == "incomplete":
            write(f"{run.id} died on the way. Complete it: {run.command or f'load {run.source} again'}")
    if with_changes:
        told = [(each.verb, each.kind, each.id, ", ".join(each.fields)) for run in runs for each in run.changes]
        write_table(("what", "kind", "id", "fields"), told)
        if untold := sum(run.untold for run in runs):
            write(f"And {untold} more, which are not told one by one.")


def when(run: RunRecord) -> str:
    """Return when a run began, to the second."""
    return run.started_at[:19].replace("T", " ")


@app.command()
def new(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make.")]) -> None:
    """Make a folder with a small model in YAML to start from."""
    from graphkb.example import STARTER
    from graphkb.exports.files import write_new

    try:
        is_new = not folder.exists()
        if not is_new and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is there already and not empty; name a new folder.")
    except OSError as error:
        raise UsageError(f"Cannot write into {folder}: {error.strerror}.") from error
    paths: list[Path] = []
    try:
        for template in sorted(STARTER.iterdir()):
            write_new(folder / template.name, template.read_bytes())
            paths.append(folder / template.name)
    except UsageError:
        # A folder with a part of the model would be refused the next time.
        with contextlib.suppress(OSError):
            for path in paths:
                path.unlink()
            if is_new:
                folder.rmdir()
        raise
    for path in paths:
        write(str(path))
    source = shlex.quote(folder.resolve().name or "mine")
    say(f"Edit them, then: graphkb load {shlex.quote(str(folder))} --source {source}")


def print_plan(plan: Plan, printed: Format, *, dry_run: bool) -> None:
    """Print what a load changed or would change, and its problems."""
    from graphkb.queries.answer import text_of

    told = plan.to_dict()
    if printed is Format.json:
        write_json(told)
        return
    rows = [(name, *told[name].values()) for name in ("created", "updated", "deleted", "unchanged")]
    title = f"{plan.source}: what would change" if dry_run else plan.source
    write_table(("", "nodes", "relationships"), rows, title=title)
    if plan.conflicts and not plan.problems:
        done = {"keep": "kept", "take": "replaced"}[plan.on_conflict]
        told_by = f"what others said is {done}"
        conflicts = [
            (str(each.key), each.field, each.by, text_of(each.theirs), text_of(each.ours)) for each in plan.conflicts
        ]
        write_table(("element", "field", "said by", "they say", "this load says"), conflicts, title=told_by)
    for stub, defined in plan.adopted.items():
        write(f"{defined} takes the place of the stub {stub.id!r}.")
    if plan.stubs:
        count = len(plan.stubs)
        are = "element is" if count == 1 else "elements are"
        write(f"{count} {are} referred to but not defined; `graphkb check` lists them.")
    for note in plan.notes:
        write(note)
    if plan.problems:
        say(f"graphkb: {DataError(plan.problems)}")
