"""How a server would carry the questions out: never over all nodes, nor over all of a kind for every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import neo4j
import pytest

from benchmarks.shape import shaped
from graphkb.checks import rules
from graphkb.queries import catalog
from graphkb.store import open_store
from graphkb.sync.apply import apply_plan
from graphkb.sync.planning import make_plan
from graphkb.sync.state import Stored
from tests.conftest import clear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.checks import Rule
    from graphkb.queries.catalog import Question
    from tests.support.server import Server

ELEMENTS: Final = 3000
"""Enough that the planner's statistics resemble those of a real store."""
REFUSED: Final = ("AllNodesScan", "CartesianProduct")


@pytest.fixture(scope="module")
def planner(neo4j_server: Server) -> Iterator[neo4j.Driver]:
    """Give a driver to a server that holds a graph of the domain's shape."""
    address, auth = neo4j_server.uri, neo4j_server.auth
    with neo4j.GraphDatabase.driver(address, auth=auth, notifications_min_severity="OFF") as driver:
        store = open_store(neo4j_server.uri, username=neo4j_server.username, password=neo4j_server.password)
        clear(store)
        apply_plan(store, lambda: make_plan("shape", shaped(ELEMENTS), Stored()))
        store.close()
        driver.execute_query("CALL db.awaitIndexes()")
        driver.execute_query("CALL db.resampleOutdatedIndexes()")
        yield driver


@pytest.mark.parametrize("question", catalog.questions(), ids=lambda question: question.name)
def test_a_question_is_planned_from_its_anchor(planner: neo4j.Driver, question: Question) -> None:
    """The plan has no scan of all nodes, no product of unconnected patterns, and no scan for each row of another."""
    plan = _plan(planner, question.text, {p.name: "x" if p.required else p.default for p in question.parameters})
    assert list(_faults(plan, repeated=False)) == []


@pytest.mark.parametrize(
    "exploration",
    [each for each in catalog.explorations() if any(parameter.required for parameter in each.parameters)],
    ids=lambda exploration: exploration.name,
)
def test_paths_are_planned_from_their_anchor(planner: neo4j.Driver, exploration: Question) -> None:
    """What surrounds an element is found from there; only what is drawn of everything may look at everything."""
    plan = _plan(planner, exploration.text, {parameter.name: "x" for parameter in exploration.parameters})
    assert list(_faults(plan, repeated=False)) == []


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.compute is None], ids=lambda rule: rule.name)
def test_a_check_is_planned_from_its_anchor(planner: neo4j.Driver, rule: Rule) -> None:
    """A rule looks once at what it is about, and from there at what surrounds it."""
    plan = _plan(planner, rule.question.text, {parameter.name: parameter.default for parameter in rule.thresholds})
    assert list(_faults(plan, repeated=False)) == []


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n.id + $none AS id",
        "MATCH (a:Capability), (b:Persona) RETURN a.id + b.id + $none AS id",
        "MATCH (a:Persona {id: $none}) CALL (a) { MATCH (b:Capability) RETURN max(b.title + a.id) AS t } RETURN t AS t",
    ],
)
def test_a_plan_that_is_refused_is_found(planner: neo4j.Driver, text: str) -> None:
    """A text of each refused kind does not pass."""
    assert list(_faults(_plan(planner, text, {"none": ""}), repeated=False))


def _plan(driver: neo4j.Driver, text: str, parameters: dict[str, Any]) -> dict[str, Any]:
    plan = driver.execute_query(f"CYPHER replan=force EXPLAIN {text}", parameters).summary.plan
    assert plan is not None
    return dict(plan)


def _faults(plan: dict[str, Any], *, repeated: bool) -> Iterator[str]:
    """Yield the operators of a plan that are refused; ``repeated`` ones run once for each row of others."""
    operator = plan["operatorType"].partition("@")[0]
    detail = f"{operator} {plan['args'].get('Details', '')}"
    if operator in REFUSED or (repeated and "Scan" in operator):
        yield detail
    children = plan.get("children", [])
    for place, child in enumerate(children):
        # The right side of every kind of Apply runs for each row of the left, unless that is one empty row.
        runs_again = place == 1 and "Apply" in operator and not _is_single(children[0])
        yield from _faults(child, repeated=repeated or runs_again)


def _is_single(plan: dict[str, Any]) -> bool:
    """Tell whether an operator gives one row: an empty one, or an aggregate over everything."""
    operator = plan["operatorType"].partition("@")[0]
    children = plan.get("children", [])
    if operator in ("Projection", "CacheProperties") and len(children) == 1:
        return _is_single(children[0])
    aggregate = operator == "EagerAggregation" and plan["args"].get("EstimatedRows") == 1
    return (operator == "Argument" and not children) or aggregate
