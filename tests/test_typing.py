"""A user's script is checked against the real types of the installed package, and its mistakes are found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import graphkb

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPT: Final = Path(__file__).parent / "data" / "user_script.py"

MISTAKES: Final = {
    "misspelt attribute of a row": (
        "{row.severity:5.1f}",
        "{row.severty:5.1f}",
        '"AffectedStage" has no attribute "severty"',
    ),
    "attribute of another question": (
        "row.lowest_satisfaction\n",
        "row.severity\n",
        '"WeakStage" has no attribute "severity"',
    ),
    "parameter of a wrong type": (
        "min_severity=2.5",
        'min_severity="2.5"',
        'Argument "min_severity" to "affecting_stages" has incompatible type "str"; expected "float"',
    ),
    "unknown parameter": (
        "max_satisfaction=3.0",
        "max_satisfied=3.0",
        'Unexpected keyword argument "max_satisfied" for "weakest"',
    ),
    "nullable column taken for text": (
        "row.capability.strip()",
        "row.stage_owner.strip()",
        'Item "None" of "str | None" has no attribute "strip"',
    ),
    "value of a row taken for text": (
        'title for row in rows if isinstance(title := row["title"], str)',
        'row["title"].strip() for row in rows',
        'has no attribute "strip"',
    ),
    "limit of a wrong type": (
        "max_rows=1",
        'max_rows="1"',
        'Argument "max_rows" to "cypher" of "KnowledgeBase" has incompatible type "str"; expected "int"',
    ),
    "misspelt attribute of a node": (
        "node.label",
        "node.lable",
        '"NodeKey" has no attribute "lable"',
    ),
}
"""What stands in the script, the mistake in its place, and what the type checker says of it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder away from the checkout and its settings."""
    return tmp_path_factory.mktemp("user")


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a module or a file as a user would, with nothing but the installed packages."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "MYPYPATH"}}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def check(script: Path) -> subprocess.CompletedProcess[str]:
    """Check the types of a script; one after the other, the runs share what they learned about the package."""
    return run(["-m", "mypy", "--strict", script.name], script.parent)


def test_a_script_that_is_right_has_no_type_errors(folder: Path) -> None:
    """Opening, asking, the attributes of rows, tables, free Cypher and the graph all have types."""
    done = check(Path(shutil.copy(SCRIPT, folder)))
    assert (done.returncode, done.stdout) == (0, "Success: no issues found in 1 source file\n"), done.stdout


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named(folder: Path, right: str, wrong: str, told: str) -> None:
    """With one mistake in the script, the type checker finds that one, and says which it is and in which line."""
    text = SCRIPT.read_text(encoding="utf-8")
    assert text.count(right) == 1
    line = text[: text.index(right)].count("\n") + 1
    script = folder / "mistaken.py"
    script.write_text(text.replace(right, wrong), encoding="utf-8")
    done = check(script)
    assert done.returncode == 1, done.stdout + done.stderr
    errors = [said for said in done.stdout.splitlines() if ": error: " in said]
    assert {said.split(" ")[0] for said in errors} == {f"mistaken.py:{line}:"}, done.stdout
    assert any(told in said for said in errors), done.stdout


def test_the_script_runs(folder: Path, example: Path) -> None:
    """The script prints what it found in the example, and leaves its files."""
    with graphkb.open(folder / "bank.kgl") as kb:
        kb.load([example], source="bank")
    done = run([str(SCRIPT), "bank.kgl"], folder)
    assert done.returncode == 0, done.stderr
    assert " -> " in done.stdout
    assert "{'Capability': " in done.stdout
    assert (folder / "gaps.json").read_text(encoding="utf-8").startswith('[{"gapId": ')
    assert (folder / "gaps.csv").read_text(encoding="utf-8").startswith("gapId,")
