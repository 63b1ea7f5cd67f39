"""Laws of loading, on generated documents: what holds for every load, whatever it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from graphkb.errors import DataError, GraphKBError, QueryError, StoreUnavailable
from graphkb.model.declaration import key_field, title_field
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import BOOKKEEPING, METAMODEL
from graphkb.model.writing import write_document
from graphkb.sources import read_paths
from tests.strategies import documents, parts_of
from tests.support.loads import (
    ALLOW_DELETE,
    REJECTED,
    Loader,
    WatchedStore,
    edges_of,
    empty,
    everything_in,
    nodes_of,
    owners_in,
)

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    from graphkb.model.dataset import Dataset
    from graphkb.store import GraphStore, Statement
    from tests.support.loads import Document

SMALL: Final = 5
"""Most elements of a generated document, about."""


@st.composite
def revisions(draw: st.DrawFn, *, changed: bool = False) -> tuple[Document, Document]:
    """Return a document, and one that shares some of its records and has some of its own.

    With ``changed``, records that both have lack a field in one of them.
    """
    old, new = draw(documents(SMALL, "a")), draw(documents(SMALL, "b"))
    kept = {name: [each for each in several if draw(st.booleans())] for name, several in old.items()}
    if changed:
        kept = {name: [_without_a_field(draw, name, each) for each in several] for name, several in kept.items()}
    both = {name: [*kept.get(name, ()), *new.get(name, ())] for name in {**kept, **new}}
    return (both, old) if draw(st.booleans()) and changed else (old, both)


def _without_a_field(draw: st.DrawFn, list_name: str, record: Any) -> Any:
    kind = METAMODEL.lists.get(list_name)
    if kind is None:
        return record
    identity = {declared.name for declared in (key_field(kind), title_field(kind)) if declared}
    dropped = draw(st.sampled_from([None, *sorted(record.keys() - identity)]))
    return {name: value for name, value in record.items() if name != dropped}


@st.composite
def splits(draw: st.DrawFn) -> tuple[Document, Sequence[Document]]:
    """Return a document, and the same spread over several in another order."""
    document = draw(documents(SMALL))
    return document, draw(parts_of(document))


def load_or_reject(loader: Loader, source: str, document: Document) -> None:
    """Load a document; give up the example where leaving records out has made it wrong."""
    try:
        loader.load(source, document)
    except DataError:
        reject()


def typed(data: Dataset) -> tuple[dict[Any, str], dict[Any, str]]:
    """Return nodes and edges of a dataset with their properties as text, in which 1, 1.0 and true differ."""
    nodes = {key: repr(sorted(properties.items())) for key, properties in data.nodes.items()}
    edges = {key: repr(sorted(properties.items())) for key, properties in data.edges.items()}
    return nodes, edges


def told(loader: Loader, *documents: Document) -> Dataset:
    """Return what documents mean without any store."""
    reading = read_paths(loader.files(*documents))
    interpretation = interpret(reading.records)
    assert not [*reading.problems, *interpretation.problems]
    return interpretation.dataset


def test_a_second_load_writes_nothing(store: GraphStore, tmp_path: Path, examples: settings) -> None:
    """Loading the same again changes nothing: no write, no run, and no byte of a file."""
    watched = WatchedStore(store)
    loader = Loader(watched, tmp_path)

    @examples
    @given(documents(SMALL))
    def law(document: Document) -> None:
        empty(store)
        loader.load("a", document)
        before, writes = everything_in(store), watched.writes
        file = Path(store.name)
        content = file.read_bytes() if file.exists() else b""
        plan = loader.load("a", document)
        assert plan.is_empty
        assert sum(plan.unchanged) == sum(plan.owned)
        assert watched.writes == writes
        assert everything_in(store) == before
        assert (file.read_bytes() if file.exists() else b"") == content

    law()


def test_the_order_of_files_does_not_matter(loader: Loader, examples: settings) -> None:
    """One document and its records spread over files in any order give the same graph."""

    @examples
    @given(splits())
    def law(split: tuple[Document, Sequence[Document]]) -> None:
        whole, parts = split
        empty(loader.kb.store)
        loader.load("a", whole)
        assert loader.load("a", *parts).is_empty
        assert loader.load("a", *reversed(parts)).is_empty

    law()


def test_a_load_replaces_what_its_source_said(loader: Loader, examples: settings) -> None:
    """Loading a document over another of the same source gives what it gives alone, and back again."""

    @examples
    @given(revisions(changed=True))
    def law(pair: tuple[Document, Document]) -> None:
        alone = []
        for document in pair:
            empty(loader.kb.store)
            load_or_reject(loader, "a", document)
            alone.append(owners_in(loader.kb.store))
        loader.load("a", pair[0])
        assert owners_in(loader.kb.store) == alone[0]
        loader.load("a", pair[1])
        assert owners_in(loader.kb.store) == alone[1]

    law()


def test_forgetting_a_source_leaves_the_other_as_it_was(loader: Loader, examples: settings) -> None:
    """A source that came, restating some of the other and adding to it, goes without a trace."""

    @examples
    @given(revisions())
    def law(pair: tuple[Document, Document]) -> None:
        empty(loader.kb.store)
        loader.load("a", pair[0])
        alone = owners_in(loader.kb.store)
        load_or_reject(loader, "b", pair[1])
        if "b" in loader.kb.sources():
            loader.kb.forget("b")
        assert owners_in(loader.kb.store) == alone

    law()


def test_a_source_says_by_its_next_load_what_it_says_alone(loader: Loader, examples: settings) -> None:
    """Whatever it shared with a source that was there before, and has gone, unless it cannot stand alone."""

    @examples
    @given(revisions())
    def law(pair: tuple[Document, Document]) -> None:
        empty(loader.kb.store)
        load_or_reject(loader, "b", pair[1])
        alone = typed(loader.kb.dataset())
        empty(loader.kb.store)
        loader.load("a", pair[0])
        load_or_reject(loader, "b", pair[1])
        if "a" in loader.kb.sources():
            loader.kb.forget("a")
        loader.load("b", pair[1])
        assert typed(loader.kb.dataset()) == alone

    law()


def test_no_source_deletes_what_another_owns(loader: Loader, examples: settings) -> None:
    """What a source owns is still there, word for word, after another one that shares it has changed and gone."""

    @examples
    @given(revisions(), documents(SMALL, "c"))
    def law(pair: tuple[Document, Document], third: Document) -> None:
        empty(loader.kb.store)
        loader.load("a", pair[0])
        load_or_reject(loader, "b", pair[1])
        before = owned_by(loader.kb.store, "b")
        loader.load("a", third)
        assert owned_by(loader.kb.store, "b") >= before
        if "a" in loader.kb.sources():
            loader.kb.forget("a")
        assert owned_by(loader.kb.store, "b") >= before

    law()


def owned_by(store: GraphStore, source: str) -> set[str]:
    """Return what a source owns, as text without bookkeeping.

    The ends of an edge are named by kind and id: a second label goes with the definition, which another may own.
    """
    found = set()
    for text in owners_in(store):
        identity, properties = json.loads(text)
        identity = [METAMODEL.labels.intersection(each) if isinstance(each, list) else each for each in identity]
        identity = [sorted(each) if isinstance(each, frozenset) else each for each in identity]
        if source in properties["sources"]:
            stated = {name: value for name, value in properties.items() if name not in BOOKKEEPING}
            found.add(json.dumps([identity, stated], sort_keys=True))
    return found


class Failure:
    """Breaks one write of a load: it is not reached, or one of its statements is refused by the store."""

    def __init__(self, write: int, statement: float | None) -> None:
        self.write = write
        self.statement = statement

    def __call__(self, number: int, statements: list[Statement]) -> Iterable[Statement]:
        """Return the statements to write, with a bad one among them."""
        if number != self.write:
            return statements
        if self.statement is None:
            raise StoreUnavailable("The store went away.")
        at = round(self.statement * len(statements))
        return [*statements[:at], REJECTED, *statements[at:]]


def test_a_load_that_fails_leaves_everything_as_it_was(store: GraphStore, tmp_path: Path, examples: settings) -> None:
    """Whichever write or statement of a load fails, data and bookkeeping are untouched and the next load succeeds."""
    places = st.none() | st.floats(0, 1)

    @examples
    @given(revisions(changed=True), places)
    def law(pair: tuple[Document, Document], place: float | None) -> None:
        empty(store)
        plain = Loader(store, tmp_path)
        load_or_reject(plain, "a", pair[1])
        expected = owners_in(store)
        load_or_reject(plain, "a", pair[0])
        before = everything_in(store)
        if plain.plan("a", pair[1]).is_empty:
            reject()
        for write in (1, 2):
            watched = WatchedStore(store, Failure(write, place))
            with pytest.raises((StoreUnavailable, QueryError)):
                Loader(watched, tmp_path).load("a", pair[1])
            assert watched.writes >= write
            assert everything_in(store) == before
        plain.load("a", pair[1])
        assert owners_in(store) == expected

    law()


@pytest.mark.parametrize("write", [1, 2, 3])
def test_a_first_load_that_fails_leaves_the_store_empty(store: GraphStore, tmp_path: Path, write: int) -> None:
    """Neither a node nor a lock is left where constraints, lock or data of the very first load fail."""
    document = {"capabilities": [{"title": "C", "dependsOn": [{"title": "D", "kind": "Capability"}]}]}
    with pytest.raises(GraphKBError):
        Loader(WatchedStore(store, Failure(write, None)), tmp_path).load("a", document)
    assert not any(everything_in(store))
    Loader(store, tmp_path).load("a", document)
    assert sum(nodes_of(store, "Capability").values()) == 2


def test_a_plan_predicts_what_the_load_does(store: GraphStore, tmp_path: Path, examples: settings) -> None:
    """Planning writes nothing, and the store, counted before and after, changes as planned."""
    watched = WatchedStore(store)
    loader = Loader(watched, tmp_path)

    @examples
    @given(revisions(changed=True), documents(SMALL, "c"))
    def law(pair: tuple[Document, Document], other: Document) -> None:
        empty(store)
        loader.load("b", other)
        for document in (*pair, pair[0]):
            before, writes = everything_in(store), watched.writes
            plan = loader.plan("a", document)
            assert (everything_in(store), watched.writes) == (before, writes)
            if plan.problems:
                reject()
            nodes, edges = nodes_of(store, "Element"), edges_of(store)
            done = loader.load("a", document)
            changed = Changes(nodes, nodes_of(store, "Element")), Changes(edges, edges_of(store))
            for verb in ("created", "updated", "deleted"):
                counts = tuple(getattr(each, verb) for each in changed)
                assert getattr(plan, verb) == getattr(done, verb) == counts

    law()


class Changes:
    """What differs between two states, each a multiset of texts that end in the properties."""

    def __init__(self, before: Counter[str], after: Counter[str]) -> None:
        come, gone = after - before, before - after
        self.updated = sum(number for text, number in come.items() if '"changedRun"' in text)
        self.created = sum(come.values()) - self.updated
        self.deleted = sum(gone.values()) - self.updated


def test_what_is_stored_is_what_was_said(loader: Loader, examples: settings) -> None:
    """The graph read back equals what the documents mean without a store, types of values included."""

    @examples
    @given(documents(2 * SMALL))
    def law(document: Document) -> None:
        empty(loader.kb.store)
        loader.load("a", document)
        assert typed(loader.kb.dataset()) == typed(told(loader, document))

    law()


def test_the_export_of_a_store_is_that_of_the_documents(loader: Loader, examples: settings) -> None:
    """What a store exports is what the documents say, and loading it changes nothing."""

    @examples
    @given(documents(2 * SMALL))
    def law(document: Document) -> None:
        empty(loader.kb.store)
        loader.load("a", document)
        (path,) = loader.kb.export(loader.folder / "export")
        exported = json.loads(path.read_text(encoding="utf-8"))
        assert exported == write_document(told(loader, document))
        assert loader.kb.load([path], source="a", options=ALLOW_DELETE).is_empty

    law()


def values_document(values: Mapping[str, Any]) -> Document:
    """Return a document with a property of each type that a store holds."""
    stage = {
        "stageID": values["id"],
        "stageName": values["id"],
        "stageDescription": values["text"],
        "sequenceNumber": values["whole"],
        "operationsInvolved": values["flag"],
        "customerActions": values["texts"],
    }
    return {
        "journeys": [{"journeyID": "j", "journeyTitle": "JourneyStage_j", "journeyStages": [stage]}],
        "measurements": [{"measurementID": "m", "value": values["number"], "valueText": values["text"]}],
        "channels": [{"channelID": "c", "title": "c", "crossDomainRelationships": [{"of": values["texts"]}]}],
    }


TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES: Final = st.fixed_dictionaries(
    {
        "id": TEXTS.filter(str.strip),
        "text": TEXTS,
        "texts": st.lists(TEXTS, max_size=3),
        "whole": st.integers(-(2**63), 2**63 - 1),
        "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
        "flag": st.booleans(),
    }
)


def test_every_value_comes_back_as_it_was(loader: Loader, examples: settings) -> None:
    """Any text, whole number, number, truth value and list of texts is stored without loss."""

    @examples
    @given(VALUES)
    def law(values: dict[str, Any]) -> None:
        document = values_document(values)
        empty(loader.kb.store)
        loader.load("a", document)
        assert typed(loader.kb.dataset()) == typed(told(loader, document))
        assert loader.load("a", document).is_empty

    law()


def test_the_shipped_example_is_stored_and_exported_without_loss(loader: Loader, example: Path) -> None:
    """The example read back equals what its files mean, and its export loads as the same."""
    loader.kb.load([example], source="bank")
    assert typed(loader.kb.dataset()) == typed(interpret(read_paths([example]).records).dataset)
    paths = loader.kb.export(loader.folder / "export")
    assert loader.kb.load(paths, source="bank").is_empty
