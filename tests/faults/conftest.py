"""Stores as the tests of loading have them, a server of the tests' own, and the dice that choose moments."""

from __future__ import annotations

import os
import random
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from tests.support.runtime import NoServer
from tests.support.server import FEW_PLANS, start_server, without_server
from tests.sync.conftest import emptied, examples, loader, shared, target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.server import Server

__all__ = ["emptied", "examples", "loader", "shared", "target"]

ALIVE: Final = {"server.bolt.connection_keep_alive": "1s"}
"""The server shows that it is alive every second, instead of every minute: so soon is it missed."""


@pytest.fixture
def dice(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> random.Random:
    """Return dice of a seed that is told, to be set by GRAPHKB_TEST_SEED where a failure is to be repeated."""
    seed = os.environ.get("GRAPHKB_TEST_SEED") or str(random.SystemRandom().randrange(10**6))
    with capsys.disabled():
        print(f"\n{request.node.name}: GRAPHKB_TEST_SEED={seed}", end=" ")  # noqa: T201 - a failure is to be repeated
    return random.Random(f"{seed} {request.node.name}")  # noqa: S311 - a test's dice


@pytest.fixture(scope="package")
def own_server() -> Iterator[Server]:
    """Yield a server that tests may stop, with a small heap."""
    try:
        server = start_server(heap="512m", settings={**FEW_PLANS, **ALIVE})
    except NoServer as reason:
        without_server(reason)
    with server:
        yield server


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of a disk of 4 MB; skip where this user may mount none."""
    with mounted(tmp_path / "disk", "4m") as folder:
        yield folder


class mounted:  # noqa: N801 - reads as a function
    """A disk in memory of a size, mounted while the body runs; without the right to mount, the test is skipped."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder
        self.size = size

    def __enter__(self) -> Path:
        self.folder.mkdir()
        try:
            run("mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", str(self.folder))
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"a small disk cannot be mounted here ({error})")
        return self.folder

    def __exit__(self, *_: object) -> None:
        run("umount", "--lazy", str(self.folder))


def run(*command: str) -> None:
    """Run a command of the system; it succeeds within seconds or raises."""
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True, capture_output=True, timeout=30)


def fill(folder: Path) -> Path:
    """Fill the disk of a folder to its last byte; return the file to delete for room."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 65536
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
    return ballast
