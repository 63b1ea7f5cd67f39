"""The questions against an independent reading of their prose, on generated graphs, on every store."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from graphkb.queries import ask_rows, catalog
from tests.support.graphs import random_graph, write_graph
from tests.support.oracle import ORACLES

if TYPE_CHECKING:
    from graphkb.queries.catalog import Column, Question
    from graphkb.store.protocol import Row, Value
    from tests.queries.conftest import Knowledge
    from tests.support.graphs import Graph

GRAPHS = 200
LEAST_ROWS = 200

MUTATIONS = [
    ("gaps/affecting_stages", "coalesce(gap.status, 'open') <> 'closed'", "true"),
    ("gaps/affecting_stages", "$decay ^ best.hops AS share", "$decay AS share"),
    ("gaps/affecting_stages", "importance * $decay ^ hops DESC, hops", "hops"),
    ("gaps/affecting_stages", "DESC, hops, way, enabling.id", "DESC, hops, way DESC, enabling.id"),
    ("gaps/affecting_stages", "DESC, hops, way, enabling.id", "DESC, way, hops, enabling.id"),
    ("gaps/affecting_stages", "DEPENDS_ON*1..8", "DEPENDS_ON*1..7"),
    ("gaps/affecting_stages", "DEPENDS_ON*1..8", "DEPENDS_ON*1..9"),
    ("gaps/affecting_stages", "(enabling)-[:DEPENDS_ON*1..8]->", "(enabling)<-[:DEPENDS_ON*1..8]-"),
    ("gaps/affecting_stages", "coalesce(stated, $default_importance)", "coalesce(stated, 4)"),
    ("gaps/affecting_stages", "max(uses.importanceLevel)", "min(uses.importanceLevel)"),
    ("gaps/affecting_stages", "coalesce(satisfaction, $default_satisfaction)", "coalesce(satisfaction, 4.0)"),
    ("gaps/affecting_stages", "min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
    ("gaps/affecting_stages", "rating / 5.0, $default_weight", "rating / 5.0, 0.5"),
    ("gaps/affecting_stages", "max(rates.strategicImportance)", "min(rates.strategicImportance)"),
    ("gaps/affecting_stages", "coalesce(represented, designed)", "represented"),
    ("gaps/affecting_stages", "coalesce(represented, designed)", "coalesce(designed, represented)"),
    ("gaps/affecting_stages", "THEN [null] ELSE walkers + witnesses", "THEN [null] ELSE walkers"),
    ("gaps/affecting_stages", "THEN [null] ELSE walkers + witnesses", "THEN [null] ELSE witnesses"),
    ("gaps/affecting_stages", "THEN [null] ELSE", "THEN [] ELSE"),
    ("gaps/affecting_stages", "hindered IS NULL OR segment IS NULL OR hindered.id = segment.id", "true"),
    ("gaps/affecting_stages", "hindered IS NULL OR segment IS NULL OR", "hindered IS NULL OR"),
    ("gaps/affecting_stages", "WHERE assessed = 0", "WHERE true"),
    ("gaps/affecting_stages", "OR EXISTS { (other)-[:HINDERS]->(segment) }", ""),
    ("gaps/affecting_stages", "coalesce(other.status, 'open') <> 'closed'", "true"),
    ("gaps/affecting_stages", "coalesce(gap.gapSize, capability", "coalesce(capability"),
    ("gaps/affecting_stages", "capability.maturityLevel, 1)", "capability.maturityLevel, 2)"),
    ("gaps/affecting_stages", "-[:MAPS_TO]->(:ValueStreamStage)-", "-"),
    ("gaps/affecting_stages", "size(routes) AS routeCount", "1 AS routeCount"),
    ("gaps/reaching_no_stage", "coalesce(gap.status, 'open') <> 'closed'", "true"),
    ("gaps/reaching_no_stage", "sum(journeys) AS reached", "count(stage) AS reached"),
    ("gaps/reaching_no_stage", "DEPENDS_ON*1..8", "DEPENDS_ON*1..1"),
    ("gaps/reaching_no_stage", "ORDER BY hops, enabling.id\n", "ORDER BY hops DESC, enabling.id\n"),
    ("gaps/reaching_no_stage", "size(looseEnds) = 1 OR", "true OR"),
    ("gaps/reaching_no_stage", "OPTIONAL MATCH (gap)-[:GAP_IN]", "MATCH (gap)-[:GAP_IN]"),
    ("gaps/reaching_no_stage", "-[:MAPS_TO]->", "<-[:MAPS_TO]-"),
    ("gaps/unfunded", "coalesce(gap.status, 'open') <> 'closed'", "true"),
    ("gaps/unfunded", "WHERE coalesce(closing.status, '') <> 'Cancelled' }", "}"),
    ("gaps/unfunded", "WHERE coalesce(improving.status, '') <> 'Cancelled'", "WHERE true"),
    ("gaps/unfunded", "THEN enabled ELSE mapped END", "THEN enabled END"),
    ("gaps/unfunded", "CASE WHEN journey IS NULL THEN null ELSE candidate END", "candidate"),
    ("gaps/unfunded", "min(satisfaction)", "max(satisfaction)"),
    ("gaps/unfunded", "journey.title, stage.sequenceNumber, stage.title", "journey.title, stage.title"),
    ("initiatives/closing_nothing", "['Completed', 'Cancelled']", "['Completed']"),
    ("initiatives/closing_nothing", "AND NOT EXISTS { (initiative)-[:CLOSES]->(:CapabilityGap) }", ""),
    ("initiatives/closing_nothing", "AND NOT EXISTS { (initiative)-[:IMPROVES]->(:JourneyStage) }", ""),
    ("initiatives/closing_nothing", "(:Touchpoint)<-[:HAS_TOUCHPOINT]-(:JourneyStage)", "(:Touchpoint)"),
    ("initiatives/closing_nothing", "(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)", "(:ValueStreamStage)"),
    ("initiatives/closing_nothing", "OR EXISTS { (enabled)<-[:MAPS_TO]-(:JourneyStage) }", ""),
    ("initiatives/closing_nothing", "OR EXISTS { (enabled)<-[:MAPS_TO]-(:JourneyStage) }", "OR true"),
    ("initiatives/closing_nothing", "WHERE touched = 0", "WHERE true"),
    ("initiatives/closing_nothing", "DEPENDS_ON*1..8", "DEPENDS_ON*1..1"),
    ("stages/weakest", "min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
    ("stages/weakest", "count(experience.satisfactionScore)", "count(experience)"),
    ("stages/weakest", "min(way) AS route", "max(way) AS route"),
    ("stages/weakest", "max(stated)", "min(stated)"),
    ("stages/weakest", "WHERE found = 1 OR capability IS NOT NULL", "WHERE capability IS NOT NULL"),
    ("stages/weakest", "WHERE found = 1 OR capability IS NOT NULL", "WHERE true"),
    ("stages/weakest", "coalesce(distance, -9) DESC", "coalesce(distance, -9)"),
    ("stages/weakest", "title), capability.owner)", "title))"),
]  # fmt: skip


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    """Give the generated graphs, the same in every run."""
    return [random_graph(seed) for seed in range(GRAPHS)]


def test_the_questions_give_the_rows_of_the_oracle(
    kb: Knowledge, graphs: list[Graph], capsys: pytest.CaptureFixture[str]
) -> None:
    """On every graph each question gives the oracle's rows in its order, with defaults and with other parameters."""
    rows: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for seed, graph in enumerate(graphs):
        write_graph(kb.store, graph)
        for question in catalog.questions():
            other = _parameters(question, graph, seed)
            for given in ({}, other) if other else ({},):
                answer = ask_rows(kb, question.name, given)
                found = answer.to_dicts()
                expected = ORACLES[question.name](graph, answer.parameters)
                assert _comparable(found) == _comparable(expected), f"{question.name}, seed {seed}, {given}"
                assert _mistyped(question, found) == []
                assert answer.truncated is False
                assert (answer.why is None) == bool(found)
                rows[question.name] += 0 if given else len(found)
                seen.update(_sights(question, found))
        seen.update(_closed_gaps(graph))
    with capsys.disabled():
        print(f"\n{kb.store.name}: {GRAPHS} graphs, rows {dict(rows)}, seen {dict(sorted(seen.items()))}")  # noqa: T201  # the counts are the evidence
    assert min(rows.values()) >= LEAST_ROWS
    assert rows.keys() == ORACLES.keys()
    expected_sights = [
        "route direct",
        "route value stream",
        "route dependency",
        "null persona",
        "assumed pain",
        "closed gap",
    ]
    expected_sights += [
        "loose stage",
        "loose value stage",
        "no link at all",
        "gap without capability",
        "idle with work",
    ]
    assert [sight for sight in expected_sights if seen[sight] < 10] == []


@pytest.mark.parametrize(("name", "old", "new"), MUTATIONS)
def test_the_oracle_finds_a_changed_question(
    embedded: Knowledge, graphs: list[Graph], name: str, old: str, new: str
) -> None:
    """A question with one thing changed gives other rows than the oracle on at least one graph."""
    question = catalog.find(name)
    header, _, cypher = question.text.partition("\nMATCH")
    assert old in cypher
    mutant = f"{header}\nMATCH{cypher.replace(old, new)}"
    for seed, graph in enumerate(graphs):
        write_graph(embedded.store, graph)
        for given in ({}, _parameters(question, graph, seed)):
            arguments = catalog.check_arguments(question, given)
            found = embedded.store.read(mutant, arguments)
            if _comparable(found) != _comparable(ORACLES[name](graph, arguments)):
                return
    pytest.fail(f"the oracle does not notice {new!r} for {old!r}")


def _parameters(question: Question, graph: Graph, seed: int) -> dict[str, Value]:
    """Return other values than the defaults, for some of the parameters."""
    dice = random.Random(seed)  # noqa: S311  # a test's dice, not a secret
    choices: dict[str, list[Value]] = {
        "segment": [key[1] for key in graph.nodes if key[0] == "CustomerSegment"],
        "journey": [key[1] for key in graph.nodes if key[0] == "Journey"],
        "persona": [key[1] for key in graph.nodes if key[0] == "Persona"],
        "phase": ["onboard", "use"],
        "min_severity": [1, 2.5],
        "max_satisfaction": [2, 3.0],
        "decay": [0, 0.25, 1],
        "default_importance": [1, 5],
        "default_satisfaction": [1, 4.5],
        "default_weight": [0, 1.0],
        "limit": [],
    }
    filters = ["segment", "journey", "persona", "phase", "min_severity"]
    return {
        parameter.name: dice.choice(choices[parameter.name])
        for parameter in question.parameters
        if choices[parameter.name] and dice.random() < (0.3 if parameter.name in filters else 0.5)
    }


def _comparable(rows: list[Row]) -> list[dict[str, Any]]:
    """Return rows whose numbers differ only if they differ by more than the last digits."""
    return [
        {name: round(value, 9) + 0.0 if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    ]


def _mistyped(question: Question, rows: list[Row]) -> list[tuple[str, Value]]:
    """Return values of another type than the header declares."""
    return [(c.name, row[c.name]) for row in rows for c in question.columns if not _fits(c, row[c.name])]


def _fits(column: Column, value: Value) -> bool:
    if value is None:
        return column.nullable
    types: dict[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool, "list<string>": list}
    return type(value) is types[column.type]


def _sights(question: Question, rows: list[Row]) -> Counter[str]:
    """Count what a run is there to see."""
    seen: Counter[str] = Counter()
    for row in rows:
        if question.name == "gaps/affecting_stages":
            seen[f"route {row['route']}"] += 1
            seen["null persona"] += row["personaId"] is None
            seen["assumed pain"] += row["painRecorded"] is False
        elif question.name == "gaps/reaching_no_stage":
            seen["loose stage"] += row["stageId"] is not None
            seen["loose value stage"] += row["stageId"] is None and row["valueStageId"] is not None
            seen["gap without capability"] += row["capabilityId"] is None
            seen["no link at all"] += (
                row["missingLink"].startswith("no stage or") if isinstance(row["missingLink"], str) else 0
            )
        elif question.name == "initiatives/closing_nothing":
            seen["idle with work"] += bool(row["improves"])
    return seen


def _closed_gaps(graph: Graph) -> Counter[str]:
    return Counter(
        "closed gap"
        for key, properties in graph.nodes.items()
        if key[0] == "CapabilityGap" and properties.get("status") == "closed"
    )
