"""Reads documents as the files of one load, for tests of what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.model.interpretation import interpret
from graphkb.model.validation import Place, split_document
from graphkb.sources.text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.errors import Problem
    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.interpretation import Interpretation
    from graphkb.model.validation import RawRecord


def records_of(*documents: Mapping[str, Any]) -> list[RawRecord]:
    """Return the records of documents, the first of which stands in ``1.json``."""
    found = []
    for number, document in enumerate(documents, 1):
        records, problems = split_document(document, Place(f"{number}.json"))
        assert problems == []
        found += records
    return found


def interpretation(*documents: Mapping[str, Any], **options: Any) -> Interpretation:
    """Return what documents mean together, problems included."""
    return interpret(records_of(*documents), **options)


def meaning(*documents: Mapping[str, Any], **options: Any) -> Dataset:
    """Return the dataset that documents without problems state together."""
    found = interpretation(*documents, **options)
    assert (found.problems, found.rivals) == ((), ())
    return found.dataset


def edges(data: Dataset) -> set[tuple[str, str, str]]:
    """Return the edges of a dataset as triples of source id, type and target id."""
    return {(edge.source.id, edge.type, edge.target.id) for edge in data.edges}


def stubs(data: Dataset) -> set[NodeKey]:
    """Return the nodes that are only referred to."""
    return {key for key, properties in data.nodes.items() if properties.get("isStub")}


def problems_of(*texts: str, **options: Any) -> tuple[Problem, ...]:
    """Return the problems of YAML texts, read as the files ``1.yaml``, ``2.yaml`` and so on of one load."""
    records, problems = [], []
    for number, text in enumerate(texts, 1):
        document = read_yaml(text, f"{number}.yaml")
        found, faults = split_document(document.content, Place(f"{number}.yaml", "", document.lines))
        records += found
        problems += faults
    return (*problems, *interpret(records, **options).problems)
