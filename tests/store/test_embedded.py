"""The embedded store and its file, seen from other stores and other processes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkb.errors import QueryError, StoreBusy, StoreDamaged, StoreUnavailable
from graphkb.store import GraphStore, Statement, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = "MATCH (n:Capability) RETURN count(n) AS nodes"

WRITER = """
import contextlib, sys
from graphkb.errors import StoreBusy
from graphkb.store import Statement, open_store
store = open_store(sys.argv[1])
store.write([Statement("CREATE (n:Capability {id: 'written'})")])
print("written", flush=True)
while sys.argv[2] == "endless":
    with contextlib.suppress(StoreBusy):
        store.write([
            Statement("CREATE (n:Capability {id: 'unfinished'})"),
            Statement("UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x * y AS z WHERE z % 7 = 3 "
                      "WITH sum(z) AS s CREATE (n:Capability {id: 'never'}) SET n.s = s"),
        ])
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a graph may be stored."""
    return tmp_path / "graph.kgl"


@pytest.fixture
def store(path: Path) -> Iterator[GraphStore]:
    """Yield an embedded store in a file with one capability."""
    opened = open_store(path)
    opened.write([Statement("CREATE (n:Capability {id: 'a'}) SET n.title = 'A'")])
    yield opened
    opened.close()


def start_writer(path: Path, then: str) -> subprocess.Popen[str]:
    """Start another process that writes one node to the file, and then waits or writes endlessly."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), then],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut would, without any word to it."""
    process.kill()
    process.communicate(timeout=30)


def write_for_seconds(store: GraphStore, seconds: float) -> None:
    """Write nothing, again and again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        store.write([])


@pytest.fixture
def busy_writer(store: GraphStore, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield another process in the midst of a write that does not end, after one that did."""
    process = start_writer(path, "endless")
    try:
        with pytest.raises(StoreBusy):
            write_for_seconds(store, 30)
        yield process
    finally:
        kill(process)


def test_opening_creates_no_file(path: Path) -> None:
    """A store that is only read from leaves the folder as it was."""
    opened = open_store(path)
    assert opened.read(COUNT) == [{"nodes": 0}]
    opened.close()
    assert list(path.parent.iterdir()) == []


def test_the_name_is_the_path_as_given(path: Path, store: GraphStore) -> None:
    """A store calls itself what the user called it."""
    assert store.name == str(path)
    assert open_store(":memory:").name == ":memory:"


def test_what_is_written_is_in_the_file_at_once(store: GraphStore, path: Path) -> None:
    """Another store on the same file sees a finished write while the first is still open, and the reverse."""
    other = open_store(str(path))
    assert other.read(COUNT) == [{"nodes": 1}]
    other.write([Statement("CREATE (n:Capability {id: 'b'})")])
    assert store.read(COUNT) == [{"nodes": 2}]
    store.write([Statement("CREATE (n:Capability {id: 'c'})")])
    assert other.read(COUNT) == [{"nodes": 3}]
    other.close()


def test_constraints_are_kept_in_the_file(store: GraphStore, path: Path) -> None:
    """A constraint still holds after the file was opened anew."""
    store.write([Statement("CREATE CONSTRAINT IF NOT EXISTS FOR (n:Capability) REQUIRE n.id IS UNIQUE")])
    store.close()
    with pytest.raises(QueryError, match="'a'"):
        open_store(path).write([Statement("CREATE (n:Capability {id: 'a'})")])


def test_a_finished_write_survives_a_killed_process(path: Path) -> None:
    """What a write returned from is in the file, however its process ends."""
    kill(start_writer(path, "wait"))
    assert open_store(path).read("MATCH (n:Capability) RETURN n.id AS id") == [{"id": "written"}]


@pytest.mark.usefixtures("busy_writer")
def test_reading_goes_on_while_another_process_writes(store: GraphStore, path: Path) -> None:
    """Readers see the last finished write, in stores opened before and during the next one."""
    for reader in (store, open_store(path)):
        assert [row["id"] for row in reader.read("MATCH (n:Capability) RETURN n.id AS id")] == ["a", "written"]


def test_a_second_writer_is_told_who_is_first(busy_writer: subprocess.Popen[str], store: GraphStore) -> None:
    """While another process writes, a write is refused with its number and what to do."""
    with pytest.raises(StoreBusy, match=rf"written by process {busy_writer.pid}, since .*Try again"):
        store.write([Statement("CREATE (n:Capability {id: 'b'})")])


def test_nothing_of_an_unfinished_write_survives_a_killed_process(
    busy_writer: subprocess.Popen[str], store: GraphStore, path: Path
) -> None:
    """A process killed in the midst of a write leaves neither a part of it nor a lock behind."""
    kill(busy_writer)
    store.write([Statement("CREATE (n:Capability {id: 'b'})")])
    rows = open_store(path).read("MATCH (n:Capability) RETURN n.id AS id ORDER BY id")
    assert [row["id"] for row in rows] == ["a", "b", "written"]


def test_a_write_that_cannot_be_saved_is_not_shown_either(store: GraphStore, path: Path) -> None:
    """When the file cannot be replaced, the store says so and goes on with what is in the file."""
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreUnavailable):
        store.write([Statement("CREATE (n:Capability {id: 'b'})")])
    path.rmdir()
    assert store.read(COUNT) == [{"nodes": 0}]


@pytest.mark.parametrize("damage", ["emptied", "cut", "changed", "replaced"])
def test_a_damaged_file_is_recognized(store: GraphStore, path: Path, damage: str) -> None:
    """A file that is not what was saved is refused, by open stores too, and the message says how to go on."""
    whole = path.read_bytes()
    middle = len(whole) // 2
    match damage:
        case "emptied":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(whole[:-20])
        case "changed":
            path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
        case _:
            path.write_text("id,title\na,A\n")
    for use in (lambda: open_store(path), lambda: store.read(COUNT), lambda: store.write([])):
        with pytest.raises(StoreDamaged, match=r"graph\.kgl is damaged.*load again"):
            use()


def test_a_missing_folder_is_noticed_at_once(tmp_path: Path) -> None:
    """A path that can never be written is refused when the store is opened."""
    with pytest.raises(StoreUnavailable, match="folder"):
        open_store(tmp_path / "missing" / "graph.kgl")
    (tmp_path / "folder.kgl").mkdir()
    with pytest.raises(StoreUnavailable, match="folder"):
        open_store(tmp_path / "folder.kgl")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD CSV FROM $path AS line RETURN line",
        "load csv with headers from $path as line return line",
        "LOAD// a comment\n  // another\nCSV FROM $path AS line RETURN line",
        "`LOAD` `CSV` FROM $path AS line RETURN line",
        "PROFILE LOAD CSV FROM $path AS line RETURN line",
    ],
)
def test_a_statement_reads_no_files(store: GraphStore, tmp_path: Path, text: str) -> None:
    """A text that would read a file of this computer is refused."""
    secret = tmp_path / "secret.csv"
    secret.write_text("password\n")
    with pytest.raises(QueryError, match="LOAD CSV is refused"):
        store.read(text, {"path": str(secret)})


def test_an_answer_that_the_engine_cuts_short_is_an_error(store: GraphStore) -> None:
    """A path without an upper bound would silently end after ten hops, so it is refused."""
    with pytest.raises(QueryError, match=r"not be complete.*10 hops"):
        store.read("MATCH (a:Capability)-[*]->(b:Capability) RETURN count(*) AS paths")


def test_an_answer_that_misses_duplicates_is_an_error(store: GraphStore) -> None:
    """Where ids are not unique the engine finds one node of several, so the answer is refused."""
    store.write([Statement("CREATE (n:Capability {id: 'a'}) SET n.title = 'second'")])
    with pytest.raises(QueryError, match=r"not be complete.*duplicate id"):
        store.read("MATCH (n:Capability {id: 'a'}) RETURN n.title AS title")


def test_rows_are_rows(store: GraphStore) -> None:
    """The engine's own way of printing is refused instead of returned as rows."""
    with pytest.raises(QueryError, match="FORMAT"):
        store.read("MATCH (n:Capability) RETURN n.id AS id FORMAT CSV")
