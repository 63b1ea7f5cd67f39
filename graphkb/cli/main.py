"""Runs a command and turns what goes wrong into a message and an exit code, without a traceback."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from graphkb.errors import GraphKBError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG = "--debug"
"""Stands anywhere on the command line and lets exceptions through with their traceback."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code.

    0 done, 1 the input or the data has problems, 2 wrong call, 3 the store cannot be reached.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    given = [each for each in given if each != DEBUG]
    from graphkb.cli.commands import app  # noqa: PLC0415  # after the arguments are known to be sane

    try:
        result = app(given, standalone_mode=False, prog_name="graphkb")
    except GraphKBError as error:
        if debug:
            raise
        say(f"graphkb: {error}")
        return error.exit_code
    except BrokenPipeError:
        # The reader has seen enough, as with `| head`; nothing more can be written to it, nor flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("graphkb: interrupted")
        return 130
    except Exception as error:  # noqa: BLE001  # the parser has exceptions of its own; others are raised again
        return _refused(error, debug=debug)
    return result if isinstance(result, int) else 0


def _refused(error: Exception, *, debug: bool) -> int:
    """Show what the parser of the command line found wrong; let anything else through."""
    message = getattr(error, "format_message", None)
    if debug or message is None:
        raise error
    context = getattr(error, "ctx", None)
    hint = f" See `{context.command_path} --help`." if context else ""
    say(f"graphkb: {message()}{hint}")
    return UsageError.exit_code


def say(text: str) -> None:
    """Print a message for the user, beside the results."""
    print(text, file=sys.stderr)  # noqa: T201  # the command line speaks
