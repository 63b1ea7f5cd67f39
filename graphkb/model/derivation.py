"""What follows from what was stated: maturity gaps, and edges that a text implies.

Everything derived is marked ``isDerived``, is built anew with what it derives from, and is never exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.model.dataset import EdgeKey, NodeKey
from graphkb.model.declaration import Reference
from graphkb.model.names import slug
from graphkb.model.validation import Place

if TYPE_CHECKING:
    from graphkb.model.assembly import Assembly


def gap_of(capability: NodeKey) -> NodeKey:
    """Return the gap that a capability has where its target maturity exceeds its maturity."""
    return NodeKey("CapabilityGap", f"gap-{capability.id}")


def derive_gaps(assembly: Assembly) -> None:
    """Give each capability whose target maturity exceeds its maturity a gap, unless one is stated under that id."""
    for key, capability in list(assembly.dataset.nodes.items()):
        if key.label != "Capability":
            continue
        size = capability.get("targetMaturityLevel", 0) - capability.get("maturityLevel", 0)
        gap = gap_of(key)
        if "maturityLevel" not in capability or size <= 0 or _is_stated(assembly, gap):
            continue
        properties = {
            "title": f"Maturity gap in {capability['title']}",
            "gapKind": "maturity",
            "gapSize": size,
            "status": "open",
        }
        assembly.define(gap, properties | _derived_from(key.id), None)
        assembly.join("GAP_IN", gap, key, _derived_from(key.id), _place(assembly, key))


def derive_edges(assembly: Assembly) -> None:
    """Draw the edges that texts on stated edges imply."""
    mapped = {(edge.source, edge.target) for edge in assembly.dataset.edges if edge.type == "MAPS_TO"}
    for edge, properties in assembly.elsewhere.edges.items():
        if edge.type == "MAPS_TO" and not properties.get("isDerived"):
            mapped.add((edge.source, edge.target))
    for key, properties in list(assembly.dataset.edges.items()):
        if key.type == "SUPPORTED_BY":
            _measure(assembly, key, properties.get("performanceMetrics", []))
        elif key.type == "CONSUMES":
            _fulfill(assembly, key, properties.get("needsFulfilled", []))
        elif key.type == "INVOLVES" and "valueStreamStage" in properties:
            _map_stage(assembly, key, properties["valueStreamStage"], mapped)


def _measure(assembly: Assembly, record: EdgeKey, metrics: list[str]) -> None:
    """Let the capability be measured by the indicators that a segment-capability record names."""
    place = _place(assembly, record)
    for metric in metrics:
        indicator = NodeKey("PerformanceIndicator", f"{record.key}/{slug(metric)}")
        if not slug(metric) or _is_stated(assembly, indicator):
            continue
        assembly.define(indicator, {"title": metric} | _derived_from(record.key), None)
        carried = {"relationshipID": record.key} | _derived_from(record.key)
        assembly.join("MEASURED_BY", record.target, indicator, carried, place)


def _fulfill(assembly: Assembly, record: EdgeKey, needs: list[str]) -> None:
    """Let the offering fulfill the needs that a segment-offering record names."""
    place = _place(assembly, record)
    for need in needs:
        found = assembly.resolve(Reference(title=need), ("Need",), place.at("needsFulfilled"))
        if found and EdgeKey("FULFILLS", record.target, found, record.source.id) not in assembly.dataset.edges:
            carried = {"forSegmentID": record.source.id} | _derived_from(record.key)
            assembly.join("FULFILLS", record.target, found, carried, place)


def _map_stage(assembly: Assembly, involvement: EdgeKey, title: str, mapped: set[tuple[NodeKey, NodeKey]]) -> None:
    """Map a journey stage to the stage that it names of a value stream at work in it, unless that is stated."""
    place = _place(assembly, involvement)
    found = assembly.part_titled(involvement.target, "ValueStreamStage", title, place)
    if found and (involvement.source, found) not in mapped:
        assembly.join("MAPS_TO", involvement.source, found, _derived_from(involvement.target.id), place)


def _is_stated(assembly: Assembly, key: NodeKey) -> bool:
    stored = assembly.elsewhere.nodes.get(key)
    return key in assembly.dataset.nodes or (stored is not None and not stored.get("isDerived"))


def _derived_from(identifier: str) -> dict[str, object]:
    return {"isDerived": True, "derivedFrom": identifier}


def _place(assembly: Assembly, key: NodeKey | EdgeKey) -> Place:
    return assembly.places.get(key, Place())
