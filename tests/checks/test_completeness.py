"""How complete records are, and how far one has come with the first five steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.errors import UsageError
from graphkb.model.declaration import KEY, ON_EDGE, fields_of
from tests.support.check_cases import read
from tests.support.graphs import CLEAR, Graph, write_graph

if TYPE_CHECKING:
    from graphkb.knowledge_base import KnowledgeBase

HALF: Final = {
    "elements": {
        "Capability pay": {"title": "Pay", "description": "Pays", "owner": "Grace", "maturityLevel": 2},
        "Capability lend": {"title": "Lend", "description": "Lends"},
        "Capability stub": {"isStub": True},
        "CapabilityGap derived": {"isDerived": True},
        "CustomerSegment families": {"title": "Families", "clvCurrency": "EUR"},
        "Product loan": {"title": "Loan"},
    },
    "links": [
        "OrgUnit sales -OWNS-> Capability pay",
        "Capability pay -DEPENDS_ON-> Capability lend",
        "Capability pay -EXPOSED_TO-> Risk slow",
    ],
}


def test_fields_are_counted_over_what_somebody_described(kb: KnowledgeBase) -> None:
    """Properties, links either way, children and groups; a stub is none of the elements, and the score is a mean."""
    write_graph(kb.store, read(HALF).graph)
    found = {each.kind: each for each in kb.completeness()}
    assert "CapabilityGap" not in found
    fields = {field.field: (field.expected, field.filled, field.of) for field in found["Capability"].fields}
    assert fields["title"] == (True, 2, 2)
    assert fields["purpose"] == (True, 0, 2)
    assert fields["owner"] == (True, 1, 2)
    assert fields["orgUnitTitle"] == (False, 1, 2)
    assert fields["dependsOn"] == (False, 1, 2)
    assert fields["risks"] == (False, 1, 2)
    assert fields["child"] == (False, 0, 2)
    assert found["Capability"].score == (1 + 1 + 0 + 0.5) / 4
    segment = {field.field: field.share for field in found["CustomerSegment"].fields}
    assert (segment["customerLifetimeValue"], segment["customerNeeds"]) == (1, 0)
    assert found["Product"].score is None


def test_one_kind_is_as_it_is_among_all(kb: KnowledgeBase) -> None:
    """And a kind without elements has nothing to count."""
    write_graph(kb.store, read(HALF).graph)
    (alone,) = kb.completeness("Capability")
    assert alone == next(each for each in kb.completeness() if each.kind == "Capability")
    assert kb.completeness("Journey") == ()


def test_every_field_of_a_kind_is_counted(embedded: KnowledgeBase) -> None:
    """All but the key and what stands on an edge, for every kind of the metamodel."""
    graph = Graph()
    for label in embedded.metamodel.kinds:
        graph.add(label, "one")
    write_graph(embedded.store, graph)
    found = {each.kind: [field.field for field in each.fields] for each in embedded.completeness()}
    assert found == {
        label: [field.name for field in fields_of(kind) if field.role not in (KEY, ON_EDGE)]
        for label, kind in embedded.metamodel.kinds.items()
    }


def test_an_unknown_kind_names_the_nearest(embedded: KnowledgeBase) -> None:
    """A wrong call."""
    with pytest.raises(UsageError, match=r"There is no kind 'Capabilty'\. Did you mean Capability"):
        embedded.completeness("Capabilty")


ELEMENTS: Final[tuple[dict[str, Any], ...]] = (
    {"CustomerSegment families": {"isPriority": True}, "CustomerSegment stub": {"isStub": True}},
    {"Persona ada": {"goals": ["A home"], "painPoints": ["The wait"], "behaviors": ["Calls"]}},
    {},
    {},
    {},
)
LINKS: Final[tuple[tuple[str, ...], ...]] = (
    (),
    ("Persona ada -REPRESENTS-> CustomerSegment families",),
    (
        "Journey buy -APPLIES_TO-> Persona ada",
        "Journey buy -HAS_STAGE-> JourneyStage look",
        "JourneyStage look -HAS_TOUCHPOINT-> Touchpoint shop",
    ),
    ("JourneyStage look -ENABLED_BY-> Capability pay", "JourneyStage look -MAPS_TO-> ValueStreamStage decide"),
    (
        "CustomerSegment families -MEASURED_BY-> PerformanceIndicator a",
        "JourneyStage look -MEASURED_BY-> PerformanceIndicator b",
    ),
)
"""What each step adds to the one before."""


@pytest.mark.parametrize("done", range(6))
def test_steps_are_done_one_after_the_other(kb: KnowledgeBase, done: int) -> None:
    """With what each adds the steps so far are done, and the others say what to do next."""
    elements = {name: properties for added in ELEMENTS[:done] for name, properties in added.items()}
    links = [link for added in LINKS[:done] for link in added]
    write_graph(kb.store, read({"elements": elements, "links": links}).graph)
    found = kb.steps()
    assert [step.done for step in found] == [place < done for place in range(5)]
    assert all(bool(step.next) != step.done for step in found)
    assert all(step.where for step in found)


def test_steps_count_what_there_is(kb: KnowledgeBase) -> None:
    """Importance makes a priority; a persona without details and a journey without contacts are not enough."""
    graph = read(
        {
            "elements": {"Persona ada": {"goals": ["A home"]}},
            "links": [
                {"Strategy grow -TARGETS-> CustomerSegment families": {"strategicImportance": 4}},
                {"Strategy grow -TARGETS-> CustomerSegment savers": {"strategicImportance": 3}},
                "Persona ada -REPRESENTS-> CustomerSegment families",
                "Journey buy -DESIGNED_FOR-> CustomerSegment families",
            ],
        }
    ).graph
    write_graph(kb.store, graph)
    assert [step.where for step in kb.steps()] == [
        "2 segments, 1 with priority",
        "1 persona for priority segments, 0 with goals, painPoints, behaviors",
        "0 journeys of such personas or their segments, 0 with touchpoints",
        "0 of 0 journeys rest on capabilities, 0 on value streams",
        "0 of 1 priority segment and 0 of 0 journeys have an indicator",
    ]


def test_an_empty_store_stands_before_the_first_step(kb: KnowledgeBase) -> None:
    """And says how to take it."""
    kb.store.write([CLEAR])
    first, *others = kb.steps()
    assert (first.done, first.next) == (False, "`graphkb new FOLDER` makes customers.yaml to edit.")
    assert not any(step.done for step in others)
    assert kb.completeness() == ()
    assert kb.check() == []
