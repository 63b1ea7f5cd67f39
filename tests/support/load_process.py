"""A load in a process of its own, which tells of each write and may be told to stop before one: ``python -m`` this.

The arguments are one JSON object: ``target``, ``username``, ``password``, ``paths``, ``source``, ``chunk``, ``wait``
and ``pause``, the number of the write to stop before. It prints ``ready`` and waits for a line, then ``begin N`` and
``end N`` around each write and, where it was told to stop, waits for a line after ``begin N``; at last ``done``, or
what went wrong.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from graphkb.errors import GraphKBError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.load_options import LoadOptions
from graphkb.store import open_store
from tests.support.loads import WatchedStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.store import Statement, WriteSummary


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - what this program has to say


class TellingStore(WatchedStore):
    """A store that says when a write begins and when it has ended."""

    pause: int = 0

    def write(self, statements: Iterable[Statement]) -> WriteSummary:
        """Write, and say so."""
        number = self.writes + 1
        say(f"begin {number}")
        if number == self.pause:
            sys.stdin.readline()
        summary = super().write(statements)
        say(f"end {number}")
        return summary


def main() -> None:
    """Load as the arguments say."""
    told = json.loads(sys.argv[1])
    store = open_store(told["target"], username=told["username"], password=told["password"])
    telling = TellingStore(store)
    telling.pause = told["pause"]
    say("ready")
    sys.stdin.readline()
    try:
        KnowledgeBase(telling).load(
            told["paths"],
            source=told["source"],
            options=LoadOptions(allow_delete=True),
            wait=told["wait"],
            chunk=told["chunk"],
        )
        say("done")
    except GraphKBError as error:
        say(f"{type(error).__name__}: {error}")
    finally:
        store.close()


if __name__ == "__main__":
    main()
