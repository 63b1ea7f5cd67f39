"""Prints tables for people and JSON for programs."""

from __future__ import annotations

import json
import shutil
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.sync.apply import Progress


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


def write(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def write_json(value: Any) -> None:
    """Print a result as JSON, with escapes where the output has not every character."""
    readable = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    write(json.dumps(value, ensure_ascii=not readable, indent=2))


WIDE = 120
"""Width of a table that is not shown on a terminal, in characters."""
LEGIBLE = 11
"""Characters that a column of a table needs on average; on a terminal with fewer, each row is a block of lines."""


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Print a table as wide as the terminal, long cells wrapped."""
    from rich import box  # costs more than many a command
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from graphkb.queries.answer import text_of

    width = shutil.get_terminal_size((WIDE, 24)).columns if sys.stdout.isatty() else WIDE
    if title:
        write(title)
    listed = [list(row) for row in rows]
    if width < LEGIBLE * len(columns):
        blocks = (
            "\n".join(f"{name}: {text_of(value)}" for name, value in zip(columns, row, strict=True)) for row in listed
        )
        write("\n" + "\n\n".join(blocks))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        numbers = bool(listed) and all(isinstance(row[index], int | float | None) for row in listed)
        table.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in listed:
        table.add_row(*(Text(text_of(value)) for value in row))
    # Without a height, rich takes any width for that of a terminal which cannot tell it.
    console = Console(width=width, height=len(listed), highlight=False)
    with console.capture() as captured:
        console.print(table)
    write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def progress_bar(label: str) -> tuple[Progress | None, Any]:
    """Return what to tell of progress, and a context manager to do it in; nothing unless on a terminal."""
    import contextlib
    import time

    if not sys.stderr.isatty():
        return None, contextlib.nullcontext()
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=None, told="")
    before, at = 0, time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal before, at
        now = time.monotonic()
        # As fast as the last part: before the first part stands what was read and planned.
        rate = (done - before) / max(now - at, 0.001)
        before, at = done, now
        bar.update(task, completed=done, total=total, told=progress_text(done, total, rate))

    return tell, bar


def progress_text(done: int, total: int, rate: float) -> str:
    """Return how many rows are written, how many of them in a second, and how long the rest will take."""
    left = f", {(total - done) / rate:,.0f} s left" if done < total and rate else ""
    return f"{done:,} of {total:,} rows, {rate:,.0f} a second{left}"
