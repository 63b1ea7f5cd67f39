"""An ArchiMate model, whatever file it came from: elements, relations, and what views draw inside what."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.names import slug
from graphkb.model.validation import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_EXPORTED: Final = re.compile(r"id-(?=[0-9a-f]{8}$|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$)")
_JUNCTION: Final = re.compile(r"(?:And|Or)Junction")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Concept:
    """An element, or what it has in common with a relation."""

    id: str
    type: str
    """Name of the type in the ArchiMate standard, without blanks: ``BusinessActor``, ``Composition``."""
    name: str = ""
    documentation: str = ""
    specialization: str = ""
    """Name of the modeler's own kind of the type, where there is one."""
    properties: tuple[tuple[str, str], ...] = ()
    """Keys and values, in order; a key may stand several times."""
    place: Place = field(default=Place(), compare=False, repr=False)

    @property
    def title(self) -> str:
        """The name, or what kind of thing has none."""
        return self.name or f"Unnamed {words(self.type)}"

    def plain(self) -> dict[str, Any]:
        """Return it as plain values."""
        properties: dict[str, Any] = {}
        for key, value in self.properties:
            known = properties.get(key)
            listed = known if isinstance(known, list) else [known]
            properties[key] = value if known is None else [*listed, value]
        return {
            "id": self.id,
            "type": self.type,
            "name": self.name,
            "documentation": self.documentation,
            "specialization": self.specialization,
            "properties": properties,
        }


@dataclass(frozen=True, slots=True)
class Relation(Concept):
    """A directed relation between two elements, or one that ends at a relation."""

    source: str = ""
    target: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**Concept.plain(self), "source": self.source, "target": self.target}


@dataclass(frozen=True, slots=True)
class Model:
    """What a file holds."""

    name: str
    elements: tuple[Concept, ...] = ()
    relations: tuple[Relation, ...] = ()
    nestings: tuple[tuple[str, str], ...] = ()
    """Pairs of elements of which a view draws the second inside the first: view by view, from the outside in."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What the reader met with, each the end of a sentence."""


def words(type_: str) -> str:
    """Return the name of a type as words: ``business actor``."""
    return _HUMP.sub(" ", type_).lower()


def one_line(text: str | None) -> str:
    """Return a text without blanks around it, and with one blank for several."""
    return " ".join((text or "").split())


def paragraphs(text: str | None) -> str:
    """Return a text without blanks around it, its lines ended alike: formats differ in both."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def concept_id(text: str | None) -> str:
    """Return an id without the ``id-`` that exporters put in front of it, since in XML no id starts with a digit."""
    return _EXPORTED.sub("", (text or "").strip())


def concept_type(text: str | None) -> str:
    """Return the name of a type without what formats add to it."""
    name = one_line(text).rpartition(":")[2]
    return "Junction" if _JUNCTION.fullmatch(name) else name.removesuffix("Relationship") or "Untyped"


def property_list(pairs: Iterable[tuple[str | None, str | None]]) -> tuple[tuple[str, str], ...]:
    """Return the properties that have a value."""
    trimmed = ((one_line(key), paragraphs(value)) for key, value in pairs)
    return tuple((key, value) for key, value in trimmed if value)


def placed(file: str, what: str, line: int | None) -> Place:
    """Return a place that people find by these words and the line."""
    return Place(file, what, written_at=lambda _: (what, line))


def model_of(
    name: str | None,
    elements: Iterable[Concept],
    relations: Iterable[Relation],
    nestings: Iterable[tuple[str, str]] = (),
    notes: Iterable[str] = (),
) -> Model:
    """Return a model of which each element has an id of its own.

    An element without an id gets one of its type and name. Of several with one id the first counts.
    """
    given = list(elements)
    taken = {each.id for each in given}
    seen: set[str] = set()
    numbers: Counter[str] = Counter()
    kept: list[Concept] = []
    for each in given:
        if not each.id:
            kept.append(replace(each, id=_own_id(each, taken, numbers)))
        elif each.id not in seen:
            seen.add(each.id)
            kept.append(each)
    told = list(notes)
    if numbers:
        told.append(f"{counted(sum(not each.id for each in given), 'element')} without an id: made of type and name.")
    if len(given) > len(kept):
        told.append(f"{counted(len(given) - len(kept), 'element')} with the id of an earlier one: left out.")
    return Model(
        one_line(name),
        tuple(kept),
        tuple(relations),
        tuple(dict.fromkeys((concept_id(outer), concept_id(inner)) for outer, inner in nestings)),
        tuple(told),
    )


def _own_id(element: Concept, taken: set[str], numbers: Counter[str]) -> str:
    """Return an id that no other element has."""
    made = slug(f"{element.type} {element.name}")
    while True:
        numbers[made] += 1
        found = made if numbers[made] == 1 else f"{made}-{numbers[made]}"
        if found not in taken:
            taken.add(found)
            return found


def counted(number: int, word: str) -> str:
    """Return a number with the word for what is counted."""
    return f"{number} {word}{'s' * (number != 1)}"


def plain_model(model: Model) -> Mapping[str, Any]:
    """Return a model as plain values."""
    return {
        "elements": [each.plain() for each in model.elements],
        "relations": [each.plain() for each in model.relations],
    }
