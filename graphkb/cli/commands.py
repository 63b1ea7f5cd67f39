"""The commands: arguments in, results out."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkb import __version__
from graphkb.cli.main import say
from graphkb.cli.printing import AnswerFormat, Format, progress_bar, write, write_json, write_table
from graphkb.errors import DataError, UsageError

if TYPE_CHECKING:
    from graphkb.knowledge_base import KnowledgeBase
    from graphkb.sync.plan import Plan

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Customer-domain business architecture as a graph: load it from files, keep it true, ask it.",
    epilog="The store is the first that is set of --db, GRAPHKB_DB, NEO4J_URI, graphkb.kgl in the current folder. "
    "Exit codes: 0 done, 1 problems in the input or the data, 2 wrong call, 3 no store. "
    "--debug shows tracebacks.",
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
        write(f"graphkb {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    db: Target = None,
    version: Annotated[  # noqa: ARG001  # the callback has seen to it
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    context.obj = db


def open_target(context: typer.Context, db: str | None) -> KnowledgeBase:
    """Open the store that the call names, after the command or before it, else the environment."""
    from graphkb.knowledge_base import open_knowledge_base  # the models cost half a second

    target = db or context.obj or os.environ.get("GRAPHKB_DB") or os.environ.get("NEO4J_URI") or "graphkb.kgl"
    password = os.environ.get("NEO4J_PASSWORD")
    return open_knowledge_base(
        target,
        # A server has this user from the start.
        username=os.environ.get("NEO4J_USERNAME") or ("neo4j" if password else None),
        password=password,
        database=os.environ.get("NEO4J_DATABASE") or "neo4j",
    )


@app.command()
def load(  # noqa: PLR0913  # the options of a load
    context: typer.Context,
    paths: Annotated[
        # Whatever cannot be read is reported by the reader, with all other problems.
        list[Path], typer.Argument(metavar="PATH", readable=False, help="Files, or folders of files: JSON or YAML.")
    ],
    source: Source,
    dry_run: DryRun = False,
    partial: Annotated[bool, typer.Option("--partial", help="Add and update only; delete nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse incomplete records.")] = False,
    no_stubs: Annotated[bool, typer.Option("--no-stubs", help="Refuse references to unknown elements.")] = False,
    allow_delete: Annotated[
        bool, typer.Option("--allow-delete", help="Delete also more than a fifth of the source.")
    ] = False,
    wait: Wait = 0.0,
    printed: Printed = Format.table,
    db: Target = None,
) -> int:
    """Make the store say of a source exactly what its files say."""
    from graphkb.knowledge_base import LoadOptions

    options = LoadOptions(partial=partial, strict=strict, stubs=not no_stubs, allow_delete=allow_delete)
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
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="TOPIC/NAME", help="A question; `graphkb questions` lists them.")],
    arguments: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Its parameters.")] = None,
    printed: Annotated[AnswerFormat, typer.Option("--format", help="How to print the answer.")] = AnswerFormat.table,
    db: Target = None,
) -> None:
    """Ask a question of the pack."""
    from graphkb.queries import ask_rows, catalog

    asked = catalog.find(question)
    given = {}
    for argument in arguments or []:
        name, separator, value = argument.partition("=")
        if not separator:
            raise UsageError(f"{argument!r} is no parameter; write it as name=value.")
        if name in given:
            raise UsageError(f"The parameter {name!r} is given twice.")
        given[name] = value
    parameters = catalog.parse_arguments(asked, given)
    with open_target(context, db) as kb:
        answer = ask_rows(kb, question, parameters)
    if printed is AnswerFormat.json:
        write_json(answer.to_dict())
        return
    if printed is AnswerFormat.csv:
        write(answer.to_csv())
        if answer.why:
            say(answer.why)
    elif printed is AnswerFormat.markdown:
        write(answer.to_markdown())
    else:
        print_answer(answer, asked.shown, asked.question)
    if answer.truncated:
        say("There are more rows; raise limit=... to see them.")


@app.command()
def questions(printed: Printed = Format.table) -> None:
    """List the questions that can be asked."""
    from graphkb.queries import catalog

    listed = catalog.questions()
    if printed is Format.json:
        write_json([each.to_dict() for each in listed])
        return
    rows = [(each.name, each.question, ", ".join(p.name for p in each.parameters)) for each in listed]
    write_table(("name", "question", "parameters"), rows)


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
def stats(context: typer.Context, printed: Printed = Format.table, db: Target = None) -> None:
    """Count nodes by kind and relationships by type."""
    with open_target(context, db) as kb:
        counts = kb.stats()
        say_if_empty(kb, counts["nodes"])
    if printed is Format.json:
        write_json(counts)
        return
    write_table(("kind", "nodes"), counts["nodes"].items())
    write_table(("type", "relationships"), counts["relationships"].items())


@app.command()
def check(context: typer.Context, printed: Printed = Format.table, db: Target = None) -> None:
    """Show what is incomplete or referred to but not defined."""
    with open_target(context, db) as kb:
        findings = kb.check()
        say_if_empty(kb, findings or kb.sources())
    if printed is Format.json:
        write_json([each.to_dict() for each in findings])
        return
    write_table(("rule", "severity", "kind", "id", "message"), [tuple(each.to_dict().values()) for each in findings])
    say(f"{len(findings)} finding{'s' * (len(findings) != 1)}")


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


@app.command()
def demo(context: typer.Context, db: Target = None) -> None:
    """Load the shipped example and answer the first question."""
    from graphkb.example import BANK
    from graphkb.queries import catalog, gaps

    given = db or context.obj
    with open_target(context, given or ":memory:") as kb:
        plan = kb.load([BANK], source="example")
        size = plan.created + plan.unchanged + plan.updated
        answer = gaps.affecting_stages(kb, limit=10)
    asked = catalog.find("gaps/affecting_stages")
    write(f"Loaded Quillmere Bank, a fictional bank: {size.nodes} elements, {size.relationships} relationships.\n")
    print_answer(answer, asked.shown, asked.question)
    kept = f"graphkb --db {shlex.quote(given or 'bank.kgl')}"
    steps = {
        f"{kept} demo": "keep the example in a file",
        f"{kept} ask stages/weakest": "which stages are rated worst, and what enables them",
        f"{kept} ask gaps/unfunded": "which gaps nobody is closing",
        "graphkb new my-bank": "start a model of your own",
    }
    steps.pop(f"{kept} demo" if given else "graphkb new my-bank")
    width = max(map(len, steps)) + 5
    write("\n".join(["Try next:", *(f"  {step:{width}}{gives}" for step, gives in steps.items())]))


def say_if_empty(kb: KnowledgeBase, found: Any) -> None:
    """Tell whoever finds nothing that there is nothing: the name of the store may be mistyped."""
    if not found:
        say(f"{kb.store.name} is empty; `graphkb load` fills it.")


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
    if plan.problems:
        say(f"graphkb: {DataError(plan.problems)}")


def print_answer(answer: Any, shown: tuple[str, ...], question: str) -> None:
    """Print an answer as a table of the columns that people read, or why it is empty."""
    if not answer:
        write(f"{question}\n\nNothing. {answer.why or ''}")
        return
    rows = [[row[column] for column in shown] for row in answer.to_dicts()]
    write_table([words(column) for column in shown], rows, title=question)


def words(column: str) -> str:
    """Return a column name as words: ``painRecorded`` is ``pain recorded``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in column)
