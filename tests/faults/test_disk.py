"""The disk is full: what was there stays, one message says so, and with room again all goes on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.cli import main
from graphkb.errors import StoreUnavailable
from graphkb.exports import FORMATS
from graphkb.knowledge_base import KnowledgeBase
from graphkb.store import open_store
from graphkb.sync.runs import last_run
from tests.conftest import only_long
from tests.faults.conftest import fill, mounted
from tests.faults.test_line import is_one_message
from tests.support.loads import Loader, nodes_of, owners_in
from tests.support.runtime import NoServer
from tests.support.server import FEW_PLANS, ServerFailed, start_server, without_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES: Final = 20_000
"""So much room is left on a disk that is nearly full: for a lock, not for a load."""
RESILIENT: Final = {"internal.dbms.tx_log.fail_on_corrupted_log_files": "false"}
"""Without it, a server that could not finish its log does not start its database again; it drops the unfinished end."""


def capabilities(count: int, purpose: str) -> dict[str, Any]:
    """Return so many capabilities with texts that do not shrink to nothing."""
    return {
        "capabilities": [
            {"capabilityID": f"c{n}", "title": f"C {n}", "purpose": f"{purpose} {n * 7919 % 1_000_003} {n**5}"}
            for n in range(count)
        ]
    }


SMALL: Final = capabilities(50, "Trust")
LARGE: Final = capabilities(20_000, "Speed")


@pytest.fixture
def on_disk(small_disk: Path, tmp_path: Path) -> Iterator[Loader]:
    """Yield what loads into a file on a small disk; it holds some capabilities."""
    store = open_store(small_disk / "graph.kgl")
    loader = Loader(store, tmp_path)
    loader.load("a", SMALL)
    yield loader
    store.close()


@pytest.mark.parametrize("room", [0, MOST_BYTES])
def test_a_full_disk_leaves_the_file_as_it_was(
    on_disk: Loader, small_disk: Path, capsys: pytest.CaptureFixture[str], room: int
) -> None:
    """The command says so in a line with exit code 3; the file can be read, and with room the load completes."""
    name = on_disk.kb.store.name
    before = owners_in(on_disk.kb.store)
    [path] = on_disk.files(LARGE)
    ballast = fill(small_disk)
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - room)
    arguments = ["--db", name, "load", str(path), "--source", "a"]
    assert main(arguments) == 3
    told = capsys.readouterr()
    assert is_one_message(told.err)
    assert f"{name} cannot be read or written: " in told.err
    assert "No space left on device" in told.err
    assert sorted(each.name.split(".")[0] for each in small_disk.iterdir()) == ["ballast", *["graph"] * 3]
    assert owners_in(open_store(name)) == before
    assert main(["--db", name, "stats"]) == 0
    ballast.unlink()
    assert main(arguments) == 0
    assert sum(nodes_of(on_disk.kb.store, "Capability").values()) == 20_000
    assert not nodes_of(on_disk.kb.store, "LoadLock")


def test_a_disk_that_fills_up_in_the_midst_of_a_load(on_disk: Loader, small_disk: Path) -> None:
    """The chunks that were written stay under an incomplete run; with room, the same process completes it."""
    before = []

    def fill_up(done: int, _total: int) -> None:
        if done == 20:
            fill(small_disk)
            before.append(owners_in(on_disk.kb.store))

    with pytest.raises(StoreUnavailable, match="No space left on device"):
        on_disk.load("a", capabilities(60, "Speed"), chunk=10, progress=fill_up)
    assert owners_in(on_disk.kb.store) == before[0]
    assert last_run(on_disk.kb.store).status == "incomplete"
    assert on_disk.kb.history()[0].status == "incomplete"
    (small_disk / "ballast").unlink()
    on_disk.load("a", capabilities(60, "Speed"), chunk=10)
    assert last_run(on_disk.kb.store).status == "complete"
    assert not nodes_of(on_disk.kb.store, "LoadLock")
    assert on_disk.load("a", capabilities(60, "Speed")).is_empty


@pytest.mark.parametrize("name", [*FORMATS, "backup"])
def test_an_export_onto_a_full_disk_leaves_no_half_of_a_file(
    on_disk: Loader, small_disk: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """An earlier export stays as it was, and a line says that there is no room."""
    store = on_disk.kb.store.name
    limits = ["--around", "c1"] if name == "mermaid" else []

    def write(folder: Path) -> int:
        what = ["backup", str(folder)] if name == "backup" else ["export", str(folder), "--format", name, *limits]
        return main(["--db", store, *what])

    assert write(small_disk / "earlier") == 0
    content = {path: path.read_bytes() for path in (small_disk / "earlier").iterdir()}
    on_disk.load("a", capabilities(60, "Speed"))
    fill(small_disk)
    capsys.readouterr()
    folders = [small_disk / "later", *([small_disk / "earlier"] if name != "backup" else [])]
    for folder in folders:
        assert write(folder) == 2
        told = capsys.readouterr()
        assert is_one_message(told.err)
        assert "No space left on device" in told.err
        assert not [path for path in folder.glob("**/*") if path not in content]
    assert {path: path.read_bytes() for path in content} == content


def test_a_first_model_on_a_full_disk_leaves_nothing(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With room again, the same command makes it."""
    ballast = fill(small_disk)
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - 4096)  # for one of its files
    assert main(["new", str(small_disk / "shop")]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert is_one_message(told.err)
    assert "No space left on device" in told.err
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    ballast.unlink()
    assert main(["new", str(small_disk / "shop")]) == 0


@only_long
def test_a_full_disk_of_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neo4j stops its database then: the command says so, and when the server has room again, the load completes.

    The log of its transactions ends wherever the disk was full. Where Neo4j takes what stands there for a length that
    its heap cannot hold, the database does not start again, and a backup is restored into a new one.
    """
    with mounted(tmp_path / "disk", "64m") as disk:
        folders = {
            "server.directories.data": f"{disk}/data",
            "server.directories.transaction.logs.root": f"{disk}/data/transactions",
        }
        try:
            server = start_server(heap="512m", settings={**FEW_PLANS, **RESILIENT, **folders})
        except NoServer as reason:
            without_server(reason)
        if "container" in server.description:
            server.close()
            pytest.skip("a server in a container has its disk there")
        with server, KnowledgeBase(open_store(server.uri)) as kb:
            loader = Loader(kb.store, tmp_path)
            loader.load("a", SMALL)
            before = owners_in(kb.store)
            kb.backup(tmp_path / "backup")
            [path] = loader.files(capabilities(3000, "Speed" * 40))
            ballast = fill(disk)
            arguments = ["--db", server.uri, "load", str(path), "--source", "a"]
            for _ in range(2):
                assert main(arguments) == 3
                told = capsys.readouterr()
                assert is_one_message(told.err)
                assert f"{server.uri} cannot do this" in told.err
                assert "its disk may be full" in told.err
            ballast.unlink()
            server.stop()
            try:
                server.start()
            except ServerFailed as failed:
                if "OutOfMemoryError: Java heap space" not in str(failed):
                    raise
                shutil.rmtree(disk / "data")
                server.start()
                assert main(["--db", server.uri, "restore", str(tmp_path / "backup")]) == 0
            assert owners_in(kb.store) == before
            assert main(arguments) == 0
            assert sum(nodes_of(kb.store, "Capability").values()) == 3000
