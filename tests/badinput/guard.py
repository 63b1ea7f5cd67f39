"""Loads files in processes in which time, memory, network and files are guarded: ``python -m`` this.

It reads requests and writes outcomes, one JSON object a line. Every request is carried out in a fork of its own, made
of a process that has imported everything and opened nothing, so that its memory and its faults are its own.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any, Final

import graphkb
import graphkb.sources.workbook
import graphkb.store.embedded
from graphkb.errors import DataError, UsageError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.load_options import LoadOptions
from graphkb.model.interpretation import interpret
from graphkb.sources import Dialect, InputFile, read_paths
from graphkb.sources.files import read_file
from graphkb.sources.guess import guess_mapping
from graphkb.sources.mapping.language import parse_mapping
from graphkb.sources.mapping.reading import read_mapped
from graphkb.store import open_store
from tests.badinput.misdeeds import MISDEEDS

MEMORY: Final = 2 << 30
"""Bytes that a load may take."""
SHOWN: Final = 1000
"""Most problems that are sent back."""
LONGEST: Final = 5000
"""Most characters of a message that are sent back."""

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED: Final = (
    *("socket.", "subprocess.", "shutil.", "tempfile.", "urllib.", "http.", "ftplib.", "pty.", "webbrowser."),
    *("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.kill", "pickle.find_class"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "os.utime", "os.setxattr", "ctypes.dlopen"),
)


class Guard:
    """Refuses and remembers what a reader must not do: an audit hook."""

    def __init__(self, named: set[str]) -> None:
        self.named = named
        package = Path(graphkb.__file__).resolve().parent
        self.rooms = tuple(f"{each}/" for each in (sys.prefix, sys.base_prefix, package, "/dev", "/proc"))
        self.touched: list[str] = []
        self.watches = True

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Look at what is about to happen."""
        if not self.watches:
            return
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int):
                return
            full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # a path as text, of which no link is followed
            if (flags or 0) & _WRITING or not (full in self.named or full.startswith(self.rooms)):
                self._refuse(f"open {full}")
        elif event.startswith(_REFUSED) and event != "socket.gethostname":  # a load notes where it runs
            self._refuse(f"{event} {arguments!r:.200}")

    def _refuse(self, what: str) -> None:
        self.touched.append(what)
        raise PermissionError(what)


def main() -> None:
    """Carry out requests until there are no more."""
    _warm_up()
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(_in_a_fork(json.loads(line))), flush=True)  # noqa: T201  # the answer


def _warm_up() -> None:
    """Make what is made at the first use: once, and before anything is watched."""
    bank = Path(graphkb.__file__).parent / "example" / "bank"
    interpret(read_paths([bank]).records)
    table = InputFile(Path("a.csv"), b"Name,Code\nA,1\n")
    read_mapped(table, parse_mapping(guess_mapping(table), Path("map.yaml")).rules)


def _in_a_fork(request: dict[str, Any]) -> list[dict[str, Any]]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            told = json.dumps([_confined(each) for each in request["loads"]])
        except BaseException:  # noqa: BLE001  # told, whatever it is
            told = json.dumps([{"fault": traceback.format_exc()[-LONGEST:]}])
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(told)
        os._exit(0)
    os.close(writing)
    return _answer(child, reading, request["seconds"] * len(request["loads"]))


def _answer(child: int, reading: int, seconds: float) -> list[dict[str, Any]]:
    """Return what a child says, unless it takes too long or dies."""
    ends, pieces = time.monotonic() + seconds, list[bytes]()
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(0.0, ends - time.monotonic()))[0]:
            piece = pipe.read(1 << 16)
            if not piece:
                break
            pieces.append(piece)
        else:
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if status:
        return [{"fault": f"the load ended by {status}, or took longer than {seconds:g} s"}]
    found: list[dict[str, Any]] = json.loads(b"".join(pieces))
    return found


def _confined(request: dict[str, Any]) -> dict[str, Any]:
    """Do what a request asks for, and say what came of it."""
    paths = [Path(request["folder"], name) for name in request["named"]]
    mapping = Path(request["folder"], request["mapping"]) if request["mapping"] else None
    before = _memory("VmRSS")
    _limit()
    guard = Guard({str(each) for each in (*paths, mapping) if each})
    sys.addaudithook(guard)
    begun = time.perf_counter()
    try:
        told = _done(request, paths, mapping)
    except DataError as error:
        told = _problems(error)
    except UsageError as error:
        told = {"usage": str(error)}
    except Exception:  # noqa: BLE001  # a fault of a reader, which this is for
        guard.watches = False
        told = {"fault": traceback.format_exc()[-LONGEST:]}
    guard.watches = False
    seconds = time.perf_counter() - begun
    return {**told, "seconds": seconds, "peak": max(0, _memory("VmHWM") - before), "touched": guard.touched}


def _done(request: dict[str, Any], paths: list[Path], mapping: Path | None) -> dict[str, Any]:
    if request["act"] in MISDEEDS:
        MISDEEDS[request["act"]](paths[0])
        return {}
    if request["act"] == "guess":
        parse_mapping(guess_mapping(read_file(paths[0])), Path("map.yaml"))
        return {}
    options = LoadOptions(mapping=mapping, dialect=Dialect.parse(request["declared"]))
    with KnowledgeBase(open_store(request["store"])) as kb:
        plan = kb.load(paths, source="bad", options=options)
    return {"notes": [each[:LONGEST] for each in plan.notes[:SHOWN]]}


def _problems(error: DataError) -> dict[str, Any]:
    shown = error.problems[:SHOWN]
    return {
        "problems": [(each.file, each.line, each.pointer, each.rule, each.message[:LONGEST]) for each in shown],
        "broken": sorted({each.rule for each in error.problems}),
    }


def _limit() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_memory("VmSize") + MEMORY, hard))


def _memory(name: str) -> int:
    """Return a number of bytes that the system keeps of this process."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main()
