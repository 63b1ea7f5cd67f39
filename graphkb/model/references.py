"""How elements are named by what refers to them, before it is known which they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from graphkb.model.names import slug

if TYPE_CHECKING:
    from graphkb.model.dataset import NodeKey
    from graphkb.model.declaration import Field, Reference
    from graphkb.model.properties import Properties
    from graphkb.model.validation import Place


class Named(NamedTuple):
    """What a reference says of the element that it names; as many wait, it is no more than that."""

    id: str | None = None
    title: str | None = None
    kind: str | None = None

    @classmethod
    def by(cls, reference: Reference, declared: Field) -> Named:
        """Return what an item of a link field says."""
        if reference.text is None:
            return cls(reference.id, reference.title, reference.kind)
        return cls(id=reference.text) if declared.by_id else cls(title=reference.text)


class Pending(NamedTuple):
    """A reference that waits until all elements are known."""

    field: Field
    kinds: tuple[str, ...]
    owner: NodeKey
    named: Named
    place: Place
    properties: Properties
    """Properties of the edge."""


@dataclass(slots=True)
class Names:
    """Elements by kind and title slug, and by id."""

    by_title: dict[tuple[str, str], list[NodeKey]] = field(default_factory=dict)
    by_id: dict[str, list[NodeKey]] = field(default_factory=dict)

    def add(self, key: NodeKey, title: str) -> None:
        """Take up an element."""
        self.by_title.setdefault((key.label, slug(title)), []).append(key)
        self.by_id.setdefault(key.id, []).append(key)
