"""Commands that keep a store from being lost: backup and restore."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkb.cli.application import Printed, Target, Wait, app, open_target
from graphkb.cli.main import say
from graphkb.cli.printing import Format, progress_bar, write, write_json, write_table

if TYPE_CHECKING:
    from graphkb.exports import Manifest


@app.command()
def backup(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="New folder for the backup.")],
    as_it_is: Annotated[
        bool, typer.Option("--as-it-is", help="Also of a file from which something is missing since its last run.")
    ] = False,
    printed: Printed = Format.table,
    db: Target = None,
) -> None:
    """Write everything into a folder, with who owns it."""
    with open_target(context, db, as_it_is=as_it_is) as kb:
        manifest = kb.backup(folder)
    if printed is Format.json:
        write_json(manifest.to_dict())
    else:
        _print_manifest(folder, manifest)
    for note in manifest.notes:
        say(f"graphkb: {note}")


def _print_manifest(folder: Path, manifest: Manifest) -> None:
    rows = [(source, *owned.values()) for source, owned in manifest.sources.items()]
    totals = sum(manifest.nodes.values()), sum(manifest.relationships.values())
    write_table(("source", "nodes", "relationships"), [*rows, ("all together", *totals)], title=str(folder))
    write(f"Restore it with: graphkb restore {shlex.quote(str(folder))}")


@app.command()
def restore(  # noqa: PLR0913  # the options of a restore
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of a backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete and change what the store holds and the backup does not.")
    ] = False,
    wait: Wait = 0.0,
    printed: Printed = Format.table,
    db: Target = None,
) -> None:
    """Make the store hold what a backup holds, of all sources."""
    with open_target(context, db, as_it_is=True) as kb:
        tell, bar = progress_bar(f"Restoring {folder}")
        with bar:
            plan = kb.restore(folder, replace=replace, wait=wait, progress=tell)
    told = {name: getattr(plan, name)._asdict() for name in ("created", "updated", "deleted", "unchanged")}
    if printed is Format.json:
        write_json(told)
        return
    write_table(
        ("", "nodes", "relationships"), [(name, *count.values()) for name, count in told.items()], title=str(folder)
    )
    write(f"{kb.store.name} holds what the backup holds.")
