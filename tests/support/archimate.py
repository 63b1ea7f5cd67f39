"""ArchiMate models written in each format that is read, and models to write."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from hypothesis import strategies as st

from graphkb.sources.archimate.default import KINDS, STRENGTH
from graphkb.sources.archimate.model import Concept, Model, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_EXCHANGE: Final = "http://www.opengroup.org/xsd/archimate/3.0/"
_ARCHI: Final = "http://www.archimatetool.com/archimate"
_TYPE: Final = f"{{{_XSI}}}type"
register_namespace("xsi", _XSI)
register_namespace("archimate", _ARCHI)


def model(elements: str, relations: str = "", nestings: str = "") -> Model:
    """Return a model written in short.

    Elements are ``Type name``, one a line, of which the name is the id too; relations ``source Type target``; nestings
    ``outer inner``.
    """
    named = (line.split(maxsplit=1) for line in elements.strip().splitlines())
    joined = (line.split() for line in relations.strip().splitlines())
    drawn = (line.split() for line in nestings.strip().splitlines())
    return Model(
        "Test",
        tuple(Concept(name.strip(), type_, name.strip()) for type_, name in named),
        tuple(
            Relation(f"r{number}", type_, source=source, target=target)
            for number, (source, type_, target) in enumerate(joined)
        ),
        tuple((outer, inner) for outer, inner in drawn),
    )


def exchange(model: Model) -> dict[str, bytes]:
    """Write Open Exchange; specializations have no place there."""
    top = Element(f"{{{_EXCHANGE}}}model", identifier="id-model")
    _text(top, "name", model.name)
    concepts = (*model.elements, *model.relations)
    keys = {key: f"propid-{number}" for number, key in enumerate({k: 0 for c in concepts for k, _ in c.properties})}
    elements, relations = (_inside(top, name) for name in ("elements", "relationships"))
    for each in model.elements:
        _exchanged(
            SubElement(elements, f"{{{_EXCHANGE}}}element", {"identifier": each.id, _TYPE: each.type}), each, keys
        )
    for each in model.relations:
        ends = {"identifier": each.id, "source": each.source, "target": each.target, _TYPE: each.type}
        _exchanged(SubElement(relations, f"{{{_EXCHANGE}}}relationship", ends), each, keys)
    definitions = _inside(top, "propertyDefinitions")
    for key, identifier in keys.items():
        definition = SubElement(definitions, f"{{{_EXCHANGE}}}propertyDefinition", identifier=identifier, type="string")
        _text(definition, "name", key)
    diagrams = _inside(_inside(top, "views"), "diagrams")
    for number, (outer, inner) in enumerate(model.nestings):
        view = SubElement(diagrams, f"{{{_EXCHANGE}}}view", identifier=f"view-{number}")
        node = SubElement(view, f"{{{_EXCHANGE}}}node", identifier=f"o-{number}", elementRef=outer)
        group = SubElement(node, f"{{{_EXCHANGE}}}node", identifier=f"g-{number}")
        SubElement(group, f"{{{_EXCHANGE}}}node", identifier=f"i-{number}", elementRef=inner)
    return {"model.xml": tostring(top, encoding="utf-8", xml_declaration=True)}


def _inside(above: Element, name: str) -> Element:
    return SubElement(above, f"{{{_EXCHANGE}}}{name}")


def _text(above: Element, name: str, text: str) -> None:
    _inside(above, name).text = text


def _exchanged(tag: Element, concept: Concept, keys: Mapping[str, str]) -> None:
    _text(tag, "name", concept.name)
    _text(tag, "documentation", concept.documentation)
    properties = _inside(tag, "properties")
    for key, value in concept.properties:
        held = SubElement(properties, f"{{{_EXCHANGE}}}property", propertyDefinitionRef=keys[key])
        _text(held, "value", value)


def archi(model: Model) -> dict[str, bytes]:
    """Write the XML of Archi, with folders in folders."""
    top = Element(f"{{{_ARCHI}}}model", name=model.name, id="model", version="5.0.0")
    profiles: dict[str, str] = {}
    inner = SubElement(SubElement(top, "folder", name="All", id="f1"), "folder", name="Inner", id="f2")
    for each in (*model.elements, *model.relations):
        suffix = "Relationship" if isinstance(each, Relation) else ""
        ends = {"source": each.source, "target": each.target} if isinstance(each, Relation) else {}
        type_ = f"archimate:{each.type}{suffix}"
        tag = SubElement(inner, "element", {_TYPE: type_, "id": each.id, "name": each.name, **ends})
        if each.specialization:
            tag.set("profiles", profiles.setdefault(each.specialization, f"profile-{len(profiles)}"))
        SubElement(tag, "documentation").text = each.documentation
        for key, value in each.properties:
            SubElement(tag, "property", key=key, value=value)
    views = SubElement(top, "folder", name="Views", id="f3")
    for number, (outer, drawn) in enumerate(model.nestings):
        view = SubElement(views, "element", {_TYPE: "archimate:ArchimateDiagramModel", "id": f"view-{number}"})
        child = SubElement(view, "child", {_TYPE: "archimate:DiagramObject", "archimateElement": outer})
        group = SubElement(child, "child", {_TYPE: "archimate:Group", "name": "Box"})
        SubElement(group, "child", {_TYPE: "archimate:DiagramObject", "archimateElement": drawn})
    for name, identifier in profiles.items():
        SubElement(top, "profile", name=name, id=identifier)
    return {"model.archimate": tostring(top, encoding="utf-8", xml_declaration=True)}


def packed(model: Model) -> dict[str, bytes]:
    """Write the ZIP of Archi."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.xml", archi(model)["model.archimate"])
    return {"model.archimate": held.getvalue()}


def tables(model: Model) -> dict[str, bytes]:
    """Write the tables of Archi; views have no place there."""
    elements = [[e.id, e.type, e.name, e.documentation, e.specialization] for e in model.elements]
    relations = [
        [r.id, f"{r.type}Relationship", r.name, r.documentation, r.source, r.target, r.specialization]
        for r in model.relations
    ]
    held = [[each.id, key, value] for each in (*model.elements, *model.relations) for key, value in each.properties]
    common = ["ID", "Type", "Name", "Documentation"]
    return {
        "my-elements.csv": _csv([[*common, "Specialization"], ["m", "ArchimateModel", model.name, "", ""], *elements]),
        "my-relations.csv": _csv([[*common, "Source", "Target", "Specialization"], *relations]),
        "my-properties.csv": _csv([["ID", "Key", "Value"], *held]),
    }


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


def eamodelset(model: Model) -> dict[str, bytes]:
    """Write the JSON of EAModelSet; views, documentation, properties and specializations have no place there."""
    content = {
        "archimateId": "model",
        "name": model.name,
        "elements": [{"id": e.id, "name": e.name, "type": e.type, "layer": "any"} for e in model.elements],
        "relationships": [
            {"id": r.id, "sourceId": r.source, "targetId": r.target, "type": r.type} for r in model.relations
        ],
        "views": [],
    }
    return {"model.json": json.dumps(content).encode()}


FORMATS: Final[Mapping[str, Callable[[Model], dict[str, bytes]]]] = {
    "exchange": exchange,
    "archi": archi,
    "packed": packed,
    "tables": tables,
    "json": eamodelset,
}
"""What writes a model into files, by name of the format."""


# Models of any sort

_TYPES: Final = (*KINDS, "Capability", "ValueStream", "Grouping", "Junction", "BusinessProcess", "Node")
_WORDS: Final = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=6)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Return a model in which anything is joined to anything, circles and dangling ends included."""
    # Few types, and mostly parts and order, so that there are hierarchies, stages and circles.
    chosen = draw(st.lists(st.sampled_from(_TYPES), min_size=1, max_size=3))
    kinds = st.sampled_from(chosen)
    types = st.one_of(
        *[st.sampled_from(("Composition", "Aggregation", "Triggering", "Flow"))] * 3, st.sampled_from(STRENGTH[:-1])
    )
    ids = [f"e{number}" for number in range(draw(st.integers(0, 10)))]
    ends = st.sampled_from([*ids * 3, "nothing", "r0"])
    elements = [
        Concept(
            id_,
            draw(kinds),
            draw(_WORDS),
            draw(_WORDS),
            draw(st.sampled_from(("", "Persona"))),
            tuple(draw(st.lists(st.tuples(st.sampled_from(("a", "b c")), _WORDS.filter(bool)), max_size=2))),
        )
        for id_ in ids
    ]
    relations = [
        Relation(f"r{number}", draw(types), draw(_WORDS), source=draw(ends), target=draw(ends))
        for number in range(draw(st.integers(0, 25)))
    ]
    boxes = st.sampled_from([*ids, "nothing"])
    pairs = st.tuples(boxes, boxes)
    return Model("Any", tuple(elements), tuple(relations), tuple(draw(st.lists(pairs, max_size=6, unique=True))))
