"""Second labels: what a node is, beside its kind, for whoever looks at it in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.loads import Loader


def _labels(loader: Loader) -> set[str]:
    rows = loader.kb.cypher("MATCH (n:Element) RETURN labels(n) AS labels")
    return {str(label) for row in rows for label in _listed(row["labels"])} - {"Element"}


def _listed(value: Any) -> list[Any]:
    assert isinstance(value, list)
    return value


def _asset(**fields: str) -> dict[str, list[Any]]:
    return {"assets": [{"assetID": "a", "title": "A", **fields}]}


@pytest.mark.parametrize(
    ("before", "after", "labels"),
    [
        ("Technology", "Information", {"Asset", "Information"}),
        ("Technology", "People", {"Asset"}),
        ("People", "Technology", {"Asset", "Technology"}),
        ("Technology", None, {"Asset"}),
        (None, "Technology", {"Asset", "Technology"}),
    ],
)
def test_second_labels_follow_the_property_that_decides(
    loader: Loader, before: str | None, after: str | None, labels: set[str]
) -> None:
    """A label comes with the value that it stands for, and goes with it."""
    loader.load("a", _asset(**({"componentType": before} if before else {})))
    assert _labels(loader) == {"Asset"} | {"Technology"} & {str(before)}
    loader.load("a", _asset(**({"componentType": after} if after else {})))
    assert _labels(loader) == labels


def test_a_micro_journey_has_both_labels_and_a_stub_gets_them_when_it_is_adopted(loader: Loader) -> None:
    """A question for micro journeys finds those, and one for journeys finds all."""
    loader.load("a", {"journeys": [{"journeyID": "whole", "leadsTo": [{"journeyID": "part"}]}]})
    assert _labels(loader) == {"Journey"}
    loader.load("b", {"microJourneys": [{"journeyID": "part", "journeyTitle": "Part"}]})
    (row,) = loader.kb.cypher("MATCH (n:MicroJourney) RETURN n.id AS id")
    assert row == {"id": "part"}
    assert len(loader.kb.cypher("MATCH (n:Journey) RETURN n.id AS id")) == 2
