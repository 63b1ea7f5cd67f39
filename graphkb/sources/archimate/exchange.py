"""Open Exchange, the XML in which ArchiMate tools pass models on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.sources.archimate.markup import TYPE, drawn_inside
from graphkb.sources.archimate.model import (
    Concept,
    Relation,
    concept_id,
    concept_type,
    counted,
    model_of,
    one_line,
    paragraphs,
    placed,
    property_list,
)

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from graphkb.sources.archimate.markup import Tag
    from graphkb.sources.archimate.model import Model


def exchange_model(top: Tag, path: Path) -> Model:
    """Return the model that an Open Exchange document holds."""
    keys = {each.get("identifier"): each.first("name") for each in top.all("propertyDefinitions", "propertyDefinition")}
    elements = list(top.all("elements", "element"))
    relations = list(top.all("relationships", "relationship"))
    translated = sum(
        len(list(each.all(name))) - 1
        for each in (*elements, *relations)
        for name in ("name", "documentation")
        if each.first(name)
    )
    return model_of(
        top.first("name"),
        (Concept(**_common(each, "element", keys, path)) for each in elements),
        (
            Relation(
                **_common(each, "relation", keys, path),
                source=concept_id(each.get("source")),
                target=concept_id(each.get("target")),
            )
            for each in relations
        ),
        drawn_inside(top.all("views", "diagrams", "view"), "node", "elementRef"),
        [f"{counted(translated, 'text')} in a further language: not taken over."] if translated else (),
    )


def _common(tag: Tag, what: str, keys: dict[str, str], path: Path) -> dict[str, Any]:
    identifier = concept_id(tag.get("identifier"))
    properties = (
        (keys.get(each.get("propertyDefinitionRef"), ""), each.first("value"))
        for each in tag.all("properties", "property")
    )
    return {
        "id": identifier,
        "type": concept_type(tag.get(TYPE)),
        "name": one_line(tag.first("name")),
        "documentation": paragraphs(tag.first("documentation")),
        "properties": property_list(properties),
        "place": placed(str(path), f"{what} {identifier!r}", tag.line),
    }
