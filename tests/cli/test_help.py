"""Every command explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
import typer

import graphkb as package
from graphkb.cli.commands import app

if TYPE_CHECKING:
    from tests.cli.conftest import Command

COMMANDS: Final[dict[str, Any]] = dict(getattr(typer.main.get_command(app), "commands", {}))
WITHOUT_STORE: Final = {"diff", "guess-mapping", "new", "questions", "schema", "template"}


def test_the_app_has_its_commands() -> None:
    """A command that comes or goes is meant to."""
    assert set(COMMANDS) == {
        "analyze",
        "ask",
        "backup",
        "browser",
        "check",
        "completeness",
        "demo",
        "diff",
        "export",
        "forget",
        "guess-mapping",
        "history",
        "load",
        "new",
        "questions",
        "restore",
        "schema",
        "sources",
        "stats",
        "steps",
        "template",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_every_option_and_argument(graphkb: Command, name: str) -> None:
    """Each has a name and an explanation, and the help ends well."""
    result = graphkb(name, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: graphkb {name} ")
    for parameter in COMMANDS[name].params:
        assert parameter.help, f"{parameter.name} of {name} has no help"
        shown = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]
        assert all(each in result.out for each in shown)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_store_can_be_named_behind_every_command_that_uses_one(name: str) -> None:
    """``--db`` is an option of each of them, not of the others."""
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert ("--db" in options) == (name not in WITHOUT_STORE)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_lists_all_commands_in_full_sentences(graphkb: Command, arguments: tuple[str, ...]) -> None:
    """The explanation of no command is cut off, and stores and exit codes are explained."""
    result = graphkb(*arguments)
    assert (result.code, result.err) == (0, "")
    for name, command in COMMANDS.items():
        sentence = command.help.splitlines()[0]
        assert f"  {name} " in result.out
        assert f" {sentence}\n" in result.out, f"shorten the first line of {name}"
    text = " ".join(result.out.split())
    for word in ("--db", "GRAPHKB_DB", "NEO4J_URI", "graphkb.kgl", "Exit codes: 0", "--debug"):
        assert word in text


def test_the_version_is_the_packages(graphkb: Command) -> None:
    """One number, in one place."""
    assert graphkb("--version").out == f"graphkb {package.__version__}\n"
