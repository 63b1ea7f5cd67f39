"""Laws of the difference between two datasets, on generated documents, and what it says of worked examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hypothesis import given, reject
from hypothesis import strategies as st

from graphkb.model.consistency import in_list_order, list_of
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.difference import Change, difference
from graphkb.model.metamodel import METAMODEL, POSITION
from tests.model.reading import interpretation, meaning
from tests.strategies import documents
from tests.sync.test_laws import revisions, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.properties import Properties
    from tests.strategies import Document

KeyT = TypeVar("KeyT", NodeKey, EdgeKey)

TITLES: Final = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")


def both(pair: tuple[Document, Document]) -> tuple[Dataset, Dataset]:
    """Return what two documents mean; give up the example where leaving a field out has made one wrong."""
    found = [interpretation(document) for document in pair]
    if any(each.problems for each in found):
        reject()
    return found[0].dataset, found[1].dataset


def applied(before: Mapping[KeyT, Properties], changes: Mapping[KeyT, Change]) -> dict[KeyT, Properties]:
    """Carry out changes: remove, add, and set of what changed only the fields that are told."""
    after = {key: dict(properties) for key, properties in before.items()}
    for key, change in changes.items():
        if change.verb == "removed":
            del after[key]
        elif change.verb == "added":
            after[key] = dict(change.after or {})
        else:
            for name, (old, new) in change.values().items():
                assert repr(after[key].pop(name, None)) == repr(old)
                after[key] |= {} if new is None else {name: new}
    return after


def mirrored(changes: Mapping[KeyT, Change]) -> dict[KeyT, Change]:
    """Return changes with their two sides exchanged."""
    return {key: Change(change.after, change.before, change.fields) for key, change in changes.items()}


def unnumbered(data: Dataset) -> tuple[dict[Any, str], dict[Any, str]]:
    """Return nodes and edges as text, without the places of edges in lists."""
    edges = {
        key: {name: value for name, value in properties.items() if name != POSITION}
        for key, properties in data.edges.items()
    }
    return typed(Dataset(data.nodes, edges))


def lists_in(data: Dataset, kept: Dataset) -> dict[tuple[NodeKey, str], list[EdgeKey]]:
    """Return the edges of ``data`` that ``kept`` has too, by the list that writes them and in its order."""
    found: dict[tuple[NodeKey, str], list[EdgeKey]] = {}
    for edge in data.edges.keys() & kept.edges.keys():
        written = list_of(edge, data.edges[edge], METAMODEL)
        if written is not None:
            found.setdefault((written[0], written[1].name), []).append(edge)
    for (owner, name), listed in found.items():
        field = next(
            each for kind, each in METAMODEL.writers(*_ends(listed[0])) if (kind, each.name) == (owner.label, name)
        )
        listed[:] = in_list_order(field, listed, data.edges, data.nodes)
    return found


def _ends(edge: EdgeKey) -> tuple[str, str, str]:
    return edge.type, edge.source.label, edge.target.label


@given(documents())
def test_nothing_differs_from_itself(document: Document) -> None:
    """A document read twice means the same."""
    found = difference(meaning(document), meaning(document))
    assert not found
    assert found.to_dict()["counts"] == {
        name: {"added": 0, "removed": 0, "changed": 0} for name in ("elements", "relationships")
    }


@given(revisions(changed=True))
def test_the_way_back_is_the_mirror_of_the_way_there(pair: tuple[Document, Document]) -> None:
    """What was added there is removed back, and what changed has its values the other way around."""
    before, after = both(pair)
    there, back = difference(before, after), difference(after, before)
    assert mirrored(there.elements) == dict(back.elements)
    assert mirrored(there.relationships) == dict(back.relationships)


@given(revisions(changed=True))
def test_carrying_out_the_difference_gives_the_second_state(pair: tuple[Document, Document]) -> None:
    """Exactly, up to the places in lists of which the order is the same."""
    before, after = both(pair)
    found = difference(before, after)
    made = Dataset(applied(before.nodes, found.elements), applied(before.edges, found.relationships))
    assert unnumbered(made) == unnumbered(after)


@given(revisions(changed=True))
def test_a_list_in_another_order_is_told(pair: tuple[Document, Document]) -> None:
    """Where no change speaks of a list's places, what both states have in it stands in one order."""
    before, after = both(pair)
    told = {key for key, change in difference(before, after).relationships.items() if POSITION in change.fields}
    old, new = lists_in(before, after), lists_in(after, before)
    for key in old.keys() & new.keys():
        if set(old[key]) == set(new[key]) and not told.intersection(old[key]):
            assert old[key] == new[key]


@given(st.permutations(TITLES), st.permutations(TITLES), st.integers(0, 5), st.integers(0, 5))
def test_an_item_that_comes_or_goes_moves_no_other(one: list[str], other: list[str], many: int, few: int) -> None:
    """An item has changed only where those that both lists have stand in another order."""
    first, second = one[:many], other[:few]
    found = difference(depending_on(first), depending_on(second))
    verbs = {edge.target.id: change.verb for edge, change in found.relationships.items()}
    assert {title for title, verb in verbs.items() if verb == "added"} == {t.lower() for t in set(second) - set(first)}
    assert {title for title, verb in verbs.items() if verb == "removed"} == {
        t.lower() for t in set(first) - set(second)
    }
    kept = [title for title in first if title in second] == [title for title in second if title in first]
    moved = {title for title, verb in verbs.items() if verb == "changed"}
    places = {title.lower() for title in set(first) & set(second) if place(first, title) != place(second, title)}
    assert moved == (set() if kept else places)


def place(listed: list[str], title: str) -> int | None:
    """Return the place of an item in a list; a single item has none."""
    return listed.index(title) if len(listed) > 1 else None


def depending_on(titles: list[str]) -> Dataset:
    """Return a capability that depends on others, beside all others."""
    others = [{"title": title} for title in TITLES]
    return meaning({"capabilities": [{"title": "Whole", "dependsOn": titles}, *others]})


@given(revisions(changed=True))
def test_what_differs_is_told_in_order_as_plain_values(pair: tuple[Document, Document]) -> None:
    """Sorted by kind and id, as JSON, every change once, each with titles for whatever it names."""
    before, after = both(pair)
    found = difference(before, after)
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    for name, changes in (("elements", found.elements), ("relationships", found.relationships)):
        assert list(changes) == sorted(changes)
        assert told["counts"][name] == {verb: len(several) for verb, several in told[name].items()}
        assert sum(told["counts"][name].values()) == len(changes)
    for each in [entry for several in told["elements"].values() for entry in several]:
        key = NodeKey(each["kind"], each["id"])
        assert each["title"] == (after if key in after.nodes else before).title(key)


def test_a_field_that_changes_is_told_with_both_values() -> None:
    """One that comes or goes has no value on one side, and a maturity gap follows as derived."""
    before = meaning({"capabilities": [{"capabilityID": "c", "title": "C", "maturityLevel": 1, "owner": "Ada"}]})
    now = {"capabilityID": "c", "title": "Cc", "maturityLevel": 2, "targetMaturityLevel": 4, "owner": "Ada"}
    found = difference(before, meaning({"capabilities": [now]}))
    told = found.to_dict()
    assert told["elements"]["changed"] == [
        {
            "kind": "Capability",
            "id": "c",
            "title": "Cc",
            "fields": {
                "maturityLevel": {"before": 1, "after": 2},
                "targetMaturityLevel": {"before": None, "after": 4},
                "title": {"before": "C", "after": "Cc"},
            },
        }
    ]
    assert [(each["id"], each["properties"]["gapSize"]) for each in told["elements"]["added"]] == [("gap-c", 2)]
    assert [(str(key), change.mark) for key, change in found.elements.items()] == [
        ("Capability 'c'", ""),
        ("CapabilityGap 'gap-c'", "derived"),
    ]
    (edge,) = told["relationships"]["added"]
    assert (edge["type"], edge["from"]["id"], edge["to"]) == (
        "GAP_IN",
        "gap-c",
        {"kind": "Capability", "id": "c", "title": "Cc"},
    )


def test_a_stub_that_is_defined_has_changed() -> None:
    """The mark goes, and what the definition says comes; a stub that comes is told as one."""
    referring = {"capabilityID": "c", "title": "C", "dependsOn": [{"id": "d", "title": "D", "kind": "Capability"}]}
    alone = meaning({"capabilities": [{"capabilityID": "c", "title": "C"}]})
    before = meaning({"capabilities": [referring]})
    after = meaning({"capabilities": [referring, {"capabilityID": "d", "title": "D", "owner": "Ada"}]})
    stub = NodeKey("Capability", "d")
    assert difference(alone, before).elements[stub].mark == "stub"
    assert difference(before, after).elements[stub].values() == {"isStub": (True, None), "owner": (None, "Ada")}
    assert difference(before, after).elements[stub].mark == ""


def test_a_property_of_a_relationship_is_told() -> None:
    """The relationship has changed; it did not go and come."""
    before, after = (
        meaning(
            {
                "journeys": [
                    {
                        "journeyID": "j",
                        "journeyTitle": "J",
                        "journeyStages": [
                            {"stageName": "S", "relevantCapabilities": [{"title": "C", "importanceLevel": level}]}
                        ],
                    }
                ],
                "capabilities": [{"title": "C"}],
            }
        )
        for level in (2, 5)
    )
    (edge,) = difference(before, after).relationships
    assert edge.type == "ENABLED_BY"
    assert difference(before, after).relationships[edge].values() == {"importanceLevel": (2, 5)}


def test_values_of_different_types_differ() -> None:
    """One, 1.0 and true are three values, within lists too."""
    key = NodeKey("Capability", "c")
    values: list[Any] = [1, 1.0, True, "1", [1], [1.0], [True], [1, 1]]
    for index, one in enumerate(values):
        for other in values[index + 1 :]:
            assert difference(Dataset({key: {"x": one}}), Dataset({key: {"x": other}}))
        assert not difference(Dataset({key: {"x": one}}), Dataset({key: {"x": one}}))
