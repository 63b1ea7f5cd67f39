"""JSON-LD: rdflib reads triples that hold every node, title, property and edge."""

from __future__ import annotations

import contextlib
import functools
import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import quote

import pytest
import rdflib
from hypothesis import given, settings
from pydantic import TypeAdapter, ValidationError
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, XSD

from graphkb.exports import FORMATS
from graphkb.model import METAMODEL
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.declaration import Flattened, fields_of
from graphkb.model.metamodel import edge_names, graph_names, group_names
from tests.model.reading import meaning
from tests.strategies import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.model.declaration import Field
    from graphkb.model.properties import Properties

pytestmark = [
    # rdflib's own reader of JSON-LD uses what rdflib discourages.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    # The types of fields are tried by themselves, without the names that they have in a record.
    pytest.mark.filterwarnings("ignore:The 'alias' attribute"),
]

Term: TypeAlias = "tuple[Any, ...]"
"""An IRI, a literal with its type, or a list of terms, as plain values."""
Triples: TypeAlias = "set[tuple[str, str, Term]]"

VOCABULARY: Final = "urn:graphkb:vocabulary:"
ELEMENT: Final = "urn:graphkb:element:"
RELATIONSHIP: Final = "urn:graphkb:relationship:"


def read(dataset: Dataset) -> Triples:
    """Return the triples that rdflib reads from the file of a dataset, lists as one term each."""
    content = FORMATS["jsonld"](dataset, METAMODEL)["graphkb.jsonld"]
    graph = rdflib.Graph().parse(data=content, format="json-ld")
    named = ((subject, predicate, value) for subject, predicate, value in graph if isinstance(subject, rdflib.URIRef))
    return {(str(subject), str(predicate), term(graph, value)) for subject, predicate, value in named}


def term(graph: rdflib.Graph, value: Any) -> Term:
    """Return a term of rdflib as plain values."""
    if isinstance(value, rdflib.Literal):
        kind = str(value.datatype or XSD.string)
        return ("literal", kind, float(value) if value.datatype == XSD.double else str(value))
    if isinstance(value, rdflib.BNode) or value == RDF.nil:
        return ("list", *(term(graph, each) for each in Collection(graph, value)))
    return ("iri", str(value))


def literal(value: Any, *, is_date: bool = False) -> Term:
    """Return the term that a value should be."""
    if isinstance(value, list):
        return ("list", *map(literal, value))
    if isinstance(value, bool):
        return ("literal", str(XSD.boolean), str(value).lower())
    if isinstance(value, int | float):
        return (
            ("literal", str(XSD.integer), str(value)) if isinstance(value, int) else ("literal", str(XSD.double), value)
        )
    if is_date:
        return ("literal", str((XSD.gYear, XSD.gYearMonth, XSD.date)[value.count("-")]), value)
    return ("literal", str(XSD.string), value)


@functools.cache
def dated() -> set[tuple[str, str]]:
    """Return the properties that take a date and no other text, tried by the types of their fields."""
    found = set()
    for kind in (*METAMODEL.kinds.values(), *METAMODEL.forms):
        for field in fields_of(kind):
            if isinstance(field.role, Flattened):
                inner = (each for each in fields_of(field.item) if takes_dates(each))
                found |= {(kind.label, group_names(field.role, each)[0]) for each in inner}
            elif graph_names(field) and takes_dates(field):
                found.add((kind.label, graph_names(field)[0]))
    for row in METAMODEL.relationships:
        found |= {(row.type, edge_names(each)[0]) for each in METAMODEL.edge_fields(row) if takes_dates(each)}
    return found


def takes_dates(field: Field) -> bool:
    """Tell whether the type of a field takes a date and no other text."""
    kind = TypeAdapter[Any](field.annotation)
    with contextlib.suppress(ValidationError):
        kind.validate_python("2024-02-29")
        with contextlib.suppress(ValidationError):
            kind.validate_python("2024-02-30")
            return False
        return True
    return False


def values(subject: str, owner: str, properties: Properties) -> Iterator[tuple[str, str, Term]]:
    """Yield the triples of properties."""
    for name, value in properties.items():
        predicate = str(RDFS.label) if name == "title" else f"{VOCABULARY}{quote(name, safe='')}"
        yield subject, predicate, literal(value, is_date=(owner, name) in dated())


def element(key: NodeKey) -> str:
    """Return the IRI of an element."""
    return f"{ELEMENT}{key.label}:{quote(key.id, safe='')}"


def oracle(dataset: Dataset) -> Triples:
    """Return the triples that say what a dataset holds."""
    found: Triples = set()
    for key, properties in dataset.nodes.items():
        second = [label for label, has in METAMODEL.second_labels(key.label, properties).items() if has]
        found |= {(element(key), str(RDF.type), ("iri", f"{VOCABULARY}{each}")) for each in (key.label, *second)}
        found |= set(values(element(key), key.label, {"id": key.id, **properties}))
    for edge, properties in dataset.edges.items():
        source, predicate, target = element(edge.source), f"{VOCABULARY}{edge.type}", element(edge.target)
        found.add((source, predicate, ("iri", target)))
        if properties:
            parts = [edge.type, *edge.source, *edge.target, *([edge.key] if edge.key else [])]
            subject = RELATIONSHIP + ":".join(quote(each, safe="") for each in parts)
            found |= {
                (subject, str(RDF.type), ("iri", str(RDF.Statement))),
                (subject, str(RDF.subject), ("iri", source)),
                (subject, str(RDF.predicate), ("iri", predicate)),
                (subject, str(RDF.object), ("iri", target)),
                *values(subject, edge.type, properties),
            }
    return found


@settings(max_examples=30)
@given(documents())
def test_rdflib_reads_the_triples_of_everything(document: Document) -> None:
    """Every node, title, property and edge, with types and with lists in order, and nothing else."""
    dataset = meaning(document)
    assert read(dataset) == oracle(dataset)


def test_values_have_their_types() -> None:
    """Whole floats stay floats, big integers whole, texts that look like something else texts."""
    told = [
        1,
        1.0,
        -0.5,
        1e-07,
        2**63 - 1,
        -(2**63),
        True,
        "1",
        "2024",
        "urn:x",
        "",
        "a\r\nb\x00",
        [],
        ["b", "a", "b"],
        [1.0, 2.5],
    ]
    key = NodeKey("Need", "n")
    names = {f"value {at}": each for at, each in enumerate(told)}
    found = {predicate: value for _, predicate, value in read(Dataset({key: dict(names)}))}
    assert [found[f"{VOCABULARY}{quote(name)}"] for name in names] == [literal(each) for each in told]


def test_dates_are_dates_to_the_part_that_is_known() -> None:
    """A year, a month or a day."""
    days = ["2024", "1999-12", "2024-02-29"]
    assert ("Initiative", "startDate") in dated()
    document = {"initiatives": [{"title": f"Initiative {day}", "startDate": day} for day in days]}
    found = {value for _, predicate, value in read(meaning(document)) if predicate == f"{VOCABULARY}startDate"}
    assert found == {
        ("literal", str(XSD[name]), day) for name, day in zip(("gYear", "gYearMonth", "date"), days, strict=True)
    }


def test_ids_are_parts_of_iris() -> None:
    """Whatever they hold, two elements have two IRIs."""
    ids = ["a b", "a%20b", "a:b", "ü", "x/y#z?", "\x00", "\U0001f600", '<>"{}|\\^`']
    subjects = {subject for subject, _, _ in read(Dataset({NodeKey("Need", each): {} for each in ids}))}
    assert subjects == {f"{ELEMENT}Need:{quote(each, safe='')}" for each in ids}


def test_each_of_several_edges_keeps_its_properties() -> None:
    """There is one triple, and a statement for each."""
    one, other = NodeKey("CustomerSegment", "s"), NodeKey("Product", "p")
    edges = {EdgeKey("CONSUMES", one, other, key): {"relationshipID": key} for key in ("r1", "r2")}
    triples = read(Dataset({one: {}, other: {}}, dict(edges)))
    assert triples == oracle(Dataset({one: {}, other: {}}, dict(edges)))
    statements = {subject for subject, _, value in triples if value == ("iri", str(RDF.Statement))}
    assert statements == {f"{RELATIONSHIP}CONSUMES:CustomerSegment:s:Product:p:{key}" for key in ("r1", "r2")}


def test_the_file_is_plain_json_too() -> None:
    """A context and a list of elements, for programs that know nothing of linked data."""
    content = FORMATS["jsonld"](Dataset({NodeKey("Need", "n"): {"title": "Zürich"}}), METAMODEL)["graphkb.jsonld"]
    document = json.loads(content)
    assert document["@context"]["@vocab"] == VOCABULARY
    assert document["@graph"] == [{"@id": f"{ELEMENT}Need:n", "@type": ["Need"], "id": "n", "title": "Zürich"}]
