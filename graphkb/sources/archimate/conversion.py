"""From a model to the records of a load, by the default mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.model.declaration import End, fields_of
from graphkb.model.metamodel import METAMODEL, graph_names
from graphkb.model.names import json_name, slug
from graphkb.model.validation import EDGE_LIST, RawRecord
from graphkb.sources.archimate.default import STAGES
from graphkb.sources.archimate.edges import edges_of
from graphkb.sources.archimate.notes import Told, notes_on
from graphkb.sources.archimate.shape import NOTHING, Named, Taken, order_of, shape_of
from graphkb.sources.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkb.model.metamodel import Metamodel
    from graphkb.sources.archimate.edges import Edge, Edges
    from graphkb.sources.archimate.model import Concept, Model
    from graphkb.sources.archimate.shape import Order, Shape


def convert(model: Model, file: str, metamodel: Metamodel = METAMODEL, taken: Taken = NOTHING) -> Reading:
    """Return what a model says beside what the entries of a mapping file took of it.

    Whatever the model holds, its records have no problems; notes tell what is not in them, and why.
    """
    shape = shape_of(model, taken)
    edges = edges_of(shape, metamodel)
    wholes = {each.target: each.source for each in edges.kept if each.row.type == "HAS_STAGE"}
    order = order_of(wholes, shape)
    left = taken.elements.keys() | (shape.groupings - edges.groupings)
    own = {key: shape.kinds[key] for key in shape.elements if key in shape.kinds and key not in left}
    names = {key: Named(kind, key, shape.elements[key].title) for key, kind in own.items()} | dict(taken.elements)
    records = [_element(shape.elements[key], kind, order, metamodel) for key, kind in own.items()]
    records += _edges(edges, shape, names, order)
    told = Told(model, shape, edges, order, frozenset(own), taken)
    return Reading(records, notes=[f"{file}: {each}" for each in notes_on(told)])


def taken_of(model: Model, records: Mapping[tuple[str | int, ...], Sequence[RawRecord]], metamodel: Metamodel) -> Taken:
    """Return what entries of a mapping file took, by the records that they made of the plain values of a model.

    An element of which entries only make relationships is left to the default mapping.
    """
    elements: dict[str, Named] = {}
    relations: set[int] = set()
    for steps, several in records.items():
        if len(steps) != 2:  # noqa: PLR2004  # a list and a place in it
            continue
        number = int(steps[1])
        described = [each for each in several if each.list_name in metamodel.lists]
        if steps[0] == "relations":
            relations.add(number)
        elif described:
            elements[model.elements[number].id] = _named(described[0], metamodel)
    return Taken(elements, frozenset(relations))


def _named(raw: RawRecord, metamodel: Metamodel) -> Named:
    """Return how others name the element of a record; by no kind where it has neither an id nor a title of its own."""
    kind = metamodel.lists[raw.list_name]
    fields = {name: each.name for each in fields_of(kind) for name in graph_names(each) if name in ("id", "title")}
    title = raw.content.get(fields.get("title", ""))
    identifier = raw.content.get(fields.get("id", "")) or slug(str(title or ""))
    return Named(kind.label if identifier else "", str(identifier), str(title or identifier))


def _element(element: Concept, kind: str, order: Order, metamodel: Metamodel) -> RawRecord:
    model = metamodel.kinds[kind]
    values: dict[str, Any] = {"id": element.id, "title": element.title}
    if element.documentation:
        values["description"] = element.documentation
    if kind in STAGES.values():
        values["sequenceNumber"] = order.positions[element.id]
    fields = {name: each.name for each in fields_of(model) for name in graph_names(each) if name in values}
    content = {fields[name]: value for name, value in values.items() if name in fields}
    return RawRecord(model.list_name, content, element.place)


def _edges(edges: Edges, shape: Shape, names: Mapping[str, Named], order: Order) -> Iterator[RawRecord]:
    used: set[str] = set()
    for edge in edges.kept:
        source, target = names[edge.source], names[edge.target]
        link = shape.links[edge.number]
        identifier = link.id if link.id and link.id not in used else f"{edge.source}/{edge.target}"
        used.add(identifier)
        if edge.row.record:
            content = _record(edge, source, target) | {"relationshipID": identifier}
            yield RawRecord(edge.row.record.list_name, content, link.place)
            continue
        carried = dict(edge.rule.properties)
        if carried and edge.row.key:
            carried[edge.row.key] = identifier
        if edge.row.type == "NEXT_STAGE" and _leads_back(edge, order):
            carried["isLoop"] = True
        content = {"type": edge.row.type, "from": _end(source), "to": _end(target)}
        yield RawRecord(EDGE_LIST, content | ({"properties": carried} if carried else {}), link.place)


def _leads_back(edge: Edge, order: Order) -> bool:
    whole = order.wholes
    return whole.get(edge.source) == whole.get(edge.target) and (
        order.positions.get(edge.source, 0) >= order.positions.get(edge.target, 0)
    )


def _end(named: Named) -> dict[str, str]:
    return {"kind": named.kind, "id": named.id}


def _record(edge: Edge, source: Named, target: Named) -> dict[str, Any]:
    """Return the ends of an edge in its record form."""
    content: dict[str, Any] = {}
    for field in fields_of(edge.row.record) if edge.row.record else ():
        if isinstance(field.role, End):
            named = source if field.role.end == "source" else target
            content[field.name] = named.id if field.name.endswith("ID") else named.title
            if field.role.kind_from:
                content[json_name(field.role.kind_from)] = named.kind.lower()
    return content
