"""JSON-LD: the graph as linked data, for RDF tools."""

from __future__ import annotations

import functools
import json
import re
import typing
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from graphkb.model.declaration import Flattened, fields_of
from graphkb.model.metamodel import edge_names, graph_names, group_names
from graphkb.model.values import EXACT, PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties

# No host of graphkb's own exists, and a name that nobody can look up must not look as if one could.
VOCABULARY: Final = "urn:graphkb:vocabulary:"
"""What the names of kinds, properties and relationship types stand behind."""
ELEMENT_IRI: Final = "urn:graphkb:element:"
RELATIONSHIP_IRI: Final = "urn:graphkb:relationship:"

CONTEXT: Final = {
    "@vocab": VOCABULARY,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": "http://www.w3.org/2000/01/rdf-schema#label",
}

_DATES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""Type of a date by its length: the day, or the day and the month, may be missing."""
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_IS_DATE: Final = typing.get_args(PartialDate)[-1]


def jsonld_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, str]:
    """Return the graph as one JSON-LD file with its context.

    An element is ``urn:graphkb:element:Kind:id``, its title ``rdfs:label``, everything else a name in
    :data:`VOCABULARY`. Lists keep their order. An edge is a triple; where it has properties there is, beside the
    triple, an ``rdf:Statement`` of its own that holds them.
    """
    outgoing = dataset.outgoing()
    dates = _date_names(metamodel)
    items = [_element(dataset, metamodel, key, outgoing.get(key, []), dates) for key in sorted(dataset.nodes)]
    items += [_statement(edge, each, dates) for edge, each in sorted(dataset.edges.items()) if each]
    document = {"@context": CONTEXT, "@graph": items}
    return {"graphkb.jsonld": json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"}


def _element(
    dataset: Dataset, metamodel: Metamodel, key: NodeKey, edges: list[EdgeKey], dates: frozenset[tuple[str, str]]
) -> dict[str, Any]:
    properties = dataset.nodes[key]
    second = metamodel.labels_due(key.label, properties)
    told = {"@id": _element_iri(key), "@type": [key.label, *second], "id": key.id}
    targets: dict[str, list[NodeKey]] = {}
    for edge in edges:
        targets.setdefault(edge.type, []).append(edge.target)
    links = {
        _term(type_): [{"@id": _element_iri(each)} for each in sorted(set(ends))]
        for type_, ends in sorted(targets.items())
    }
    return told | _values(key.label, properties, dates) | links


def _statement(edge: EdgeKey, properties: Properties, dates: frozenset[tuple[str, str]]) -> dict[str, Any]:
    names = (edge.type, *edge.source, *edge.target, *([edge.key] if edge.key else []))
    told = {
        "@id": RELATIONSHIP_IRI + ":".join(map(_term, names)),
        "@type": "rdf:Statement",
        "rdf:subject": {"@id": _element_iri(edge.source)},
        "rdf:predicate": {"@id": VOCABULARY + _term(edge.type)},
        "rdf:object": {"@id": _element_iri(edge.target)},
    }
    return told | _values(edge.type, properties, dates)


def _element_iri(key: NodeKey) -> str:
    return f"{ELEMENT_IRI}{_term(key.label)}:{_term(key.id)}"


def _term(name: str) -> str:
    """Return a name as it may stand in an IRI; a usual one is unchanged."""
    return quote(name, safe="")


def _values(owner: str, properties: Properties, dates: frozenset[tuple[str, str]]) -> dict[str, Any]:
    return {_term(name): _value(value, is_date=(owner, name) in dates) for name, value in sorted(properties.items())}


def _value(value: Any, *, is_date: bool) -> Any:
    """Return a value such that RDF has it with its type: in JSON-LD, 2.0 is the integer 2."""
    if isinstance(value, list):
        return {"@list": [_value(each, is_date=is_date) for each in value]}
    if isinstance(value, float):
        return {"@value": repr(value), "@type": "xsd:double"}
    if isinstance(value, int) and abs(value) > EXACT:
        return {"@value": str(value), "@type": "xsd:integer"}
    if is_date and isinstance(value, str) and _DATE.fullmatch(value):
        return {"@value": value, "@type": _DATES[len(value)]}
    return value


@functools.lru_cache(maxsize=8)
def _date_names(metamodel: Metamodel) -> frozenset[tuple[str, str]]:
    """Return the properties that hold dates: pairs of a label or relationship type and a name."""
    found: set[tuple[str, str]] = set()
    for kind in (*metamodel.kinds.values(), *metamodel.forms):
        for field in fields_of(kind):
            if isinstance(field.role, Flattened):
                inner = (each for each in fields_of(field.item) if _holds_dates(each))
                found.update((kind.label, name) for each in inner for name in group_names(field.role, each))
            elif _holds_dates(field):
                found.update((kind.label, name) for name in graph_names(field))
    for row in metamodel.relationships:
        dated = (field for field in metamodel.edge_fields(row) if _holds_dates(field))
        found.update((row.type, name) for field in dated for name in edge_names(field))
    return frozenset(found)


def _holds_dates(field: Field) -> bool:
    return _IS_DATE in _parts(field.annotation)


def _parts(annotation: Any) -> list[Any]:
    """Return what an annotation is made of, however deep."""
    inner = typing.get_args(annotation)
    return [*inner, *(part for each in inner for part in _parts(each))]
