"""The default mapping of ArchiMate models: what of them is in the graph, and what is told of the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from graphkb.model.dataset import NodeKey
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import METAMODEL
from graphkb.model.validation import Place, validate
from graphkb.sources.archimate.conversion import convert
from graphkb.sources.archimate.default import KINDS, RULES, STRENGTH, rule_for
from graphkb.sources.archimate.edges import CIRCLE, FURTHER, ITSELF
from graphkb.sources.archimate.model import Concept, Model, Relation, model_of
from tests.model.reading import edges
from tests.support.archimate import model

if TYPE_CHECKING:
    from graphkb.model.dataset import Dataset
    from graphkb.sources.archimate.default import Rule


@dataclass(frozen=True)
class Meant:
    """What a model means, and what is told of it."""

    data: Dataset
    notes: list[str]

    @property
    def edges(self) -> set[tuple[str, str, str]]:
        """The edges by the ids of their ends."""
        return edges(self.data)

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each element."""
        return {key.id: key.label for key in self.data.nodes}

    def stages(self) -> list[tuple[int, str]]:
        """Return the stages with their places."""
        stages = (key for key in self.data.nodes if key.label.endswith("Stage"))
        return sorted((self.data.nodes[key]["sequenceNumber"], key.id) for key in stages)


def meant(given: Model) -> Meant:
    """Return what a model means; it has no problems."""
    found = convert(given, "test")
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    return Meant(told.dataset, [note.removeprefix("test: ") for note in found.notes])


# What is declared


@pytest.mark.parametrize("kind", KINDS.values())
def test_the_kind_of_an_element_exists(kind: str) -> None:
    """And has a field for the documentation."""
    assert "description" in METAMODEL.property_names(kind)


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.type}-{number}" for number, rule in enumerate(RULES)])
def test_every_line_of_the_table_is_a_relationship_of_the_metamodel(rule: Rule) -> None:
    """Between each two of its kinds, with the properties that it gives; and each line counts for some relation."""
    pairs = [(s, t) for s in rule.sources for t in rule.targets if s == t or not rule.same]
    for source, target in pairs:
        row = METAMODEL.relationship(rule.type, *((target, source) if rule.back else (source, target)))
        assert row, (source, rule.type, target)
        assert row.record or validate(row.properties, dict(rule.properties), Place())[1] == []
    assert set(rule.relations) <= set(STRENGTH)
    found = [rule_for(relation, source, target) for relation in rule.relations for source, target in pairs]
    assert (rule, False) in found


# Elements


def test_elements_are_of_their_kind_with_title_and_documentation() -> None:
    """By the id in the model; what is of no kind is counted by type."""
    given = model_of(
        "Test",
        [
            Concept("c", "Capability", "Pay", "Pays\nall."),
            Concept("g", "Goal"),
            Concept("n", "Node", "N"),
            Concept("m", "Node", "M"),
            Concept("p", "BusinessProcess", "P"),
        ],
        [],
    )
    found = meant(given)
    assert found.data.nodes == {
        NodeKey("Capability", "c"): {"title": "Pay", "description": "Pays\nall."},
        NodeKey("Strategy", "g"): {"title": "Unnamed goal"},
    }
    assert found.notes == [
        "3 of 5 elements not taken over: Node (2), BusinessProcess (1).",
        "1 element without a name: called by the type.",
    ]


def test_elements_without_an_id_get_one_of_their_own() -> None:
    """Also where they have one name, and where another one has the id that would be made."""
    unnamed = [Concept("", "Capability", "Pay"), Concept("", "Capability", "Pay"), Concept("", "Capability")]
    found = meant(model_of("Test", [*unnamed, Concept("capability", "Product", "X")], []))
    assert found.kinds == {
        "capability-pay": "Capability",
        "capability-pay-2": "Capability",
        "capability-2": "Capability",
        "capability": "Product",
    }
    assert "3 elements without an id: made of type and name." in found.notes


def test_of_elements_with_one_id_the_first_counts() -> None:
    """The others are told."""
    found = meant(model_of("Test", [Concept("a", "Capability", "A"), Concept("a", "Product", "B")], []))
    assert found.kinds == {"a": "Capability"}
    assert found.notes == ["1 element with the id of an earlier one: left out."]


# Parts


def test_composition_and_aggregation_are_the_hierarchy() -> None:
    """Within one kind; elements of two kinds are not parts of each other."""
    found = meant(model("Capability a\nCapability b\nCapability c\nProduct p", "a Composition b\nb Aggregation c"))
    assert found.edges == {("a", "PARENT_OF", "b"), ("b", "PARENT_OF", "c")}


def test_of_several_parents_the_strongest_counts_then_the_first_by_title() -> None:
    """The others are told."""
    four = "Capability a\nCapability b\nCapability c\nCapability d"
    found = meant(model(four, "b Aggregation d\nc Composition d\na Aggregation d"))
    assert found.edges == {("c", "PARENT_OF", "d")}
    assert found.notes == [
        "2 of 3 relations not taken over: Aggregation (2).",
        f"2 of these are {FURTHER}.",
    ]
    assert meant(model(four, "b Aggregation d\na Aggregation d")).edges == {("a", "PARENT_OF", "d")}


def test_parts_that_run_in_circles_are_left_out() -> None:
    """What hangs on the circle stays."""
    found = meant(
        model(
            "Capability a\nCapability b\nCapability c\nCapability d\nCapability e",
            "a Composition b\nb Composition c\nc Composition a\nc Composition d\ne Composition e",
        )
    )
    assert found.edges == {("c", "PARENT_OF", "d")}
    assert found.notes[1:] == [
        f"1 of these is {ITSELF}.",
        f"3 of these are {CIRCLE}.",
    ]


def test_a_grouping_is_the_parent_of_what_it_holds() -> None:
    """As of the kind of this, over several groupings too, and told."""
    found = meant(
        model(
            "Grouping all\nGrouping some\nCapability a\nCapability b\nNode n",
            "all Composition some\nsome Aggregation a\nall Composition b\nall Composition n",
        )
    )
    assert found.edges == {("all", "PARENT_OF", "some"), ("some", "PARENT_OF", "a"), ("all", "PARENT_OF", "b")}
    assert set(found.kinds.values()) == {"Capability"}
    assert "2 groupings taken over as parents of what they hold: Capability (2)." in found.notes


@pytest.mark.parametrize(
    ("elements", "relations"),
    [
        ("Grouping g\nCapability a\nBusinessService s", "g Composition a\ng Composition s"),
        ("Grouping g\nCapability a\nCapability b", "a Aggregation b\ng Composition b"),
        ("Grouping g\nGrouping h\nCapability a\nCapability b", "a Aggregation b\ng Composition h\nh Composition b"),
        ("Grouping g\nProduct a", "g Composition a"),
        ("Grouping g\nGrouping h", "g Composition h\nh Composition g"),
    ],
    ids=["two kinds", "stronger parent", "stronger parent within", "no hierarchy", "circle"],
)
def test_a_grouping_that_is_no_parent_is_left_out(elements: str, relations: str) -> None:
    """It is counted, as are its relations."""
    found = meant(model(elements, relations))
    assert not {"g", "h"} & found.kinds.keys()
    assert "Grouping (" in found.notes[0]


# Value streams


def test_the_parts_of_a_value_stream_are_its_stages() -> None:
    """In the order that triggering and flow give; capabilities enable them, however they are joined."""
    found = meant(
        model(
            "ValueStream v\nValueStream c\nValueStream a\nValueStream b\nCapability x\nCapability y\nCapability z",
            "v Composition a\nv Aggregation b\nv Composition c\na Triggering b\nb Flow c\n"
            "x Serving a\nb Association y\nz Realization c",
        )
    )
    assert found.stages() == [(1, "a"), (2, "b"), (3, "c")]
    assert found.edges == {
        ("v", "HAS_STAGE", "a"), ("v", "HAS_STAGE", "b"), ("v", "HAS_STAGE", "c"),
        ("a", "NEXT_STAGE", "b"), ("b", "NEXT_STAGE", "c"),
        ("a", "ENABLED_BY", "x"), ("b", "ENABLED_BY", "y"), ("c", "ENABLED_BY", "z"),
    }  # fmt: skip
    assert found.notes == []


def test_stages_that_nothing_orders_stand_as_in_the_file() -> None:
    """Which is told."""
    found = meant(model("ValueStream v\nValueStream b\nValueStream a", "v Composition a\nv Composition b"))
    assert found.stages() == [(1, "b"), (2, "a")]
    assert found.notes[0].startswith("1 sequence of stages that triggering and flow do not order")


def test_stages_are_ordered_over_junctions_and_in_loops() -> None:
    """A loop begins at its first stage in the file, and the way back is marked."""
    over = "v Composition c\nv Composition a\na Triggering j\nj Triggering c"
    assert meant(model("ValueStream v\nValueStream c\nValueStream a\nJunction j", over)).stages() == [
        (1, "a"),
        (2, "c"),
    ]
    loop = "v Composition a\nv Composition b\na Flow b\nb Flow a"
    found = meant(model("ValueStream v\nValueStream a\nValueStream b", loop))
    assert found.stages() == [(1, "a"), (2, "b")]
    back = {
        edge.source.id: carried.get("isLoop") for edge, carried in found.data.edges.items() if edge.type == "NEXT_STAGE"
    }
    assert back == {"a": None, "b": True}


def test_a_value_stream_with_stages_is_no_stage_itself() -> None:
    """One above it needs it; a stage of two is a stage of the first."""
    found = meant(
        model(
            "ValueStream top\nValueStream v\nValueStream w\nValueStream s",
            "top Composition v\nv Composition s\nw Aggregation s",
        )
    )
    assert found.kinds == {"top": "ValueStream", "v": "ValueStream", "w": "ValueStream", "s": "ValueStreamStage"}
    assert found.edges == {("top", "DEPENDS_ON", "v"), ("v", "HAS_STAGE", "s")}


def test_value_streams_that_are_parts_of_one_another_are_no_stages() -> None:
    """Nothing is a stage without its value stream, and nothing stands above itself."""
    found = meant(model("ValueStream a\nValueStream b", "a Composition b\nb Composition a"))
    assert set(found.kinds.values()) == {"ValueStream"}
    found = meant(model("ValueStream v\nValueStream s", "v Composition s\ns Composition s"))
    assert found.edges == {("v", "HAS_STAGE", "s")}


# Other relations


@pytest.mark.parametrize(
    ("elements", "relation", "expected"),
    [
        ("Capability a\nCapability b", "Serving", ("b", "DEPENDS_ON", "a")),
        ("Capability a\nCapability b", "Specialization", ("a", "RELATED_TO", "b")),
        ("Capability a\nValueStream b", "Serving", ("b", "DEPENDS_ON", "a")),
        ("Capability a\nBusinessService b", "Realization", ("b", "DEPENDS_ON", "a")),
        ("Capability a\nCourseOfAction b", "Realization", ("b", "PRIORITIZES", "a")),
        ("Capability a\nRequirement b", "Realization", ("b", "SPECIFIES", "a")),
        ("CourseOfAction a\nGoal b", "Realization", ("b", "PARENT_OF", "a")),
        ("WorkPackage a\nCourseOfAction b", "Realization", ("a", "IMPLEMENTS", "b")),
        ("Goal a\nWorkPackage b", "Association", ("b", "IMPLEMENTS", "a")),
        ("Capability a\nWorkPackage b", "Association", ("b", "IMPROVES", "a")),
        ("WorkPackage a\nWorkPackage b", "Triggering", ("b", "DEPENDS_ON", "a")),
        ("BusinessActor a\nWorkPackage b", "Assignment", ("a", "EXECUTES", "b")),
        ("BusinessActor a\nCapability b", "Assignment", ("a", "OWNS", "b")),
        ("Capability a\nBusinessActor b", "Association", ("b", "PARTICIPATES_IN", "a")),
        ("BusinessService a\nBusinessActor b", "Serving", ("b", "PARTICIPATES_IN", "a")),
        ("Product a\nBusinessService b", "Aggregation", ("a", "DEPENDS_ON", "b")),
        ("ValueStream a\nProduct b", "Realization", ("a", "DELIVERS", "b")),
        ("Outcome a\nGoal b", "Realization", ("b", "MEASURED_BY", "a")),
        ("Capability a\nOutcome b", "Realization", ("a", "MEASURED_BY", "b")),
        ("Outcome a\nStakeholder b", "Association", ("a", "CONCERNS", "b")),
        ("Stakeholder a\nRequirement b", "Association", ("b", "CONCERNS", "a")),
        ("ValueStream a\nValueStream b", "Flow", ("a", "RELATED_TO", "b")),
    ],
)
def test_a_relation_is_what_its_ends_make_of_it(elements: str, relation: str, expected: tuple[str, str, str]) -> None:
    """The edge runs as the graph reads, whichever way the relation was drawn."""
    assert meant(model(elements, f"a {relation} b")).edges == {expected}


def test_an_association_means_the_same_from_either_end() -> None:
    """Of two that say the same, one edge is made, and both are in the graph."""
    stage = "ValueStream v\nValueStream s\nCapability c"
    for relations in ("c Association s", "s Association c", "c Association s\ns Association c\nc Serving s"):
        found = meant(model(stage, f"v Composition s\n{relations}"))
        assert ("s", "ENABLED_BY", "c") in found.edges
        assert found.notes == []


def test_relations_that_end_nowhere_or_at_relations_are_counted() -> None:
    """By type, as every relation that is not taken over."""
    found = meant(model("Capability a\nBusinessActor b\nBusinessActor c", "a Association r1\nb Flow c\na Serving gone"))
    assert found.edges == set()
    assert found.notes == [
        "3 of 3 relations not taken over: Association (1), Flow (1), Serving (1).",
        "2 of these end at a relation, or at nothing.",
    ]


def test_what_is_said_beside_elements_and_relations_is_counted() -> None:
    """Properties by key, specializations, and what relations are called."""
    a = Concept("a", "Capability", "A", specialization="Core", properties=(("cost", "1"), ("cost", "2"), ("x", "3")))
    joined = Relation("r", "Composition", "holds", "Since ever.", properties=(("x", "4"),), source="a", target="b")
    found = meant(Model("Test", (a, Concept("b", "Capability", "B")), (joined,)))
    (note,) = found.notes
    assert note == (
        "not taken over: property 'cost' (2), property 'x' (2), specialization (1), name of a relation (1),"
        " documentation of a relation (1)."
    )


# Views


def test_views_are_the_hierarchy_where_relations_say_nothing() -> None:
    """Within one kind; of several that it is drawn in, the first counts, and circles are left out."""
    found = meant(
        model(
            "Capability a\nCapability b\nCapability c\nProduct p\nBusinessActor d\nBusinessActor e",
            nestings="b c\na b\na c\na p\nd e\ne d",
        )
    )
    assert found.edges == {("b", "PARENT_OF", "c"), ("a", "PARENT_OF", "b")}
    (note,) = found.notes
    assert note == (
        "2 elements placed under what views draw around them, since no relations say it. 1 of them is drawn in several;"
        " the outermost in the first view counts."
    )


def test_views_say_nothing_of_a_kind_that_has_relations() -> None:
    """One part of the kind is enough; other kinds are as they are drawn, and so are stages and groupings."""
    found = meant(
        model(
            "Capability a\nCapability b\nCapability c\nBusinessActor d\nBusinessActor e",
            "a Composition b",
            "b c\nd e",
        )
    )
    assert found.edges == {("a", "PARENT_OF", "b"), ("d", "PARENT_OF", "e")}
    streams = meant(model("ValueStream v\nValueStream s\nValueStream t", "v Composition s", "v t"))
    assert streams.edges == {("v", "HAS_STAGE", "s")}
    grouped = meant(model("Grouping g\nCapability a\nBusinessActor d", "g Composition a", "g d"))
    assert grouped.edges == {("g", "PARENT_OF", "a")}
    around = meant(model("Grouping g\nGrouping h\nCapability a", "h Composition a", "g h"))
    assert around.edges == {("h", "PARENT_OF", "a")}


def test_stages_and_groupings_can_be_drawn() -> None:
    """As they can be stated by relations."""
    found = meant(model("ValueStream v\nValueStream s\nGrouping g\nCapability a", nestings="v s\ng a"))
    assert found.edges == {("v", "HAS_STAGE", "s"), ("g", "PARENT_OF", "a")}


# Sizes


def test_deep_and_wide_models_are_converted() -> None:
    """Thousands of levels, and thousands of parts of one element."""
    count = 1500
    elements = tuple(Concept(f"c{number}", "Capability", f"C {number}") for number in range(count))
    deep = tuple(
        Relation(f"r{number}", "Composition", source=f"c{number}", target=f"c{number + 1}")
        for number in range(count - 1)
    )
    assert len(meant(Model("Deep", elements, deep)).edges) == count - 1
    wide = tuple(replace(each, source="c0") for each in deep)
    assert len(meant(Model("Wide", elements, wide)).edges) == count - 1
