"""XML that may come from anywhere, read into the tags that a model is made of, each with its line.

Nothing here follows a document into its depth by calls, so no nesting is too deep.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from graphkb.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.model.validation import Place

TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
"""Attribute that says what an element or relation is."""
MAX_TAGS: Final = 3_000_000
"""Most tags of a model, those that only say how a view looks left out."""

_READ: Final = frozenset(
    (
        *("model", "folder", "element", "documentation", "property", "child", "profile"),
        *("name", "elements", "relationships", "relationship", "properties", "value"),
        *("propertyDefinitions", "propertyDefinition", "views", "diagrams", "view", "node"),
    )
)
"""Names of the tags that a model is made of; others are passed over, with all in them."""


@dataclass(slots=True)
class Tag:
    """A tag with what is in it."""

    name: str
    """Its name without the namespace."""
    attributes: dict[str, str]
    line: int
    text: str = ""
    inside: list[Tag] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")

    def all(self, *path: str) -> Iterator[Tag]:
        """Yield the tags that the names lead to, in order."""
        for each in self.inside:
            if each.name == path[0]:
                yield from each.all(*path[1:]) if len(path) > 1 else (each,)

    def first(self, name: str) -> str:
        """Return the text of the first tag of a name, or nothing."""
        return next((each.text for each in self.all(name)), "")


@dataclass(frozen=True, slots=True)
class Document:
    """What an XML file holds."""

    top: Tag
    namespace: str
    """Namespace of the top."""


def read_markup(content: bytes, place: Place) -> Document:
    """Read XML.

    Raises :class:`~graphkb.errors.DataError` with the line of a syntax error, for a document type, with which come
    entities and other files, and for more than :data:`MAX_TAGS` tags.
    """
    builder = _Builder(place)
    parser: Any = XMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException as error:
        message = "The file has a document type (<!DOCTYPE ...>), which no ArchiMate tool writes; it is not read."
        raise DataError([place.problem("document-type", message)]) from error
    except ParseError as error:
        line, column = error.position
        message = f"The file is not XML: {str(error).partition(':')[0]}, column {column + 1}."
        raise DataError([type(place)(place.file, "", {"": line}).problem("syntax", message)]) from error
    except (LookupError, ValueError) as error:
        # The parser asks Python for encodings that it does not know itself.
        raise DataError([place.problem("encoding", f"The file cannot be read: {error}. Save it as UTF-8.")]) from error
    return Document(builder.tops[0], builder.namespace)


def drawn_inside(views: Iterable[Tag], name: str, attribute: str) -> Iterator[tuple[str, str]]:
    """Yield what views draw inside what, as pairs of references: view by view, in each from the outside in.

    A box that is no element is passed through.
    """
    for view in views:
        waiting = deque(("", box) for box in view.all(name))
        while waiting:
            outer, box = waiting.popleft()
            own = box.get(attribute)
            if outer and own:
                yield outer, own
            waiting += ((own or outer, each) for each in box.all(name))


class _Builder:
    """Takes what the parser finds."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.parser: Any = None
        self.namespace = ""
        self.tops: list[Tag] = []
        self._open: list[Tag] = []
        self._texts: list[str] = []
        self._passed_over = 0
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a tag."""
        namespace, _, local = name.rpartition("}")
        if self._passed_over or (self._open and local not in _READ):
            self._passed_over += 1
            return
        self._count += 1
        if self._count > MAX_TAGS:
            message = f"The model holds more than can be read: more than {MAX_TAGS:,} tags."
            raise DataError([self.place.problem("too-large", message)])
        tag = Tag(local, attributes, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].inside.append(tag)
        else:
            self.namespace = namespace.removeprefix("{")
            self.tops.append(tag)
        self._open.append(tag)
        self._texts.clear()

    def data(self, text: str) -> None:
        """Take text; what stands between tags is none of a model."""
        if not self._passed_over:
            self._texts.append(text)

    def end(self, _name: str) -> None:
        """Close a tag."""
        if self._passed_over:
            self._passed_over -= 1
            return
        tag = self._open.pop()
        if not tag.inside:
            tag.text = "".join(self._texts)
        self._texts.clear()

    def close(self) -> None:
        """End the document; the parser has seen to it that all is closed."""
