"""Runs the README: every command, every program, every file that it shows, in order, in an empty folder.

A fenced block does what its first line says: ``console`` holds commands behind ``$`` and what they print; ``python``
is a program, and a ``text`` block right behind it what it prints; ``file=NAME`` behind the language writes the block
into that file, and ``diff`` changes files of a copy of the checkout. ``python -m tests.support.readme`` writes what is
printed now into the README.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.server import find_server

ROOT: Final = Path(__file__).resolve().parents[2]
README: Final = ROOT / "README.md"

_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_NEO4J = "bolt://localhost:7687"
"""The address that the README names."""


@dataclass(slots=True)
class Runner:
    """A folder in which the README is played, with a copy of the checkout that it may change."""

    folder: Path
    neo4j: str
    """Address of a running server without data."""

    def __post_init__(self) -> None:
        """Copy what an installed package would bring."""
        for name in ("graphkb", "cypher"):
            shutil.copytree(ROOT / name, self.checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        (self.folder / "work").mkdir()

    @property
    def checkout(self) -> Path:
        """The copy of the checkout."""
        return self.folder / "checkout"

    def play(self, text: str) -> str:
        """Run every block of ``text``; return it with what is printed now."""
        played: list[str] = []
        end = 0
        printed: str | None = None
        for block in _BLOCK.finditer(text):
            info, body = block["info"].split(), block["body"]
            language = info[0] if info else ""
            target = next((word.removeprefix("file=") for word in info if word.startswith("file=")), None)
            if language == "text" and printed is not None:
                body, printed = printed, None
            elif language == "diff":
                self._run(["git", "apply", "--unsafe-paths", "-p1", "-"], cwd=self.checkout, text=body)
            elif target is not None:
                base = self.checkout if target.startswith(("cypher/", "graphkb/")) else self.folder / "work"
                (base / target).parent.mkdir(parents=True, exist_ok=True)
                (base / target).write_text(body, encoding="utf-8")
            elif language == "console":
                body = self._console(body)
            elif language == "python":
                printed = self._output([sys.executable, "-c", self._addressed(body)])
            played += [text[end : block.start()], f"```{block['info']}\n{body}```"]
            end = block.end()
        return "".join([*played, text[end:]])

    def _console(self, body: str) -> str:
        commands = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
        if not commands:
            raise ValueError(f"a console block without a command: {body!r}")
        return "".join(f"$ {command}\n{self._command(command)}" for command in commands)

    def _command(self, command: str) -> str:
        if command == "make test" or command.startswith(("git clone", "docker ", "make neo4j", "pip ")):
            return ""  # would run this very test, or needs what a test must not count on
        if command == "make demo":
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            if "\ndemo: $(VENV)/.installed ## load the shipped example" not in makefile:
                raise ValueError("`make demo` is not what the README says")
            command = "graphkb demo"
        return self._output(["bash", "-c", self._addressed(command)])

    def _addressed(self, text: str) -> str:
        return text.replace(_NEO4J, self.neo4j)

    def _output(self, command: list[str]) -> str:
        text = self._run(command, cwd=self.folder / "work")
        return text.replace(self.neo4j, _NEO4J)

    def _run(self, command: list[str], *, cwd: Path, text: str | None = None) -> str:
        unset = ("GRAPHKB_DB", "GRAPHKB_EXTENSIONS", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "COLUMNS")
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        path = [str(self.folder / "bin"), str(Path(sys.executable).parent), environment["PATH"]]
        environment |= {"PYTHONPATH": str(self.checkout), "PATH": os.pathsep.join(path), "COLUMNS": "110"}
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            input=text,
            stdin=None if text is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        if text is not None and done.returncode:
            raise ValueError(f"{command} failed:\n{done.stdout}")
        return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def played(neo4j: str) -> str:
    """Return the README as it reads when it is played now."""
    with tempfile.TemporaryDirectory() as folder:
        return Runner(Path(folder), neo4j).play(README.read_text(encoding="utf-8"))


if __name__ == "__main__":
    with find_server() as server:
        README.write_text(played(server.uri), encoding="utf-8")
