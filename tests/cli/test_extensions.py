"""Extensions on the command line: named by option, by variable, or installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.cli.conftest import process, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

MODULE: Final = '''
from typing import ClassVar
from graphkb.model.declaration import Element, Key, Title

class Region(Element):
    """A part of the country."""
    list_name: ClassVar[str] = "regions"
    region_id: Key | None = None
    region_name: Title | None = None

KINDS = (Region,)
QUESTIONS = "questions"
'''
QUESTION: Final = """\
// question: Which regions are there?
// grain: one row a region
// returns: region string
MATCH (region:Region)
RETURN region.title AS region
ORDER BY region
"""


@pytest.fixture
def module(folder: Path) -> str:
    """The path of an extension in the current folder, with a question; its records are in ``regions.json``."""
    place = folder / "extension"
    (place / "questions" / "regions").mkdir(parents=True)
    (place / "questions" / "regions" / "all.cypher").write_text(QUESTION, encoding="utf-8")
    (place / "regions.py").write_text(MODULE, encoding="utf-8")
    write(folder / "regions.json", {"regions": [{"regionName": "The Coast"}]})
    return "extension/regions.py"


def test_every_command_sees_the_extension(graphkb: Command, module: str, folder: Path) -> None:
    """Loading, asking, listing, counting, checking, exporting, and what proposes a mapping."""
    named = ("--extension", module)
    assert graphkb("load", "regions.json", "--source", "regions", *named).code == 0
    assert graphkb("ask", "regions/all", "--format", "json", *named).json["rows"] == [{"region": "The Coast"}]
    assert "The Coast" in graphkb("ask", "regions/all", *named).out
    assert "regions/all" in {each["name"] for each in graphkb("questions", "--format", "json", *named).json}
    assert graphkb("stats", "--format", "json", *named).json["nodes"] == {"Region": 1}
    (finding,) = graphkb("check", "--format", "json", *named).json
    assert (finding["rule"], finding["kind"]) == ("orphan", "Region")
    assert graphkb("sources", "--format", "json", *named).json["regions"]["nodes"] == 1
    assert "Region" in {each["label"] for each in graphkb("schema", "--format", "json", *named).json["kinds"]}
    assert graphkb("export", "out", *named).code == 0
    exported = json.loads((folder / "out" / "graphkb.json").read_text(encoding="utf-8"))
    assert exported == {"regions": [{"regionID": "the-coast", "regionName": "The Coast"}]}
    (folder / "regions.csv").write_text("Region name\nThe Coast\n", encoding="utf-8")
    assert "kind: Region" in graphkb("guess-mapping", "regions.csv", *named).out
    assert graphkb("forget", "regions", *named).code == 0


def test_without_the_extension_nothing_of_it_is_there(graphkb: Command, module: str) -> None:
    """Its records are not understood, and its questions are unknown."""
    assert module
    result = graphkb("load", "regions.json", "--source", "regions")
    assert (result.code, "'regions' is no list of records" in result.err) == (1, True)
    result = graphkb("ask", "regions/all")
    assert (result.code, "There is no question 'regions/all'" in result.err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--extension", "M", "ask", "regions/all"),
        ("ask", "--extension", "M", "regions/all"),
        ("ask", "regions/all", "--extension=M"),
        ("--extension=M", "ask", "regions/all", "--extension", "M"),
        ("--debug", "ask", "--extension", "M", "--", "regions/all"),
    ],
)
def test_the_option_may_stand_anywhere(graphkb: Command, module: str, arguments: tuple[str, ...]) -> None:
    """Before the command, behind it, several times, with its value in one word or two."""
    assert graphkb(*(each.replace("M", module) for each in arguments)).code == 0


def test_behind_two_dashes_it_is_no_option(graphkb: Command, module: str) -> None:
    """As any other word."""
    result = graphkb("ask", "--", "regions/all", "--extension", module)
    assert (result.code, "There is no question" in result.err) == (2, True)


@pytest.mark.parametrize("arguments", [("--extension",), ("stats", "--extension")])
def test_the_option_needs_a_value(graphkb: Command, arguments: tuple[str, ...]) -> None:
    """And takes no command for one."""
    result = graphkb(*arguments)
    assert (result.code, result.err) == (2, "graphkb: Option '--extension' requires an argument.\n")


def test_the_environment_names_extensions(
    graphkb: Command, module: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several are separated as paths are; those of the call come on top, and an empty variable is as good as none."""
    other = MODULE.replace("Region", "Zone").replace('"regions"', '"zones"').replace("QUESTIONS", "NOTHING")
    (folder / "zones.py").write_text(other, encoding="utf-8")
    monkeypatch.setenv("GRAPHKB_EXTENSIONS", "")
    assert kinds(graphkb) == set()
    monkeypatch.setenv("GRAPHKB_EXTENSIONS", module)
    assert kinds(graphkb) == {"Region"}
    assert kinds(graphkb, "--extension", "zones.py") == {"Region", "Zone"}
    monkeypatch.setenv("GRAPHKB_EXTENSIONS", os.pathsep.join([module, "zones.py", ""]))
    assert kinds(graphkb) == {"Region", "Zone"}


def kinds(command: Command, *arguments: str) -> set[str]:
    """Return which kinds of extensions a call knows."""
    schema = command("schema", "--format", "json", *arguments).json
    return {each["label"] for each in schema["kinds"]} & {"Region", "Zone"}


@pytest.mark.parametrize("command", [("stats",), ("schema",), ("questions",), ("ask", "gaps/unfunded"), ("demo",)])
def test_an_extension_that_cannot_be_used_is_a_wrong_call(graphkb: Command, command: tuple[str, ...]) -> None:
    """With a message and no traceback, and nothing is opened."""
    result = graphkb(*command, "--extension", "nosuch.py")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("graphkb: There is no extension nosuch.py: ")
    assert result.err.count("\n") == 1


def test_debug_shows_where_an_extension_fails(graphkb: Command, folder: Path) -> None:
    """The exception of the module is the cause."""
    (folder / "broken.py").write_text("raise RuntimeError('boom')", encoding="utf-8")
    result = graphkb("stats", "--extension", "broken.py")
    assert (result.code, result.err) == (2, "graphkb: The extension broken.py cannot be imported: RuntimeError: boom\n")
    shown = process(folder, "stats", "--extension", "broken.py", "--debug")
    assert "broken.py" in shown.stderr
    assert "line 1, in <module>\n    raise RuntimeError" in shown.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as an installer leaves it: a package with an extension, and its metadata beside it."""
    site = tmp_path / "site"
    questions = site / "bank_graph" / "questions" / "regions"
    questions.mkdir(parents=True)
    (site / "bank_graph" / "__init__.py").touch()
    (site / "bank_graph" / "regions.py").write_text(MODULE, encoding="utf-8")
    (questions / "all.cypher").write_text(QUESTION, encoding="utf-8")
    metadata = site / "bank_graph-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: bank-graph\nVersion: 1.0\n", encoding="utf-8")
    entry_points = "[graphkb.extensions]\nregions = bank_graph.regions\n"
    (metadata / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    return site


def run(folder: Path, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command where the packages of ``site`` are installed as well."""
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    return process(folder, *arguments, variables={"PYTHONPATH": path})


def test_an_installed_extension_is_in_use_without_a_word(folder: Path, installed: Path) -> None:
    """Kinds and questions; where its name is given all the same, it counts once."""
    schema = run(folder, installed, "schema", "--format", "json")
    assert schema.returncode == 0, schema.stderr
    assert "Region" in {each["label"] for each in json.loads(schema.stdout)["kinds"]}
    write(folder / "regions.json", {"regions": [{"regionName": "The Coast"}]})
    assert run(folder, installed, "load", "regions.json", "--source", "r", "--extension", "regions").returncode == 0
    answer = run(folder, installed, "ask", "regions/all", "--format", "json", "--extension", "bank_graph.regions")
    assert json.loads(answer.stdout)["rows"] == [{"region": "The Coast"}]


def test_a_broken_installed_extension_is_named_with_its_package(folder: Path, installed: Path) -> None:
    """So that its user knows what to mend or to remove; help is there all the same."""
    (installed / "bank_graph" / "regions.py").write_text("import nosuch", encoding="utf-8")
    result = run(folder, installed, "stats")
    assert (result.returncode, result.stderr) == (
        2,
        "graphkb: The extension regions of the package bank-graph cannot be imported: No module named 'nosuch'\n",
    )
    assert run(folder, installed, "--help").returncode == 0


def test_help_reads_no_entry_points(folder: Path, installed: Path) -> None:
    """What needs no extension does not look for any."""
    code = (
        "import sys; from graphkb.cli import main; main(['--help'])\n"
        "print('importlib.metadata' in sys.modules, 'graphkb.extensions' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == "False False\n"
