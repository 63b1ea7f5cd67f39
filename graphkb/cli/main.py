"""Runs a command and turns what goes wrong into a message and an exit code, without a traceback."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import GraphKBError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG = "--debug"
"""Stands anywhere on the command line and lets exceptions through with their traceback."""

EXTENSION = "--extension"
"""Stands, with its value, anywhere on the command line."""

INTERRUPTED = 130
"""Exit code of a command that Ctrl-C has ended, as shells have it."""

SHOW_CURSOR = "\x1b[?25h"
"""Tells a terminal to show the cursor, which a progress bar hides while it starts."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code.

    0 done, 1 the input or the data has problems, 2 wrong call, 3 the store cannot be reached.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    given = [each for each in given if each != DEBUG]
    try:
        _mend_output()
        from graphkb.cli.commands import app  # an interrupted import is an interrupted command

        result = app(extensions_first(given) or ["--help"], standalone_mode=False, prog_name="graphkb")
        sys.stdout.flush()
    except GraphKBError as error:
        if debug:
            raise
        say(f"graphkb: {error}")
        return error.exit_code
    except (BrokenPipeError, SystemExit):
        # The reader has seen enough, as with `| head`, for which the parser and rich leave by SystemExit. Nothing more
        # can be written to it, nor flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:  # noqa: BLE001  # the parser has exceptions of its own; others are raised again
        return _refused(error, debug=debug)
    if result == INTERRUPTED:
        return _interrupted()
    return result if isinstance(result, int) else 0


def extensions_first(arguments: Sequence[str]) -> list[str]:
    """Return arguments with every extension before the command, where the parser looks for it."""
    first: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for each in left:
        if each == "--":
            rest += [each, *left]
        elif each == EXTENSION:
            value = next(left, None)
            if value is None:
                return [each]  # the parser says that the value is missing
            first += [each, value]
        elif each.startswith(f"{EXTENSION}="):
            first.append(each)
        else:
            rest.append(each)
    return [*first, *rest]


def say(text: str) -> None:
    """Print a message for the user, beside the results."""
    print(text, file=sys.stderr)  # noqa: T201  # the command line speaks


def _mend_output() -> None:
    """Keep a command from failing on a character that the output cannot show, or on an output that was closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _interrupted() -> int:
    if sys.stderr.isatty():
        sys.stderr.write(SHOW_CURSOR)
    say("graphkb: interrupted")
    return INTERRUPTED


def _refused(error: Exception, *, debug: bool) -> int:
    """Show what the parser of the command line found wrong, or the system; let anything else through."""
    if debug:
        raise error
    if type(error).__name__ == "Abort":
        return _interrupted()
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        say(f"graphkb: {place}{error.strerror or error}.")
        return UsageError.exit_code
    message = getattr(error, "format_message", None)
    if message is None:
        raise error
    # Versions of the parser let the prefix of the library show with which they read values.
    text = message().replace("Value error, ", "").rstrip(".")
    context = getattr(error, "ctx", None)
    say(f"graphkb: {text}." + (f" See `{context.command_path} --help`." if context else ""))
    return UsageError.exit_code
