"""Loads in processes of their own, started, watched and killed by tests."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
_MOST_SECONDS: Final = 60
"""After so long, a load that does not end is ended."""


class LoadProcess:
    """A process that is ready to load, see :mod:`tests.support.load_process`."""

    def __init__(  # noqa: PLR0913 - what a load is told
        self,
        target: Mapping[str, Any],
        paths: Sequence[Path],
        source: str,
        *,
        chunk: int = 50_000,
        wait: float = 0.0,
        pause: int = 0,
    ) -> None:
        told = {"paths": [str(path) for path in paths], "source": source, "chunk": chunk, "wait": wait, "pause": pause}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.load_process", json.dumps({**target, **told})],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._guard = threading.Timer(_MOST_SECONDS, self._process.kill)
        self._guard.start()
        self.pid = self._process.pid
        self.lines: list[str] = []
        self.read_until("ready")

    def go_on(self) -> None:
        """Let it start, or go on after a pause."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def read_until(self, line: str) -> None:
        """Wait until it has said a line."""
        while line not in self.lines:
            self._read()

    def _read(self) -> None:
        assert self._process.stdout
        said = self._process.stdout.readline()
        assert said, f"the process ended after {self.lines}"
        self.lines.append(said.strip())

    def kill(self) -> int:
        """End it without a word to it, take up what it said before, and return its exit status."""
        self._process.kill()
        return self.end()

    def end(self) -> int:
        """Wait until it has ended, take up what it said, and return its exit status."""
        rest, _ = self._process.communicate(timeout=_MOST_SECONDS)
        self.lines += rest.split("\n")[:-1]
        self._guard.cancel()
        return self._process.returncode


@contextlib.contextmanager
def started(process: LoadProcess) -> Iterator[LoadProcess]:
    """Start a load that is ready; it has ended when the body has."""
    try:
        process.go_on()
        yield process
    finally:
        process.kill()
