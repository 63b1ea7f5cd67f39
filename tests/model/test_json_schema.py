"""The JSON Schema takes the shapes that a load takes, and no others."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from graphkb.model.declaration import BARE_TEXT, Element, Link, fields_of
from graphkb.model.encoding import title_links
from graphkb.model.interpretation import interpret
from graphkb.model.json_schema import json_schema, json_schema_text
from graphkb.model.metamodel import METAMODEL, stub_list_name
from graphkb.model.validation import EDGE_LIST, Place, known_lists, split_document
from graphkb.sources.text import read_yaml
from tests.model.samples import sample
from tests.model.values import json_objects, partial_dates, texts, values_of
from tests.strategies import documents

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.model.declaration import Field, Record
    from tests.strategies import Document

SHAPE: Final = {
    "document-shape",
    "empty-reference",
    "missing-field",
    "no-identity",
    "out-of-range",
    "record-shape",
    "unknown-field",
    "unknown-list",
    "unknown-type",
    "wrong-kind",
    "wrong-type",
    "wrong-value",
}
"""Rules about the shape of a file; the others are about what its names mean together."""

FIELDS: Final = tuple(
    (list_name, model, field)
    for list_name, model in (METAMODEL.lists | METAMODEL.records).items()
    for field in fields_of(model)
    if field.name != "relationshipTypes"  # one for each of relatedRationales: a schema does not count
)

_validator: Final = Draft202012Validator(json_schema())


def fits(document: Any) -> bool:
    """Tell whether a document is valid."""
    return bool(_validator.is_valid(document))


def broken_rules(document: Any) -> set[str]:
    """Return the rules that a document breaks when it is loaded."""
    records, problems = split_document(document, Place("1.json"))
    return {problem.rule for problem in (*problems, *interpret(records).problems)}


def test_the_schema_is_one() -> None:
    """It keeps to the dialect that it names, and its text says the same in lines that can be compared."""
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(json_schema_text()) == json_schema()
    assert json_schema_text() == json_schema_text(METAMODEL)


def test_every_list_of_a_file_has_a_schema_of_its_records() -> None:
    """The definitions hold what may stand in each list."""
    schema = json_schema()
    assert tuple(schema["properties"]) == known_lists()
    for listed in schema["properties"].values():
        assert listed["items"]["$ref"].removeprefix("#/$defs/") in schema["$defs"]


@given(documents())
def test_what_loads_is_valid(document: Document) -> None:
    """Every document that a load takes is valid."""
    assert [error.message for error in _validator.iter_errors(document)] == []


scalars: Final = st.none() | st.booleans() | st.integers(-3, 12) | st.sampled_from([0.5, -1.5, 99.5]) | texts


def _values(model: type[Record], declared: Field) -> st.SearchStrategy[Any]:
    """Return values that a field takes, and others that are near them."""
    inner: st.SearchStrategy[Any] = (
        scalars | partial_dates | st.sampled_from(["2024-13", "24-01-01", "Level 3", "level 7", "Value Stream"])
    )
    if declared.item:
        names = {each.name for each in fields_of(declared.item)} - {BARE_TEXT}
        if isinstance(declared.role, Link):
            names |= {METAMODEL.id_name(model, declared), declared.role.kind_name}
            inner |= st.sampled_from(METAMODEL.link_kinds(model, declared))
        told: st.SearchStrategy[Any] = scalars | st.sampled_from(["Capability", "value_stream"])
        objects = st.dictionaries(st.sampled_from(sorted({"_remark", *names})), told, max_size=3)
        inner |= objects | objects.map(lambda content: content | {"shade": "of grey"})
    else:
        inner |= values_of(declared) | json_objects
    return inner | st.lists(inner, max_size=2)


@st.composite
def records_with_one_field(draw: st.DrawFn) -> dict[str, Any]:
    """Return a document of a record that is sound but for one of its fields, which may hold anything."""
    list_name, model, declared = draw(st.sampled_from(FIELDS))
    name = draw(st.sampled_from([declared.name, declared.also or declared.name]))
    record = _least(model) | {name: draw(_values(model, declared))}
    return sample("JourneyStage", 1) | {list_name: [record]}


def _least(model: type[Record]) -> dict[str, Any]:
    """Return the smallest record that has an identity."""
    record: dict[str, Any] = {"offeringType": "product"} if "offering_type" in model.model_fields else {}
    for field in fields_of(model):
        if issubclass(model, Element) and field.attribute in title_links(model):
            known = "JourneyStage" in METAMODEL.link_kinds(model, field)
            record[field.name] = {"id": "JourneyStage-1", "kind": "JourneyStage"} if known else "known"
        elif field.becomes == "key" or model.model_fields[field.attribute].is_required():
            record.setdefault(field.name, "known")
    return record


@given(records_with_one_field())
def test_a_record_is_valid_if_it_has_a_shape_that_loads(document: dict[str, Any]) -> None:
    """Whatever a field holds, the schema and a load agree on whether it may stand there."""
    assert fits(document) == (not broken_rules(document) & SHAPE)


# Relationships that are stated one by one, lists of mentions, and what stands around records


@st.composite
def stated_edges(draw: st.DrawFn) -> dict[str, Any]:
    """Return a document of one stated relationship, whose parts may or may not fit together."""
    row = draw(st.sampled_from(METAMODEL.relationships))
    kinds = st.sampled_from(sorted({*row.sources, *row.targets} - {"*"})) | st.sampled_from([*METAMODEL.kinds, "shade"])
    ends = st.dictionaries(st.sampled_from(["id", "title", "kind", "_remark"]), texts | kinds, max_size=3) | texts
    names = [each.name for each in METAMODEL.edge_fields(row)]
    carried = st.dictionaries(st.sampled_from([*names, "id", "shade"]), scalars, max_size=2)
    edge = {"type": row.type, "from": draw(ends), "to": draw(ends), "properties": draw(st.none() | carried)}
    edge |= draw(st.dictionaries(st.sampled_from(["type", "_remark", "shade"]), texts, max_size=1))
    left_out = draw(st.sampled_from([*edge, None, None]))
    return {EDGE_LIST: [{name: value for name, value in edge.items() if name != left_out}]}


@given(stated_edges())
def test_a_stated_relationship_that_is_not_valid_does_not_load(document: dict[str, Any]) -> None:
    """What has a shape that a load refuses is not valid, and what is not valid is refused for one reason or another."""
    broken = broken_rules(document)
    assert broken if not fits(document) else not broken & {*SHAPE, "record-form"}


@given(documents(), st.data())
def test_an_unknown_field_is_refused_in_any_record_of_a_document(document: Document, data: st.DataObject) -> None:
    """Wherever a record stands, a name that it does not have is not valid and does not load."""
    spoiled = copy.deepcopy(document)
    records = [record for name, listed in spoiled.items() if not name.startswith("_") for record in listed]
    assume(records)
    data.draw(st.sampled_from(records))["shade"] = "of grey"
    assert not fits(spoiled)
    assert "unknown-field" in broken_rules(spoiled)


@pytest.mark.parametrize("label", METAMODEL.kinds)
def test_an_element_that_is_only_referred_to_has_an_id_or_a_title_and_nothing_else(label: str) -> None:
    """A list of mentions takes no element that is described."""
    kind = METAMODEL.kinds[label]
    roles = {field.becomes: field.name for field in fields_of(kind)}
    plain = next((field.name for field in fields_of(kind) if field.becomes == "property"), "shade")
    for named in ({roles["key"]: "k"}, {roles[each]: "k" for each in ("key", "title") if each in roles}):
        assert fits({stub_list_name(kind): [named]})
        assert not broken_rules({stub_list_name(kind): [named]})
        assert not fits({stub_list_name(kind): [named | {plain: "x"}]})
        assert broken_rules({stub_list_name(kind): [named | {plain: "x"}]})
    assert not fits({stub_list_name(kind): [{}]})


@pytest.mark.parametrize(
    ("document", "loads"),
    [
        ({}, True),
        ({"_remark": 1, "journeys": None}, True),
        ({"journeys": []}, True),
        ({"journeys": {}}, False),
        ({"journeys": ["Open an account"]}, False),
        ({"journeys": [None]}, False),
        ({"travels": []}, False),
        ([], False),
    ],
)
def test_a_file_is_an_object_of_lists_of_objects(document: Any, loads: bool) -> None:  # noqa: FBT001  # an expectation
    """What stands around the records."""
    assert (fits(document), not broken_rules(document)) == (loads, loads)


def test_the_worked_example_is_valid(data: Path) -> None:
    """The document that the record format was published with."""
    document = json.loads((data / "retail-banking-example.json").read_text(encoding="utf-8"))
    assert [error.message for error in _validator.iter_errors(document)] == []


def test_the_shipped_example_is_valid(example: Path) -> None:
    """Every file of the example, as people write files."""
    files = sorted(example.glob("*.yaml"))
    assert files
    for path in files:
        document = read_yaml(path.read_text(encoding="utf-8"), path.name).content
        assert [error.message for error in _validator.iter_errors(document)] == []
