"""Triggers, rationales and responses: the main trigger, typed links between rationales, and values that vary."""

from __future__ import annotations

from typing import Any

import pytest

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.model.writing import write_document
from tests.model.reading import interpretation, meaning

FIRST, SECOND, THIRD = (NodeKey("Trigger", each) for each in ("t1", "t2", "t3"))
WHY = NodeKey("Rationale", "why")


def _why(**fields: Any) -> dict[str, Any]:
    triggers = [{"triggerID": key.id, "label": f"Trigger {key.id}"} for key in (FIRST, SECOND, THIRD)]
    return {"triggers": triggers, "rationales": [{"rationaleID": "why", "rationaleTitle": "Why"} | fields]}


def test_the_main_trigger_of_a_rationale_is_told_from_the_others() -> None:
    """Both fields are edges of one type; that of the main trigger carries a flag, and each is written as it was."""
    document = _why(triggerReference="t2", triggerReferences=["t3", "t1"])
    data = meaning(document)
    told = {edge.target: data.edges[edge].get("isPrimary") for edge in data.edges}
    assert told == {FIRST: None, SECOND: True, THIRD: None}
    (written,) = write_document(data)["rationales"]
    assert (written["triggerReference"], written["triggerReferences"]) == ("t2", ["t3", "t1"])


def test_two_main_triggers_are_kept() -> None:
    """A second trigger that is marked as the main one is written among the further ones, with its mark."""
    document = _why(triggerReference="t2", triggerReferences=[{"triggerID": "t1", "isPrimary": True}])
    data = meaning(document)
    assert [each["isPrimary"] for each in data.edges.values()] == [True, True]
    assert meaning(write_document(data)) == data


def test_types_of_links_between_rationales_may_stand_in_a_list_of_their_own() -> None:
    """The types belong to the rationales by their place; they become properties of the edges."""
    linked = {"relatedRationales": ["a", "b"], "relationshipTypes": ["supports", "contradicts"]}
    data = meaning(_why(**linked))
    assert {edge.target.id: data.edges[edge]["relationshipType"] for edge in data.edges} == {
        "a": "supports",
        "b": "contradicts",
    }
    assert meaning(write_document(data)) == data


@pytest.mark.parametrize("types", [["supports"], ["supports"] * 3, "supports"])
def test_types_that_do_not_pair_up_are_a_problem(types: Any) -> None:
    """Neither more nor fewer types than rationales can be told apart."""
    (problem,) = interpretation(_why(relatedRationales=["a", "b"], relationshipTypes=types)).problems
    assert "one type for each of relatedRationales" in problem.message


def test_a_type_that_does_not_exist_is_a_problem_at_its_rationale() -> None:
    """A wrong type is told at the item to which it belongs."""
    (problem,) = interpretation(_why(relatedRationales=["a"], relationshipTypes=["supportz"])).problems
    assert "supports" in problem.message


def test_spellings_of_a_domain_become_one_and_others_stay() -> None:
    """Singular and plural, underscore and space are one domain; a word that is none is kept."""
    data = meaning(_why(linkedDomains=["Capabilities", "value stream", "Risk Management", "Workforce_Skills"]))
    assert data.nodes[WHY]["linkedDomains"] == ["Capability", "Value_Stream", "Risk_Management", "Workforce_Skills"]


def test_outcomes_for_customers_are_texts_or_objects() -> None:
    """Both come back as they were given, and the texts can be searched in the graph."""
    outcomes = ["Less waiting", {"outcomeDescription": "Fewer calls", "targetValue": "-20 %"}]
    data = meaning({"strategicResponses": [{"responseTitle": "R", "customerOutcomes": outcomes}]})
    assert data.nodes[NodeKey("StrategicResponse", "r")]["customerOutcomes"] == ["Less waiting", "Fewer calls"]
    assert write_document(data)["strategicResponses"][0]["customerOutcomes"] == outcomes


def test_a_field_is_read_by_its_further_name_and_written_by_its_own() -> None:
    """A name in use elsewhere is understood."""
    answer = {"alternativeDescription": "Do nothing"}
    risks, roles = [{"riskName": "R", "mitigationApproach": "M"}], [{"orgUnitRoles": "Segment Lead"}]
    data = meaning(_why(alternativeConsidered=[answer]), {"risks": risks, "roles": roles})
    written = write_document(data)
    assert written["rationales"][0]["alternativesConsidered"] == [answer]
    assert written["risks"][0]["mitigationStrategy"] == "M"
    assert written["roles"] == [{"roleID": "segment-lead", "title": "Segment Lead"}]


def test_both_names_of_a_field_at_once_are_a_problem() -> None:
    """Two values for one field are not merged."""
    risk = {"riskName": "R", "mitigationApproach": "M", "mitigationStrategy": "S"}
    (problem,) = interpretation({"risks": [risk]}).problems
    assert problem.rule == "unknown-field"


def test_a_change_of_an_experience_names_its_stage_as_a_journey_stage() -> None:
    """The item carries what changes and what is expected of it."""
    change = {"journeyStageID": "s", "changeDescription": "One form", "expectedImpact": "Fewer drop-offs"}
    data = meaning(
        {"journeys": [{"journeyID": "j", "journeyStages": [{"stageID": "s", "stageName": "S"}]}]},
        {"strategicResponses": [{"responseTitle": "R", "customerExperienceChanges": [change]}]},
    )
    edge = EdgeKey("CHANGES", NodeKey("StrategicResponse", "r"), NodeKey("JourneyStage", "s"))
    assert data.edges[edge] == {"changeDescription": "One form", "expectedImpact": "Fewer drop-offs"}
