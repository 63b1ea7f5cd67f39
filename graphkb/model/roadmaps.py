"""Dated plans, for a journey or for the change as a whole."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, Children, Element, Key, Link, Reference, Title
from graphkb.model.governance import Owners
from graphkb.model.values import Ordinal, PartialDate


class RoadmapItem(Element):
    """One scheduled step of a roadmap."""

    list_name: ClassVar[str] = "roadmapItems"

    item_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the roadmap item."""
    sequence_number: Ordinal | None = None
    """Place in the roadmap, from 1."""
    start_date: PartialDate | None = None
    """Day on which it starts."""
    end_date: PartialDate | None = None
    """Day on which it ends."""
    status: Literal["planned", "in-progress", "done", "dropped"] | None = None
    """How far it has come."""
    schedules: Annotated[tuple[Reference, ...], Link("SCHEDULES")] = ()
    """Initiatives, plans, journeys and responses that the step does."""


class Roadmap(Element):
    """A dated plan for a journey or for the transformation."""

    list_name: ClassVar[str] = "roadmaps"

    roadmap_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the roadmap."""
    horizon: Literal["short-term", "long-term"] | None = None
    """How far it reaches."""
    track: Literal["operative", "development"] | None = None
    """Whether it is about running or about developing."""
    journeys: Annotated[tuple[Reference, ...], Link("FOR_JOURNEY")] = ()
    """Journeys that it plans."""
    items: Annotated[tuple[RoadmapItem, ...], Children("HAS_ITEM")] = ()
    """Steps, in their order."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
