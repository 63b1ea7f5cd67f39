"""What follows from what is stated: gaps of maturity, and edges that texts imply."""

from __future__ import annotations

from typing import Any

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.writing import write_document
from tests.model.reading import edges, meaning, stubs

CAPABILITY = NodeKey("Capability", "proofing")
GAP = NodeKey("CapabilityGap", "gap-proofing")


def _capability(**properties: object) -> dict[str, Any]:
    return {"capabilities": [{"capabilityID": "proofing", "title": "Identity proofing"} | properties]}


def _derived(data: Dataset) -> set[str]:
    return {str(key) for key, properties in (data.nodes | data.edges).items() if properties.get("isDerived")}


# Gaps


def test_a_target_above_the_maturity_gives_a_gap() -> None:
    """The gap has the size of the difference, says what it derives from, and lies in the capability."""
    data = meaning(_capability(maturityLevel=2, targetMaturityLevel="Level 4 - Managed"))
    assert data.nodes[GAP] == {
        "title": "Maturity gap in Identity proofing",
        "gapKind": "maturity",
        "gapSize": 2,
        "status": "open",
        "isDerived": True,
        "derivedFrom": "proofing",
    }
    assert edges(data) == {("gap-proofing", "GAP_IN", "proofing")}


def test_no_gap_follows_where_the_target_is_reached_or_a_level_is_missing() -> None:
    """Equal levels, a lower target, and a level that is not stated give none."""
    for levels in (
        {"maturityLevel": 3, "targetMaturityLevel": 3},
        {"maturityLevel": 4, "targetMaturityLevel": 3},
        {"maturityLevel": 3},
        {"targetMaturityLevel": 3},
    ):
        assert GAP not in meaning(_capability(**levels)).nodes


def test_a_stated_gap_under_the_same_id_wins() -> None:
    """Whoever states the gap says all of it; nothing is derived beside it."""
    stated = {"capabilityGaps": [{"gapID": "gap-proofing", "title": "Too slow", "capabilityID": "proofing"}]}
    data = meaning(_capability(maturityLevel=2, targetMaturityLevel=4), stated)
    assert data.nodes[GAP] == {"title": "Too slow"}
    assert _derived(data) == set()


def test_a_stated_gap_of_another_source_wins() -> None:
    """A gap that another source states under the id is not derived."""
    elsewhere = Dataset(nodes={GAP: {"title": "Too slow"}})
    assert GAP not in meaning(_capability(maturityLevel=2, targetMaturityLevel=4), elsewhere=elsewhere).nodes


def test_a_derived_gap_of_another_load_is_derived_anew() -> None:
    """A stored gap that was derived does not stand in the way."""
    elsewhere = Dataset(nodes={GAP: {"title": "Maturity gap", "isDerived": True}})
    assert GAP in meaning(_capability(maturityLevel=2, targetMaturityLevel=4), elsewhere=elsewhere).nodes


def test_a_derived_gap_can_be_referred_to() -> None:
    """An initiative closes it by id or title; the edge is stated and written, the gap is not."""
    for item in ({"gapID": "gap-proofing", "expectedShare": 50}, "Maturity gap in Identity proofing"):
        document = _capability(maturityLevel=2, targetMaturityLevel=4) | {
            "initiatives": [{"title": "I", "closes": [item]}]
        }
        data = meaning(document)
        assert ("i", "CLOSES", "gap-proofing") in edges(data)
        written = write_document(data)
        assert "capabilityGaps" not in written
        assert meaning(written) == data


def test_a_gap_assessment_becomes_a_gap_that_hinders_the_segment() -> None:
    """The gap of a record has its key behind a prefix as id, lies in the capability and hinders the segment."""
    record = {
        "relationshipID": "R-1",
        "customerSegmentID": "families",
        "title": "Identity proofing",
        "gapAssessment": {"gapDescription": "Too slow", "gapSize": 3, "status": "planned"},
    }
    data = meaning(_capability(), {"customerCapabilityRelationships": [record]})
    assert data.nodes[NodeKey("CapabilityGap", "gap-R-1")] == {
        "title": "Gap in Identity proofing",
        "gapKind": "assessed",
        "description": "Too slow",
        "gapSize": 3,
        "status": "planned",
    }
    assert {("gap-R-1", "GAP_IN", "proofing"), ("gap-R-1", "HINDERS", "families")} <= edges(data)
    assert _derived(data) == set()


# Edges that texts imply


def test_metrics_of_a_segment_capability_record_measure_the_capability() -> None:
    """Each text is an indicator of its own, derived from the record."""
    record = {
        "relationshipID": "R-1",
        "customerSegmentID": "families",
        "title": "Identity proofing",
        "performanceMetrics": ["Time to verify", "time to verify", "?"],
    }
    data = meaning(_capability(), {"customerCapabilityRelationships": [record]})
    indicator = NodeKey("PerformanceIndicator", "R-1/time-to-verify")
    assert data.nodes[indicator] == {"title": "Time to verify", "isDerived": True, "derivedFrom": "R-1"}
    edge = EdgeKey("MEASURED_BY", CAPABILITY, indicator, "R-1")
    assert data.edges[edge] == {"relationshipID": "R-1", "isDerived": True, "derivedFrom": "R-1"}
    assert _derived(data) == {str(indicator), str(edge)}
    assert (
        write_document(data)["customerCapabilityRelationships"][0]["performanceMetrics"] == record["performanceMetrics"]
    )


def _offering_record(*needs: str) -> dict[str, Any]:
    return {
        "customerProductServiceRelationships": [
            {
                "relationshipID": "R-2",
                "customerSegmentID": "families",
                "offeringType": "service",
                "title": "Advice",
                "needsFulfilled": list(needs),
            }
        ]
    }


def test_needs_of_a_segment_offering_record_are_fulfilled_by_the_offering() -> None:
    """The edge carries the segment; a need that nobody defines is a stub."""
    data = meaning({"needs": [{"needID": "N-1", "title": "Safety"}]}, _offering_record("safety", "Growth"))
    service = NodeKey("Service", "advice")
    fulfilled = {edge: properties for edge, properties in data.edges.items() if edge.type == "FULFILLS"}
    assert fulfilled == {
        EdgeKey("FULFILLS", service, NodeKey("Need", need), "families"): {
            "forSegmentID": "families",
            "isDerived": True,
            "derivedFrom": "R-2",
        }
        for need in ("N-1", "growth")
    }
    assert NodeKey("Need", "growth") in stubs(data)


def test_a_stated_fulfillment_is_not_derived_again() -> None:
    """What an offering states of a need for the segment stands as it is."""
    offering = {
        "services": [
            {"title": "Advice", "fulfills": [{"title": "Safety", "forSegmentID": "families", "featureFit": "good"}]}
        ]
    }
    data = meaning(offering, _offering_record("Safety"))
    assert _derived(data) == set()


# Stages within their journey or value stream

TWO_STREAMS = {
    "journeys": [
        {"journeyTitle": "Open", "journeyStages": ["Identify"]},
        {"journeyTitle": "Close", "journeyStages": ["Identify"]},
    ],
    "valueStreams": [
        {"title": "Acquire", "valueStreamStages": ["Verify"]},
        {"title": "Retain", "valueStreamStages": ["Verify"]},
    ],
}


def _mapping_record(**pair: str) -> dict[str, Any]:
    told = {"journeyStage": "identify", "valueStreamStage": "VERIFY", "interactionType": "call"} | pair
    record = {"relationshipID": "R-3", "customerJourneyID": "close", "title": "Retain", "touchpoints": [told]}
    return {"customerValueStreamRelationships": [record]}


def test_the_stages_of_a_pair_are_looked_up_within_journey_and_stream() -> None:
    """Of stages with equal titles, those of the record's journey and value stream are joined."""
    data = meaning(TWO_STREAMS, _mapping_record())
    edge = EdgeKey(
        "MAPS_TO", NodeKey("JourneyStage", "close/identify"), NodeKey("ValueStreamStage", "retain/verify"), "R-3"
    )
    assert [each for each in data.edges if each.type == "MAPS_TO"] == [edge]
    assert data.edges[edge]["interactionType"] == "call"
    assert "isDerived" not in data.edges[edge]


def test_a_stage_that_a_stream_lacks_becomes_a_stub_within_it() -> None:
    """The stub belongs to the value stream of the record, and comes back with it."""
    data = meaning(TWO_STREAMS, _mapping_record(valueStreamStage="Advise"))
    assert stubs(data) == {NodeKey("ValueStreamStage", "retain/advise")}
    assert ("retain", "HAS_STAGE", "retain/advise") in edges(data)
    assert meaning(write_document(data)) == data


def _involving(**further: object) -> dict[str, Any]:
    involved = {"valueStreamID": "acquire", "valueStreamStage": "Verify"}
    stage = {"stageName": "Wait", "relevantValueStreams": [involved]} | further
    return {"journeys": [{"journeyTitle": "Visit", "journeyStages": [stage]}]}


def test_a_stage_named_beside_a_value_stream_is_mapped_to() -> None:
    """A journey stage that involves a value stream at one of its stages maps to that stage."""
    data = meaning(TWO_STREAMS, _involving())
    source, target = NodeKey("JourneyStage", "visit/wait"), NodeKey("ValueStreamStage", "acquire/verify")
    assert data.edges[EdgeKey("MAPS_TO", source, target)] == {"isDerived": True, "derivedFrom": "acquire"}
    assert data.edges[EdgeKey("INVOLVES", source, NodeKey("ValueStream", "acquire"))] == {"valueStreamStage": "Verify"}


def test_a_stated_mapping_is_not_derived_again() -> None:
    """Where the stage states the mapping, nothing is added to it."""
    data = meaning(TWO_STREAMS, _involving(mapsTo=[{"id": "acquire/verify", "interactionType": "call"}]))
    assert _derived(data) == set()
