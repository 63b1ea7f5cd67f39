"""The format of the tool Archi: XML, or a ZIP of it together with pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError
from graphkb.sources.archimate.markup import TYPE, drawn_inside
from graphkb.sources.archimate.model import (
    Concept,
    Relation,
    concept_id,
    concept_type,
    model_of,
    one_line,
    paragraphs,
    placed,
    property_list,
)
from graphkb.sources.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from graphkb.model.validation import Place
    from graphkb.sources.archimate.markup import Tag
    from graphkb.sources.archimate.model import Model

MEMBER: Final = "model.xml"
"""The model in a ZIP."""


def unpacked(content: bytes, place: Place) -> bytes:
    """Return the XML of a model that is packed with its pictures.

    Raises :class:`~graphkb.errors.DataError` for a ZIP that is damaged, too large, or of something else.
    """
    try:
        return open_archive(content, place, "model").read(MEMBER)
    except KeyError as error:
        message = f"The file is a ZIP without a {MEMBER}, so it is no model of Archi."
        raise DataError([place.problem("not-a-model", message)]) from error
    except DataError:
        raise
    except Exception as error:  # ZIP and what unpacks it have a dozen exceptions for damaged files, and no root
        message = f"The ZIP cannot be unpacked ({error}). Open the model in Archi and save it again."
        raise DataError([place.problem("not-a-model", message)]) from error


def archi_model(top: Tag, path: Path) -> Model:
    """Return the model that an ``.archimate`` document holds."""
    profiles = {each.get("id"): one_line(each.get("name")) for each in top.all("profile")}
    elements: list[Concept] = []
    relations: list[Relation] = []
    views: list[Tag] = []
    for tag in _in_folders(top):
        if tag.get(TYPE).endswith("Model"):
            views.append(tag)
        elif tag.get("source") or tag.get("target"):
            source, target = concept_id(tag.get("source")), concept_id(tag.get("target"))
            relations.append(Relation(**_common(tag, "relation", profiles, path), source=source, target=target))
        else:
            elements.append(Concept(**_common(tag, "element", profiles, path)))
    return model_of(top.get("name"), elements, relations, drawn_inside(views, "child", "archimateElement"))


def _in_folders(top: Tag) -> Iterator[Tag]:
    waiting = [top]
    while waiting:
        tag = waiting.pop()
        if tag.name == "element":
            yield tag
        else:
            waiting += [each for each in reversed(tag.inside) if each.name in ("folder", "element")]


def _common(tag: Tag, what: str, profiles: Mapping[str, str], path: Path) -> dict[str, Any]:
    identifier = concept_id(tag.get("id"))
    named = (profiles.get(each, "") for each in tag.get("profiles").split())
    return {
        "id": identifier,
        "type": concept_type(tag.get(TYPE)),
        "name": one_line(tag.get("name")),
        "documentation": paragraphs(tag.first("documentation")),
        "specialization": ", ".join(filter(None, named)),
        "properties": property_list((each.get("key"), each.get("value")) for each in tag.all("property")),
        "place": placed(str(path), f"{what} {identifier!r}", tag.line),
    }
