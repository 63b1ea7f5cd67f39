"""Every rule finds what it should, and nothing else, on both stores."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.checks import Severity, check, rules
from graphkb.checks.rule import parse
from graphkb.errors import UsageError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.declaration import fields_of
from graphkb.model.metamodel import METAMODEL
from graphkb.queries import catalog
from graphkb.store import Statement
from tests.support.check_cases import FOLDER, case
from tests.support.cypher_lint import known_vocabulary, lint
from tests.support.graphs import write_graph

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.checks import Rule
    from graphkb.store.protocol import Value

RULES: Final = {rule.name: rule for rule in rules()}
TEXTS: Final = {name: rule for name, rule in RULES.items() if rule.compute is None}


def test_every_rule_has_a_graph_that_breaks_it_and_one_that_does_not() -> None:
    """A rule without both could not be known to work; no file outlives its rule."""
    assert {path.stem for path in FOLDER.iterdir()} == set(RULES)
    for name in RULES:
        assert case(name, "bad").finds
        assert case(name, "good").graph.nodes


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_what_breaks_it(kb: KnowledgeBase, name: str) -> None:
    """Exactly these elements, with exactly these words."""
    bad = case(name, "bad")
    write_graph(kb.store, bad.graph)
    found = kb.check(name)
    assert {(each.kind, each.id): each.message for each in found} == bad.finds
    assert len(found) == len(bad.finds)
    assert {(each.rule, each.severity) for each in found} == {(name, RULES[name].severity.value)}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_nothing_where_nothing_breaks_it(kb: KnowledgeBase, name: str) -> None:
    """Near misses are no findings."""
    good = case(name, "good")
    assert good.finds == {}
    write_graph(kb.store, good.graph)
    assert kb.check(name) == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_rule_keeps_the_rules_for_both_stores(name: str) -> None:
    """Its Cypher is held to what the questions are held to, and is one text for both stores."""
    assert lint(TEXTS[name].question, known_vocabulary()) == []
    assert TEXTS[name].question.embedded_text is None


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_is_told_in_whole_sentences(rule: Rule) -> None:
    """What it looks for is a question, what to do one sentence, and so is what a finding says."""
    assert rule.question.question.endswith("?")
    assert rule.advice.endswith(".")
    assert rule.message.endswith(".")
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", rule.name)
    assert rule.severity in Severity


def test_a_rule_that_is_cut_is_refused() -> None:
    """A check finds everything, in an order."""
    rule = RULES["stub"]
    for text in (f"{rule.question.text}LIMIT 3\n", rule.question.text.replace("ORDER BY kind, id\n", "")):
        faults = lint(parse(rule.question.path, rule.name, text).question, known_vocabulary())
        assert faults == ["order: the text of a check must end with ORDER BY, and have no LIMIT or SKIP"]


def test_a_finding_names_the_kind_and_no_further_label(kb: KnowledgeBase) -> None:
    """A micro journey is a journey, in whatever order a store keeps its labels."""
    graph = case("evidence_status_belied", "bad").graph
    write_graph(kb.store, graph)
    parts: dict[str, dict[str, Value]] = {
        "a": {},
        "b": {"perspective": "inside-out"},
        "c": {"evidenceStatus": "strong", "nextReviewOn": "2020-01-01", "isStub": True},
    }
    made = "CREATE (j:Journey {id: $id}) SET j:Element:MicroJourney, j += $properties"
    kb.store.write(
        [
            *(Statement(made, {"id": key, "properties": {"title": "Part", **each}}) for key, each in parts.items()),
            Statement("MATCH (j:Journey {id: 'b'}) MATCH (p:Persona) CREATE (p)-[:DESIGN_FOCUS]->(j)"),
            Statement("CREATE (u:OrgUnit {id: 'one'}) SET u:Element, u.title = 'One'"),
            Statement("CREATE (u:OrgUnit {id: 'two'}) SET u:Element, u.title = 'Two'"),
            Statement("MATCH (u:OrgUnit) MATCH (j:Journey {id: 'b'}) CREATE (u)-[:OWNS]->(j)"),
        ]
    )
    found = [each for each in kb.check() if each.id in "abc"]
    assert {each.kind for each in found} == {"Journey"}
    assert len({each.rule for each in found}) >= 9


def test_rules_are_no_questions() -> None:
    """Neither the pack nor what is made from it lists them."""
    assert not [name for name in catalog.names() if name.startswith(catalog.CHECKS)]


def test_what_a_rule_speaks_of_is_a_field_that_a_complete_record_has() -> None:
    """`covers` names fields of the metamodel that would otherwise be found incomplete."""
    kinds = METAMODEL.kinds.items()
    expected = {f"{label}.{field.name}" for label, kind in kinds for field in fields_of(kind) if field.expected}
    covered = [name for rule in RULES.values() for name in rule.covers]
    assert set(covered) <= expected
    assert len(covered) == len(set(covered)) == 7


ROWS: Final = {
    "A4", "A8", "A10", "A12", "A17", "A18", "A20", "A23", "A33", "A36", "A42", "A43", "A45",
    "S0-02", "S0-03", "S0-06", "S0-09", "S0-14", "S0-20", "S0-30",
    "S1-03", "S1-13", "S1-31", "S1-32", "S1-34", "S1-36",
    "S2-23", "S2-24", "S2-25", "S2-29",
    "S3-13", *(f"S3-{number}" for number in range(40, 51)),
}  # fmt: skip
"""Rows of the requirements that speak of a finding, a check, a rule, a practice or a pitfall, or lead to one."""


def test_every_row_that_asks_for_a_rule_has_one() -> None:
    """Each is named by a rule, and no rule names a row that does not ask for it."""
    assert {number for rule in RULES.values() for number in rule.requirements} == ROWS


def test_an_unknown_rule_names_the_nearest(embedded: KnowledgeBase) -> None:
    """All unknown ones at once."""
    with pytest.raises(UsageError, match=r"'stbu'.* Did you mean stub\?\n.*'orfan'.* Did you mean orphan\?"):
        check(embedded, ["stbu", "stub", "orfan"])


def test_an_extension_brings_rules(embedded: KnowledgeBase, tmp_path: Path) -> None:
    """A file in the folder `checks` beside its questions is a rule as those of the package."""
    (tmp_path / "checks").mkdir()
    text = (catalog.folder() / "checks" / "orphan.cypher").read_text(encoding="utf-8")
    (tmp_path / "checks" / "lonely.cypher").write_text(text, encoding="utf-8")
    write_graph(embedded.store, case("orphan", "bad").graph)
    found = KnowledgeBase(embedded.store, embedded.metamodel, (tmp_path,)).check("lonely")
    assert [(each.rule, each.id) for each in found] == [("lonely", "ledger")]
