"""``graphkb export``: every format by name, and a part of the graph where the format is for looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.exports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def bank(graphkb: Command, example: Path) -> Command:
    """The command line in a folder whose store holds the example."""
    assert graphkb("load", example, "--source", "bank").code == 0
    return graphkb


def test_the_help_names_every_format(graphkb: Command) -> None:
    """So that nobody has to guess."""
    text = graphkb("export", "--help").out
    assert all(name in text for name in FORMATS)


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"mermaid"}))
def test_each_format_writes_the_files_that_it_prints(bank: Command, folder: Path, name: str) -> None:
    """Each path on a line, and again the same bytes."""
    first, again = bank("export", "one", "--format", name), bank("export", "two", "--format", name)
    assert (first.code, first.err) == (0, "")
    names = first.out.splitlines()
    assert {folder / each for each in names} == set((folder / "one").rglob("*"))
    for one, two in zip(names, again.out.splitlines(), strict=True):
        assert (folder / one).read_bytes() == (folder / two).read_bytes()


def test_a_picture_is_drawn_around_an_element(bank: Command, folder: Path) -> None:
    """Named by its title; without one the example is too much for a picture."""
    result = bank("export", "out", "--format", "mermaid", "--around", "buy a first home", "--hops", "1")
    assert (result.code, result.out.strip(), result.err) == (0, "out/graphkb.mmd", "")
    picture = (folder / "out" / "graphkb.mmd").read_text(encoding="utf-8")
    assert "Prove Your Income" in picture
    assert "Credit Decisioning" not in picture
    whole = bank("export", "none", "--format", "mermaid")
    assert whole.code == 2
    assert "368 elements" in whole.err
    assert "--around ELEMENT" in whole.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "graphml", "--around", "Buy a First Hone"), "Did you mean 'Buy a First Home'?"),
        (("--around", "JRN-HOME"), "json holds everything, to be loaded again."),
        (("--format", "neo4j-admin", "--around", "JRN-HOME"), "neo4j-admin holds everything, to be loaded again."),
        (("--format", "graphml", "--hops", "1"), "Say around which element, by --around"),
        (("--format", "graphm"), "Did you mean 'graphml'?"),
    ],
)
def test_a_wrong_call_says_what_to_do(bank: Command, folder: Path, arguments: tuple[str, ...], message: str) -> None:
    """And nothing is written."""
    result = bank("export", "out", *arguments)
    assert result.code == 2
    assert message in result.err
    assert not (folder / "out").exists()
