"""CSV for ``neo4j-admin``: the real import gives the graph back, and graphkb works on with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings

import graphkb
from graphkb.exports import FORMATS
from graphkb.model import METAMODEL
from graphkb.model.dataset import Dataset, NodeKey
from graphkb.store import Statement
from graphkb.sync.schema import constraints_file
from tests.exports.gathering import gathered
from tests.model.reading import meaning
from tests.strategies import Document, documents
from tests.support.importing import import_csv, statements
from tests.support.loads import ALLOW_DELETE, Loader
from tests.support.runtime import NoServer
from tests.support.server import without_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from graphkb.knowledge_base import KnowledgeBase
    from graphkb.model.properties import Properties
    from graphkb.store import GraphStore
    from graphkb.sync.plan import Count

ODD: Final[Mapping[str, Any]] = {
    "text": 'say "hi",\r\nthen\rgo\n\\ \\" \t \x00\u2028\U0001f600 end ',
    "empty": "",
    "quote": '"',
    "whole": 9007199254740992.0,
    "least": -(2**63),
    "small": 1e-07,
    "yes": True,
    "no": False,
    "none": [],
    "one empty": [""],
    "empties": ["", ""],
    "texts": ["a;b", "|", '"', "line\nbreak", "", ","],
    "numbers": [1, -2, 2**63 - 1],
    "floats": [1.0, 2.5],
    "flags": [True, False],
    "a name: with `marks`": "x",
}
"""Values that somebody may have set by hand, with which formats of text struggle."""
TRICKY: Final = 'it\'s `a` \\u0041 \\ "b"\n/%2F\U0001f600'
"""An id with what quoting could get wrong."""


RECORDS: Final = (f"{TRICKY}1", f"{TRICKY}2")


def _make_by_hand(store: GraphStore) -> None:
    """Add elements that no file states, with odd values, and several edges between the same two."""
    nodes = {
        ("Capability", TRICKY): {"title": "By hand", **ODD},
        ("Capability", "hand-2"): {"title": "Also by hand", "whole": "of another type", "texts": [1]},
        ("CustomerSegment", "hand-3"): {"title": "Segment by hand"},
        ("Product", "hand-4"): {"title": "Product by hand"},
    }
    text = "MATCH (a {id: $a}), (b {id: $b}) CREATE (a)-[x:"
    store.write(
        [
            *(
                Statement(f"CREATE (n:{label} {{id: $id}}) SET n:Element, n += $set", {"id": identifier, "set": each})
                for (label, identifier), each in nodes.items()
            ),
            Statement(f"{text}DEPENDS_ON {{notes: ''}}]->(b)", {"a": TRICKY, "b": "hand-2"}),
            *(
                Statement(
                    f"{text}CONSUMES {{relationshipID: $key, needsFulfilled: ['']}}]->(b)",
                    {"a": "hand-3", "b": "hand-4", "key": key},
                )
                for key in RECORDS
            ),
        ]
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """A store that the import filled, and what it was filled with."""

    kb: KnowledgeBase
    exported: Dataset
    owners: dict[str, Count]
    files: dict[str, list[Path]]
    """By source."""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Iterator[Imported]:
    """The example, generated documents and what was made by hand, exported and imported into a new server."""
    folder = tmp_path_factory.mktemp("admin")
    files = {"bank": [example], "research": [folder / f"{number}.json" for number in range(10)]}
    for path, document in zip(files["research"], gathered(10), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    with graphkb.open(":memory:") as kb:
        for source, paths in files.items():
            kb.load(paths, source=source)
        _make_by_hand(kb.store)
        kb.export(folder / "csv", format="neo4j-admin")
        exported, owners = kb.dataset(), kb.sources()
    try:
        server = import_csv(folder / "csv", folder / "home")
    except NoServer as reason:
        without_server(reason)
    with server, graphkb.open(server.uri) as kb:
        for text in statements(folder / "csv"):
            kb.store.write([Statement(text)])
        yield Imported(kb, exported, owners, files)


def _exact(properties: Properties) -> str:
    """Return properties as text that tells 1, 1.0 and true apart."""
    return json.dumps(properties, sort_keys=True)


def test_the_import_gives_back_every_field(imported: Imported) -> None:
    """Every node and edge with its properties, each of its type."""
    found = imported.kb.dataset()
    assert {key: _exact(each) for key, each in found.nodes.items()} == {
        key: _exact(each) for key, each in imported.exported.nodes.items()
    }
    assert {key: _exact(each) for key, each in found.edges.items()} == {
        key: _exact(each) for key, each in imported.exported.edges.items()
    }


def test_nodes_have_the_labels_that_a_load_gives(imported: Imported) -> None:
    """Their kind, ``Element``, and further ones that a property decides on."""
    rows = imported.kb.cypher("MATCH (n) RETURN n.id AS id, labels(n) AS labels")
    found = sorted((str(row["id"]), sorted(map(str, _list(row["labels"])))) for row in rows if row["id"] is not None)
    wanted = sorted(
        (
            key.id,
            sorted([key.label, "Element", *(n for n, has in METAMODEL.second_labels(key.label, each).items() if has)]),
        )
        for key, each in imported.exported.nodes.items()
    )
    assert [each for each in found if "Run" not in each[1]] == wanted


def _list(value: Any) -> list[Any]:
    return list(value)


def test_the_import_gives_back_what_was_set_by_hand(imported: Imported) -> None:
    """Odd values too, of which the exported store held every one."""
    found = imported.kb.dataset()
    assert _exact(found.nodes[NodeKey("Capability", TRICKY)]) == _exact({"title": "By hand", **ODD})
    assert sorted(edge.key for edge in found.edges if edge.source.id == "hand-3") == sorted(RECORDS)


def test_the_counts_and_the_owners_are_the_same(imported: Imported) -> None:
    """``stats`` and ``sources`` say of the imported store what they say of the exported one."""
    stats = imported.kb.stats()
    assert sum(stats["nodes"].values()) == len(imported.exported.nodes)
    assert sum(stats["relationships"].values()) == len(imported.exported.edges)
    assert imported.kb.sources() == imported.owners


def test_a_load_goes_on_where_the_exported_store_was(imported: Imported) -> None:
    """The same files change nothing, others make the change that they would have made there, by-hand nodes stay."""
    kb = imported.kb
    for source, paths in imported.files.items():
        assert kb.plan(paths, source=source).is_empty
    assert len(kb.cypher("SHOW CONSTRAINTS YIELD name")) == len(METAMODEL.kinds) + 2
    first, *others = imported.files["research"]
    gone = meaning(json.loads(first.read_text(encoding="utf-8"))).nodes
    plan = kb.load(others, source="research", options=ALLOW_DELETE)
    assert (plan.created, set(plan.nodes_deleted)) == ((0, 0), set(gone))
    assert kb.plan(others, source="research").is_empty
    assert kb.dataset().nodes.keys() == imported.exported.nodes.keys() - gone.keys()


@settings(max_examples=20)
@given(documents())
def test_elements_without_owners_are_taken_over_by_a_load(
    tmp_path_factory: pytest.TempPathFactory, document: Document
) -> None:
    """As an import leaves them of a dataset that names no sources: nothing is created, and nothing is in the way."""
    with graphkb.open(":memory:") as kb:
        loader = Loader(kb.store, tmp_path_factory.mktemp("owners"))
        loader.load("bank", document)
        kb.store.write([Statement("MATCH (n) REMOVE n.sources"), Statement("MATCH ()-[r]->() REMOVE r.sources")])
        plan = loader.load("bank", document)
        assert (sum(plan.created), sum(plan.deleted)) == (0, 0)
        defined = {key for key, each in kb.dataset().nodes.items() if not each.get("isStub")}
        assert defined <= plan.nodes_updated.keys()
        assert loader.plan("bank", document).is_empty


def test_a_file_says_of_each_column_what_it_holds() -> None:
    """Text stands within quotes, numbers and flags do not, and no value is an empty cell."""
    one, other = NodeKey("Asset", "a"), NodeKey("Asset", "b")
    dataset = Dataset({one: {"title": 'Two\n"lines"', "type_": 3}, other: {"title": "", "ok": True, "part": 2.0}})
    files = FORMATS["neo4j-admin"](dataset, METAMODEL)
    assert sorted(files) == ["Asset.csv", "after-import.cypher", "import.args"]
    assert files["Asset.csv"] == (
        '"id:ID(Asset)",":LABEL","ok:boolean","part:double","title:string","type_:long"\n'
        '"a","Asset;Element",,,"Two\n""lines""",3\n'
        '"b","Asset;Element",true,2.0,"",\n'
    )


def test_items_of_lists_are_parted_by_what_stands_in_none() -> None:
    """Where no usual sign is free, one is taken that nobody uses; the call names it."""
    key = NodeKey("Need", "n")
    for items, separator, named in ((["a"], ";", ";"), (["a;b"], "|", "|"), ([";|"], "\ue000", "U+E000")):
        files = FORMATS["neo4j-admin"](Dataset({key: {"texts": [*items, "x"]}}), METAMODEL)
        assert f'"{items[0]}{separator}x"' in str(files["Need.csv"])
        assert f"--array-delimiter={named}\n" in str(files["import.args"])
        assert f'"Need{separator}Element"' in str(files["Need.csv"])


def test_values_of_another_type_stand_in_a_file_of_their_own() -> None:
    """A column has one type; the call names both files for the same kind."""
    nodes: dict[NodeKey, Properties] = {
        NodeKey("Need", "a"): {"priority": 1},
        NodeKey("Need", "b"): {"priority": "high"},
        NodeKey("Need", "c"): {"priority": 2},
    }
    files = FORMATS["neo4j-admin"](Dataset(nodes), METAMODEL)
    assert files["Need.csv"] == '"id:ID(Need)",":LABEL","priority:long"\n"a","Need;Element",1\n"c","Need;Element",2\n'
    assert files["Need.2.csv"] == '"id:ID(Need)",":LABEL","priority:string"\n"b","Need;Element","high"\n'
    assert "--nodes=Need.csv\n--nodes=Need.2.csv\n" in str(files["import.args"])


def test_lists_that_csv_cannot_hold_are_restored_afterwards() -> None:
    """Behind the constraints, each with the element that has it."""
    one, other = NodeKey("Need", "it's"), NodeKey("Need", "b")
    files = FORMATS["neo4j-admin"](Dataset({one: {"texts": []}, other: {"texts": ["x"]}}), METAMODEL)
    text = str(files["after-import.cypher"])
    assert text.startswith(constraints_file().partition("\n")[2])
    assert text.endswith(';\nMATCH (x:`Need` {id: "it\'s"}) SET x.`texts` = [];\n')
    assert text.count("MATCH") == 1
