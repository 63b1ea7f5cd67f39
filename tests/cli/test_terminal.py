"""How output behaves on terminals, in pipes, and where characters are missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.cli.printing import progress_text
from tests.cli.conftest import capability, process, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.loads import Document

PROGRAM: Final = [sys.executable, "-c", "import sys; from graphkb.cli import main; sys.exit(main())"]

BASH: Final = shutil.which("bash") or "bash"

posix = pytest.mark.skipif(os.name != "posix", reason="pseudo terminals and their like are POSIX")


def on_a_terminal(folder: Path, *arguments: str, columns: int = 100, **variables: str) -> str:
    """Return what a person sees of a command in a terminal of so many columns."""
    import fcntl  # noqa: PLC0415  # POSIX only
    import pty  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    unset = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "GRAPHKB_DB", "NEO4J_URI")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"} | variables,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        seen = b""
        while chunk := _read(ours):
            seen += chunk
        assert running.wait(timeout=60) == 0
    os.close(ours)
    return seen.decode("utf-8").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""


def test_piped_output_is_the_result_alone(folder: Path, small: Document) -> None:
    """No progress bar, nothing on standard error, no control characters."""
    path = write(folder / "a.json", small)
    for arguments in (("load", str(path), "--source", "mine"), ("stats",), ("ask", "gaps/unfunded")):
        done = process(folder, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert "\x1b" not in done.stdout
        assert done.stdout


@posix
def test_a_load_on_a_terminal_shows_a_progress_bar(folder: Path, small: Document) -> None:
    """And takes it away, and leaves the cursor on."""
    path = write(folder / "a.json", small)
    seen = on_a_terminal(folder, "load", str(path), "--source", "mine")
    assert "Loading mine" in seen
    assert seen.rindex("\x1b[?25h") > seen.rindex("Loading mine")
    assert "created" in seen[seen.rindex("\x1b[?25h") :]


@posix
def test_the_progress_of_a_load_is_rows_rate_and_time_left(folder: Path, small: Document) -> None:
    """How far it is, how fast, and for how long still; a load that is done has nothing left."""
    assert progress_text(4_000, 12_000, 2_000.0) == "4,000 of 12,000 rows, 2,000 a second, 4 s left"
    path = write(folder / "a.json", small)
    seen = on_a_terminal(folder, "load", str(path), "--source", "mine", columns=120)
    assert re.search(r"(?<!\d)(\d+) of \1 rows, [\d,]+ a second(?!, )", re.sub(r"\x1b\[[\d;]*m", "", seen))


@posix
@pytest.mark.parametrize("columns", [77, 200])
def test_a_table_fits_the_terminal(folder: Path, columns: int) -> None:
    """Cells wrap; no line is wider than the terminal."""
    lines = on_a_terminal(folder, "questions", columns=columns, TERM="dumb").splitlines()
    assert max(map(len, lines)) <= columns
    assert any(line.startswith(" ─") for line in lines)


@posix
def test_on_a_narrow_terminal_each_row_is_a_block_of_lines(folder: Path) -> None:
    """A table of seven columns would have one letter a line."""
    seen = on_a_terminal(folder, "demo", columns=40, TERM="dumb")
    assert "\ngap: Maturity gap in Credit Decisioning\njourney: Buy a First Home\n" in seen
    assert "\nseverity: 40\n" in seen


@posix
def test_no_color_is_honored(folder: Path) -> None:
    """No color with NO_COLOR; bold is no color."""
    seen = on_a_terminal(folder, "questions", NO_COLOR="1")
    assert not [code for code in ("\x1b[3", "\x1b[9") if code in seen]


@posix
@pytest.mark.parametrize("arguments", [["schema"], ["schema", "--format", "json"], ["questions"], ["--help"]])
def test_a_reader_that_has_seen_enough_is_no_error(folder: Path, arguments: list[str]) -> None:
    """As with `| head -1`, or a reader that is gone before the first line."""
    for reader in ("head -1", "true"):
        quoted = " ".join(arguments)
        script = f'set -o pipefail; "$0" -c "$1" {quoted} | {reader}'
        done = subprocess.run(
            [BASH, "-c", script, sys.executable, PROGRAM[2]],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("arguments", [["questions"], ["questions", "--format", "json"]])
def test_a_full_disk_is_a_message(folder: Path, arguments: list[str]) -> None:
    """Not a traceback, and not success."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123  # a device
        done = process(folder, *arguments, stdout=full)
    assert done.returncode == 2
    assert done.stderr == "graphkb: No space left on device.\n"


@posix
def test_a_closed_output_is_no_error(folder: Path, small: Document) -> None:
    """A job that wants no output closes it."""
    path = write(folder / "a.json", small)
    script = f'"$0" -c "$1" load {path} --source mine >&-'
    done = subprocess.run(
        [BASH, "-c", script, sys.executable, PROGRAM[2]], cwd=folder, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_output_without_all_characters_loses_none(folder: Path, encoding: str) -> None:
    """JSON escapes them and stays JSON; tables draw their lines with others."""
    title = "Übersicht 概観"
    path = write(
        folder / "a.json", {"capabilities": [capability(1, title=title, targetMaturityLevel=2, maturityLevel=1)]}
    )
    variables = {"PYTHONIOENCODING": encoding}
    loaded = process(folder, "load", str(path), "--source", "Quelle 概", "--format", "json", variables=variables)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert json.loads(loaded.stdout)["source"] == "Quelle 概"
    answer = process(folder, "ask", "gaps/unfunded", "--format", "json", variables=variables)
    assert json.loads(answer.stdout)["rows"][0]["capability"] == title
    table = process(folder, "ask", "gaps/unfunded", variables=variables)
    assert (table.returncode, table.stderr) == (0, "")
