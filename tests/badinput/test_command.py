"""The command line tells bad files as it tells all problems: a message for each, an exit code, no traceback."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.badinput.corpus import CASES
from tests.badinput.running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.badinput.case import Case

NAMES: Final = (
    "json: half a surrogate in a key",
    "csv: two headers alike",
    "xlsx: with errors",
    "archi: a million laughs",
    "mapping: an unknown field",
)
COMMAND: Final = "import graphkb.cli, sys; sys.exit(graphkb.cli.main())"
_NAMED: Final = {each.name: each for each in CASES}


@pytest.mark.parametrize("name", NAMES)
def test_the_command_tells_a_bad_file(name: str, tmp_path: Path) -> None:
    """The exit code is 1, every rule and the file stand in what is printed, and no store is made."""
    case: Case = _NAMED[name]
    for each, content in case.contents().items():
        (tmp_path / each).write_bytes(content)
    mapping = ["--mapping", case.mapping] if case.mapping else []
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "--db", "graph.kgl", "load", *case.loaded, "--source", "bad", *mapping],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "nothing was written" in done.stderr
    assert all(f"[{rule}]" in done.stderr for rule in case.rules)
    assert {each.name for each in tmp_path.iterdir()} == set(case.files)
