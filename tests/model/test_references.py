"""References: by id or title, to elements of the load, stored elsewhere, or known by name only."""

from __future__ import annotations

from typing import Any

import pytest

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.writing import write_document
from tests.model.reading import edges, interpretation, meaning, stubs

CAPABILITY = NodeKey("Capability", "CAP-1")
PROOFING = {"capabilities": [{"capabilityID": "CAP-1", "title": "Identity proofing"}]}


def _dependent(item: Any) -> dict[str, Any]:
    return {"strategies": [{"title": "S", "dependsOn": [item]}]}


# Ways to name an element


@pytest.mark.parametrize(
    "item",
    [
        "Identity proofing",
        "  identity  PROOFING! ",
        "CAP-1",
        {"title": "Identity proofing"},
        {"id": "CAP-1"},
        {"id": "CAP-1", "title": "identity-proofing"},
        {"kind": "Capability", "title": "Identity proofing"},
        {"kind": "Capabilities", "id": "CAP-1"},
    ],
)
def test_an_element_is_named_by_title_or_id(item: object) -> None:
    """Text, or an object with a title or an id, names the element, in any spelling of the title."""
    assert edges(meaning(PROOFING, _dependent(item))) == {("s", "DEPENDS_ON", "CAP-1")}


def test_text_where_one_item_or_an_object_is_due_is_read_as_the_item() -> None:
    """One item needs no list, and text fills the title of what is nested."""
    data = meaning(
        {
            "journeys": [{"journeyTitle": "J", "journeyStages": "Identify"}],
            "customerRelationships": [{"title": "R", "relationshipHistory": ["First call"]}],
            "strategies": [{"title": "S", "dependsOn": {"kind": "Capability", "title": "C"}}],
        }
    )
    assert ("j", "HAS_STAGE", "j/identify") in edges(data)
    assert data.title(NodeKey("JourneyStage", "j/identify")) == "Identify"
    (event,) = (properties for key, properties in data.nodes.items() if key.label == "RelationshipEvent")
    assert event == {"title": "First call", "description": "First call"}
    assert ("s", "DEPENDS_ON", "c") in edges(data)


def test_one_text_may_name_several_elements_where_the_field_says_so() -> None:
    """Semicolons and line breaks separate the texts of such fields, in links and in children."""
    data = meaning({"capabilities": [{"title": "A", "child": "B; C\nD;", "risks": "Fraud; Theft"}]})
    assert edges(data) == {
        ("a", "PARENT_OF", "b"),
        ("a", "PARENT_OF", "c"),
        ("a", "PARENT_OF", "d"),
        ("a", "EXPOSED_TO", "a/fraud"),
        ("a", "EXPOSED_TO", "a/theft"),
    }


def test_the_texts_of_a_list_are_not_separated() -> None:
    """A semicolon within an item of a list is a part of the title."""
    assert edges(meaning({"capabilities": [{"title": "A", "child": ["B; C"]}]})) == {("a", "PARENT_OF", "b-c")}


def test_the_id_of_a_link_has_the_name_of_the_key() -> None:
    """In an object the id stands under the key of the other kind, or under the name that the field declares."""
    record = {
        "journeyTitle": "J",
        "journeyStages": [
            {"stageName": "S", "relevantCapabilities": [{"capabilityID": "CAP-1", "importanceLevel": 4}]}
        ],
    }
    segment = {"title": "A", "dependencies": [{"domainType": "Capability", "entityID": "CAP-1"}]}
    data = meaning(PROOFING, {"journeys": [record], "customerSegments": [segment]})
    edge = EdgeKey("ENABLED_BY", NodeKey("JourneyStage", "j/s"), CAPABILITY)
    assert data.edges[edge] == {"importanceLevel": 4}
    assert ("a", "DEPENDS_ON", "CAP-1") in edges(data)


def test_text_in_a_field_of_ids_is_an_id() -> None:
    """In a field whose name ends in ID or IDs, an id comes before a title; what is neither is the id of a stub."""
    personas = [{"personaID": "P-1", "title": "Paula"}, {"personaID": "Paula", "title": "Another"}]
    data = meaning({"personas": personas, "journeys": [{"journeyTitle": "J", "personaIDs": ["Paula", "P-2"]}]})
    assert edges(data) == {("j", "APPLIES_TO", "Paula"), ("j", "APPLIES_TO", "P-2")}
    assert stubs(data) == {NodeKey("Persona", "P-2")}


def test_a_title_in_a_field_of_ids_names_its_element() -> None:
    """People write titles where ids are due; where nothing has the id, the element of that title is meant."""
    data = meaning(
        {
            "personas": [{"personaID": "P-1", "title": "Paula"}],
            "journeys": [{"journeyTitle": "J", "personaIDs": ["paula"]}],
        }
    )
    assert edges(data) == {("j", "APPLIES_TO", "P-1")}
    assert not stubs(data)


def test_equal_titles_of_two_kinds_do_no_harm_where_one_kind_is_possible() -> None:
    """A journey and a value stream may have one title; a field for journeys finds the journey."""
    data = meaning(
        {
            "journeys": [{"journeyTitle": "Onboarding"}],
            "valueStreams": [{"title": "Onboarding"}],
            "products": [{"title": "P", "usedIn": ["Onboarding"]}],
            "strategies": [{"title": "S", "prioritizes": [{"kind": "ValueStream", "title": "Onboarding"}]}],
        }
    )
    ends = {(edge.type, edge.target) for edge in data.edges}
    assert ends == {
        ("USED_IN", NodeKey("Journey", "onboarding")),
        ("PRIORITIZES", NodeKey("ValueStream", "onboarding")),
    }


# Elements that are not defined


def test_what_is_only_referred_to_becomes_a_stub() -> None:
    """A reference to something unknown makes a node of id and title, traced to where it is first named."""
    found = interpretation({"capabilities": [{"title": "A", "parent": "Onboarding Suite"}]})
    key = NodeKey("Capability", "onboarding-suite")
    assert found.dataset.nodes[key] == {"title": "Onboarding Suite", "isStub": True}
    assert found.places[key].pointer == "/capabilities/0/parent"


def test_without_stubs_a_reference_to_something_unknown_is_a_problem() -> None:
    """Each such reference is told; nothing is made up."""
    found = interpretation(
        {"capabilities": [{"title": "A", "parent": "B", "dependsOn": [{"id": "c", "kind": "Service"}]}]}, stubs=False
    )
    assert [problem.rule for problem in found.problems] == ["unknown-reference"] * 2
    assert stubs(found.dataset) == set()


def test_a_reference_by_id_brings_the_title_for_references_by_title() -> None:
    """An id with a title in one place and the title alone in another name one stub."""
    data = meaning(
        {"capabilities": [{"title": "A", "parent": "Suite"}]},
        {"capabilities": [{"title": "B", "parent": {"capabilityID": "CAP-9", "title": "Suite"}}]},
    )
    assert stubs(data) == {NodeKey("Capability", "CAP-9")}


def test_stubs_can_be_listed_openly() -> None:
    """A list of referenced elements holds id and title, and is written where there are stubs."""
    document = {"referencedCapabilities": [{"capabilityID": "CAP-9", "title": "Suite"}]}
    data = meaning(document)
    assert data.nodes == {NodeKey("Capability", "CAP-9"): {"title": "Suite", "isStub": True}}
    assert write_document(data) == document


def test_a_definition_wins_over_a_stub() -> None:
    """An element that one file defines and another lists as referenced is defined."""
    data = meaning({"referencedCapabilities": [{"capabilityID": "CAP-1", "title": "Identity proofing"}]}, PROOFING)
    assert data.nodes == {CAPABILITY: {"title": "Identity proofing"}}


def test_a_reference_may_end_at_what_is_stored_elsewhere() -> None:
    """What another source defined is found by id and title, and is not stated again."""
    elsewhere = Dataset(nodes={CAPABILITY: {"title": "Identity proofing"}})
    for item in ("Identity proofing", {"id": "CAP-1"}):
        data = meaning(_dependent(item), elsewhere=elsewhere)
        assert edges(data) == {("s", "DEPENDS_ON", "CAP-1")}
        assert CAPABILITY not in data.nodes


def test_cardinalities_count_what_is_stored_elsewhere() -> None:
    """A second parent is a rival of the first that another source stated; two of one's own are a problem as ever."""
    parent, child = NodeKey("Capability", "p"), NodeKey("Capability", "c")
    stated = EdgeKey("PARENT_OF", parent, child)
    elsewhere = Dataset(nodes={parent: {"title": "P"}, child: {"title": "C"}}, edges={stated: {}})
    found = interpretation({"capabilities": [{"title": "Q", "child": ["C"]}]}, elsewhere=elsewhere)
    assert found.problems == ()
    (rival,) = found.rivals
    assert (rival.at, rival.own.source, rival.theirs) == (child, NodeKey("Capability", "q"), (stated,))
    assert rival.problem.rule == "cardinality"
    twice = {"capabilities": [{"title": "Q", "child": ["C"]}, {"title": "R", "child": ["C"]}]}
    found = interpretation(twice, elsewhere=elsewhere)
    assert ([problem.rule for problem in found.problems], found.rivals) == (["cardinality"], ())


# One edge stated in several places


def test_parent_and_child_are_one_edge() -> None:
    """Opposite fields are both read, and the side of the child is written."""
    data = meaning({"capabilities": [{"title": "A", "child": "B"}, {"title": "B", "parent": "A"}]})
    assert edges(data) == {("a", "PARENT_OF", "b")}
    assert write_document(data) == {
        "capabilities": [{"capabilityID": "a", "title": "A"}, {"capabilityID": "b", "title": "B", "parent": "A"}]
    }


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (
            {"services": [{"title": "A", "childServices": "B"}, {"title": "B"}]},
            {"services": [{"title": "A"}, {"title": "B", "parentService": "A"}]},
        ),
        (
            {"orgUnits": [{"orgUnitTitle": "A", "subOrganizationUnits": "B"}, {"orgUnitTitle": "B"}]},
            {"orgUnits": [{"orgUnitTitle": "A"}, {"orgUnitTitle": "B", "higherOrganizationUnit": "A"}]},
        ),
        (
            {"initiatives": [{"title": "A", "childProgram": ["B"]}, {"title": "B"}]},
            {"initiatives": [{"title": "A"}, {"title": "B", "parent": "A"}]},
        ),
        (
            {"services": [{"title": "A", "valueStream": "B"}], "valueStreams": [{"title": "B"}]},
            {
                "services": [{"title": "A"}],
                "valueStreams": [{"title": "B", "delivers": [{"kind": "Service", "title": "A"}]}],
            },
        ),
        (
            {"valueStreams": [{"title": "A"}], "valueStreamStages": [{"stageTitle": "B", "parentValueStream": "A"}]},
            {
                "valueStreams": [{"title": "A", "valueStreamStages": [{"valueStreamStageID": "b", "stageTitle": "B"}]}],
            },
        ),
    ],
)
def test_an_edge_is_the_same_from_either_side(whole: dict[str, Any], part: dict[str, Any]) -> None:
    """It does not matter at which end an edge is stated."""
    one, other = meaning(whole), meaning(part)
    assert one.nodes == other.nodes
    assert edges(one) == edges(other)


def test_a_loose_link_is_stored_once() -> None:
    """Two elements that name each other as related are joined by one edge."""
    data = meaning(
        {"capabilities": [{"title": "A", "relatedCapabilities": ["B"]}, {"title": "B", "relatedCapabilities": ["A"]}]}
    )
    assert edges(data) == {("a", "RELATED_TO", "b")}


def test_a_repeated_edge_may_add_properties() -> None:
    """Places that state one edge add up, as long as they do not contradict each other."""
    item = {"kind": "Capability", "title": "C"}
    data = meaning(
        {"capabilities": [{"title": "C"}]},
        {"initiatives": [{"title": "I", "improves": [item | {"fromMaturity": 2}, item | {"toMaturity": 4}]}]},
    )
    (properties,) = data.edges.values()
    assert (properties["fromMaturity"], properties["toMaturity"]) == (2, 4)


def test_a_stated_relationship_is_the_same_edge_as_that_of_a_field() -> None:
    """What stands in the list of relationships is written where the record has a field for it."""
    stated = {
        "capabilities": [{"title": "A"}, {"title": "B"}],
        "relationships": [
            {
                "type": "DEPENDS_ON",
                "from": {"kind": "Capability", "title": "A"},
                "to": {"kind": "Capability", "capabilityID": "b"},
                "properties": {"dependencyType": "Critical"},
            }
        ],
    }
    told = {"kind": "Capability", "title": "B", "dependencyType": "Critical"}
    assert meaning(stated) == meaning({"capabilities": [{"title": "A", "dependsOn": [told]}, {"title": "B"}]})
    assert "relationships" not in write_document(meaning(stated))


def test_an_edge_with_a_key_may_stand_several_times() -> None:
    """Stakes of a unit in one element are told apart by their keys, and come back each."""
    stakes = [
        {"kind": "Capability", "title": "A", "relationshipID": key, "relationshipType": type_}
        for key, type_ in (("x", "owning"), ("y", "providing"))
    ]
    data = meaning({"capabilities": [{"title": "A"}], "orgUnits": [{"orgUnitTitle": "U", "participatesIn": stakes}]})
    assert {edge.key for edge in data.edges} == {"x", "y"}
    assert meaning(write_document(data)) == data


# Children


def test_a_child_takes_its_id_from_its_owner_and_its_title() -> None:
    """Equal titles under two owners are two elements."""
    metric = {"metricName": "NPS"}
    data = meaning({"customerSegments": [{"title": title, "performanceIndicators": [metric]} for title in "AB"]})
    assert edges(data) == {("a", "MEASURED_BY", "a/nps"), ("b", "MEASURED_BY", "b/nps")}


def test_a_child_that_is_only_an_id_is_defined_elsewhere() -> None:
    """Two owners may name one indicator, which stands in its own list."""
    data = meaning(
        {
            "performanceIndicators": [{"performanceIndicatorID": "KPI-1", "title": "NPS"}],
            "customerSegments": [
                {"title": title, "performanceIndicators": [{"performanceIndicatorID": "KPI-1"}]} for title in "AB"
            ],
        }
    )
    assert edges(data) == {("a", "MEASURED_BY", "KPI-1"), ("b", "MEASURED_BY", "KPI-1")}
    assert meaning(write_document(data)) == data


def test_children_come_back_in_order() -> None:
    """Stages keep the order of their list, or of their numbers where they have some."""
    listed = {"journeys": [{"journeyTitle": "J", "journeyStages": ["Zeta", "Alpha"]}]}
    numbered = {
        "journeys": [
            {
                "journeyTitle": "J",
                "journeyStages": [
                    {"stageName": "Alpha", "sequenceNumber": 2},
                    {"stageName": "Zeta", "sequenceNumber": 1},
                ],
            }
        ]
    }
    for document in (listed, numbered):
        stages = write_document(meaning(document))["journeys"][0]["journeyStages"]
        assert [stage["stageName"] for stage in stages] == ["Zeta", "Alpha"]


def test_an_experience_is_named_after_persona_and_stage() -> None:
    """An experience without an id has those of its persona and stage, and a title of theirs."""
    data = meaning(
        {
            "stageExperiences": [{"personaID": "P-1", "stageID": "S-1", "satisfactionScore": 2}],
            "personas": [{"personaID": "P-1", "title": "Paula"}],
            "journeys": [{"journeyTitle": "J", "journeyStages": [{"stageID": "S-1", "stageName": "Identify"}]}],
        }
    )
    assert data.nodes[NodeKey("StageExperience", "P-1/S-1")] == {
        "title": "Paula at Identify",
        "satisfactionScore": 2.0,
    }
