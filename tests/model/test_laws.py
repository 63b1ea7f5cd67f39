"""Laws of reading and writing records, over any document and over the worked example."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.model.metamodel import METAMODEL
from graphkb.model.writing import write_document
from tests.model.reading import interpretation, meaning
from tests.strategies import document_parts, documents, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.strategies import Document

EXAMPLE = "retail-banking-example.json"


@given(documents())
def test_what_is_written_means_the_same_when_it_is_read_again(document: Document) -> None:
    """Reading what was written gives the same dataset, and writing that gives the same text."""
    data = meaning(document)
    written = write_document(data)
    again = meaning(written)
    assert again == data
    assert json.dumps(write_document(again), ensure_ascii=False) == json.dumps(written, ensure_ascii=False)


@given(st.data(), documents())
def test_the_order_of_files_and_records_does_not_matter(data: st.DataObject, document: Document) -> None:
    """A document means the same when its records are spread over files in any order."""
    parts = data.draw(parts_of(document))
    assert meaning(*parts) == meaning(document)


@given(document_parts())
def test_every_node_has_a_place(parts: list[Document]) -> None:
    """Each node that is not derived is traced to the file and record that state it, or refer to it first."""
    found = interpretation(*parts)
    assert found.problems == ()
    told = {key for key, properties in found.dataset.nodes.items() if not properties.get("isDerived")}
    assert told == found.places.keys()
    for place in found.places.values():
        list_name, index = place.pointer.split("/")[1:3]
        assert parts[int(place.file.removesuffix(".json")) - 1][list_name][int(index)]


@given(documents())
def test_what_is_derived_is_never_written(document: Document) -> None:
    """No record is written of a derived node, and no mark of derivation stands in the text."""
    data = meaning(document)
    written = write_document(data)
    derived = {key for key, properties in data.nodes.items() if properties.get("isDerived")}
    for label, kind in METAMODEL.kinds.items():
        key = METAMODEL.key_name(label)
        listed = {record[key] for record in written.get(kind.list_name, ())}
        assert not listed & {each.id for each in derived if each.label == label}
    assert "isDerived" not in json.dumps(written)
    assert "derivedFrom" not in json.dumps(written)


@given(documents(prefix="a"), documents(prefix="b"))
def test_documents_without_a_common_element_do_not_touch(one: Document, other: Document) -> None:
    """What two documents mean together is what each of them means alone."""
    alone, apart = meaning(one), meaning(other)
    both = meaning(one, other)
    assert both.nodes == alone.nodes | apart.nodes
    assert both.edges == alone.edges | apart.edges


def _leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every plain value with its JSON pointer, remarks aside."""
    if isinstance(value, dict):
        for name, each in value.items():
            if not name.startswith("_"):
                yield from _leaves(each, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _leaves(each, f"{pointer}/{index}")
    else:
        yield pointer, value


@pytest.fixture(scope="module")
def worked_example(data: Path) -> dict[str, Any]:
    """Give the worked example that the record format was published with."""
    found: dict[str, Any] = json.loads((data / EXAMPLE).read_text(encoding="utf-8"))
    return found


def test_every_value_of_the_worked_example_comes_back_at_its_place(worked_example: dict[str, Any]) -> None:
    """Each of the values that the worked example holds is written with the same value at the same pointer."""
    told = dict(_leaves(worked_example))
    written = dict(_leaves(write_document(meaning(worked_example))))
    assert len(told) == 193
    assert {pointer: written.get(pointer) for pointer in told} == told


def test_the_worked_example_states_the_four_records_as_edges(worked_example: dict[str, Any]) -> None:
    """The relationship records of the worked example become edges that carry their keys."""
    keyed = {(edge.type, edge.key) for edge in meaning(worked_example).edges}
    for list_name, record in METAMODEL.records.items():
        for each in worked_example[list_name]:
            assert (record.type, each["relationshipID"]) in keyed


def test_a_rival_with_an_id_of_its_own_stays_in_its_record() -> None:
    """What a record names by an id is written there alone, not once more by the field of the other end."""
    record = {
        "relationshipID": "R-1",
        "customerSegmentID": "s",
        "offeringType": "product",
        "title": "Account",
        "offeringID": "p",
        "competitiveAlternatives": [
            {"alternativeID": "rival", "alternativeName": "Robo", "competitivePosition": "weak"}
        ],
    }
    data = meaning(
        {"customerProductServiceRelationships": [record], "products": [{"productID": "p", "title": "Account"}]}
    )
    written = write_document(data)
    assert meaning(written) == data
    assert "competitiveAlternatives" not in written["products"][0]
