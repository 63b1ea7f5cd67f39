"""The command line in an empty folder and without the tester's environment, in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

from graphkb.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.loads import Document

VARIABLES: Final = (
    "GRAPHKB_DB",
    "GRAPHKB_EXTENSIONS",
    "NEO4J_URI",
    "NEO4J_USERNAME",
    "NEO4J_PASSWORD",
    "NEO4J_DATABASE",
)
"""Where the command line looks for a store and for extensions."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.out)


class Command(Protocol):
    """Runs ``graphkb`` with arguments."""

    def __call__(self, *arguments: str | Path) -> Result:
        """Run it and return what it gave."""
        ...


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, while no variable names a store."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "current"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def graphkb(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line, run within this process."""
    assert folder.is_dir()

    def run(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def small() -> Document:
    """One capability with a maturity gap."""
    return {"capabilities": [capability(1, maturityLevel=1, targetMaturityLevel=3)]}


def capability(number: int, **fields: Any) -> dict[str, Any]:
    """Return the record of a capability that lacks nothing."""
    texts = {"description": "What it does", "purpose": "What it is for", "owner": "Somebody"}
    return {"capabilityID": f"CAP-{number}", "title": f"Capability {number}", **texts, **fields}


def write(path: Path, document: Document) -> Path:
    """Write a document as a JSON file and return its path."""
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def process(
    folder: Path, *arguments: str, stdout: Any = subprocess.PIPE, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``graphkb`` in a process of its own, as a shell would, and return how it ended."""
    return subprocess.run(
        [sys.executable, "-c", "import sys; from graphkb.cli import main; sys.exit(main())", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in VARIABLES} | dict(variables or {}),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding=(variables or {}).get("PYTHONIOENCODING", "utf-8"),
        timeout=120,
        check=False,
    )
