"""The page about exports is played, and names every format."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Final

from graphkb.exports import FORMATS
from tests.support.readme import ROOT, Runner

PAGE: Final = ROOT / "docs" / "exports.md"

_PICTURE: Final = re.compile(r"(?<=^```mermaid\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def played(folder: Path) -> str:
    """Return the page as it reads when it is played now."""
    text = Runner(folder, "no server").play(PAGE.read_text(encoding="utf-8"))
    picture = (folder / "work" / "drawn" / "graphkb.mmd").read_text(encoding="utf-8")
    return _PICTURE.sub(lambda _: picture, text)


def test_every_block_of_the_page_runs_and_prints_what_stands_there(tmp_path: Path) -> None:
    """Commands and programs in order, in an empty folder; the picture is the one that is exported.

    Where this fails because output changed for good reason, run `python -m tests.exports.test_exports_page`.
    """
    text = PAGE.read_text(encoding="utf-8")
    assert played(tmp_path) == text
    told = (tmp_path / "work" / "admin" / "import.args").read_text(encoding="utf-8")
    commands = re.findall(r"^    (neo4j-admin .*|cypher-shell .*)$", text, re.MULTILINE)
    assert len(commands) == 2
    assert all(f"#   {command}\n" in told for command in commands)


def test_the_page_names_every_format() -> None:
    """In the table where a reader looks for it."""
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`([\w-]+)`", "".join(rows))) >= FORMATS.keys()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(played(Path(made)), encoding="utf-8")
