"""Commands about files: the graph as files, and what files can say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphkb.cli.application import Printed, Target, app, open_target
from graphkb.cli.printing import Format, write, write_json, write_table


@app.command()
def schema(printed: Printed = Format.table) -> None:
    """Show the kinds with their fields, and the relationships."""
    from graphkb.model.schema import schema_dict

    described = schema_dict()
    if printed is Format.json:
        write_json(described)
        return
    for name, models in (("label", described["kinds"]), ("type", described["records"])):
        rows = [
            (model[name], model["list"], field["name"], field["becomes"], ", ".join(field["graphName"]), field["type"])
            for model in models
            for field in model["fields"]
        ]
        write_table((name, "list", "field", "becomes", "in the graph", "type of value"), rows)
    edges = [(each["type"], ", ".join(each["from"]), ", ".join(each["to"])) for each in described["relationships"]]
    write_table(("relationship", "from", "to"), edges)


@app.command()
def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder for the files; made where it is missing.")],
    kind: Annotated[str, typer.Option("--format", metavar="NAME", help="Format of the files.")] = "json",
    db: Target = None,
) -> None:
    """Write everything into files, always in the same order."""
    with open_target(context, db) as kb:
        for path in kb.export(folder, format=kind):
            write(str(path))


@app.command()
def guess_mapping(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="A table or document of other people's making.")
    ],
) -> None:
    """Propose a mapping for a foreign file, to be corrected."""
    from graphkb.sources import guess
    from graphkb.sources.files import read_file

    write(guess.guess_mapping(read_file(file)))
