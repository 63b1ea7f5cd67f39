"""The application, and what its commands share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkb.cli.main import EXTENSION, say
from graphkb.cli.printing import Format, write
from graphkb.version import VERSION

if TYPE_CHECKING:
    from graphkb.extensions import Extended
    from graphkb.knowledge_base import KnowledgeBase

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Customer-domain business architecture as a graph: load it from files, keep it true, ask it.",
    epilog="The store is the first that is set of --db, GRAPHKB_DB, NEO4J_URI, graphkb.kgl in the current folder. "
    "Exit codes: 0 done, 1 problems in the input or the data, 2 wrong call, 3 no store. "
    "--debug shows tracebacks; it and --extension may also stand behind a command.",
)

Target = Annotated[
    str | None,
    typer.Option("--db", metavar="TARGET", help="The store: bolt://host:7687, neo4j+s://host, file.kgl or :memory:."),
]
Printed = Annotated[Format, typer.Option("--format", help="How to print the result.")]
Source = Annotated[
    str,
    typer.Option("--source", metavar="NAME", help="Name under which the data is kept; the files speak for all of it."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]
Wait = Annotated[float, typer.Option("--wait", metavar="SECONDS", min=0, help="Wait so long for another load to end.")]


def show_version(wanted: bool) -> None:  # noqa: FBT001  # the parser passes the value of the switch
    """Print the version and leave."""
    if wanted:
        write(f"graphkb {VERSION}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    db: Target = None,
    extension: Annotated[
        list[str] | None,
        typer.Option(
            EXTENSION, metavar="NAME", help="A module, or a .py file, with kinds and questions of your own; repeatable."
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001  # the callback has seen to it
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    context.obj = db
    context.meta[EXTENSION] = extension or []


def extended(context: typer.Context) -> Extended:
    """Return what there is with the extensions that are installed and those that the environment and the call name."""
    from graphkb.extensions import find_extensions

    return find_extensions(_extensions(context))


def _extensions(context: typer.Context) -> list[str]:
    always = os.environ.get("GRAPHKB_EXTENSIONS", "").split(os.pathsep)
    return [*(name for name in always if name), *context.meta[EXTENSION]]


def open_target(context: typer.Context, db: str | None, *, as_it_is: bool = False) -> KnowledgeBase:
    """Open the store that the call names, after the command or before it, else the environment."""
    from graphkb.knowledge_base import open_knowledge_base  # the models cost half a second

    target = db or context.obj or os.environ.get("GRAPHKB_DB") or os.environ.get("NEO4J_URI") or "graphkb.kgl"
    return open_knowledge_base(target, as_it_is=as_it_is, **_access(context))


def open_kept(context: typer.Context, state: str) -> KnowledgeBase:
    """Open an export, other files or a store, to be asked and compared."""
    from graphkb.states import open_state

    return open_state(state, **_access(context))


def _access(context: typer.Context) -> dict[str, Any]:
    """Return what opens a store beside its target."""
    password = os.environ.get("NEO4J_PASSWORD")
    return {
        # A server has this user from the start.
        "username": os.environ.get("NEO4J_USERNAME") or ("neo4j" if password else None),
        "password": password,
        "database": os.environ.get("NEO4J_DATABASE") or "neo4j",
        "extensions": _extensions(context),
    }


def say_if_empty(kb: KnowledgeBase, found: Any) -> None:
    """Tell whoever finds nothing that there is nothing: the name of the store may be mistyped."""
    if not found:
        say(f"{kb.store.name} is empty; `graphkb load` fills it.")
