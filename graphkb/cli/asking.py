"""Commands that read a store and print what they find."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkb.cli.application import Printed, Target, app, extended, open_kept, open_target, say_if_empty
from graphkb.cli.main import say
from graphkb.cli.printing import AnswerFormat, Format, write, write_json, write_table
from graphkb.errors import UsageError

if TYPE_CHECKING:
    from graphkb.queries.answer import Answer
    from graphkb.queries.catalog import Question


@app.command()
def ask(  # noqa: PLR0913  # one argument an option
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="TOPIC/NAME", help="A question; `graphkb questions` lists them.")],
    arguments: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Its parameters.")] = None,
    printed: Annotated[AnswerFormat, typer.Option("--format", help="How to print the answer.")] = AnswerFormat.table,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Print the Cypher with its parameters instead, to paste into Neo4j Browser."),
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="STATE", help="Ask an export, a backup or input files instead of the store."),
    ] = None,
    db: Target = None,
) -> None:
    """Ask a question of the pack."""
    from graphkb.queries import ask_rows, catalog

    if as_of is not None and (db or context.obj):
        raise UsageError("--db and --as-of both say what to ask; name one of them.")
    asked = catalog.find(question, further=extended(context).question_folders)
    parameters = catalog.parse_arguments(asked, split_arguments(arguments))
    with open_target(context, db) if as_of is None else open_kept(context, as_of) as kb:
        answer = ask_rows(kb, question, parameters)
    if explained:
        write(pasteable(asked, answer.parameters))
    else:
        print_in(printed, answer, asked)


def split_arguments(arguments: list[str] | None) -> dict[str, str]:
    """Return the values of arguments ``name=value`` by name."""
    given: dict[str, str] = {}
    for argument in arguments or []:
        name, separator, value = argument.partition("=")
        if not separator:
            raise UsageError(f"{argument!r} is no parameter; write it as name=value.")
        if name in given:
            raise UsageError(f"The parameter {name!r} is given twice.")
        given[name] = value
    return given


def pasteable(question: Question, parameters: Mapping[str, Any]) -> str:
    """Return what to paste into Neo4j Browser for a question: its parameters, then its text."""
    lines = [f":param {name} => {json.dumps(value, ensure_ascii=False)}" for name, value in parameters.items()]
    return "\n".join([*lines, question.text.rstrip()])


def print_in(printed: AnswerFormat, answer: Answer[Any], asked: Question) -> None:
    """Print an answer in a format; what is no row of it goes elsewhere where rows are read by a program."""
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
def analyze(  # noqa: PLR0913  # one argument an option
    context: typer.Context,
    analysis: Annotated[str | None, typer.Argument(metavar="NAME", help="An analysis; all are listed without.")] = None,
    arguments: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Its parameters.")] = None,
    printed: Annotated[AnswerFormat, typer.Option("--format", help="How to print the answer.")] = AnswerFormat.table,
    explained: Annotated[bool, typer.Option("--explain", help="Print what it takes and gives instead.")] = False,
    db: Target = None,
) -> None:
    """Carry out an analysis of the whole graph, or list them."""
    from graphkb.analysis import ANALYSES, find
    from graphkb.analysis import analyze as carry_out
    from graphkb.queries import catalog

    if analysis is None:
        print_questions([declared for declared, _ in ANALYSES.values()], printed)
        return
    declared = find(analysis)
    if explained:
        explain(declared)
        return
    parameters = catalog.parse_arguments(declared, split_arguments(arguments))
    with open_target(context, db) as kb:
        answer = carry_out(kb, analysis, parameters)
    print_in(printed, answer, declared)


@app.command()
def questions(
    context: typer.Context,
    about: Annotated[
        str | None, typer.Argument(metavar="TOPIC[/NAME]", help="A topic, or a question to be explained.")
    ] = None,
    printed: Printed = Format.table,
) -> None:
    """List the questions that can be asked, or explain one."""
    from graphkb.queries import catalog

    further = extended(context).question_folders
    listed = catalog.questions(further=further)
    if about is not None:
        listed = tuple(each for each in listed if each.topic == about) or (catalog.find(about, further=further),)
    if about is not None and listed[0].name == about and printed is Format.table:
        explain(listed[0])
    else:
        print_questions(listed, AnswerFormat(printed.value))


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


def print_questions(listed: Sequence[Question], printed: AnswerFormat) -> None:
    """Print a line for each question, or everything about them as JSON."""
    if printed is AnswerFormat.json:
        write_json([each.to_dict() for each in listed])
        return
    rows = [(each.name, each.question, ", ".join(p.name for p in each.parameters)) for each in listed]
    write_table(("name", "question", "parameters"), rows)


def explain(question: Question) -> None:
    """Print what a question asks, takes and gives."""
    told = [question.grain, *question.notes]
    write("\n".join([question.question, "", *(f"- {line}" for line in told), ""]))
    rows = [
        (p.name, p.type_text, "must be given" if p.required else json.dumps(p.default), p.told)
        for p in question.parameters
    ]
    write_table(("parameter", "type", "default", "meaning"), rows)
    columns = [(c.name, c.type + "?" * c.nullable, c.name in question.shown) for c in question.columns]
    write_table(("column", "type", "in the table"), columns)


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
