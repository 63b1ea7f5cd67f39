"""The texts for Neo4j Browser: on the shipped example each draws one small picture, the same on both stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from graphkb.example import BANK
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.metamodel import METAMODEL
from graphkb.queries import catalog
from graphkb.store import open_store
from graphkb.sync.schema import RUN
from tests.conftest import clear
from tests.support.paths import Path, anchored, askings, drawing, paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import GraphStore, Value
    from tests.support.server import Server

EXPLORATIONS: Final = catalog.explorations()
ANCHORED: Final = [each for each in EXPLORATIONS if anchored(each)]
UNANCHORED: Final = [each for each in EXPLORATIONS if not anchored(each)]

LEAST_NODES: Final = 3
MOST_NODES: Final = 60
SHOWS_RUN: Final = "explore/last_changes"
SMALLER: Final = {"explore/orphans": 2, "explore/stubs": 0}
"""Texts that find what should not be there, of which the example has next to nothing."""
IN_ORDER: Final = {each.name for each in UNANCHORED}
"""Texts whose paths come in a total order, as they are cut."""

FIRST_LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "explore/capability_dependents": {"capability": "CAP-MASTERDATA"},
    "explore/capability_map": {"capability": "CAP-LENDING"},
    "explore/capability_neighbourhood": {"capability": "CAP-INCOME"},
    "explore/channel_use": {"channel": "CHN-PHONE"},
    "explore/evidence_trail": {"claim": "gap-REL-FAM-INCOME"},
    "explore/gap_neighbourhood": {"gap": "gap-CAP-MASTERDATA"},
    "explore/initiative_reach": {"initiative": "INI-STATUS"},
    "explore/journey_map": {"journey": "JRN-HOME"},
    "explore/offering_footprint": {"offering": "PRD-HOMELOAN"},
    "explore/persona_experiences": {"persona": "PER-INES"},
    "explore/relationship_outlook": {"relationship": "REL-FAMILY-ADVICE"},
    "explore/roadmap_items": {"roadmap": "RDM-HOME"},
    "explore/segment_chain": {"segment": "SEG-FAMILIES"},
    "explore/segment_needs": {"segment": "SEG-FAMILIES"},
    "explore/shared_capabilities": {"journey": "JRN-HOME", "other": "JRN-ACCOUNT"},
    "explore/strategy_tree": {"strategy": "STR-HOME"},
    "explore/touchpoint_foundations": {"touchpoint": "JRN-HOME/prove-your-income/upload-of-income-papers"},
    "explore/trigger_responses": {"trigger": "TRG-BROKERS"},
    "explore/two_personas": {"stage": "JRN-HOME/prove-your-income", "persona": "PER-INES", "other": "PER-TOMAS"},
    "explore/unit_remit": {"unit": "lending-operations"},
    "explore/value_stream_map": {"value_stream": "VS-LOAN"},
}
"""Elements of the example with which each anchored text is best seen first."""


def _named(exploration: Question) -> str:
    return exploration.name


@pytest.fixture(scope="module")
def bank() -> Iterator[GraphStore]:
    """Give the shipped example, in memory."""
    with KnowledgeBase(open_store(":memory:")) as kb:
        kb.load([BANK], source="bank")
        yield kb.store


@pytest.fixture(scope="module")
def bank_on_server(neo4j_server: Server) -> Iterator[GraphStore]:
    """Give the shipped example, on Neo4j."""
    store = open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password)
    clear(store)
    with KnowledgeBase(store) as kb:
        kb.load([BANK], source="bank")
        yield kb.store


@pytest.mark.parametrize("exploration", EXPLORATIONS, ids=_named)
def test_both_stores_draw_the_same(bank: GraphStore, bank_on_server: GraphStore, exploration: Question) -> None:
    """Every element that can be named has the same paths on both stores, and each path once."""
    for arguments in askings(bank, exploration):
        here, there = (_comparable(exploration, store, arguments) for store in (bank, bank_on_server))
        assert here == there, arguments
        assert len(set(here)) == len(here), arguments


@pytest.mark.parametrize("exploration", ANCHORED, ids=_named)
def test_a_drawing_is_one_piece_around_what_it_is_of(bank: GraphStore, exploration: Question) -> None:
    """All paths hang together, and the elements that were named are among their nodes."""
    drawn = 0
    for arguments in askings(bank, exploration):
        seen = drawing(paths(bank, exploration.text, arguments))
        if seen.nodes:
            drawn += 1
            assert seen.pieces == 1, arguments
            kinds = {parameter.name: parameter.kinds for parameter in exploration.parameters}
            for name, kind in kinds.items():
                assert seen.nodes & {(each, str(arguments[name])) for each in kind}, (name, arguments)
    assert drawn


@pytest.mark.parametrize("exploration", EXPLORATIONS, ids=_named)
def test_a_drawing_holds_elements_alone(bank: GraphStore, exploration: Question) -> None:
    """What the loads keep for themselves is drawn nowhere but where a load is looked at."""
    for arguments in askings(bank, exploration):
        kinds = {kind for path in paths(bank, exploration.text, arguments) for kind, _ in path.nodes}
        assert kinds - METAMODEL.labels == ({RUN} if exploration.name == SHOWS_RUN else set())


@pytest.mark.parametrize("exploration", EXPLORATIONS, ids=_named)
def test_no_drawing_of_the_example_is_too_large_to_read(bank: GraphStore, exploration: Question) -> None:
    """Of whatever element, at most sixty nodes are drawn."""
    sizes = {
        str(arguments): len(drawing(paths(bank, exploration.text, arguments)).nodes)
        for arguments in askings(bank, exploration)
    }
    assert {asked: size for asked, size in sizes.items() if size > MOST_NODES} == {}


@pytest.mark.parametrize("exploration", EXPLORATIONS, ids=_named)
def test_a_first_look_shows_something(bank: GraphStore, exploration: Question) -> None:
    """With its best element, or its defaults, a text draws at least three nodes."""
    arguments = catalog.check_arguments(exploration, FIRST_LOOKS.get(exploration.name, {}))
    seen = len(drawing(paths(bank, exploration.text, arguments)).nodes)
    if exploration.name in SMALLER:
        assert seen == SMALLER[exploration.name]
    else:
        assert seen >= LEAST_NODES


@pytest.mark.parametrize("exploration", ANCHORED, ids=_named)
def test_what_does_not_exist_is_drawn_as_nothing(
    bank: GraphStore, bank_on_server: GraphStore, exploration: Question
) -> None:
    """An id that no element has leaves no path, whatever else is named."""
    first = dict(FIRST_LOOKS[exploration.name])
    for store in (bank, bank_on_server):
        assert paths(store, exploration.text, first)
        for name in first:
            assert paths(store, exploration.text, first | {name: "no such element"}) == []


def test_a_load_that_does_not_exist_is_drawn_as_nothing(bank: GraphStore, bank_on_server: GraphStore) -> None:
    """An id that no load has leaves no path."""
    exploration = catalog.find(SHOWS_RUN)
    arguments = catalog.check_arguments(exploration, {"run": "no such run"})
    assert [paths(store, exploration.text, arguments) for store in (bank, bank_on_server)] == [[], []]


@pytest.mark.parametrize("exploration", UNANCHORED, ids=_named)
def test_a_limit_keeps_the_first_paths(bank: GraphStore, bank_on_server: GraphStore, exploration: Question) -> None:
    """A lower limit gives a beginning of what a higher one gives."""
    for store in (bank, bank_on_server):
        few, many = (
            paths(store, exploration.text, catalog.check_arguments(exploration, {"limit": limit}))
            for limit in (5, 10_000)
        )
        assert few == many[:5]


@pytest.mark.parametrize("exploration", EXPLORATIONS, ids=_named)
def test_a_text_to_look_at_declares_what_it_takes(exploration: Question) -> None:
    """It returns paths; elements are of kinds that exist, named by id; only what is of no element has a limit."""
    assert [(column.name, column.type) for column in exploration.columns] == [("path", "path")]
    for parameter in exploration.parameters:
        assert set(parameter.kinds) <= METAMODEL.kinds.keys()
        assert parameter.meaning.startswith("by id") or not parameter.kinds
    limited = [parameter.name for parameter in exploration.parameters if parameter.name == catalog.LIMIT]
    assert bool(limited) != anchored(exploration)


def test_every_kind_of_link_has_one_example(bank: GraphStore) -> None:
    """Without a limit the picture of the metamodel has each type between two kinds that is stored, once."""
    links = bank.read(
        "MATCH (a:Element)-[link]->(b:Element) RETURN labels(a)[0] AS a, type(link) AS way, labels(b)[0] AS b"
    )
    stored = {(str(row["a"]), str(row["way"]), str(row["b"])) for row in links}
    found = paths(bank, catalog.find("explore/metamodel").text, {"limit": 10_000})
    drawn = [(path.nodes[0][0], path.types[0], path.nodes[1][0]) for path in found]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == stored


def test_the_metamodel_is_drawn_by_kinds_and_not_by_further_labels() -> None:
    """The text leaves out every label that comes beside that of the kind."""
    beside = {second for kind in METAMODEL.kinds.values() for second in kind.second_labels}
    beside |= {form.label for form in METAMODEL.forms} - METAMODEL.kinds.keys()
    text = catalog.find("explore/metamodel").text
    assert beside
    assert [label for label in beside if text.count(f"'{label}'") != 2] == []


def test_evidence_can_be_looked_at_for_whatever_may_have_some() -> None:
    """The kinds of a claim are those of which evidence can be recorded."""
    (claim,) = catalog.find("explore/evidence_trail").parameters
    may_have = {kind for row in METAMODEL.relationships if row.type == "EVIDENCED_BY" for kind in row.sources}
    assert set(claim.kinds) == may_have


def _comparable(exploration: Question, store: GraphStore, arguments: Mapping[str, Value]) -> list[Path]:
    """Return the paths in their order where they have one; the ids of loads differ between two stores."""
    found = [
        Path(tuple((kind, "" if kind == RUN else node_id) for kind, node_id in path.nodes), path.types)
        for path in paths(store, exploration.text, arguments)
    ]
    return found if exploration.name in IN_ORDER else sorted(found)
