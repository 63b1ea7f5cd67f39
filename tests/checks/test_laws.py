"""What holds of rules whatever the graph: both stores agree, off means off, and limits move findings one way."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.checks import Severity, check, rules
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.metamodel import METAMODEL
from graphkb.queries import governance, journeys
from graphkb.store import open_store
from tests.conftest import LONG, open_cleared
from tests.support.check_cases import case
from tests.support.graphs import Graph, random_graph, write_graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.checks import Finding

GRAPHS: Final = 20 if LONG else 5
TODAY: Final = "2026-06-30"

UP: Final = {
    ("several_owners", "most"): False,
    ("drop_off_segments_chosen", "least"): True,
    ("drop_off_segments_chosen", "most"): False,
    ("drop_off_segments_activated", "least"): True,
    ("drop_off_segments_activated", "most"): False,
    ("experiences_without_evidence", "least_share"): True,
    ("journey_of_one_unit", "least"): True,
    ("too_many_segments", "most"): False,
    ("too_many_personas", "most"): False,
    ("copied_value_stages", "least_share"): False,
    ("near_duplicate", "least_similarity"): False,
    ("alignment_belied", "high_alignment"): False,
    ("alignment_belied", "low_alignment"): True,
    ("alignment_belied", "high_satisfaction"): False,
    ("alignment_belied", "low_satisfaction"): True,
}
"""Every threshold that is a limit, and whether raising it leaves at least as many findings, or at most."""


@pytest.fixture(scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[KnowledgeBase, KnowledgeBase]]:
    """Give a knowledge base in memory and one on a server."""
    folder = tmp_path_factory.mktemp("laws")
    with (
        KnowledgeBase(open_cleared("memory", folder, request)) as embedded,
        KnowledgeBase(open_cleared("neo4j", folder, request)) as remote,
    ):
        yield embedded, remote


def settings(folder: Path, text: str) -> Path:
    """Write a file of settings."""
    path = folder / "graphkb.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("neo4j_server")
def test_both_stores_have_the_same_findings(both: tuple[KnowledgeBase, KnowledgeBase]) -> None:
    """On graphs with circles, missing links, stubs and isolated elements, word for word."""
    found: set[str] = set()
    for seed in range(GRAPHS):
        graph = random_graph(seed)
        for kb in both:
            write_graph(kb.store, graph)
        one, other = (kb.check() for kb in both)
        assert one == other
        assert [each.to_dict() for each in both[0].completeness()] == [
            each.to_dict() for each in both[1].completeness()
        ]
        assert both[0].steps() == both[1].steps()
        found |= {finding.rule for finding in one}
    assert len(found) > len(rules()) / 2


def test_switching_a_rule_off_removes_its_findings_and_no_others(embedded: KnowledgeBase, tmp_path: Path) -> None:
    """Of any rule, on a graph where many find something."""
    write_graph(embedded.store, random_graph(0))
    everything = embedded.check()
    assert len({finding.rule for finding in everything}) > 10
    for rule in rules():
        report = check(embedded, config=settings(tmp_path, f'[checks.{rule.name}]\noff = "Not here."\n'))
        assert list(report.findings) == [finding for finding in everything if finding.rule != rule.name]
        assert report.off == {rule.name: "Not here."}


def test_naming_rules_keeps_their_findings_and_no_others(embedded: KnowledgeBase) -> None:
    """What one rule finds does not depend on which others are held."""
    write_graph(embedded.store, random_graph(1))
    everything = embedded.check()
    for rule in rules():
        assert embedded.check(rule.name) == [finding for finding in everything if finding.rule == rule.name]


def test_a_severity_is_changed_and_nothing_else(embedded: KnowledgeBase, tmp_path: Path) -> None:
    """Of any rule, to any severity."""
    for rule in rules():
        write_graph(embedded.store, case(rule.name, "bad").graph)
        before = embedded.check(rule.name)
        for severity in Severity:
            text = f'[checks.{rule.name}]\nseverity = "{severity}"\nreason = "Ours."\n'
            after = embedded.check(rule.name, config=settings(tmp_path, text))
            assert [(each.id, each.message) for each in after] == [(each.id, each.message) for each in before]
            assert {each.severity for each in after} == {severity.value}


def test_every_limit_is_known_to_move_findings_one_way() -> None:
    """A threshold that is a number is a limit."""
    numbers = {(r.name, p.name) for r in rules() for p in r.thresholds if p.type in ("integer", "float")}
    assert set(UP) == numbers


@pytest.mark.parametrize(("rule", "threshold"), UP)
def test_raising_a_limit_moves_findings_one_way(
    embedded: KnowledgeBase, tmp_path: Path, rule: str, threshold: str
) -> None:
    """The elements found with one value are among those found with the next, or hold them; and some value matters."""
    (declared,) = (p for r in rules() if r.name == rule for p in r.thresholds if p.name == threshold)
    values = [v for v in (0, 0.2, 0.5, 0.75, 1, 2, 3, 4, 5, 12, 13, 20, 21) if declared.type == "float" or v == int(v)]
    moved = False
    for graph in (case(rule, "bad").graph, case(rule, "good").graph, random_graph(2)):
        write_graph(embedded.store, graph)
        sets = []
        for value in values:
            if declared.fault(value) is None:
                text = f'[checks.{rule}]\n{threshold} = {value}\nreason = "Ours."\n'
                sets.append(_elements(embedded.check(rule, config=settings(tmp_path, text))))
        for fewer, more in pairwise(sets):
            low, high = (fewer, more) if UP[rule, threshold] else (more, fewer)
            assert low <= high
            moved |= low < high
    assert moved


def _elements(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.kind, finding.id) for finding in findings}


def test_a_rule_and_the_question_behind_it_agree(embedded: KnowledgeBase, tmp_path: Path) -> None:
    """What is overdue and which scores are belied is one thing, whether it is asked for or found."""
    config = settings(tmp_path, f'[checks.overdue_review]\ntoday = "{TODAY}"\nreason = "A day for tests."\n')
    seen = 0
    for seed in range(40):
        write_graph(embedded.store, random_graph(seed))
        overdue = {(row.document_kind, row.document_id) for row in governance.overdue_reviews(embedded, today=TODAY)}
        belied = {("Journey", row.journey_id) for row in journeys.contradicting_scores(embedded)}
        assert _elements(embedded.check("overdue_review", config=config)) == overdue
        assert _elements(embedded.check("alignment_belied")) == belied
        seen += bool(overdue) + bool(belied)
    assert seen > 20


WORDS: Final = ("open", "account", "lending", "consent", "young", "family", "of", "2026", "2027")


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=2, max_size=7))
def test_titles_are_as_alike_as_the_words_that_they_share(titles: list[list[str]]) -> None:
    """Every pair is found whose words agree by three quarters, no other, and the number is that share."""
    graph = Graph()
    for number, words in enumerate(titles):
        graph.add("Capability", f"c{number}", title=" ".join(words))
    with KnowledgeBase(open_store(":memory:")) as kb:
        write_graph(kb.store, graph)
        found = {(each.id, each.message) for each in kb.check("near_duplicate")}
    expected = set()
    for (one, mine), (other, theirs) in combinations(enumerate(titles), 2):
        if {w for w in mine if w.isdigit()} != {w for w in theirs if w.isdigit()}:
            continue
        left, right = ({w for w in words if w != "of"} or {"of"} for words in (mine, theirs))
        similarity = 2 * len(left & right) / (len(left) + len(right))
        if similarity >= 0.75:
            share = f"{round(similarity, 2):.3f}".rstrip("0").rstrip(".")
            pair = f"{' '.join(mine)} and {' '.join(theirs)} (c{other})"
            expected.add((f"c{one}", f"{pair} may be one: their titles are alike by {share} of 1."))
    assert found == expected


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
def test_a_circle_is_found_in_each_knot_and_nowhere_else(pairs: set[tuple[int, int]]) -> None:
    """The first element of each group that can be walked around, along a way that exists and is as short as can be."""
    graph = Graph()
    for number in range(6):
        graph.add("Capability", f"c{number}", title=f"C{number}")
    for source, target in pairs:
        graph.link(("Capability", f"c{source}"), "DEPENDS_ON", ("Capability", f"c{target}"))
    with KnowledgeBase(open_store(":memory:")) as kb:
        write_graph(kb.store, graph)
        found = {each.id: each.message for each in kb.check("circular_dependency")}
    reach: dict[int, dict[int, int]] = defaultdict(dict)
    for start in range(6):
        border, steps = {start}, 0
        while border and steps < 7:
            border, steps = {t for s, t in pairs if s in border}, steps + 1
            for end in border:
                reach[start].setdefault(end, steps)
    expected = {}
    for start in range(6):
        fellows = [other for other in range(6) if other in reach[start] and start in reach[other]]
        if start in reach[start] and min(fellows) == start:
            expected[f"c{start}"] = reach[start][start]
    assert {name: message.count("depends on") for name, message in found.items()} == expected
    for name, message in found.items():
        way = [int(part[1:]) for part in message.rstrip(".").replace(", which", "").split(" depends on ")]
        assert way[0] == way[-1] == int(name[1:])
        assert set(pairwise(way)) <= pairs


def test_an_element_is_found_for_each_kind_of_link_of_which_it_has_too_many_or_too_few(embedded: KnowledgeBase) -> None:
    """By counting one by one, on graphs that know nothing of how many there may be."""
    verbs: set[str] = set()
    for seed in range(12):
        graph = random_graph(seed)
        write_graph(embedded.store, graph)
        expected = set()
        for row, key in product(METAMODEL.relationships, graph.nodes):
            joining = [e for e in graph.edges if e.type == row.type and row.joins(e.source[0], e.target[0])]
            ends = sum(edge.target == key for edge in joining)
            starts = sum(edge.source == key for edge in joining)
            for verb, number, kinds, (least, most) in (
                ("ends", ends, row.targets, row.per_target),
                ("starts", starts, row.sources, row.per_source),
            ):
                lacking = number < least and (number or not graph.nodes[key].get("isStub"))
                if key[0] in kinds and (lacking or (most is not None and number > most)):
                    expected.add((*key, f"{number or 'none'}", f"{row.type} {verb}"))
                    verbs.add(verb)
        told = embedded.check("broken_cardinality")
        links = [re.search(r" has (\w+), where [a-z ]+ (\w+ \w+) at it\.$", each.message) for each in told]
        found = {(each.kind, each.id, *link.groups()) for each, link in zip(told, links, strict=True) if link}
        assert len(told) == len(found)
        assert found == expected
    assert verbs == {"ends", "starts"}
