"""A command uses the first store that is set: --db, GRAPHKB_DB, NEO4J_URI, graphkb.kgl in the current folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import capability, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.support.server import Server

NOWHERE = "bolt://127.0.0.1:1"


@pytest.fixture
def stores(graphkb: Command, folder: Path) -> Command:
    """The command line beside three stores, each with a source of its own name."""
    for number, name in enumerate(("graphkb", "other", "third"), 1):
        path = write(folder / f"{name}.json", {"capabilities": [capability(number)]})
        assert graphkb("load", path, "--source", name, "--db", f"{name}.kgl").code == 0
    return graphkb


def used(command: Command, *arguments: str) -> list[str]:
    """Return the sources of the store that a call uses."""
    return list(command(*arguments, "--format", "json").json)


def test_without_a_word_it_is_a_file_in_the_current_folder(stores: Command) -> None:
    """Named graphkb.kgl."""
    assert used(stores, "sources") == ["graphkb"]


def test_neo4j_uri_goes_before_the_file(stores: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """No server answers there, so the command fails."""
    monkeypatch.setenv("NEO4J_URI", NOWHERE)
    result = stores("sources")
    assert (result.code, NOWHERE in result.err) == (3, True)


def test_graphkb_db_goes_before_neo4j_uri(stores: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable is as good as none."""
    monkeypatch.setenv("NEO4J_URI", NOWHERE)
    monkeypatch.setenv("GRAPHKB_DB", "other.kgl")
    assert used(stores, "sources") == ["other"]
    monkeypatch.setenv("NEO4J_URI", "")
    monkeypatch.setenv("GRAPHKB_DB", "")
    assert used(stores, "sources") == ["graphkb"]


def test_the_call_goes_before_the_environment(stores: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the command or behind it; where it stands twice, the one behind counts."""
    monkeypatch.setenv("NEO4J_URI", NOWHERE)
    monkeypatch.setenv("GRAPHKB_DB", "other.kgl")
    assert used(stores, "--db", "third.kgl", "sources") == ["third"]
    assert used(stores, "sources", "--db", "third.kgl") == ["third"]
    assert used(stores, "--db=graphkb.kgl", "sources", "--db=third.kgl") == ["third"]


def test_the_demo_leaves_the_environments_store_alone(
    stores: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs in memory unless its own command line names a store."""
    monkeypatch.setenv("GRAPHKB_DB", "other.kgl")
    before = (folder / "other.kgl").read_bytes()
    assert stores("demo").code == 0
    assert (folder / "other.kgl").read_bytes() == before
    assert stores("demo", "--db", "bank.kgl").code == 0
    assert used(stores, "sources", "--db", "bank.kgl") == ["example"]


def test_a_command_can_name_a_server(graphkb: Command, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """By --db, and by NEO4J_URI with its credentials."""
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    by_option = graphkb("--db", neo4j_server.uri, "stats", "--format", "json")
    monkeypatch.setenv("NEO4J_URI", neo4j_server.uri)
    by_variable = graphkb("stats", "--format", "json")
    assert (by_option.code, by_variable.code) == (0, 0)
    assert by_option.json == by_variable.json


def test_an_unknown_database_of_a_server_is_out_of_reach(
    graphkb: Command, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NEO4J_DATABASE names it."""
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("NEO4J_DATABASE", "nosuch")
    result = graphkb("--db", neo4j_server.uri, "stats")
    assert (result.code, result.out) == (3, "")
    assert "nosuch" in result.err
