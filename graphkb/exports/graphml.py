"""GraphML: the graph for programs that draw and measure, such as yEd, Gephi and networkx."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"

_TYPES: Final = {bool: "boolean", int: "long", float: "double"}
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml_files(dataset: Dataset, metamodel: Metamodel) -> Mapping[str, bytes]:
    r"""Return the graph as one GraphML file.

    A node's id is ``Label:id``; its data are ``label``, ``id``, all properties and, where it has any,
    ``secondLabels``. An edge's data are ``type`` and all properties; its id is a number that tells it from others
    between the same nodes. GraphML knows no lists: a list is JSON text. Characters that XML cannot hold, such as most
    control characters, are written as ``\u0001``, so they do not come back as they were.
    """
    root = ET.Element("graphml", xmlns=NAMESPACE)
    graph = ET.Element("graph", edgedefault="directed")
    keys = _Keys(root)
    for key in sorted(dataset.nodes):
        properties = dataset.nodes[key]
        second = metamodel.labels_due(key.label, properties)
        told = properties | {"label": key.label, "id": key.id} | ({"secondLabels": second} if second else {})
        keys.add_data(ET.SubElement(graph, "node", id=_node_id(key)), told)
    for number, edge in enumerate(sorted(dataset.edges), 1):
        ends = {"source": _node_id(edge.source), "target": _node_id(edge.target)}
        item = ET.SubElement(graph, "edge", {"id": f"e{number}", **ends})
        keys.add_data(item, dataset.edges[edge] | {"type": edge.type})
    root.append(graph)
    ET.indent(root)
    # A reader of XML takes a bare carriage return for a line break.
    return {"graphkb.graphml": ET.tostring(root, encoding="utf-8", xml_declaration=True).replace(b"\r", b"&#13;")}


class _Keys:
    """Declares the attributes of nodes and edges when they are first used: one for each name and type."""

    def __init__(self, root: ET.Element) -> None:
        self._root: Final = root
        self._ids: Final[dict[tuple[str, str, str], str]] = {}

    def add_data(self, item: ET.Element, properties: Properties) -> None:
        """Give a node or an edge its properties, by name."""
        for name, value in sorted(properties.items()):
            kind, text = _TYPES.get(type(value), "string"), _text(value)
            ET.SubElement(item, "data", key=self._id(item.tag, name, kind)).text = text

    def _id(self, tag: str, name: str, kind: str) -> str:
        asked = (tag, name, kind)
        if asked not in self._ids:
            self._ids[asked] = f"d{len(self._ids)}"
            declared = {"id": self._ids[asked], "for": tag, "attr.name": _visible(name), "attr.type": kind}
            ET.SubElement(self._root, "key", declared)
        return self._ids[asked]


def _node_id(key: NodeKey) -> str:
    return _visible(f"{key.label}:{key.id}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _visible(json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value))


def _visible(text: str) -> str:
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
