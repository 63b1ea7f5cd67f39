"""An empty answer says why it is empty, and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graphkb.queries import catalog, emptiness, gaps, initiatives, stages
from tests.support.cypher_lint import Text, forms, functions, known_vocabulary, layout, vocabulary
from tests.support.graphs import Graph, write_graph

if TYPE_CHECKING:
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


def test_an_empty_store_says_that_it_holds_no_gaps(kb: Knowledge) -> None:
    """Without gaps nothing is affected, and every question says what is missing."""
    write_graph(kb.store, Graph())
    assert gaps.affecting_stages(kb).why == "There are no capability gaps in the store."
    assert gaps.reaching_no_stage(kb).why == "There are no capability gaps in the store."
    assert gaps.unfunded(kb).why == "There are no capability gaps in the store."
    assert initiatives.closing_nothing(kb).why == "There are no initiatives in the store."
    assert "there are no stage experiences" in str(stages.weakest(kb).why)


def test_closed_gaps_are_named_as_the_reason(kb: Knowledge) -> None:
    """Gaps that are all closed are another reason than none at all."""
    graph = Graph()
    graph.add("CapabilityGap", "gap-kyc", status="closed")
    write_graph(kb.store, graph)
    assert gaps.affecting_stages(kb).why == "All 1 capability gaps are closed."


def test_an_unknown_id_names_the_nearest(kb: Knowledge, chain: Graph) -> None:
    """A title in place of an id, or a misspelt id, leads to the right one."""
    write_graph(kb.store, chain)
    assert gaps.affecting_stages(kb, segment="young families").why == (
        "There is no CustomerSegment with the id 'young families'. Nearest: families (Young Families)."
    )
    assert gaps.affecting_stages(kb, journey="open-acount").why == (
        "There is no Journey with the id 'open-acount'. Nearest: open-account (Title of open-account)."
    )
    assert gaps.affecting_stages(kb, persona="x").why == ("There is no Persona with the id 'x'. There is none at all.")
    assert stages.weakest(kb, journey="zzz").why == (
        "There is no Journey with the id 'zzz'. Nearest: open-account (Title of open-account)."
    )


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
    assert stages.weakest(kb, phase="onboard").why == "No rated journey stage is left by phase=onboard."


@pytest.mark.parametrize("template", [emptiness.KNOWN, emptiness.COUNT, emptiness.OPEN_GAPS])
def test_the_texts_behind_the_reasons_keep_the_rules(template: str) -> None:
    """Cypher outside the question files runs on both stores as well."""
    question = catalog.find("gaps/unfunded")
    text = Text(replace(question, text=template.format(label="Persona")), known_vocabulary())
    assert [fault for rule in (forms, functions, layout, vocabulary) for fault in rule(text)] == []
