"""Micro journeys, and the ordered steps of happy paths."""

from __future__ import annotations

import itertools

import pytest

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.model.writing import write_document
from tests.model.reading import edges, interpretation, meaning

WHOLE, PART = NodeKey("Journey", "whole"), NodeKey("Journey", "part")


def test_a_micro_journey_is_a_journey_of_that_kind() -> None:
    """Nested or in a list of its own, it needs no word for what it is."""
    nested = meaning(
        {"journeys": [{"journeyID": "whole", "microJourneys": [{"journeyID": "part", "journeyTitle": "Part"}]}]}
    )
    listed = meaning({"microJourneys": [{"journeyID": "part", "journeyTitle": "Part"}]})
    assert nested.nodes[PART] == listed.nodes[PART] == {"title": "Part", "journeyKind": "micro"}
    assert meaning(write_document(nested)) == nested
    assert meaning(write_document(listed)) == listed


def test_a_micro_journey_cannot_be_called_end_to_end() -> None:
    """What the list says and what the record says must agree."""
    (problem,) = interpretation({"microJourneys": [{"journeyTitle": "A", "journeyKind": "end-to-end"}]}).problems
    assert problem.pointer.endswith("/journeyKind")


def test_a_journey_of_no_kind_stays_one_as_a_part_of_another() -> None:
    """An edge stated on its own does not make it a micro journey, also when it is written and read again."""
    data = meaning(
        {
            "journeys": [{"journeyID": "whole"}, {"journeyID": "part"}],
            "relationships": [{"type": "COMPOSED_OF", "from": "whole", "to": "part"}],
        }
    )
    assert "journeyKind" not in data.nodes[PART]
    assert meaning(write_document(data)) == data


@pytest.mark.parametrize("middle", [[], ["b"], ["b", "c"]])
def test_a_journey_is_no_part_of_itself(middle: list[str]) -> None:
    """A ring of micro journeys is a problem at each of its edges, however long it is."""
    ring = ["a", *middle, "z", "a"]
    pairs = list(itertools.pairwise(ring))
    document = {
        "microJourneys": [{"journeyID": each} for each in ring[:-1]],
        "relationships": [{"type": "COMPOSED_OF", "from": source, "to": target} for source, target in pairs],
    }
    problems = interpretation(document).problems
    assert [each.rule for each in problems] == ["cycle"] * len(pairs)
    assert all("is a part of itself" in each.message for each in problems)


def test_one_micro_journey_in_two_journeys_is_no_ring() -> None:
    """Paths that meet again are fine."""
    pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    document = {
        "microJourneys": [{"journeyID": each} for each in "abcd"],
        "relationships": [{"type": "COMPOSED_OF", "from": source, "to": target} for source, target in pairs],
    }
    data = meaning(document)
    assert edges(data) == {(source, "COMPOSED_OF", target) for source, target in pairs}
    assert meaning(write_document(data)) == data


@pytest.mark.parametrize("numbers", [(None, None, None), (1, 2, 3), (10, 20, 30)])
def test_steps_of_a_happy_path_are_numbered_in_the_order_of_the_list(numbers: tuple[int | None, ...]) -> None:
    """The numbers count from 1, whether they are stated or not."""
    assert _steps(numbers) == {"A": 1, "B": 2, "C": 3}


def test_stated_numbers_of_steps_go_before_their_place_in_the_list() -> None:
    """Someone who numbers the steps may list them in any order."""
    assert _steps((3, 1, 2)) == {"B": 1, "C": 2, "A": 3}


def test_a_single_step_is_numbered_too() -> None:
    """Who asks for the first step finds it."""
    assert _steps((None,)) == {"A": 1}


def _steps(numbers: tuple[int | None, ...]) -> dict[str, int]:
    titles = "ABC"[: len(numbers)]
    steps = [
        {"kind": "JourneyStage", "title": title} | ({"sequenceNumber": number} if number else {})
        for title, number in zip(titles, numbers, strict=True)
    ]
    stages = [{"stageID": title.lower(), "stageName": title} for title in titles]
    path = {"happyPathID": "p", "title": "P", "steps": steps}
    data = meaning({"journeys": [{"journeyID": "j", "journeyStages": stages, "happyPaths": [path]}]})
    assert meaning(write_document(data)) == data
    found = {
        edge.target.id.upper(): data.edges[edge]["sequenceNumber"] for edge in data.edges if edge.type == "HAS_STEP"
    }
    assert EdgeKey("HAS_STEP", NodeKey("HappyPath", "p"), NodeKey("JourneyStage", "a")) in data.edges
    return dict(sorted(found.items(), key=lambda item: item[1]))
