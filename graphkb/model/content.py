"""Content: what is planned and published for personas along their journeys."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Key, Link, Reference, Title
from graphkb.model.governance import LivingDocument, Owners, Readers
from graphkb.model.values import Text


class Content(LivingDocument):
    """A piece or kind of content planned for a persona at a stage."""

    list_name: ClassVar[str] = "contents"

    content_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Title of the piece."""
    content_type: Text | None = None
    """Form of the piece, such as video or checklist."""
    status: Literal["needed", "in-production", "published", "retired"] | None = None
    """How far it has come; `needed` marks a gap in the content plan."""
    purpose: Text | None = None
    """Progress of the customer that it should bring about."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    needed_at: Annotated[tuple[Reference, ...], Link("NEEDED_AT")] = ()
    """Stages for which it is planned."""
    aimed_at: Annotated[tuple[Reference, ...], Link("AIMED_AT")] = ()
    """Personas and segments for whom it is meant."""
    distributed_via: Annotated[tuple[Reference, ...], Link("DISTRIBUTED_VIA")] = ()
    """Channels through which it is published."""
    shared_with: Readers = ()
    """Units that were given the document, each with the date."""
