"""GraphML: networkx reads back what the graph holds."""

from __future__ import annotations

import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import networkx as nx
from hypothesis import given, settings

from graphkb.exports import FORMATS
from graphkb.model import METAMODEL
from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from tests.model.reading import meaning
from tests.strategies import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkb.model.properties import Properties


def written(dataset: Dataset) -> bytes:
    """Return the file of a dataset."""
    content = FORMATS["graphml"](dataset, METAMODEL)["graphkb.graphml"]
    assert isinstance(content, bytes)
    return content


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """Return the graph that networkx reads."""
    graph = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    return graph


def typed(properties: Properties) -> dict[str, tuple[str, Any]]:
    """Return values with their types as GraphML has them; networkx takes an empty text for none."""
    values = {name: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for name, v in properties.items()}
    return {name: (type(value).__name__, plain(value)) for name, value in values.items() if value != ""}


def plain(value: Any) -> Any:
    """Return a value as XML can hold it."""
    if not isinstance(value, str):
        return value
    bad = {each for each in value if unicodedata.category(each) in ("Cc", "Cs") or each in "\ufffe\uffff"} - set(
        "\t\n\r"
    )
    bad -= {chr(code) for code in range(0x7F, 0xA0)}
    return "".join(f"\\u{ord(each):04x}" if each in bad else each for each in value)


def edges_of(items: Iterable[tuple[str, str, Properties]]) -> list[str]:
    """Return edges as sorted texts."""
    return sorted(
        json.dumps([source, target, typed(properties)], sort_keys=True) for source, target, properties in items
    )


@settings(max_examples=50)
@given(documents())
def test_networkx_reads_back_every_node_edge_and_value(document: Document) -> None:
    """Values keep their types, lists are JSON text, and several edges between two nodes stay several."""
    dataset = meaning(document)
    graph = read(written(dataset))
    nodes = {}
    for key, properties in dataset.nodes.items():
        second = [label for label, has in METAMODEL.second_labels(key.label, properties).items() if has]
        told = {"label": key.label, "id": key.id, **properties} | ({"secondLabels": second} if second else {})
        nodes[f"{key.label}:{key.id}"] = typed(told)
    assert {key: typed(each) for key, each in graph.nodes(data=True)} == nodes
    assert edges_of(graph.edges(data=True)) == edges_of(
        (f"{edge.source.label}:{edge.source.id}", f"{edge.target.label}:{edge.target.id}", {"type": edge.type, **each})
        for edge, each in dataset.edges.items()
    )


def test_values_of_one_name_keep_their_several_types() -> None:
    """The name is declared once for each, and numbers do not become text."""
    values = [
        True,
        1,
        -(2**63),
        1.0,
        -0.0,
        1e-07,
        1.7976931348623157e308,
        "1",
        " a\r\nb\rc\t<&>\"' ",
        [],
        ["a", ""],
        [1.5],
    ]
    nodes: dict[NodeKey, Properties] = {NodeKey("Need", str(at)): {"value": each} for at, each in enumerate(values)}
    graph = read(written(Dataset(nodes)))
    found = [graph.nodes[f"Need:{at}"]["value"] for at in range(len(values))]
    wanted = [json.dumps(each) if isinstance(each, list) else each for each in values]
    assert list(map(repr, found)) == list(map(repr, wanted))


def test_edges_between_the_same_nodes_are_kept_apart() -> None:
    """Each has an id of its own."""
    one, other = NodeKey("CustomerSegment", "a b"), NodeKey("Product", "ü/:")
    edges = {EdgeKey("CONSUMES", one, other, key): {"relationshipID": key} for key in ("r1", "r2")}
    graph = read(written(Dataset({one: {}, other: {}}, {**edges, EdgeKey("TARGETS", one, other): {}})))
    told = {key: data for _, _, key, data in graph.edges(keys=True, data=True)}
    assert len(told) == 3
    assert sorted(each.get("relationshipID", each["type"]) for each in told.values()) == ["TARGETS", "r1", "r2"]


def test_characters_that_xml_cannot_hold_are_shown_by_their_number() -> None:
    """In ids, names and values; the file stays readable."""
    dataset = Dataset({NodeKey("Need", "a\x00"): {"title": "x\x0by\ufffe", "n\x01": ["\x1f"]}})
    graph = read(written(dataset))
    assert list(graph) == ["Need:a\\u0000"]
    assert graph.nodes["Need:a\\u0000"] == {
        "id": "a\\u0000",
        "label": "Need",
        "title": "x\\u000by\\ufffe",
        "n\\u0001": '["\\u001f"]',
    }


def test_a_second_label_is_told_beside_the_kind() -> None:
    """As the list of all that a node has."""
    graph = read(written(meaning({"assets": [{"assetID": "a", "title": "A", "componentType": "Technology"}]})))
    assert graph.nodes["Asset:a"]["label"] == "Asset"
    assert json.loads(graph.nodes["Asset:a"]["secondLabels"]) == ["Technology"]
