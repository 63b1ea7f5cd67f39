"""Importing costs little: what is heavy is loaded when it is used, and every public name is there all the same."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import graphkb

HEAVY: Final = {"kglite", "neo4j", "networkx", "pydantic", "pydantic_core", "rich", "typer", "yaml"}
"""Every dependency that takes long to import."""


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh Python has loaded after running ``code``."""
    report = "import json, sys; sys.stdout = sys.__stdout__; print(); print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, timeout=60, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import graphkb", set()),
        ("import graphkb.errors", set()),
        ("import graphkb.store", set()),
        ("import graphkb.queries", set()),
        ("import graphkb.cli", set()),
        ("import graphkb.store; graphkb.store.open_store(':memory:').close()", {"kglite"}),
        ("from graphkb.cli import main; main(['--help'])", {"typer"}),
        # The parser reads values of options by pydantic.
        (
            "from graphkb.cli import main; main(['questions', '--format', 'json'])",
            {"typer", "pydantic", "pydantic_core"},
        ),
    ],
)
def test_only_what_is_needed_is_loaded(code: str, allowed: set[str]) -> None:
    """Nothing heavy comes along for what does not use it."""
    modules = loaded_by(code)
    assert "graphkb" in modules
    assert {module.partition(".")[0] for module in modules} & HEAVY <= allowed


def test_the_package_alone_loads_its_version_and_nothing_else() -> None:
    """Names are found when they are asked for."""
    modules = loaded_by("import graphkb")
    assert {module for module in modules if module.startswith("graphkb")} == {"graphkb", "graphkb.version"}


@pytest.mark.parametrize("name", graphkb.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """And keeps being the same thing."""
    assert getattr(graphkb, name) is getattr(graphkb, name)


def test_public_names_are_told_to_type_checkers() -> None:
    """What ``__all__`` lists is what the block for type checkers imports, and nothing else."""
    tree = ast.parse(Path(graphkb.__file__).read_text(encoding="utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.If)]
    imported = {
        alias.asname or alias.name
        for block in blocks
        for node in block.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graphkb")
        for alias in node.names
    }
    assert imported == set(graphkb.__all__)


def test_type_checkers_see_the_public_names(tmp_path: Path) -> None:
    """A program that uses them is checked against their real types."""
    program = tmp_path / "program.py"
    program.write_text(
        "import graphkb\n"
        "with graphkb.open(':memory:') as kb:\n"
        "    plan = kb.load(['bank'], source='bank')\n"
        "    reveal_type(kb)\n"
        "    reveal_type(plan)\n"
        "    reveal_type(graphkb.queries.gaps.affecting_stages(kb)[0].severity)\n"
        "    graphkb.open(1)\n",
        encoding="utf-8",
    )
    root = Path(graphkb.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(program)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    revealed = [line.split('"')[1] for line in done.stdout.splitlines() if "Revealed type" in line]
    assert revealed == ["graphkb.knowledge_base.KnowledgeBase", "graphkb.sync.plan.Plan", "float"], done.stdout
    assert 'Argument 1 to "open_knowledge_base" has incompatible type "int"' in done.stdout


def test_an_unknown_name_is_refused() -> None:
    """As in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'nosuch'"):
        graphkb.nosuch  # noqa: B018  # the point of the test
