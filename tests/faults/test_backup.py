"""Backups: what comes back from one, on either kind of store, and what is refused."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.errors import DataError, OutcomeError, StoreUnavailable, UsageError
from graphkb.exports.backup import EDGES, EXPORT, MANIFEST, NODES
from graphkb.knowledge_base import KnowledgeBase
from graphkb.store import Statement, open_store
from graphkb.sync.plan import Count
from tests.exports.test_neo4j_admin import ODD
from tests.strategies import documents
from tests.support.loads import ALLOW_DELETE, Loader, WatchedStore, empty, everything_in, nodes_of, owners_in
from tests.sync.test_laws import SMALL, load_or_reject, revisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from hypothesis import settings

    from graphkb.store import GraphStore
    from tests.support.loads import Document

ONE: Final[Document] = {
    "capabilities": [
        {"capabilityID": "a", "title": "A", "dependsOn": [{"id": "b", "kind": "Capability"}]},
        {"capabilityID": "c", "title": "C", "dependsOn": [{"title": "Not defined", "kind": "Capability"}]},
    ],
    "microJourneys": [{"journeyID": "j", "journeyTitle": "J"}],
}
OTHER: Final[Document] = {
    "capabilities": [{"capabilityID": "b", "title": "B", "maturityLevel": 1, "targetMaturityLevel": 4}],
    "initiatives": [{"initiativeID": "i", "title": "I", "improves": [{"kind": "Capability", "id": "a"}]}],
}


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Loader]:
    """Yield what loads into a store of another kind: of the embedded engine, in memory."""
    opened = open_store(":memory:")
    yield Loader(opened, tmp_path)
    opened.close()


@pytest.fixture
def kept(second: Loader, tmp_path: Path) -> Path:
    """Return a backup of two sources, whose store is emptied again."""
    stock(second)
    second.kb.backup(tmp_path / "kept")
    empty(second.kb.store)
    return tmp_path / "kept"


def stock(loader: Loader) -> None:
    """Load two sources that refer to each other."""
    loader.load("one", ONE)
    loader.load("other", OTHER)


def content_of(folder: Path) -> dict[str, Any]:
    """Return what a backup holds, without when and of what it was made."""
    content: dict[str, Any] = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(content[MANIFEST])
    return content | {MANIFEST: {name: manifest[name] for name in manifest.keys() - {"made_at", "store"}}}


def fresh(folder: Path) -> Path:
    """Return a folder that is not there."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


# Laws


def test_a_backup_restored_elsewhere_gives_the_same_backup(
    loader: Loader, second: Loader, examples: settings, tmp_path: Path
) -> None:
    """Through the other kind of store the same bytes come back, and the next load of each source changes the same.

    The last that spoke finds nothing to change.
    """

    @examples
    @given(revisions(), documents(SMALL, "c"))
    def law(pair: tuple[Document, Document], third: Document) -> None:
        loads = {"a": pair[0], "b": pair[1], "c": third}
        for each in (loader, second):
            empty(each.kb.store)
        for source, document in loads.items():
            load_or_reject(loader, source, document)
        kept = fresh(tmp_path / "kept")
        loader.kb.backup(kept)
        second.kb.restore(kept)
        second.kb.backup(fresh(tmp_path / "again"))
        assert content_of(tmp_path / "again") == content_of(kept)
        assert owners_in(second.kb.store) == owners_in(loader.kb.store)
        for source, document in loads.items():
            paths = loader.files(document)
            plans = [each.kb.plan(paths, source=source, options=ALLOW_DELETE) for each in (loader, second)]
            assert plans[0].to_dict() == plans[1].to_dict()
        assert plans[1].is_empty

    law()


def test_a_restore_replaces_whatever_is_there(
    loader: Loader, second: Loader, examples: settings, tmp_path: Path
) -> None:
    """Over any other content, in chunks of any size, the backup's content is there at the end, and nothing else."""

    @examples
    @given(revisions(changed=True), st.integers(1, 20))
    def law(pair: tuple[Document, Document], chunk: int) -> None:
        for each in (loader, second):
            empty(each.kb.store)
        load_or_reject(second, "a", pair[0])
        load_or_reject(loader, "b", pair[1])
        kept = fresh(tmp_path / "kept")
        second.kb.backup(kept)
        loader.kb.restore(kept, replace=True, chunk=chunk)
        loader.kb.backup(fresh(tmp_path / "again"))
        assert content_of(tmp_path / "again") == content_of(kept)
        assert not nodes_of(loader.kb.store, "LoadLock")

    law()


def test_what_was_changed_by_hand_is_restored(loader: Loader, second: Loader, kept: Path, tmp_path: Path) -> None:
    """Values of any type that no file could state, and elements and relationships that nobody owns."""
    stock(loader)
    statements = [
        "MATCH (n:Capability {id: 'a'}) SET n += $odd, n.purpose = 3",
        "MATCH (:Capability {id: 'a'})-[r:DEPENDS_ON]->() SET r += $odd",
        "CREATE (n:Persona {id: 'p'}) SET n:Element, n.title = 'p', n += $odd",
        "MATCH (n:Persona {id: 'p'}) MATCH (j:Journey {id: 'j'}) CREATE (j)-[:APPLIES_TO]->(n)",
    ]
    loader.kb.store.write([Statement(text, {"odd": dict(ODD)}) for text in statements])
    loader.kb.backup(tmp_path / "changed")
    assert (tmp_path / "changed" / EXPORT).read_bytes() != (kept / EXPORT).read_bytes()
    second.kb.restore(tmp_path / "changed")
    second.kb.backup(tmp_path / "again")
    assert content_of(tmp_path / "again") == content_of(tmp_path / "changed")
    loader.kb.restore(kept, replace=True)
    loader.kb.backup(tmp_path / "back")
    assert content_of(tmp_path / "back") == content_of(kept)


# What a backup holds


def test_a_backup_tells_what_it_holds(loader: Loader, tmp_path: Path) -> None:
    """Counts by kind, type and source, the version, the store and the time; stubs keep their owner."""
    stock(loader)
    kept = tmp_path / "kept"
    loader.kb.backup(kept)
    manifest = json.loads((kept / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["store"] == loader.kb.store.name
    assert manifest["nodes"] == {"Capability": 4, "CapabilityGap": 1, "Initiative": 1, "Journey": 1}
    assert manifest["relationships"] == {"DEPENDS_ON": 2, "GAP_IN": 1, "IMPROVES": 1}
    owned = {source: Count(*count.values()) for source, count in manifest["sources"].items()}
    assert owned == loader.kb.sources()
    assert sorted(manifest["files"]) == [EXPORT, NODES, EDGES]
    assert manifest["notes"] == []
    assert not list(kept.parent.glob(".*"))
    told = [json.loads(line) for line in (kept / NODES).read_text(encoding="utf-8").split("\n")[:-1]]
    [stub] = [each["properties"] for each in told if each["properties"].get("isStub")]
    assert stub == {"title": "Not defined", "isStub": True, "sources": ["one"]}


def test_the_export_in_a_backup_loads_by_itself(kept: Path, second: Loader) -> None:
    """Without a restore, it is a file like any other."""
    plan = second.kb.load([kept / EXPORT], source="all")
    assert plan.created == Count(7, 4)


def test_runs_are_not_restored(kept: Path, second: Loader) -> None:
    """The restore is the only run of the new store, and the one that its elements name."""
    second.kb.restore(kept)
    [run] = second.kb.history()
    assert (run.source, run.status, run.created) == ("", "complete", Count(7, 4))
    assert run.command == f"graphkb restore {kept}"
    made = second.kb.cypher("MATCH (n:Element) RETURN DISTINCT n.createdRun AS made, n.changedRun AS changed")
    assert made == [{"made": run.id, "changed": None}]


def test_a_backup_says_what_is_not_in_it(loader: Loader, tmp_path: Path) -> None:
    """Nodes of somebody else's kind and what is drawn to them; elements of unknown kinds are refused."""
    stock(loader)
    text = "MATCH (n:Capability {id: 'a'}) CREATE (m:Remark {id: 'r'}) CREATE (m)-[:ABOUT]->(n)"
    loader.kb.store.write([Statement(text)])
    [note] = loader.kb.backup(tmp_path / "second").notes
    assert "1 nodes and 1 relationships" in note
    loader.kb.store.write([Statement("MATCH (n:Remark) SET n:Element")])
    with pytest.raises(UsageError, match=r"kinds that are not known here: Remark\. .*--extension"):
        loader.kb.backup(tmp_path / "third")


def test_a_backup_says_where_the_last_load_died(loader: Loader, tmp_path: Path) -> None:
    """It holds what was written, and a note."""

    def fail(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loader.load("one", ONE, chunk=1, progress=fail)
    manifest = loader.kb.backup(tmp_path / "kept")
    assert sum(manifest.nodes.values()) == 1
    assert "did not come to its end" in manifest.notes[0]


def test_a_backup_is_of_one_moment(loader: Loader, tmp_path: Path) -> None:
    """A load that comes to its end between the reads of a backup is in it as a whole."""
    loader.load("one", ONE)
    watched = ReadStore(loader.kb.store, lambda: loader.load("other", OTHER))
    KnowledgeBase(watched).backup(tmp_path / "kept")
    loader.kb.backup(tmp_path / "second")
    assert content_of(tmp_path / "kept") == content_of(tmp_path / "second")


class ReadStore(WatchedStore):
    """A store of which something happens once, after elements were read and before relationships are."""

    def __init__(self, inner: GraphStore, happens: Callable[[], object]) -> None:
        super().__init__(inner)
        self.happens: Callable[[], object] | None = happens

    def read(self, text: str, *arguments: Any, **named: Any) -> Any:
        """Read from the store within."""
        if "-[r]->" in text and self.happens:
            happens, self.happens = self.happens, None
            happens()
        return super().read(text, *arguments, **named)


def test_a_backup_replaces_no_other(kept: Path, second: Loader) -> None:
    """A folder that holds anything is refused and stays as it was."""
    before = content_of(kept)
    second.load("third", {"channels": [{"channelID": "c", "title": "C"}]})
    with pytest.raises(UsageError, match="not empty"):
        second.kb.backup(kept)
    assert content_of(kept) == before


# What a restore refuses


def damages(whole: bytes, dice: random.Random) -> Iterator[bytes]:
    """Yield damaged versions of a file: a bit flipped, cut off, a block of zeros, something appended."""
    for _ in range(12):
        at = dice.randrange(len(whole))
        yield whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
        yield whole[: dice.randrange(len(whole))]
        yield whole[:at] + bytes(min(64, len(whole) - at)) + whole[at + 64 :]
    yield b""
    yield whole + b"\n"


def refusal(loader: Loader, folder: Path) -> str:
    """Restore a backup; return why it is refused, or nothing."""
    try:
        loader.kb.restore(folder)
    except DataError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("name", [EXPORT, NODES, EDGES, MANIFEST])
def test_a_damaged_backup_is_refused_by_name(kept: Path, second: Loader, name: str) -> None:
    """Whatever byte differs: nothing is written, unless the damage is to what a manifest says of time and place."""
    whole = (kept / name).read_bytes()
    expected = content_of(kept)
    refused = 0
    for damaged in damages(whole, random.Random(name)):  # noqa: S311 - a test's dice
        (kept / name).write_bytes(damaged)
        if told := refusal(second, kept):
            refused += 1
            assert name == MANIFEST or str(kept / name) in told
            assert not any(everything_in(second.kb.store))
            continue
        assert name == MANIFEST
        second.kb.backup(fresh(kept.parent / "again"))
        again = content_of(kept.parent / "again")
        assert {each: again[each] for each in (EXPORT, NODES, EDGES)} == {
            each: expected[each] for each in (EXPORT, NODES, EDGES)
        }
        empty(second.kb.store)
    assert refused == 38 if name != MANIFEST else refused > 20


@pytest.mark.parametrize("name", [EXPORT, NODES, EDGES, MANIFEST])
def test_an_incomplete_backup_is_refused_by_name(kept: Path, second: Loader, name: str) -> None:
    """A missing file is named."""
    (kept / name).unlink()
    with pytest.raises(DataError, match=rf"{name} .*\[missing\]"):
        second.kb.restore(kept)
    assert not any(everything_in(second.kb.store))


def test_a_manifest_with_other_numbers_is_refused(kept: Path, second: Loader) -> None:
    """Counts are checked beside hashes."""
    manifest = json.loads((kept / MANIFEST).read_bytes())
    manifest["nodes"]["Capability"] += 1
    (kept / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DataError, match=r"manifest\.json .*numbers"):
        second.kb.restore(kept)


def test_kinds_that_are_not_known_are_refused(kept: Path, second: Loader) -> None:
    """A backup made with an extension needs it again."""
    lines = (kept / NODES).read_bytes().replace(b'"kind": "Initiative"', b'"kind": "Spell"')
    manifest = (kept / MANIFEST).read_text(encoding="utf-8")
    before, after = (hashlib.sha256(each).hexdigest() for each in ((kept / NODES).read_bytes(), lines))
    (kept / NODES).write_bytes(lines)
    (kept / MANIFEST).write_text(manifest.replace(before, after).replace('"Initiative"', '"Spell"'), encoding="utf-8")
    with pytest.raises(DataError, match=r"nodes\.jsonl:6 The kind 'Spell' is not known here\. .*--extension"):
        second.kb.restore(kept)


def test_a_store_with_other_content_is_refused(kept: Path, second: Loader) -> None:
    """Without the word to replace, nothing goes and nothing changes."""
    second.load("mine", {"capabilities": [{"capabilityID": "a", "title": "Mine"}]})
    before = everything_in(second.kb.store)
    with pytest.raises(UsageError, match=r"holds 1 elements and 0 relationships, of which 0 would go and 1 be changed"):
        second.kb.restore(kept)
    assert everything_in(second.kb.store) == before
    plan = second.kb.restore(kept, replace=True)
    assert (plan.created, plan.updated, plan.deleted) == (Count(6, 4), Count(1, 0), Count(0, 0))


# Restores that break off


@pytest.mark.parametrize("write", [1, 2, 3, 4, 5, 6])
def test_a_restore_that_breaks_off_is_completed_by_the_same_call(loader: Loader, kept: Path, write: int) -> None:
    """In chunks, what is new comes before what is old goes: at no moment does a part of both lack."""
    store = loader.kb.store
    stock(loader)
    kept_content = owners_in(store)
    empty(store)
    loader.load("old", {"channels": [{"channelID": f"c{n}", "title": f"C {n}"} for n in range(5)]})
    old = owners_in(store)

    def fail(number: int, statements: list[Statement]) -> list[Statement]:
        if number == write:
            raise StoreUnavailable("The store went away.")
        return statements

    with pytest.raises(StoreUnavailable):
        KnowledgeBase(WatchedStore(store, fail)).restore(kept, replace=True, chunk=3)
    left = owners_in(store)
    assert left >= old or left >= kept_content
    loader.kb.restore(kept, replace=True, chunk=3)
    assert owners_in(store) == kept_content
    assert [run.status for run in loader.kb.history()] == ["complete", *["incomplete"] * (write > 2), "complete"]


def test_a_restore_into_an_empty_store_is_completed_without_a_further_word(kept: Path, second: Loader) -> None:
    """What is there already is a part of the backup, so nothing can be lost."""

    def fail(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        second.kb.restore(kept, chunk=3, progress=fail)
    assert second.kb.restore(kept).created == Count(1, 4)
    assert second.kb.restore(kept).is_empty


def test_up_to_a_chunk_a_restore_is_all_or_nothing(loader: Loader, kept: Path) -> None:
    """One that fails in its only transaction leaves what was there."""
    loader.load("old", {"channels": [{"channelID": "c", "title": "C"}]})
    before = everything_in(loader.kb.store)
    refused = Statement("MATCH (n) RETURN count(n) AS count", expected=-1)
    watched = WatchedStore(loader.kb.store, lambda number, all_: [*all_, refused] if number == 2 else all_)
    with pytest.raises(OutcomeError):
        KnowledgeBase(watched).restore(kept, replace=True)
    assert everything_in(loader.kb.store) == before
    loader.kb.restore(kept, replace=True)
    assert list(loader.kb.sources()) == ["one", "other"]


def test_a_restore_says_what_a_hand_does_meanwhile(kept: Path, second: Loader) -> None:
    """What is there at the end is compared with the backup once more."""

    def interfere(done: int, total: int) -> None:
        if done == total:
            second.kb.store.write([Statement("MATCH (n:Initiative) DETACH DELETE n")])

    with pytest.raises(OutcomeError, match=r"graphkb\.json, nodes\.jsonl, relationships\.jsonl"):
        second.kb.restore(kept, progress=interfere)
    second.kb.restore(kept)


def test_what_is_drawn_by_hand_to_what_goes_does_not_stop_a_restore(kept: Path, loader: Loader) -> None:
    """It goes with it; other nodes of somebody else stay."""
    loader.kb.restore(kept)
    loader.load("late", {"channels": [{"channelID": "c", "title": "C"}]})
    text = "MATCH (n:Channel {id: 'c'}) CREATE (m:Remark {id: 'r'}) CREATE (m)-[:ABOUT]->(n)"
    loader.kb.store.write([Statement(text)])
    loader.kb.restore(kept, replace=True)
    assert sum(nodes_of(loader.kb.store, "Remark").values()) == 1
    assert not nodes_of(loader.kb.store, "Channel")


def test_sources_go_on_as_before(kept: Path, second: Loader) -> None:
    """After a restore, a load deletes what its source no longer says, and leaves what others own."""
    second.kb.restore(kept)
    shorter: Mapping[str, Any] = {"capabilities": ONE["capabilities"][:1]}
    assert second.load("one", shorter, options=ALLOW_DELETE).deleted == Count(3, 1)
    assert second.kb.sources() == {"one": Count(1, 1), "other": Count(3, 2)}
