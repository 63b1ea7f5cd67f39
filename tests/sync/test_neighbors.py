"""Sources that speak of the same things without knowing of each other, in whatever order they come, change and go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

import graphkb
from graphkb import NodeKey
from graphkb.errors import DataError, UsageError
from graphkb.load_options import LoadOptions
from graphkb.store.protocol import Statement
from graphkb.sync.plan import Count

if TYPE_CHECKING:
    from tests.support.loads import Loader

KEEP, TAKE = LoadOptions(on_conflict="keep"), LoadOptions(on_conflict="take")
NAMING: Final = {
    "capabilities": [
        {"capabilityID": "y", "title": "Y", "dependsOn": [{"kind": "Capability", "title": "Fraud Detection"}]}
    ]
}
STAGES: Final[dict[str, Any]] = {
    "journeys": [
        {"journeyID": "J", "journeyTitle": "Jay", "journeyStages": [{"stageID": "S1", "stageName": "Apply"}]},
        {"journeyID": "K", "journeyTitle": "Kay"},
    ],
    "valueStreams": [
        {
            "valueStreamID": "V",
            "title": "Vee",
            "valueStreamStages": [{"valueStreamStageID": "V1", "stageTitle": "Make"}],
        }
    ],
}


def pairing(record: str, stage: str = "Apply") -> dict[str, Any]:
    """Return a document that maps a stage of the journey to the stage of the value stream."""
    pair = {"journeyStage": stage, "valueStreamStage": "Make"}
    told = {"relationshipID": record, "customerJourneyID": "J", "title": "Vee", "touchpoints": [pair]}
    return {"customerValueStreamRelationships": [told]}


def capability(level: int, target: int, title: str = "X") -> dict[str, Any]:
    """Return a document with a capability."""
    told = {"capabilityID": "x", "title": title, "maturityLevel": level, "targetMaturityLevel": target}
    return {"capabilities": [told]}


def require_loadable(loader: Loader) -> None:
    """The export of what is stored is what is stored."""
    loader.kb.export(loader.folder / "export")
    with graphkb.open_state(loader.folder / "export") as exported:
        assert not loader.kb.diff(exported)


def gaps(loader: Loader) -> list[Any]:
    """Return the sizes of the gaps."""
    return [row["size"] for row in loader.kb.cypher("MATCH (g:CapabilityGap) RETURN g.gapSize AS size")]


def test_stages_that_two_sources_name_are_adopted_by_the_source_that_defines_them(loader: Loader) -> None:
    """And nobody's files are refused for it afterwards, in whatever order they come again."""
    loader.load("b", pairing("R1"))
    loader.load("c", pairing("R2"))
    loader.load("a", STAGES)
    stages = {key.id for key in loader.kb.dataset().nodes if key.label.endswith("Stage")}
    assert stages == {"S1", "V1"}
    require_loadable(loader)
    for source, document in (("b", pairing("R1")), ("c", pairing("R2")), ("a", STAGES)):
        assert loader.load(source, document).is_empty


def test_a_stage_that_others_name_may_move_to_another_journey(loader: Loader) -> None:
    """It is its own source's to place."""
    loader.load("a", STAGES)
    loader.load("b", pairing("R1"))
    first, second = STAGES["journeys"]
    moved = [{key: value for key, value in first.items() if key != "journeyStages"}, second | first | second]
    loader.load("a", STAGES | {"journeys": moved})
    held = loader.kb.cypher("MATCH (j:Journey)-[:HAS_STAGE]->(:JourneyStage {id: 'S1'}) RETURN j.id AS id")
    assert held == [{"id": "K"}]


def test_a_stage_whose_source_leaves_stays_in_its_journey_for_those_who_name_it(loader: Loader) -> None:
    """As a stub without a place among the others; what is left is exported, and the next load is what it was alone."""
    loader.load("b", pairing("R1"))
    alone = loader.kb.dataset()
    loader.kb.forget("b")
    loader.load("a", STAGES)
    loader.load("b", pairing("R1"))
    loader.kb.forget("a")
    require_loadable(loader)
    loader.load("b", pairing("R1"))
    assert loader.kb.dataset() == alone


def test_a_stage_is_named_by_its_id_where_its_title_is_that_of_another(loader: Loader) -> None:
    """In an export too."""
    twice = [{"stageID": "S1", "stageName": "Wait"}, {"stageID": "S2", "stageName": "Wait"}]
    journeys = [{"journeyID": "J", "journeyTitle": "Jay", "journeyStages": twice}]
    loader.load("a", STAGES | {"journeys": journeys} | pairing("R", "S1"))
    require_loadable(loader)


def test_nodes_of_others_that_are_called_like_a_kind_are_none_of_ours(loader: Loader) -> None:
    """A load, a restore with everything replaced, a backup: none of them takes up or deletes them."""
    loader.load("a", capability(1, 3))
    loader.kb.store.write([Statement("CREATE (n:Product {id: 'theirs'}) SET n.title = 'Theirs'")])
    assert loader.kb.stats()["nodes"] == {"Capability": 1, "CapabilityGap": 1}
    manifest = loader.kb.backup(loader.folder / "kept")
    assert manifest.notes == ("Not in the backup, as no load made them: 1 nodes and 0 relationships.",)
    loader.kb.restore(loader.folder / "kept", replace=True)
    loader.load("a", capability(2, 3))
    assert loader.kb.cypher("MATCH (n:Product) RETURN n.id AS id") == [{"id": "theirs"}]


def test_a_note_at_a_stub_stays_there_when_the_stub_is_adopted(loader: Loader) -> None:
    """The stub then is nobody's; what loads drew to it is drawn to the element."""
    loader.load("a", NAMING)
    drawn = "MATCH (n:Capability {id: 'fraud-detection'}) CREATE (m:Note {id: 'mine'})-[:ABOUT]->(n)"
    loader.kb.store.write([Statement(drawn)])
    defining = {"capabilities": [{"capabilityID": "cap-9", "title": "Fraud Detection"}]}
    assert loader.load("b", defining).adopted
    assert loader.kb.cypher("MATCH (:Note)-[:ABOUT]->(n) RETURN n.id AS id") == [{"id": "fraud-detection"}]
    assert loader.kb.cypher("MATCH ({id: 'y'})-[:DEPENDS_ON]->(n) RETURN n.id AS id") == [{"id": "cap-9"}]
    assert set(loader.kb.sources()) == {"a", "b"}
    again = loader.load("b", defining)
    assert again.is_empty
    assert not again.adopted


def test_what_was_drawn_to_a_stub_by_hand_is_nobodys_after_its_adoption(loader: Loader) -> None:
    """There is no source without a name."""
    loader.load("a", NAMING)
    loader.load("c", {"capabilities": [{"capabilityID": "z", "title": "Z"}]})
    drawn = "MATCH (z {id: 'z'}) MATCH (n:Capability {id: 'fraud-detection'}) CREATE (z)-[:DEPENDS_ON]->(n)"
    loader.kb.store.write([Statement(drawn)])
    defining = {"capabilities": [{"capabilityID": "cap-9", "title": "Fraud Detection"}]}
    loader.load("b", defining)
    found = loader.kb.cypher("MATCH (n)-[r:DEPENDS_ON]->({id: 'cap-9'}) RETURN n.id AS id, r.sources AS by ORDER BY id")
    assert found == [{"id": "y", "by": ["a"]}, {"id": "z", "by": None}]
    assert set(loader.kb.sources()) == {"a", "b", "c"}
    assert loader.load("b", defining).is_empty


def test_what_two_sources_say_of_each_other_is_one_relationship(loader: Loader) -> None:
    """Where it reads the same from both sides, and whichever of the two stays."""
    one = {"capabilities": [{"capabilityID": "x", "title": "X", "relatedCapabilities": ["Y"]}]}
    other = {"capabilities": [{"capabilityID": "y", "title": "Y", "relatedCapabilities": ["X"]}]}
    loader.load("b", other)
    alone = loader.kb.dataset()
    loader.load("a", one)
    assert loader.kb.cypher("MATCH ()-[r:RELATED_TO]->() RETURN r.sources AS by") == [{"by": ["a", "b"]}]
    require_loadable(loader)
    for source, document in (("a", one), ("b", other)):
        assert loader.load(source, document).is_empty
    loader.kb.forget("a")
    loader.load("b", other)
    assert loader.kb.dataset() == alone


def test_an_export_names_what_a_record_names_by_the_title_that_it_has_now(loader: Loader) -> None:
    """Although the record was written before another source renamed it."""
    segment = {"customerSegments": [{"customerID": "s", "title": "Ess"}]}
    told = {"relationshipID": "R", "customerSegmentID": "s", "capabilityID": "x", "title": "Fraud Detection"}
    loader.load("base", capability(1, 1, "Fraud Detection") | segment)
    loader.load("b", {"customerCapabilityRelationships": [told]})
    loader.load("base", capability(1, 1, "Fraud Prevention") | segment)
    loader.kb.export(loader.folder / "export")
    with graphkb.open_state(loader.folder / "export") as exported:
        found = loader.kb.diff(exported)
    assert not found.elements
    assert [(edge.type, *change.fields) for edge, change in found.relationships.items()] == [
        ("SUPPORTED_BY", "statedTitle")
    ]


def test_two_sources_may_not_call_two_records_the_same(loader: Loader) -> None:
    """The second is told whose it is."""
    capabilities = {"capabilities": [{"capabilityID": each, "title": each} for each in ("x", "y")]}
    segment = {"customerSegments": [{"customerID": "s", "title": "Ess"}]}
    loader.load("base", capabilities | segment)
    x, y = (
        {"relationshipID": "R", "customerSegmentID": "s", "capabilityID": each, "title": each} for each in ("x", "y")
    )
    loader.load("a", {"customerCapabilityRelationships": [x]})
    with pytest.raises(DataError, match=r"relationshipID 'R' is that of .*in another source"):
        loader.load("b", {"customerCapabilityRelationships": [y]})


@pytest.mark.parametrize(
    ("first", "second", "options", "sizes"),
    [((3, 3), (1, 5), KEEP, []), ((1, 3), (5, 5), TAKE, []), ((1, 3), (1, 5), TAKE, [4]), ((1, 3), (1, 5), KEEP, [2])],
)
def test_a_gap_is_that_of_the_decided_capability(
    loader: Loader, first: tuple[int, int], second: tuple[int, int], options: LoadOptions, sizes: list[int]
) -> None:
    """Whichever source derived another from what it says."""
    loader.load("a", capability(*first))
    loader.load("b", capability(*second), options=options)
    assert gaps(loader) == sizes
    require_loadable(loader)


def test_a_partial_load_closes_the_gap_of_a_capability_that_has_matured(loader: Loader) -> None:
    """Although it deletes nothing that anybody stated."""
    loader.load("a", capability(1, 3))
    loader.load("a", capability(3, 3), options=LoadOptions(partial=True))
    assert gaps(loader) == []


def test_a_stated_gap_takes_the_place_of_a_derived_one(loader: Loader) -> None:
    """In either order."""
    stated = {"capabilityGaps": [{"gapID": "gap-x", "title": "Ours", "capabilityID": "x"}]}
    loader.load("a", capability(1, 3))
    loader.load("b", stated)
    assert loader.kb.dataset().title(NodeKey("CapabilityGap", "gap-x")) == "Ours"
    loader.load("a", capability(1, 3))
    assert loader.kb.dataset().title(NodeKey("CapabilityGap", "gap-x")) == "Ours"
    assert loader.load("b", stated).is_empty


def test_the_history_of_an_adopted_element_is_found_by_its_title(loader: Loader) -> None:
    """Although the title is also the id of the stub that is gone."""
    loader.load("a", NAMING)
    loader.load("b", {"capabilities": [{"capabilityID": "cap-9", "title": "Fraud Detection"}]})
    assert {change.id for _, change in loader.kb.history_of("Fraud Detection")} == {"cap-9"}
    assert {change.id for _, change in loader.kb.history_of("fraud-detection")} == {"fraud-detection"}


def test_an_element_of_an_extension_that_is_not_there_is_left_whole(loader: Loader) -> None:
    """What it is joined to stays as a stub, and a restore is refused."""
    loader.load("a", {"capabilities": [{"capabilityID": each, "title": each} for each in ("x", "y")]})
    loader.kb.backup(loader.folder / "kept")
    robot = (
        "MATCH (x {id: 'x'}) CREATE (n:Robot {id: 'r'})-[h:HELPS]->(x) SET n:Element, n.sources = $e, h.sources = $e"
    )
    loader.kb.store.write([Statement(robot, {"e": ["e"]})])
    plan = loader.load("a", {"capabilities": [{"capabilityID": "y", "title": "y"}]})
    assert plan.deleted == Count()
    assert loader.kb.cypher("MATCH (:Robot)-[:HELPS]->(x) RETURN x.isStub AS stub") == [{"stub": True}]
    with pytest.raises(UsageError, match="kinds that are not known here: Robot"):
        loader.kb.restore(loader.folder / "kept", replace=True)


def test_owners_that_are_no_list_are_healed(loader: Loader) -> None:
    """And are no source each."""
    loader.load("a", capability(1, 3))
    loader.kb.store.write([Statement("MATCH (n:Capability) SET n.sources = 'abc'")])
    assert set(loader.kb.sources()) == {"a"}
    loader.load("a", capability(1, 3))
    assert loader.kb.cypher("MATCH (n:Capability) RETURN n.sources AS by") == [{"by": ["a"]}]


def test_a_key_of_a_record_that_is_no_text_is_healed(loader: Loader) -> None:
    """The record is written anew."""
    told = {"relationshipID": "R", "customerSegmentID": "s", "capabilityID": "x", "title": "X"}
    document = json.loads(json.dumps(capability(1, 3) | {"customerCapabilityRelationships": [told]}))
    loader.load("a", document)
    before = loader.kb.dataset()
    loader.kb.store.write([Statement("MATCH ()-[r:SUPPORTED_BY]->() SET r.relationshipID = 7")])
    loader.load("a", document)
    assert loader.kb.dataset() == before
    assert loader.load("a", document).is_empty
