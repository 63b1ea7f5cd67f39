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
    title: Annotated[Title | None, EXPECTED] = None
    sequence_number: Ordinal | None = None
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    status: Literal["planned", "in-progress", "done", "dropped"] | None = None
    schedules: Annotated[tuple[Reference, ...], Link("SCHEDULES")] = ()


class Roadmap(Element):
    """A dated plan for a journey or for the transformation."""

    list_name: ClassVar[str] = "roadmaps"

    roadmap_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    horizon: Literal["short-term", "long-term"] | None = None
    track: Literal["operative", "development"] | None = None
    journeys: Annotated[tuple[Reference, ...], Link("FOR_JOURNEY")] = ()
    items: Annotated[tuple[RoadmapItem, ...], Children("HAS_ITEM")] = ()
    org_unit_title: Owners = ()
