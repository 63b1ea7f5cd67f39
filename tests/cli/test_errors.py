"""What goes wrong is told on standard error, without a traceback, with the exit code that says whose turn it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from graphkb.cli import main
from graphkb.errors import AuthenticationFailed, UsageError
from graphkb.queries import catalog
from tests.cli.conftest import process, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.support.loads import Document

NOWHERE = "bolt://127.0.0.1:1"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("nosuch", "nosuch"),
        ("stat", "Did you mean 'stats'"),
        ("--nosuch", "--nosuch. See `graphkb --help`."),
        ("--db", "--db"),
        ("--db x.kgl", "Missing command"),
        ("--db x.txt stats", "'x.txt'"),
        ("stats --db nosuch://host", "nosuch://host"),
        ("stats --format xml", "'xml' is not one of 'table', 'json'. See `graphkb stats --help`."),
        ("ask gaps/affecting_stages --format yaml", "'yaml'"),
        ("load", "PATH"),
        ("load there.json", "--source"),
        ("load missing.json --source mine", "There is no file or folder missing.json."),
        ("load missing --source mine --format json", "There is no file or folder missing."),
        ("load there.txt --source mine", "'.txt'"),
        ("load empty --source mine", "The folder empty holds no file to load"),
        ("load there.json --source=", "A source needs a name"),
        ("load there.json --source mine --wait soon", "'--wait'"),
        ("load there.json --source mine --wait -1", "'--wait'"),
        ("forget", "SOURCE"),
        ("ask", "TOPIC/NAME"),
        ("ask gaps/affecting_stage", "Did you mean gaps/affecting_stages"),
        ("ask affecting_stages", "Did you mean gaps/affecting_stages"),
        ("ask gaps/affecting_stages 10", "'10' is no parameter; write it as name=value."),
        ("ask gaps/affecting_stages limit=ten", "limit"),
        ("ask gaps/affecting_stages limit=0", "limit"),
        ("ask gaps/affecting_stages limit=1 limit=2", "The parameter 'limit' is given twice."),
        ("ask gaps/affecting_stages lmit=1", "Did you mean limit?"),
        ("export kept --format jsn", "Did you mean 'json'?"),
        ("export there.txt", "Cannot write into there.txt"),
        ("new empty/../full", "full is there already and not empty"),
        ("new there.txt", "there.txt is there already"),
        ("new there.txt/shop", "Cannot write there.txt/shop"),
    ],
)
def test_a_wrong_call_ends_with_2(graphkb: Command, folder: Path, arguments: str, told: str) -> None:
    """The message says what is wrong and, where one is near, what would be right; nothing else is printed."""
    write(folder / "there.json", {})
    (folder / "there.txt").write_text("", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "full").mkdir()
    write(folder / "full" / "there.json", {})
    result = graphkb(*arguments.split())
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("graphkb: ")
    assert told in result.err
    assert "Value error" not in result.err
    assert len(result.err.splitlines()) == 1


def test_a_text_that_returns_paths_is_for_neo4j_browser(graphkb: Command) -> None:
    """The message names its file."""
    for each in catalog.explorations():
        result = graphkb(
            "ask", each.name, *(f"{parameter.name}=x" for parameter in each.parameters if parameter.required)
        )
        assert (result.code, result.out) == (2, "")
        assert f"run {each.path} in Neo4j Browser" in result.err


@pytest.mark.parametrize(
    "arguments", [("load", "{}", "--source", "mine"), ("--db", "{}.kgl", "stats"), ("new", "{}"), ("export", "{}")]
)
def test_a_name_that_is_too_long_is_a_message(graphkb: Command, arguments: tuple[str, ...]) -> None:
    """Whatever the system refuses ends as one line."""
    result = graphkb(*(each.format("x" * 300) for each in arguments))
    assert result.code in (2, 3)
    assert result.err.endswith(": File name too long.\n")
    assert len(result.err.splitlines()) == 1


def test_what_must_not_be_read_or_written_is_a_message(graphkb: Command, folder: Path, small: Document) -> None:
    """A file is a problem of the input; a folder to write into is a wrong call; a store is out of reach."""
    secret = write(folder / "secret.json", small)
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("this user may read and write everything")
    loaded = graphkb("load", secret, "--source", "mine", "--format", "json")
    assert (loaded.code, [each["rule"] for each in loaded.json["problems"]]) == (1, ["unreadable"])
    closed = folder / "closed"
    closed.mkdir(mode=0o500)
    assert graphkb("export", closed / "kept").code == 2
    assert graphkb("new", closed / "shop").code == 2
    secret.chmod(0o600)
    assert graphkb("load", secret, "--source", "mine", "--db", closed / "x.kgl").code == 3


@pytest.mark.parametrize("command", ["stats", "check", "sources", "export kept", "ask gaps/unfunded", "demo"])
def test_a_store_out_of_reach_ends_with_3(graphkb: Command, command: str) -> None:
    """For each command, with the address and what to do."""
    result = graphkb("--db", NOWHERE, *command.split())
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith(f"graphkb: No Neo4j server answers at {NOWHERE}: start it, or check the address.")
    assert "Traceback" not in result.err


@pytest.mark.parametrize("store", ["folder.kgl", "nosuch/x.kgl", "damaged.kgl"])
def test_a_file_that_is_no_store_ends_with_3(graphkb: Command, folder: Path, store: str) -> None:
    """A folder, a file in no folder, and a file of something else."""
    (folder / "folder.kgl").mkdir()
    (folder / "damaged.kgl").write_bytes(b"something else")
    result = graphkb("--db", store, "stats")
    assert (result.code, result.out) == (3, "")
    assert store in result.err


def test_credentials_that_are_refused_end_with_3(graphkb: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's refusal is a store out of reach; the password is not repeated."""
    asked: dict[str, Any] = {}

    def refuse(target: str, *, extensions: list[str], as_it_is: bool, **credentials: Any) -> None:
        assert (extensions, as_it_is) == ([], False)
        asked.update(credentials, target=target)
        raise AuthenticationFailed(f"{target} refuses the user name or the password: check both.")

    monkeypatch.setattr("graphkb.knowledge_base.open_knowledge_base", refuse)
    monkeypatch.setenv("NEO4J_URI", NOWHERE)
    monkeypatch.setenv("NEO4J_USERNAME", "ada")
    monkeypatch.setenv("NEO4J_PASSWORD", "byron")
    result = graphkb("stats")
    assert (result.code, result.out) == (3, "")
    assert "byron" not in result.err
    assert asked == {"target": NOWHERE, "username": "ada", "password": "byron", "database": "neo4j"}
    monkeypatch.delenv("NEO4J_USERNAME")
    assert graphkb("stats").code == 3
    assert asked["username"] == "neo4j"
    monkeypatch.delenv("NEO4J_PASSWORD")
    assert graphkb("stats").code == 3
    assert asked["username"] is None


def test_debug_lets_the_traceback_through(folder: Path, graphkb: Command) -> None:
    """Wherever it stands, and for wrong calls too."""
    assert graphkb("ask", "gaps/nosuch").code == 2
    for arguments in (["--debug", "ask", "gaps/nosuch"], ["ask", "gaps/nosuch", "--debug"]):
        with pytest.raises(UsageError, match="gaps/nosuch"):
            main(arguments)
    shown = process(folder, "ask", "gaps/nosuch", "--debug")
    assert shown.returncode == 1
    assert "Traceback (most recent call last)" in shown.stderr
    assert "graphkb.errors.UsageError: " in shown.stderr


def test_a_defect_of_graphkb_shows_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody raises on purpose is not hidden behind a message."""
    assert folder.is_dir()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("graphkb.knowledge_base.open_knowledge_base", fail)
    with pytest.raises(ZeroDivisionError):
        main(["stats"])


def test_an_interrupted_command_says_so(graphkb: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130, as shells expect."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graphkb.knowledge_base.open_knowledge_base", interrupt)
    result = graphkb("stats")
    assert (result.code, result.out) == (130, "")
    assert result.err.strip() == "graphkb: interrupted"
