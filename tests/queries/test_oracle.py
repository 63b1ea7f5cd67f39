"""The questions against an independent reading of their prose, on generated graphs, on every store."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from graphkb.queries import ask_rows, catalog
from tests.conftest import LONG, open_kind
from tests.queries.conftest import Knowledge
from tests.support.graphs import random_graph, write_graph
from tests.support.oracles import CHOICES, MUTATIONS, ORACLES, SIGHTS
from tests.support.rows import comparable
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.queries.catalog import Column, Question
    from graphkb.store.protocol import Row, Value
    from tests.support.graphs import Graph

GRAPHS = 200
GRAPHS_ON_A_SERVER = 200 if LONG else 50
GRAPHS_THROUGH_PY2NEO = 5
LEAST_ROWS = 50
LEAST_SIGHTS = 10


@pytest.fixture(scope="module", params=["memory", "neo4j", "py2neo"])
def kb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """Give each store in turn, the one through py2neo too."""
    store = open_kind(request.param, tmp_path_factory.mktemp("kb"), request)
    yield Knowledge(store)
    store.close()


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    """Give the generated graphs, the same in every run."""
    return [random_graph(seed) for seed in range(GRAPHS)]


def test_the_questions_give_the_rows_of_the_oracle(
    kb: Knowledge, graphs: list[Graph], capsys: pytest.CaptureFixture[str]
) -> None:
    """On every graph each question gives the oracle's rows in its order, with defaults and with other parameters.

    A server takes minutes, so it is asked on fewer graphs, and where there are defaults, with other parameters on every
    fourth of these. Through py2neo it is the same server, so a few graphs show that rows and parameters get through.
    """
    rows: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    on_server = "://" in kb.store.name
    most = GRAPHS_ON_A_SERVER if on_server else GRAPHS
    if kb.store.name.startswith("py2neo+"):
        most = GRAPHS_THROUGH_PY2NEO
    for seed, graph in enumerate(graphs[:most]):
        world = World(graph)
        write_graph(kb.store, graph)
        for question in catalog.questions():
            for given in _askings(question, graph, seed):
                if given and on_server and seed % 4 and not any(p.required for p in question.parameters):
                    continue
                answer = ask_rows(kb, question.name, given)
                found = answer.to_dicts()
                expected = ORACLES[question.name](world, answer.parameters)
                assert comparable(found) == comparable(expected), f"{question.name}, seed {seed}, {given}"
                assert _mistyped(question, found) == []
                assert answer.truncated is False
                assert (answer.why is None) == bool(found)
                rows[question.name] += len(found)
                seen.update(_sights(question, found))
    with capsys.disabled():
        for question in catalog.questions():
            sys.stdout.write(f"\n{question.name}: {rows[question.name]} rows")
    if not on_server:
        asked = [question.name for question in catalog.questions()]
        assert [name for name in asked if rows[name] < LEAST_ROWS] == []
        wanted = [f"{name}: {sight}" for name in asked for sight in SIGHTS.get(name, ())]
        assert [sight for sight in wanted if seen[sight] < LEAST_SIGHTS] == []


@pytest.fixture(scope="module")
def unnoticed(embedded: Knowledge, graphs: list[Graph]) -> set[tuple[str, str, str]]:
    """Give the changed questions whose rows are the oracle's on every graph."""
    left = dict.fromkeys(MUTATIONS)
    for seed, graph in enumerate(graphs):
        if not left:
            break
        world = World(graph)
        write_graph(embedded.store, graph)
        for mutation in list(left):
            question = catalog.find(mutation[0])
            for given in _askings(question, graph, seed):
                arguments = catalog.check_arguments(question, given)
                found = embedded.store.read(_changed(question, *mutation[1:]), arguments)
                if comparable(found) != comparable(ORACLES[question.name](world, arguments)):
                    del left[mutation]
                    break
    return set(left)


@pytest.mark.parametrize(("name", "old", "new"), MUTATIONS)
def test_the_oracle_finds_a_changed_question(
    unnoticed: set[tuple[str, str, str]], name: str, old: str, new: str
) -> None:
    """A question with one thing changed gives other rows than the oracle on at least one graph."""
    assert _changed(catalog.find(name), old, new) != catalog.find(name).text_for(":memory:")
    assert (name, old, new) not in unnoticed


def test_every_question_has_changes_that_the_oracle_finds() -> None:
    """A question that no change is known to spoil could be compared with nothing."""
    assert {name for name, _, _ in MUTATIONS} == set(catalog.names()) - {each.name for each in catalog.explorations()}


def _changed(question: Question, old: str, new: str) -> str:
    """Return the text of the embedded store with one thing changed; the header stays."""
    lines = question.text_for(":memory:").splitlines(keepends=True)
    header = sum(line.startswith("//") for line in lines)
    return "".join(lines[:header]) + "".join(lines[header:]).replace(old, new)


def _askings(question: Question, graph: Graph, seed: int) -> list[dict[str, Value]]:
    """Return the parameters to ask with: the defaults, where they are enough, and others."""
    other = _parameters(question, graph, seed)
    if any(parameter.required for parameter in question.parameters):
        return [other] if all(p.name in other for p in question.parameters if p.required) else []
    return [{}, other] if other else [{}]


def _parameters(question: Question, graph: Graph, seed: int) -> dict[str, Value]:
    """Return other values than the defaults, for some of the parameters; elements are ones of the graph."""
    dice = random.Random(f"{question.name} {seed}")  # noqa: S311  # a test's dice, not a secret
    given: dict[str, Value] = {}
    for parameter in question.parameters:
        values = [key[1] for key in graph.nodes if key[0] in parameter.kinds] or [
            *CHOICES.get(question.name, {}).get(parameter.name, ())
        ]
        if values and (parameter.required or dice.random() < 0.5):
            given[parameter.name] = dice.choice(values)
    return given


def _mistyped(question: Question, rows: list[Row]) -> list[tuple[str, Value]]:
    """Return values of another type than the header declares."""
    return [(c.name, row[c.name]) for row in rows for c in question.columns if not _fits(c, row[c.name])]


def _fits(column: Column, value: Value) -> bool:
    if value is None:
        return column.nullable
    types: dict[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool, "list<string>": list}
    return type(value) is types[column.type]


def _sights(question: Question, rows: list[Row]) -> Counter[str]:
    """Count the rows that show what a run is there to see."""
    sights = SIGHTS.get(question.name, {})
    return Counter(f"{question.name}: {sight}" for row in rows for sight, shows in sights.items() if shows(row))
