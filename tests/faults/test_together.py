"""Two commands at once that load into one store: of the same source and of different ones."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.errors import LoadLocked
from graphkb.sync.plan import Count
from tests.conftest import LONG
from tests.support.loads import Loader, nodes_of, owners_in
from tests.sync.processes import ROOT, LoadProcess, started
from tests.sync.test_locks import capabilities

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS: Final = 8 if LONG else 2
"""How often two commands race."""


def command(target: dict[str, Any], path: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start ``graphkb load`` of a file in a process of its own."""
    program = "import sys; from graphkb.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", program, "--db", target["target"], "load", str(path), *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("sources", ["aa", "ab"], ids=["same source", "different sources"])
def test_commands_at_once_end_whole_or_say_in_a_line_why_not(
    shared: Loader, target: dict[str, Any], sources: str
) -> None:
    """Each has loaded, or is told who loads; nothing is there twice, and nothing of the one that loaded lacks."""
    documents = {source: capabilities(source, 30) for source in sources}
    for round_ in range(ROUNDS):
        changed = {source: capabilities(source, 30, purpose=f"Round {round_}") for source in documents}
        paths = {source: shared.files(document)[0] for source, document in changed.items()}
        processes = [(source, command(target, paths[source], "--source", source)) for source in sources]
        for source, process in processes:
            _, told = process.communicate(timeout=120)
            if process.returncode:
                assert process.returncode in (1, 3), told
                assert told.startswith("graphkb: ")
                assert told.count("\n") == 1
                assert "Another load is under way" in told or "is being written by" in told
                [waiting] = [command(target, paths[source], "--source", source, "--wait", "60")]
                assert waiting.wait(120) == 0, waiting.communicate()
                waiting.communicate()
        owned = shared.kb.sources()
        assert owned == dict.fromkeys(sorted(set(sources)), Count(30, 29))
        for source, document in changed.items():
            assert shared.load(source, document).is_empty
        assert not nodes_of(shared.kb.store, "LoadLock")


def test_loads_of_one_source_at_once_do_not_mix(shared: Loader, target: dict[str, Any]) -> None:
    """Of two loads of one source in chunks, the second begins when the first has ended, and its state stands."""
    first, second = capabilities("a", 40), capabilities("a", 25, purpose="Second")
    shared.load("a", second)
    expected = owners_in(shared.kb.store)
    with started(LoadProcess(target, shared.files(first), "a", chunk=10, pause=3)) as process:
        process.read_until("begin 3")
        with pytest.raises(LoadLocked, match=f"process {process.pid}"):
            shared.load("a", second)
        release = threading.Timer(0.5, process.go_on)
        release.start()
        shared.load("a", second, wait=60)
        release.join()
        assert process.end() == 0
    assert owners_in(shared.kb.store) == expected
    assert [run.status for run in shared.kb.history()] == ["complete"] * 3


def test_a_restore_and_a_load_take_turns(shared: Loader, target: dict[str, Any], tmp_path: Path) -> None:
    """A restore is refused while a load is under way, and waits where it is told to."""
    shared.load("a", capabilities("a"))
    shared.kb.backup(tmp_path / "kept")
    expected = owners_in(shared.kb.store)
    with started(LoadProcess(target, shared.files(capabilities("b")), "b", chunk=2, pause=3)) as process:
        process.read_until("begin 3")
        with pytest.raises(LoadLocked, match=f"process {process.pid}"):
            shared.kb.restore(tmp_path / "kept", replace=True)
        process.go_on()
        shared.kb.restore(tmp_path / "kept", replace=True, wait=60)
        assert process.end() == 0
    assert owners_in(shared.kb.store) == expected
