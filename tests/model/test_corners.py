"""Records at the edges of what can be written come back the same, or are refused with their place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.writing import write_document
from tests.model.reading import edges, interpretation, meaning, stubs

if TYPE_CHECKING:
    from collections.abc import Mapping

Document = dict[str, list[Any]]

NAMED_STAGE: dict[str, Any] = {"kind": "JourneyStage", "id": "s"}
TWO_CAPABILITIES: Document = {"capabilities": [{"title": "A"}, {"title": "B"}]}
A_NEEDS_B: dict[str, Any] = {
    "type": "DEPENDS_ON",
    "from": {"kind": "Capability", "title": "A"},
    "to": {"kind": "Capability", "title": "B"},
}
PAIR: Document = {
    "journeys": [{"journeyTitle": "J", "journeyStages": ["S"]}],
    "valueStreams": [{"title": "V"}],
    "customerValueStreamRelationships": [
        {
            "relationshipID": "r",
            "customerJourneyID": "j",
            "title": "V",
            "touchpoints": [{"journeyStage": "S", "valueStreamStage": "VS"}],
        }
    ],
}


def comes_back(document: Mapping[str, Any]) -> None:
    """Assert that what a document means is what its written form means."""
    data = meaning(document)
    written = write_document(data)
    assert meaning(written) == data, json.dumps(written)


def rules(document: Mapping[str, Any]) -> list[str]:
    """Return the rules that a document breaks."""
    return [problem.rule for problem in interpretation(document).problems]


COMING_BACK: dict[str, Document] = {
    "a stage of which only the id is known": {
        "journeys": [{"journeyID": "j"}],
        "journeyStages": [{"stageID": "s"}],
        "relationships": [{"type": "HAS_STAGE", "from": {"kind": "Journey", "id": "j"}, "to": NAMED_STAGE}],
    },
    "a nested stage of which only the id is known": {
        "journeys": [{"journeyTitle": "J", "journeyStages": [{"stageID": "s"}]}]
    },
    "a measurement of which only the id is known": {
        "performanceIndicators": [{"title": "I", "statusHistory": [{"measurementID": "m"}]}]
    },
    "a title that reads like two": {
        "capabilities": [{"title": "A; B"}, {"title": "C", "relatedCapabilities": [{"title": "A; B"}]}]
    },
    "a title with a line break": {"orgUnits": [{"orgUnitTitle": "U", "roles": ["x\ny"]}]},
    "stages with equal numbers and without": {
        "journeys": [
            {
                "journeyTitle": "J",
                "journeyStages": [
                    {"stageName": "s1", "sequenceNumber": 9},
                    {"stageName": "s2", "sequenceNumber": 9},
                    {"stageName": "z", "sequenceNumber": 2},
                    {"stageName": "a"},
                ],
            }
        ]
    },
    "numbered stages that are mentioned": {
        "journeyStages": [
            {"stageID": "b", "stageName": "b"},
            {"stageID": "a", "stageName": "a", "sequenceNumber": 1},
        ],
        "journeys": [{"journeyID": "j", "journeyStages": [{"stageID": "b"}, {"stageID": "a"}]}],
    },
    "the weight of an indicator that belongs to another segment": {
        "customerSegments": [{"title": "A", "performanceIndicators": ["NPS"]}, {"title": "B"}],
        "relationships": [
            {
                "type": "MEASURED_BY",
                "from": {"kind": "CustomerSegment", "title": "B"},
                "to": "NPS",
                "properties": {"weight": 0.5},
            }
        ],
    },
}


@pytest.mark.parametrize("name", COMING_BACK)
def test_what_is_at_the_edge_comes_back(name: str) -> None:
    """Read, written and read again, it means the same."""
    comes_back(COMING_BACK[name])


REFUSED: dict[str, tuple[str, Document]] = {
    "a hierarchy that leads back to itself in two steps": (
        "cycle",
        {"capabilities": [{"title": "A", "parent": "B"}, {"title": "B", "parent": "A"}]},
    ),
    "a hierarchy that leads back to itself in three steps": (
        "cycle",
        {"capabilities": [{"title": a, "parent": b} for a, b in ("AB", "BC", "CA")]},
    ),
    "two experiences of one persona at one stage": (
        "doubled-experience",
        {
            "personas": [{"title": "P"}],
            "journeys": [{"journeyTitle": "J", "journeyStages": ["S"]}],
            "stageExperiences": [{"experienceID": x, "personaID": "p", "stageID": "j/s"} for x in "ab"],
        },
    ),
    "a mapping of stages with the key of a record": (
        "record-form",
        {
            "journeys": [
                {
                    "journeyTitle": "J",
                    "journeyStages": [{"stageName": "S", "mapsTo": [{"id": "v/t", "relationshipID": "r"}]}],
                },
                {"journeyTitle": "K"},
            ],
            "valueStreams": [{"title": "V", "valueStreamStages": ["T"]}],
            "customerValueStreamRelationships": [{"relationshipID": "r", "customerJourneyID": "k", "title": "V"}],
        },
    ),
    "a whole number that no float holds": (
        "wrong-value",
        {"performanceIndicators": [{"title": "I", "currentValue": 2**53 + 1}]},
    ),
    "an infinite number": ("wrong-value", {"performanceIndicators": [{"title": "A", "currentValue": float("inf")}]}),
    "a truth value for a number": ("wrong-type", {"performanceIndicators": [{"title": "A", "currentValue": True}]}),
    "an infinite number within an object": (
        "wrong-value",
        {"strategies": [{"title": "A", "strategyObjectives": [{"a": float("inf")}]}]},
    ),
    "a text in place of a measurement": (
        "wrong-type",
        {"performanceIndicators": [{"title": "x", "statusHistory": ["2024"]}]},
    ),
    "a wrong title in a list of references": (
        "reference-mismatch",
        {
            "capabilities": [{"capabilityID": "a", "title": "A"}],
            "referencedCapabilities": [{"capabilityID": "a", "title": "Z"}],
        },
    ),
    "two ids in one reference": (
        "unknown-field",
        {
            "journeys": [
                {
                    "journeyTitle": "J",
                    "journeyStages": [{"stageName": "S", "relevantCapabilities": [{"capabilityID": "a", "id": "b"}]}],
                }
            ]
        },
    ),
    "a reference by a field that is none": (
        "unknown-field",
        {
            "journeys": [
                {"journeyTitle": "J", "journeyStages": [{"stageName": "S", "relevantCapabilities": [{"text": "a"}]}]}
            ]
        },
    ),
    "a name among the properties of a relationship": (
        "unknown-field",
        TWO_CAPABILITIES | {"relationships": [A_NEEDS_B | {"properties": {"title": "z"}}]},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_beyond_the_edge_is_refused(name: str) -> None:
    """It breaks the rule, and is not taken for something else."""
    rule, document = REFUSED[name]
    assert rule in rules(document)


def test_a_hierarchy_that_leads_back_over_what_is_stored_is_refused() -> None:
    """A cycle of which another source stored a part is seen."""
    a, b = NodeKey("Capability", "a"), NodeKey("Capability", "b")
    stored = Dataset({a: {"title": "A"}, b: {"title": "B"}}, {EdgeKey("PARENT_OF", a, b): {}})
    found = interpretation({"capabilities": [{"title": "C", "child": "A", "parent": "B"}]}, elsewhere=stored)
    assert {problem.rule for problem in found.problems} == {"cycle"}


def test_deep_nesting_is_refused() -> None:
    """A record deeper than any can be is a problem, not a crash."""
    deep = json.loads("[" * 900 + "]" * 900)
    assert rules({"capabilities": [{"title": "A", "x": deep}]}) == ["record-shape"]


def test_a_kind_that_is_no_text_is_refused() -> None:
    """A list in place of a kind is a problem, not a crash."""
    assert rules({"relationships": [A_NEEDS_B | {"from": {"kind": ["x"]}}]})


@pytest.mark.parametrize("further", [{"_note": 1}, {"properties": None}, {"properties": {}}])
def test_a_stated_relationship_may_have_remarks_and_nothing_to_carry(further: dict[str, Any]) -> None:
    """Remarks are passed over, and nulls say nothing."""
    assert rules(TWO_CAPABILITIES | {"relationships": [A_NEEDS_B | further]}) == []


def test_a_domain_name_is_a_kind_at_an_end() -> None:
    """The id then has the name that it has in the kind's records."""
    ends = {"from": {"kind": "Value Stream", "valueStreamID": "v"}}
    document = TWO_CAPABILITIES | {"valueStreams": [{"title": "V"}], "relationships": [A_NEEDS_B | ends]}
    assert ("v", "DEPENDS_ON", "b") in edges(meaning(document))


def test_two_links_between_peers_are_one_with_what_either_carries() -> None:
    """It is stored once, and neither side's properties are lost."""
    data = meaning(
        {
            "capabilities": [
                {"title": "B", "relatedCapabilities": [{"title": "A", "relationshipStrength": 3}]},
                {"title": "A", "relatedCapabilities": ["B"]},
            ]
        }
    )
    assert [properties["relationshipStrength"] for properties in data.edges.values()] == [3]


def test_two_links_between_peers_that_contradict_are_refused() -> None:
    """One strength cannot be two."""
    said = (("A", "B", 3), ("B", "A", 4))
    peers = [{"title": a, "relatedCapabilities": [{"title": b, "relationshipStrength": s}]} for a, b, s in said]
    assert rules({"capabilities": peers}) == ["contradiction"]


def test_the_title_of_a_stub_does_not_depend_on_the_order_of_files() -> None:
    """Two spellings of one unknown title give one stub with one title."""
    one = {"customerSegments": [{"title": "S", "acquisitionChannels": ["Branch"]}]}
    other = {"customerSegments": [{"title": "T", "acquisitionChannels": ["branch"]}]}
    assert meaning(one, other) == meaning(other, one)


def test_an_id_with_a_title_names_what_others_name_by_the_title() -> None:
    """Also where the id stands in a stated relationship."""
    channel = {"channelID": "CH-1", "title": "Branch", "kind": "Channel"}
    data = meaning(
        {
            "customerSegments": [{"title": "S", "acquisitionChannels": ["Branch"]}, {"title": "T"}],
            "relationships": [{"type": "ACQUIRED_VIA", "from": "T", "to": channel}],
        }
    )
    assert stubs(data) == {NodeKey("Channel", "CH-1")}


@pytest.mark.parametrize(
    "stated",
    [
        {"valueStreamStages": [{"stageTitle": "VS", "parentValueStream": "V"}]},
        {
            "valueStreamStages": [{"stageTitle": "VS"}],
            "relationships": [
                {
                    "type": "HAS_STAGE",
                    "from": {"kind": "ValueStream", "title": "V"},
                    "to": {"kind": "ValueStreamStage", "title": "VS"},
                }
            ],
        },
    ],
)
def test_a_pair_of_stages_finds_stages_however_they_belong(stated: Document) -> None:
    """A stage that is not nested in its value stream is found there all the same."""
    assert ("j/s", "MAPS_TO", "vs") in edges(meaning(PAIR, stated))


def test_an_assessed_gap_takes_the_place_of_a_derived_one_under_its_id() -> None:
    """A record whose key is the id of a capability states that gap."""
    record = {"relationshipID": "r", "customerSegmentID": "s", "gapAssessment": "g"}
    levels = {"capabilityID": "r", "title": "C", "maturityLevel": 1, "targetMaturityLevel": 3}
    own = {"capabilities": [levels], "customerCapabilityRelationships": [record | {"title": "C"}]}
    assert not any(p.get("isDerived") for e, p in meaning(own).edges.items() if e.type == "GAP_IN")
    other = {"capabilities": [levels, {"title": "D"}], "customerCapabilityRelationships": [record | {"title": "D"}]}
    assert rules(other) == []


def test_a_problem_at_an_item_without_its_list_has_a_pointer_that_exists() -> None:
    """The place is that of the item in the file."""
    (problem,) = interpretation({"services": [{"title": "A", "usedIn": "Nowhere"}]}).problems
    assert problem.pointer == "/services/0/usedIn"
