"""The JSON in which the research collection EAModelSet holds ArchiMate models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.errors import DataError
from graphkb.model.validation import Place
from graphkb.sources.archimate.model import Concept, Relation, concept_id, concept_type, model_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.sources.archimate.model import Model


def json_model(content: dict[str, Any], path: Path) -> Model:
    """Return the model that a JSON document holds.

    Raises :class:`~graphkb.errors.DataError` for lists that do not hold objects with texts.
    """
    return model_of(
        _text(content, "name", Place(str(path))),
        (Concept(**_common(each, place)) for each, place in _objects(content, "elements", path)),
        (
            Relation(
                **_common(each, place),
                source=concept_id(_text(each, "sourceId", place)),
                target=concept_id(_text(each, "targetId", place)),
            )
            for each, place in _objects(content, "relationships", path)
        ),
        (),
        ["this JSON holds no documentation, no properties, no relations of relations, and of views only the names."],
    )


def _common(held: dict[str, Any], place: Place) -> dict[str, Any]:
    return {
        "id": concept_id(_text(held, "id", place)),
        "type": concept_type(_text(held, "type", place)),
        "name": one_line(_text(held, "name", place)),
        "place": place,
    }


def _text(held: dict[str, Any], name: str, place: Place) -> str:
    value = held.get(name)
    if isinstance(value, dict | list):
        raise DataError([place.at(name).problem("document-shape", f"{name} of a part of a model is a text.")])
    return "" if value is None else str(value)


def _objects(content: dict[str, Any], name: str, path: Path) -> Iterator[tuple[dict[str, Any], Place]]:
    place = Place(str(path)).at(name)
    listed = content[name]
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise DataError([place.problem("document-shape", f"{name} of a model is a list of objects.")])
    yield from ((each, place.at(index)) for index, each in enumerate(listed))
