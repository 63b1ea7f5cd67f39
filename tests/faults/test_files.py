"""A damaged file is never taken for a whole one, whether bits went wrong in it or elements are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import graphkb
from graphkb.cli import main
from graphkb.errors import GraphKBError, StoreDamaged
from graphkb.store import Statement, open_store
from graphkb.sync.plan import Count
from tests.conftest import LONG
from tests.support.loads import ALLOW_DELETE, Loader, everything_in, owners_in

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

PLACES: Final = 1500 if LONG else 200
"""At how many places a file is damaged in each way."""


@pytest.fixture
def path(tmp_path: Path, example: Path) -> Path:
    """Return a file that holds the shipped example, from a source, and a few elements of another."""
    path = tmp_path / "graph.kgl"
    with graphkb.open(path) as kb:
        kb.load([example], source="bank")
        document = {"capabilities": [{"capabilityID": f"c{n}", "title": f"C {n}"} for n in range(3)]}
        Loader(kb.store, tmp_path).load("mine", document)
    return path


def damages(whole: bytes, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield damaged versions of a file, with a word for how."""
    size = len(whole)
    for _ in range(PLACES):
        at = dice.randrange(size)
        yield "a bit flipped", whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
        yield "cut off", whole[:at]
        yield "a page of zeros", whole[:at] + bytes(min(4096, size - at)) + whole[at + 4096 :]
        other = dice.randrange(size)
        yield "a page of another place", (whole[:at] + whole[other : other + 512] + whole[at + 512 :])[:size]


def test_a_damaged_file_is_refused_or_whole(path: Path, dice: random.Random) -> None:
    """Wherever bytes are wrong or missing: it opens with exactly what was saved, or it is said to be damaged."""
    whole = path.read_bytes()
    expected = found_in(path)
    refused = 0
    for how, damaged in damages(whole, dice):
        path.write_bytes(damaged)
        found = found_in(path)
        assert found == expected or (isinstance(found, str) and path.name in found), how
        refused += isinstance(found, str)
    assert refused > 3 * PLACES


def found_in(path: Path) -> object:
    """Open a file and return everything in it, or the message that it is damaged."""
    try:
        with graphkb.open(path) as kb:
            return everything_in(kb.store)
    except StoreDamaged as error:
        return str(error)


@pytest.mark.parametrize("size", [1, 4096])
def test_what_stands_behind_the_end_of_a_file_changes_nothing(path: Path, size: int) -> None:
    """Bytes that a disk appends, as a whole block, leave the content as it was."""
    with graphkb.open(path) as kb:
        expected = everything_in(kb.store)
    path.write_bytes(path.read_bytes() + bytes(size))
    with graphkb.open(path) as kb:
        assert everything_in(kb.store) == expected


def by_hand(path: Path, text: str) -> None:
    """Change a file as another tool would."""
    store = open_store(path)
    store.write([Statement(text)])
    store.close()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("MATCH (n:Capability {id: 'c1'}) DETACH DELETE n", "1 elements and 0 relationships"),
        ("MATCH (:Capability)-[r:DEPENDS_ON]->(:Capability) DELETE r", "0 elements and "),
        ("MATCH (n:Element) DETACH DELETE n", "371 elements and 1014 relationships"),
    ],
)
def test_what_is_missing_since_the_last_run_is_noticed(path: Path, text: str, missing: str) -> None:
    """Whoever opens the file is told how much is missing of how much, and what to do."""
    by_hand(path, text)
    with pytest.raises(StoreDamaged, match=rf"graph\.kgl is not whole: {missing}.* of the 371 and 1014 .*restore"):
        graphkb.open(path)


def test_what_is_added_by_hand_is_no_damage(path: Path) -> None:
    """Somebody may add elements and relationships."""
    by_hand(path, "CREATE (n:Capability {id: 'new'}) SET n:Element, n.title = 'New'")
    with graphkb.open(path) as kb:
        assert len(kb.dataset().nodes) == 372


def test_a_file_without_runs_or_without_their_numbers_opens(path: Path) -> None:
    """There is nothing to compare with."""
    by_hand(path, "MATCH (run:Run) REMOVE run.nodesAfter, run.relationshipsAfter, run.number")
    by_hand(path, "MATCH (n:Capability {id: 'c1'}) DETACH DELETE n")
    with graphkb.open(path) as kb:
        assert kb.sources()["mine"] == Count(2, 0)
    by_hand(path, "MATCH (run:Run) DETACH DELETE run")
    graphkb.open(path).close()


def test_a_run_that_did_not_end_counts_what_it_has_written(path: Path, tmp_path: Path) -> None:
    """Each of its chunks keeps the numbers after it, so that the file opens and lacks nothing."""

    def fail(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    more = {"capabilities": [{"capabilityID": f"d{n}", "title": f"D {n}"} for n in range(10)]}
    with graphkb.open(path) as kb, pytest.raises(KeyboardInterrupt):
        Loader(kb.store, tmp_path).load("more", more, chunk=2, progress=fail)
    with graphkb.open(path) as kb:
        assert kb.sources()["more"] == Count(4, 0)
    by_hand(path, "MATCH (n:Capability {id: 'd1'}) DETACH DELETE n")
    with pytest.raises(StoreDamaged, match=r"1 elements .* of the 375"):
        graphkb.open(path)


def test_what_a_load_deletes_is_not_missed(path: Path, tmp_path: Path) -> None:
    """Every run leaves numbers of its own."""
    with graphkb.open(path) as kb:
        Loader(kb.store, tmp_path).load("mine", {"capabilities": []}, options=ALLOW_DELETE)
    with graphkb.open(path) as kb:
        kb.forget("bank")
    with graphkb.open(path) as kb:
        assert not kb.dataset().nodes


def test_a_restore_makes_a_file_whole_again(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command that the message names opens the file, and afterwards all others do."""
    kept = tmp_path / "kept"
    assert main(["--db", str(path), "backup", str(kept)]) == 0
    with graphkb.open(path) as kb:
        expected = owners_in(kb.store)
    by_hand(path, "MATCH (n:Capability {id: 'c1'}) DETACH DELETE n")
    capsys.readouterr()
    for command in (["stats"], ["sources"], ["check"], ["export", str(tmp_path / "out")], ["backup", "more"]):
        assert main(["--db", str(path), *command]) == StoreDamaged.exit_code
        assert capsys.readouterr().err.startswith(f"graphkb: {path} is not whole: 1 elements")
    assert main(["--db", str(path), "restore", str(kept)]) == 0
    with graphkb.open(path) as kb:
        assert owners_in(kb.store) == expected


def test_what_was_deleted_on_purpose_can_be_vouched_for(path: Path, tmp_path: Path) -> None:
    """A backup of the file as it is, and its restore, leave a run with the new numbers."""
    by_hand(path, "MATCH (n:Capability {id: 'c1'}) DETACH DELETE n")
    kept = str(tmp_path / "kept")
    assert main(["--db", str(path), "backup", kept]) == StoreDamaged.exit_code
    assert main(["--db", str(path), "backup", kept, "--as-it-is"]) == 0
    assert main(["--db", str(path), "restore", kept]) == 0
    with graphkb.open(path) as kb:
        assert kb.sources()["mine"] == Count(2, 0)
        assert kb.history()[0].command == f"graphkb restore {kept}"


def test_a_refused_file_is_let_go_of(path: Path) -> None:
    """It can be moved away, or written by another process."""
    by_hand(path, "MATCH (n:Element) DETACH DELETE n")
    with pytest.raises(GraphKBError):
        graphkb.open(path)
    path.rename(path.with_name("away.kgl"))
    with graphkb.open(path) as kb:
        assert not kb.sources()
