"""The wheel holds what an installed graphkb needs, and an installed graphkb works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).parents[1]


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a program and return what it prints; fail with its messages where it fails."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the build backend of the environment; nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    (built,) = folder.glob("graphkb-*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Give the names of the wheel's files."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, without its dependencies, into an empty folder."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run([*pip, "--target", str(folder), str(wheel)], folder)
    return folder


def test_the_wheel_holds_every_module(names: set[str]) -> None:
    """With the mark that it is typed."""
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "graphkb").rglob("*.py")}
    assert modules <= names
    assert "graphkb/py.typed" in names


def test_the_wheel_holds_every_question(names: set[str]) -> None:
    """All Cypher files of the checkout, under graphkb/_cypher."""
    texts = {path.relative_to(ROOT / "cypher").as_posix() for path in (ROOT / "cypher").rglob("*.cypher")}
    assert len(texts) > 5
    assert {f"graphkb/_cypher/{text}" for text in texts} == {name for name in names if name.endswith(".cypher")}


def test_the_wheel_holds_the_example_and_the_starter(names: set[str]) -> None:
    """Every file of both."""
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "graphkb" / "example").glob("*/*") if path.is_file()}
    assert {"graphkb/example/bank/README.md", "graphkb/example/starter/journey.yaml"} <= files <= names


def test_the_wheel_holds_license_and_notice(names: set[str]) -> None:
    """Beside its metadata."""
    licenses = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    assert licenses == {"LICENSE", "NOTICE"}


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    """No tests, no caches, no stray files."""
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"graphkb"}
    suffixes = {Path(name).suffix for name in names if ".dist-info" not in name}
    assert suffixes == {".cypher", ".html", ".md", ".py", ".typed", ".yaml"}


@pytest.mark.parametrize("arguments", [["demo"], ["questions", "--format", "json"], ["--help"]])
def test_the_installed_package_works_without_the_checkout(
    installed: Path, tmp_path: Path, arguments: list[str]
) -> None:
    """The code that runs is the installed one, and prints what the checkout prints."""
    program = (
        "import sys, graphkb, graphkb.queries.catalog\n"
        "print(graphkb.__file__, graphkb.queries.catalog.folder(), sep='\\n', file=sys.stderr)\n"
        "from graphkb.cli import main\n"
        "sys.exit(main())\n"
    )
    # A folder on PYTHONPATH goes before the site-packages of this environment, where the checkout may be installed.
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-c", program, *arguments]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = [Path(line).resolve() for line in done.stderr.splitlines()]
    assert files == [(installed / "graphkb" / name).resolve() for name in ("__init__.py", "_cypher")]
    checkout = run(command, tmp_path, {**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout == checkout


def test_the_installed_command_starts(installed: Path, tmp_path: Path) -> None:
    """The script that the package brings runs the same program."""
    script = next(path for path in (installed / "bin" / "graphkb", installed / "bin" / "graphkb.exe") if path.exists())
    shown = run([str(script), "--version"], tmp_path, {**os.environ, "PYTHONPATH": str(installed)})
    assert shown.startswith("graphkb ")
