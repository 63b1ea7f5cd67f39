"""Commands about files: the graph as files, and what files can say."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graphkb.cli.application import Target, app, extended, open_target
from graphkb.cli.main import say
from graphkb.cli.printing import write, write_json


class SchemaFormat(StrEnum):
    """How the metamodel is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"
    jsonschema = "jsonschema"


@app.command()
def schema(
    context: typer.Context,
    printed: Annotated[
        SchemaFormat, typer.Option("--format", help="A page is markdown; jsonschema checks files.")
    ] = SchemaFormat.table,
) -> None:
    """Show the kinds with their fields, and the relationships."""
    metamodel = extended(context).metamodel
    if printed is SchemaFormat.json:
        from graphkb.model.schema import schema_dict

        write_json(schema_dict(metamodel))
    elif printed is SchemaFormat.jsonschema:
        from graphkb.model.json_schema import json_schema_text

        write(json_schema_text(metamodel))
    else:
        from graphkb.model.schema_page import schema_page, schema_text

        write(schema_page(metamodel) if printed is SchemaFormat.markdown else schema_text(metamodel))


@app.command()
def export(  # noqa: PLR0913  # the options of an export
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder for the files; made where it is missing.")],
    kind: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="json, csv, xlsx or neo4j-admin to load again; graphml, jsonld or mermaid."
        ),
    ] = "json",
    around: Annotated[
        str | None, typer.Option("--around", metavar="ELEMENT", help="Only what is near this element: its id or title.")
    ] = None,
    hops: Annotated[
        int | None, typer.Option("--hops", min=0, metavar="N", help="How many relationships away is near; else 2.")
    ] = None,
    db: Target = None,
) -> None:
    """Write everything into files, always in the same order."""
    with open_target(context, db) as kb:
        for path in kb.export(folder, format=kind, around=around, hops=hops):
            write(str(path))


@app.command()
def guess_mapping(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="A table or document of other people's making.")
    ],
) -> None:
    """Propose a mapping for a foreign file, to be corrected."""
    from graphkb.sources import guess
    from graphkb.sources.files import read_file

    write(guess.guess_mapping(read_file(file, metamodel=extended(context).metamodel)))


@app.command()
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Workbook to make.")],
    kinds: Annotated[
        str | None,
        typer.Option("--kinds", metavar="NAMES", help="Kinds or lists, with commas between; else the usual."),
    ] = None,
) -> None:
    """Make a workbook to fill in, with a sheet for each kind."""
    from graphkb.exports import template as templates
    from graphkb.exports.files import write_new

    names = [name.strip() for name in kinds.split(",") if name.strip()] if kinds else templates.USUAL
    write_new(file, templates.template(names, extended(context).metamodel))
    write(str(file))
    say("Fill it in, then: graphkb load " + shlex.quote(str(file)) + " --source NAME")
