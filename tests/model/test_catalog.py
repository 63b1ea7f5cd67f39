"""The metamodel holds what the catalog of its design lists; what differs on purpose stands in a table, with reasons."""

from __future__ import annotations

import itertools
import re
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from graphkb.model.schema import schema_dict
from tests.conftest import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CATALOG: Final = DATA.parent / "design" / "metamodel.yaml"

_COMPLETENESS: Final = "at least one makes the record complete: the field is expected, and the edge may be missing"
_ADVICE: Final = "how many segments are good to begin with is advice, of which a finding can tell, and no limit"
_SUGGESTED: Final = "the examples that the list was published with go beyond it, so that other text loads too"
_NOT_SHARED: Final = "the catalog gives SHARED_WITH to other kinds only; here the names are kept as text"
_ON_THE_LINK: Final = "it belongs to the rivalry with one offering, and is a property of COMPETES_WITH"

DIFFERENCES: Final[Mapping[str, str]] = {
    "CustomerSegment.segmentSize": "a number of customers is never negative",
    "CustomerSegment.publishedTo": _NOT_SHARED,
    "CustomerRelationship.publishedTo": _NOT_SHARED,
    "Strategy.publishedTo": _NOT_SHARED,
    "JourneyStage.relevantValueStreams": "MAPS_TO is derived from the stage that an item names; mapsTo states it",
    "DropOffSegment.subsetOf": _COMPLETENESS,
    "SUBSET_OF: drop-off-persona": _COMPLETENESS,
    "DropOffSegment.dropsOutAt": _COMPLETENESS,
    "DROPS_OUT_AT: drop-off-touchpoint": _COMPLETENESS,
    "DropOffSegment.deviatesFrom": _COMPLETENESS,
    "DEVIATES_FROM: drop-off-happy path": _COMPLETENESS,
    "HappyPath.steps": _COMPLETENESS,
    "HAS_STEP: happy path-step": _COMPLETENESS,
    "BusinessCase.caseFor": _COMPLETENESS,
    "CASE_FOR: case-drop-off": _ADVICE,
    "BusinessCase.basedOn": _COMPLETENESS,
    "BASED_ON: case-happy path": _COMPLETENESS,
    "ActivationPlan.actsOn": _COMPLETENESS,
    "ACTS_ON: plan-case": _COMPLETENESS,
    "ActivationPlan.activates": _COMPLETENESS,
    "ACTIVATES: plan-drop-off": _ADVICE,
    "ActivationAction.pushedTo": _COMPLETENESS,
    "PUSHED_TO: action-channel": _COMPLETENESS,
    "IdealCustomerProfile.within": _COMPLETENESS,
    "WITHIN: profile-market": _COMPLETENESS,
    "IdealCustomerProfile.criteria": _COMPLETENESS,
    "HAS_CRITERION: profile-criterion": _COMPLETENESS,
    "RESPONDS_TO: response-trigger": _COMPLETENESS,
    "ADDRESSES: rationale-trigger": _COMPLETENESS,
    "FlowObservation.placeID": "the catalog wants exactly one OBSERVED_AT, and the title is made from the place",
    "RoadmapItem.sequenceNumber": "places in a list are counted from 1",
    "CapabilityGap.isDerived": "how a node came about is a mark that a load sets, and no field of a file",
    "Service.channels": "channels are elements, and of any name",
    "CompetitiveAlternative.competitivePosition": _ON_THE_LINK,
    "CompetitiveAlternative.switchingTriggers": _ON_THE_LINK,
    "StrategicResponse.affectedDomains": _SUGGESTED,
    "Rationale.linkedDomains": f"domains have one spelling everywhere, and others are read as it; {_SUGGESTED}",
    "Rationale.rationaleType": _SUGGESTED,
    "Rationale.reasoningPattern": _SUGGESTED,
    "Rationale.evidenceBase": _SUGGESTED,
    "Rationale.businessValueType": _SUGGESTED,
    "DEPENDS_ON: segment-dependency": _SUGGESTED,
    "PARTICIPATES_IN: org unit inter-unit": "it stands in the unit's record, and names the other end as all links do",
}
"""What differs from the catalog on purpose, each with the reason."""

_EDGE: Final = re.compile(r"\(([^)]*)\)(<?)-\[:(\w+)\]-(>?)\(([^)]*)\)")
_WORDS: Final = {"integer": "integer", "number": "number", "boolean": "true or false"}


class Walk:
    """One walk over the catalog: what was looked for, and what differs."""

    def __init__(self, catalog: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
        self.mixins = catalog["mixins"]
        self.entities = catalog["entities"]
        self.edges = catalog["relationships"]
        self.kinds = {kind["label"]: kind for kind in schema["kinds"]}
        self.records = {record["type"]: record for record in schema["records"]}
        self.rows = schema["relationships"]
        several = (*schema["kinds"], *schema["records"])
        self.in_graph = {name for each in several for field in each["fields"] for name in field["graphName"]}
        self.in_items = {
            field["name"].rpartition(".")[2] for each in several for field in each["fields"] if "." in field["name"]
        }

    def summary(self) -> str:
        """Return how much of the catalog is there, and what is not; what differs on purpose is there."""
        missing = [name for name in self.differences() if name not in DIFFERENCES]
        fields = {f"{entity['label']}.{_name(each)}" for entity in self.entities for each in entity["fields"]}
        gone = {entity["label"] for entity in self.entities}.intersection(missing)
        lost = {name for name in fields if name in missing or name.split(".")[0] in gone}
        edges = [name for name in missing if ": " in name]
        counts = (("kinds", self.entities, gone), ("fields", fields, lost), ("relationships", self.edges, edges))
        told = ", ".join(f"{len(all_) - len(less)}/{len(all_)} {what}" for what, all_, less in counts)
        return f"{told}; missing: {', '.join(missing)}" if missing else told

    def differences(self) -> dict[str, str]:
        """Return what differs, by the name of the thing."""
        return dict([*self._kinds(), *self._relationships()])

    def _kinds(self) -> Iterator[tuple[str, str]]:
        for entity in self.entities:
            label = entity["label"]
            kind = self.kinds.get(label)
            if kind is None:
                yield label, "no such kind"
                continue
            if kind["key"] != entity["id_field"]:
                yield f"{label}.{entity['id_field']}", f"the key is {kind['key']}"
            shared = [field for name in entity.get("mixins", ()) for field in self.mixins[name]["fields"]]
            for field in (*entity["fields"], *shared):
                if faults := list(self._field(field, kind)):
                    yield f"{label}.{_name(field)}", "; ".join(faults)

    def _field(self, listed: Mapping[str, Any], kind: Mapping[str, Any]) -> Iterator[str]:
        fields = {field["name"]: field for field in kind["fields"]}
        found = fields.get(_name(listed))
        if found is None:
            yield "no such field"
            return
        yield from _values(listed, found)
        home = listed["neo4j"]
        if home and not any(
            re.fullmatch(home.replace("*", r"\w+"), name)
            for name in (*found["graphName"], ",".join(found["graphName"]))
        ):
            yield f"becomes {found['graphName']}, not {home}"
        for edge in _edges(listed, kind["nodeLabel"]):
            if not any(_same(edge, each) for each in (self.in_graph if home else found["graphName"])):
                yield f"becomes {found['graphName']}, not {edge}"

    def _relationships(self) -> Iterator[tuple[str, str]]:
        for edge in self.edges:
            if faults := list(dict.fromkeys(self._relationship(edge))):
                yield f"{edge['type']}: {edge['name']}", "; ".join(faults)

    def _relationship(self, edge: Mapping[str, Any]) -> Iterator[str]:
        for source, target in itertools.product(map(_label, edge["source"]), map(_label, edge["target"])):
            rows = self._joining(edge["type"], source, target)
            if not rows:
                yield f"no {edge['type']} from {source} to {target}"
            for row in rows:
                bounds = {"source_per_target": row["perTarget"], "target_per_source": row["perSource"]}
                for name, listed in edge["cardinality"].items():
                    if bounds[name] != listed:
                        yield f"{name} is {bounds[name]}, not {listed}"
                for listed in edge["properties"]:
                    yield from self._carried(listed, row)

    def _joining(self, type_: str, source: str, target: str) -> list[Mapping[str, Any]]:
        return [
            row
            for row in self.rows
            if row["type"] == type_
            and (source in row["from"] or source == "*")
            and (target in row["to"] or row["to"] == ["*"])
        ]

    def _carried(self, listed: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[str]:
        """Yield how a property of an edge differs, or that no record and no item of a link has the name of an end."""
        name = listed["neo4j"] or _name(listed)
        known = {
            each["name"]: each
            for each in (*row["properties"], *self.records.get(row["type"], {"fields": ()})["fields"])
        }
        if name in known:
            yield from (f"{name}: {fault}" for fault in _values(listed, known[name]))
        elif listed["neo4j"] or name not in self.in_items:
            yield f"carries no {name}"


def _name(listed: Mapping[str, Any]) -> str:
    return str(listed["json_name"]).replace("[]", "")


def _label(name: str) -> str:
    """Return the label of nodes that the catalog calls by a second label."""
    return {"MicroJourney": "Journey"}.get(name, name)


def _values(listed: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """Yield how the values of a field differ: whether it is expected, its type, its closed list, its range."""
    identity = found.get("becomes") in {"key", "title"}
    if listed["required"] != found["required"] and not identity:
        yield f"required is {found['required']}"
    if listed["type"] in _WORDS and _WORDS[listed["type"]] not in found["type"]:
        yield f"is {found['type']}, not {listed['type']}"
    if listed.get("enum") and not found.get("values") and all(each in found["type"] for each in listed["enum"]):
        yield "values are suggested only"
    elif listed.get("enum", []) != found.get("values", []):
        yield f"values are {found.get('values')}, not {listed.get('enum')}"
    if listed.get("range", []) != found.get("range", []):
        yield f"range is {found.get('range')}, not {listed.get('range')}"
    if unknown := [each for each in listed.get("enum_suggested", ()) if each not in found["type"]]:
        yield f"does not suggest {unknown}"


def _edges(listed: Mapping[str, Any], own: str) -> list[tuple[str, str, str]]:
    """Return the edges that a field becomes, as source, type and target; names of several kinds as they stand."""
    found = []
    for near, left, type_, _, far in _EDGE.findall(listed.get("maps_to") or ""):
        ends = [own if end == "this" or (end == "*" and end is near) else end for end in (near, far)]
        source, target = reversed(ends) if left else ends
        found.append((source, type_, target))
    return found


def _same(edge: tuple[str, str, str], name: str) -> bool:
    match = _EDGE.fullmatch(name)
    if match is None or match[3] != edge[1]:
        return False
    pairs = zip((edge[0], edge[2]), (match[1], match[5]), strict=True)
    return all(
        wanted == "*" or {*map(_label, re.split(r"[/|]", wanted))} <= {*given.split("|")} for wanted, given in pairs
    )


@pytest.fixture(scope="module")
def catalog() -> dict[str, Any]:
    """Give the catalog of kinds, fields and relationships."""
    if not CATALOG.is_file():
        pytest.skip(f"the catalog is missing: {CATALOG.name}")
    found: dict[str, Any] = yaml.load(CATALOG.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def test_the_metamodel_holds_what_the_catalog_lists(
    catalog: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every kind, field and relationship is there as it is listed, or differs in the way that the table gives."""
    walk = Walk(catalog, schema_dict())
    found = walk.differences()
    with capsys.disabled():
        sys.stdout.write(f"\n{walk.summary()}\n")
    unexplained = {name: fault for name, fault in found.items() if name not in DIFFERENCES}
    assert not unexplained, "declare what is missing, or give the reason in DIFFERENCES"


def test_every_difference_in_the_table_is_still_one(catalog: dict[str, Any]) -> None:
    """What no longer differs has no place in the table."""
    found = Walk(catalog, schema_dict()).differences()
    assert not DIFFERENCES.keys() - found.keys(), "strike these from DIFFERENCES"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("graphName", ["satisfaction"], "becomes ['satisfaction'], not satisfactionScore"),
        ("required", True, "required is True"),
        ("type", "text", "is text, not number"),
        ("values", ["few"], "values are ['few'], not None"),
        ("range", [1, 7], "range is [1, 7], not [1, 5]"),
    ],
)
def test_the_walk_sees_a_field_that_differs(catalog: dict[str, Any], name: str, value: Any, fault: str) -> None:
    """Whatever is told of a field is compared."""
    schema = schema_dict()
    experience = next(kind for kind in schema["kinds"] if kind["label"] == "StageExperience")
    next(each for each in experience["fields"] if each["name"] == "satisfactionScore")[name] = value
    assert Walk(catalog, schema).differences()["StageExperience.satisfactionScore"] == fault


def test_the_walk_sees_what_is_missing(catalog: dict[str, Any]) -> None:
    """A kind, a field, a relationship or a property of one that is gone is named, and no longer counted."""
    schema = schema_dict()
    schema["kinds"] = [kind for kind in schema["kinds"] if kind["label"] != "Need"]
    stage = next(kind for kind in schema["kinds"] if kind["label"] == "JourneyStage")
    stage["fields"] = [field for field in stage["fields"] if field["name"] != "customerActions"]
    schema["relationships"] = [row for row in schema["relationships"] if row["type"] != "GAP_IN"]
    closes = next(row for row in schema["relationships"] if row["type"] == "CLOSES")
    closes["properties"] = []
    walk = Walk(catalog, schema)
    found = walk.differences()
    assert found["Need"] == "no such kind"
    assert found["JourneyStage.customerActions"] == "no such field"
    assert found["GAP_IN: gap-capability"] == "no GAP_IN from CapabilityGap to Capability"
    assert found["CLOSES: initiative-gap"] == "carries no expectedShare"
    assert walk.summary() != Walk(catalog, schema_dict()).summary()
    assert "JourneyStage.customerActions" in walk.summary()
