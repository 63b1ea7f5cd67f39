"""Laws of ArchiMate models: what they mean does not depend on their format, and whatever they hold, they load."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from graphkb.model.declaration import title_field
from graphkb.model.interpretation import interpret
from graphkb.model.metamodel import METAMODEL
from graphkb.model.validation import Place, RawRecord
from graphkb.sources import read_paths
from graphkb.sources.archimate.conversion import convert
from graphkb.sources.archimate.shape import Named, Taken
from tests.support.archimate import FORMATS, models

if TYPE_CHECKING:
    from graphkb.model.dataset import Dataset
    from graphkb.sources.archimate.model import Model


def written(model: Model, format_: str) -> Dataset:
    """Return what the files of a model in a format mean; they have no problems."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in FORMATS[format_](model).items():
            (Path(folder) / name).write_bytes(content)
        found = read_paths([Path(folder)])
        told = interpret(found.records)
        assert (found.problems, told.problems) == ([], ())
        return told.dataset


def meaning(model: Model) -> Dataset:
    """Return what a model means by the default mapping; it has no problems."""
    found = convert(model, "test")
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    return told.dataset


@settings(max_examples=30)
@given(models())
def test_a_model_means_the_same_in_every_format(model: Model) -> None:
    """To the field, but for what a format has no place for: tables have no views, JSON only what joins to what."""
    whole = meaning(model)
    assert written(model, "exchange") == whole
    assert written(model, "archi") == whole
    assert written(model, "packed") == whole
    without_views = dataclasses.replace(model, nestings=())
    assert written(model, "tables") == meaning(without_views)
    bare = tuple(dataclasses.replace(each, documentation="", properties=()) for each in model.elements)
    assert written(model, "json") == meaning(dataclasses.replace(without_views, elements=bare))


@settings(max_examples=30)
@given(models())
def test_every_element_and_relation_is_in_the_graph_or_counted(model: Model) -> None:
    """No model has problems or leaves elements that are only referred to; what is not there is in the notes."""
    found = convert(model, "test")
    told = interpret(found.records)
    assert (found.problems, told.problems) == ([], ())
    nodes = {key.id for key in told.dataset.nodes}
    assert len(nodes) == len(told.dataset.nodes)
    assert nodes <= {each.id for each in model.elements}
    assert not any(properties.get("isStub") for properties in told.dataset.nodes.values())
    left = {
        what: (int(n), int(of))
        for n, of, what in re.findall(r"(\d+) of (\d+) (element|relation)s? not", str(found.notes))
    }
    assert left.get("element", (0, len(model.elements))) == (len(model.elements) - len(nodes), len(model.elements))
    assert left.get("relation", (0, len(model.relations)))[1] == len(model.relations)


@settings(max_examples=30)
@given(models())
def test_the_order_of_relations_means_nothing(model: Model) -> None:
    """What counts among several is decided by the relations and titles, not by what comes first in a file."""
    turned = dataclasses.replace(model, relations=model.relations[::-1])
    first, second = (
        {(edge.type, edge.source, edge.target) for edge in meaning(each).edges} for each in (model, turned)
    )
    assert first == second


@settings(max_examples=30)
@given(models())
def test_views_only_add_to_what_relations_say(model: Model) -> None:
    """With its views a model has every element that it has without, and every parent."""
    without, whole = meaning(dataclasses.replace(model, nestings=())), meaning(model)
    assert {key.id for key in without.nodes} <= {key.id for key in whole.nodes}
    assert {edge for edge in without.edges if edge.type == "PARENT_OF"} <= whole.edges.keys()


@settings(max_examples=30)
@given(models(), st.sampled_from(("Journey", "Persona", "CustomerSegment", "ValueStream", "Capability", "Initiative")))
def test_whatever_a_mapping_takes_the_rest_loads(model: Model, kind: str) -> None:
    """Elements that a mapping takes are joined to the others without problems."""
    chosen = {each.id: each for each in model.elements if each.specialization}
    taken = Taken({key: Named(kind, key, each.title) for key, each in chosen.items()})
    title = title_field(METAMODEL.kinds[kind])
    assert title
    fields, listed = (METAMODEL.key_name(kind), title.name), METAMODEL.kinds[kind].list_name
    records = [
        RawRecord(listed, dict(zip(fields, (key, each.title), strict=True)), Place()) for key, each in chosen.items()
    ]
    found = convert(model, "test", taken=taken)
    told = interpret([*records, *found.records])
    assert told.problems == ()
    assert {key.id for key in told.dataset.nodes if key.label == kind} >= chosen.keys()
