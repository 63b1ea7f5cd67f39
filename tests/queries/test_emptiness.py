"""An empty answer says why it is empty, and what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graphkb.errors import UsageError
from graphkb.model.metamodel import METAMODEL
from graphkb.queries import ask_rows, catalog, elements, emptiness, gaps, initiatives, stages
from tests.support.cypher_lint import Text, forms, functions, known_vocabulary, layout, vocabulary
from tests.support.graphs import Graph, random_graph, write_graph

if TYPE_CHECKING:
    from graphkb.queries.catalog import Parameter, Question
    from tests.queries.conftest import Knowledge


@pytest.fixture
def chain() -> Graph:
    """Give one gap that reaches one stage through its capability."""
    graph = Graph()
    gap, capability = graph.add("CapabilityGap", "gap-kyc"), graph.add("Capability", "kyc")
    stage, journey = graph.add("JourneyStage", "sign-up"), graph.add("Journey", "open-account")
    graph.add("CustomerSegment", "families", title="Young Families")
    graph.add("CustomerSegment", "students", title="Students")
    graph.link(gap, "GAP_IN", capability)
    graph.link(stage, "ENABLED_BY", capability)
    graph.link(journey, "HAS_STAGE", stage)
    return graph


@pytest.fixture(scope="module")
def bank() -> Graph:
    """Give one graph with something of every kind that a question can be asked about."""
    kinds = {kind for question in catalog.questions() for p in question.parameters for kind in p.kinds}
    return next(graph for graph in map(random_graph, range(1000)) if kinds <= {key[0] for key in graph.nodes})


def test_an_empty_store_says_what_is_missing_and_what_to_load(kb: Knowledge) -> None:
    """Without gaps nothing is affected, and every question says what is missing."""
    write_graph(kb.store, Graph())
    assert gaps.affecting_stages(kb).why == "There are no capability gaps in the store."
    assert gaps.reaching_no_stage(kb).why == "There are no capability gaps in the store."
    assert gaps.unfunded(kb).why == "There are no capability gaps in the store."
    assert initiatives.closing_nothing(kb).why == (
        "There is no Initiative in the store. The list `initiatives` of a file holds them."
    )
    assert stages.weakest(kb).why == (
        "There is no StageExperience in the store. The list `stageExperiences` of a file holds them."
    )


@pytest.mark.parametrize("question", catalog.questions(), ids=lambda question: question.name)
def test_every_question_says_why_an_empty_store_has_no_answer(kb: Knowledge, question: Question) -> None:
    """No question is silent where nothing is stored, whatever it is asked about."""
    write_graph(kb.store, Graph())
    wanted = {p.name: "nobody" for p in question.parameters if p.required}
    why = ask_rows(kb, question.name, wanted).why
    assert why is not None
    assert re.match("There (is|are) no ", why)


@pytest.mark.parametrize(
    ("question", "parameter"),
    [(question, p) for question in catalog.questions() for p in question.parameters if p.kinds],
    ids=lambda value: value.name,
)
def test_an_element_that_does_not_exist_leaves_no_row(
    kb: Knowledge, bank: Graph, question: Question, parameter: Parameter
) -> None:
    """Every parameter for an element filters, and a misspelt one is told so with the nearest."""
    write_graph(kb.store, bank)
    others = {
        p.name: next(key[1] for key in bank.nodes if key[0] in p.kinds) for p in question.parameters if p.required
    }
    answer = ask_rows(kb, question.name, others | {parameter.name: "no such thing"})
    assert len(answer) == 0
    assert str(answer.why).startswith(
        f"There is no {' or '.join(parameter.kinds)} with the id or title 'no such thing'."
    )


def test_closed_gaps_are_named_as_the_reason(kb: Knowledge) -> None:
    """Gaps that are all closed are another reason than none at all."""
    graph = Graph()
    graph.add("CapabilityGap", "gap-kyc", status="closed")
    write_graph(kb.store, graph)
    assert gaps.affecting_stages(kb).why == "All 1 capability gaps are closed."


def test_an_unknown_name_is_answered_with_the_nearest(kb: Knowledge, chain: Graph) -> None:
    """A misspelt id or title leads to the right one; what resembles nothing, to what there is."""
    write_graph(kb.store, chain)
    assert gaps.affecting_stages(kb, segment="young famlies").why == (
        "There is no CustomerSegment with the id or title 'young famlies'. Did you mean families (Young Families)?"
    )
    assert gaps.affecting_stages(kb, journey="open-acount").why == (
        "There is no Journey with the id or title 'open-acount'. Did you mean open-account (Title of open-account)?"
    )
    assert gaps.affecting_stages(kb, persona="x").why == (
        "There is no Persona with the id or title 'x'. There is none at all."
    )
    assert stages.weakest(kb, journey="zzz").why == (
        "There is no Journey with the id or title 'zzz'. There are open-account (Title of open-account)."
    )


def test_an_element_is_named_by_its_id_or_by_its_title(kb: Knowledge, chain: Graph) -> None:
    """Both give the same rows, in any spelling of the title that keeps its letters; the answer holds the id."""
    chain.link(("Journey", "open-account"), "DESIGNED_FOR", ("CustomerSegment", "families"))
    write_graph(kb.store, chain)
    by_id = gaps.affecting_stages(kb, segment="families")
    assert len(by_id) == 1
    assert gaps.affecting_stages(kb, segment="young  FAMILIES!") == by_id


def test_a_title_of_several_elements_is_a_wrong_call(kb: Knowledge, chain: Graph) -> None:
    """Which of them is meant, only the caller knows."""
    chain.add("CustomerSegment", "more", title="Young families")
    write_graph(kb.store, chain)
    with pytest.raises(UsageError, match="name one by its id: families, more"):
        gaps.affecting_stages(kb, segment="Young Families")


def test_filters_that_leave_nothing_are_named(kb: Knowledge, chain: Graph) -> None:
    """Rows that exist but are filtered away name the filters."""
    write_graph(kb.store, chain)
    assert gaps.affecting_stages(kb, segment="families", limit=5).why == (
        "Open gaps affect journey stages, but no row is left by segment=families."
    )
    assert len(gaps.affecting_stages(kb)) == 1


def test_gaps_that_reach_no_stage_are_named_with_their_missing_link(kb: Knowledge, chain: Graph) -> None:
    """When no route leads to a stage, the links to mend are named and where to see all."""
    chain.edges = [edge for edge in chain.edges if edge.type != "HAS_STAGE"]
    write_graph(kb.store, chain)
    assert gaps.affecting_stages(kb).why == (
        "No route leads to a journey stage from 1 open gap: Title of gap-kyc: the stage belongs to no journey. "
        "See `graphkb ask gaps/reaching_no_stage`."
    )


def test_gaps_of_other_segments_are_told_apart(kb: Knowledge, chain: Graph) -> None:
    """A gap that hinders a segment which walks no stage it reaches has a reason of its own."""
    chain.link(("CapabilityGap", "gap-kyc"), "HINDERS", ("CustomerSegment", "families"))
    chain.link(("Journey", "open-account"), "DESIGNED_FOR", ("CustomerSegment", "students"))
    write_graph(kb.store, chain)
    assert gaps.affecting_stages(kb).why == (
        "Open gaps reach journey stages, but only of other segments than those that they hinder."
    )


def test_good_news_is_said_as_such(kb: Knowledge, chain: Graph) -> None:
    """Where nothing is amiss the sentence says so."""
    initiative = chain.add("Initiative", "renewal")
    chain.link(initiative, "CLOSES", ("CapabilityGap", "gap-kyc"))
    write_graph(kb.store, chain)
    assert gaps.reaching_no_stage(kb).why == "Every open gap reaches a journey stage."
    assert gaps.unfunded(kb).why == "Every open gap has an initiative that closes it."
    assert str(initiatives.closing_nothing(kb).why).startswith(
        "Every initiative is completed or cancelled, closes a gap"
    )


def test_unrated_stages_are_told_from_filtered_ones(kb: Knowledge, chain: Graph) -> None:
    """An experience without a score is another reason than a filter."""
    experience = chain.add("StageExperience", "ada-at-sign-up")
    chain.link(experience, "AT_STAGE", ("JourneyStage", "sign-up"))
    write_graph(kb.store, chain)
    assert stages.weakest(kb).why == "No stage of a journey has a satisfaction score."
    assert stages.weakest(kb, phase="onboard").why == "No stage of a journey has a satisfaction score."


@pytest.mark.parametrize("template", [elements.KNOWN, emptiness.FIRST, emptiness.OPEN_GAPS])
def test_the_texts_behind_the_reasons_keep_the_rules(template: str) -> None:
    """Cypher outside the question files runs on both stores as well."""
    question = catalog.find("gaps/unfunded")
    text = template.format(labels="Persona", pattern="(:Persona)-[:REPRESENTS]->(:CustomerSegment)")
    read = Text(replace(question, text=text), known_vocabulary())
    assert [fault for rule in (forms, functions, layout, vocabulary) for fault in rule(read)] == []


def test_what_a_question_needs_and_names_is_of_the_metamodel() -> None:
    """Kinds of parameters and patterns of needs exist, or nothing could ever satisfy them."""
    for question in catalog.questions():
        assert question.needs, question.name
        assert {kind for p in question.parameters for kind in p.kinds} <= METAMODEL.labels
        for need in question.needs:
            known = need.source in METAMODEL.labels
            assert known if need.type is None else METAMODEL.relationship(need.type, need.source, str(need.target))
