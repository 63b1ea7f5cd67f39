"""The questions on files as people write them: the shipped bank, and one that nobody on the project wrote.

Generated graphs hold what somebody thought of. Here every question gives the same rows on both stores, and those of
the oracle, with its defaults and for every element that it can be asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graphkb import KnowledgeBase
from graphkb.example import BANK
from graphkb.queries import ask_rows, catalog
from graphkb.store import open_store
from tests.conftest import clear
from tests.support.graphs import Edge, Graph
from tests.support.oracles import ORACLES
from tests.support.rows import comparable
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import Value

FILES = ("bank", "retail-banking-example.json")


@pytest.fixture(scope="module", params=FILES)
def file(request: pytest.FixtureRequest) -> Path:
    """Give each file or folder in turn; those that others wrote are looked for in the data folder."""
    if request.param == "bank":
        return BANK
    data: Path = request.getfixturevalue("data")
    return data / str(request.param)


@pytest.fixture(scope="module")
def embedded_kb(file: Path) -> Iterator[KnowledgeBase]:
    """Give the file in memory."""
    with KnowledgeBase(open_store(":memory:")) as kb:
        kb.load([file], source="file")
        yield kb


@pytest.fixture(scope="module")
def neo4j_kb(file: Path, neo4j_server: Any) -> Iterator[KnowledgeBase]:
    """Give the file on Neo4j."""
    store = open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password)
    clear(store)
    with KnowledgeBase(store) as kb:
        kb.load([file], source="file")
        yield kb


@pytest.fixture(scope="module")
def graph(embedded_kb: KnowledgeBase) -> Graph:
    """Give the file as plain data."""
    dataset = embedded_kb.dataset()
    return Graph(
        nodes={(key.label, key.id): {"title": key.id} | dict(found) for key, found in dataset.nodes.items()},
        edges=[
            Edge((edge.source.label, edge.source.id), edge.type, (edge.target.label, edge.target.id), dict(found))
            for edge, found in dataset.edges.items()
        ],
    )


@pytest.mark.parametrize("question", catalog.questions(), ids=lambda question: question.name)
def test_a_question_gives_the_rows_of_the_oracle_on_a_file(
    embedded_kb: KnowledgeBase, graph: Graph, question: Question
) -> None:
    """What the files hold beside what the question looks at does not disturb it."""
    world = World(graph)
    for given in _askings(question, graph):
        answer = ask_rows(embedded_kb, question.name, given | {catalog.LIMIT: 100_000})
        expected = ORACLES[question.name](world, answer.parameters)
        assert comparable(answer.to_dicts()) == comparable(expected), given


@pytest.mark.parametrize("question", catalog.questions(), ids=lambda question: question.name)
def test_a_question_gives_the_same_rows_of_a_file_on_both_stores(
    embedded_kb: KnowledgeBase, neo4j_kb: KnowledgeBase, graph: Graph, question: Question
) -> None:
    """Rows, their order, and the sentence that explains an empty answer are the same."""
    for given in _askings(question, graph):
        one, other = (ask_rows(kb, question.name, given) for kb in (embedded_kb, neo4j_kb))
        assert comparable(one.to_dicts()) == comparable(other.to_dicts()), given
        assert (one.why, one.truncated) == (other.why, other.truncated), given


def _askings(question: Question, graph: Graph) -> list[dict[str, Value]]:
    """Return the parameters to ask with: the defaults, or where an element must be named, each one of its kinds."""
    askings: list[dict[str, Value]] = [{}]
    for parameter in question.parameters:
        if parameter.required:
            ids = sorted(key[1] for key in graph.nodes if key[0] in parameter.kinds)
            askings = [given | {parameter.name: node_id} for given in askings for node_id in ids]
    return askings
