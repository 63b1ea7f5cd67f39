"""Fields that several kinds share."""

from __future__ import annotations

from typing import Annotated, Literal

from graphkb.model.declaration import Children, Element, Link, Reference
from graphkb.model.edges import Dependency, Ownership, Peer, Shared
from graphkb.model.research import Backing, Review
from graphkb.model.values import Count, Integer, Ordinal, PartialDate, Text, Texts

Owners = Annotated[tuple[Ownership, ...], Link("OWNS", incoming=True, scalar=True)]
"""Units that answer for the element; one unless a list is given."""

Managers = Annotated[tuple[Reference, ...], Link("MANAGES", incoming=True)]
"""Roles that run the element."""

Dependencies = Annotated[tuple[Dependency, ...], Link("DEPENDS_ON")]
"""Elements that this one needs in order to work."""

Peers = Annotated[tuple[Peer, ...], Link("RELATED_TO", split=True)]
"""Elements of the same kind that are loosely linked to this one."""

Readers = Annotated[tuple[Shared, ...], Link("SHARED_WITH")]
"""Units that were given the document."""

HypothesisStatus = Literal["hypothesis", "partly-validated", "validated", "refuted"]


class LivingDocument(Element):
    """Fields of anything that must be renewed over time."""

    created_on: PartialDate | None = None
    """Day on which it was first recorded."""
    last_reviewed_on: PartialDate | None = None
    """Day of the last review."""
    next_review_on: PartialDate | None = None
    """Day on which the next review is due."""
    review_cycle_days: Ordinal | None = None
    """Days between reviews."""
    version: Integer | None = None
    """Number of the revision."""
    published_to: Texts = ()
    """Units it was given to, by name."""
    source_file: Text | None = None
    """File that the record came from."""
    reviews: Annotated[tuple[Review, ...], Children("REVIEWED_IN")] = ()
    """Reviews held or due."""


class Evidenced(Element):
    """Fields of claims that should rest on research."""

    evidence_status: Literal["assumption", "inside-out-only", "evidenced", "strong"] | None = None
    """How well research backs it."""
    evidence_count: Count | None = None
    """Number of pieces of evidence behind it."""
    evidence: Backing = ()
    """Evidence for what is claimed here, or against it."""
