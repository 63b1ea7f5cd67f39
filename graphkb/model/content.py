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
    title: Annotated[Title | None, EXPECTED] = None
    content_type: Text | None = None
    status: Literal["needed", "in-production", "published", "retired"] | None = None
    purpose: Text | None = None
    org_unit_title: Owners = ()
    needed_at: Annotated[tuple[Reference, ...], Link("NEEDED_AT")] = ()
    aimed_at: Annotated[tuple[Reference, ...], Link("AIMED_AT")] = ()
    distributed_via: Annotated[tuple[Reference, ...], Link("DISTRIBUTED_VIA")] = ()
    shared_with: Readers = ()
