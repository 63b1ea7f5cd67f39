"""Commands that change a store: what a source says goes in, or leaves."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkb.cli.application import DryRun, Printed, Source, Target, Wait, app, open_target, say_if_empty
from graphkb.cli.main import say
from graphkb.cli.printing import Format, progress_bar, write, write_json, write_table
from graphkb.errors import DataError, UsageError

if TYPE_CHECKING:
    from graphkb.sync.plan import Plan


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
    from graphkb.knowledge_base import LoadOptions
    from graphkb.sources import Dialect

    options = LoadOptions(
        partial=partial,
        strict=strict,
        stubs=not no_stubs,
        allow_delete=allow_delete,
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
                plan = kb.rejected(source, error)
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
def new(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make.")]) -> None:
    """Make a folder with a small model in YAML to start from."""
    from graphkb.example import STARTER

    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is there already and not empty; name a new folder.")
        folder.mkdir(parents=True, exist_ok=True)
        for template in sorted(STARTER.iterdir()):
            path = folder / template.name
            path.write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
            write(str(path))
    except OSError as error:
        raise UsageError(f"Cannot write into {folder}: {error.strerror}.") from error
    source = shlex.quote(folder.resolve().name or "mine")
    say(f"Edit them, then: graphkb load {shlex.quote(str(folder))} --source {source}")


def print_plan(plan: Plan, printed: Format, *, dry_run: bool) -> None:
    """Print what a load changed or would change, and its problems."""
    told = plan.to_dict()
    if printed is Format.json:
        write_json(told)
        return
    rows = [(name, *told[name].values()) for name in ("created", "updated", "deleted", "unchanged")]
    title = f"{plan.source}: what would change" if dry_run else plan.source
    write_table(("", "nodes", "relationships"), rows, title=title)
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
