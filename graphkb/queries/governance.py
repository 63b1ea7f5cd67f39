"""Questions about the model itself: what its claims rest on, what is overdue, who is absent, what is there twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphkb.errors import UsageError
from graphkb.queries.answer import Answer, Asked, ask


@dataclass(frozen=True, slots=True)
class Claim:
    """One element and one piece of evidence for or against what it claims."""

    element_kind: str
    """Kind of the element, such as ``Persona``."""
    element_id: str
    element: str
    owner: str | None
    """Units that own the element, joined by a comma."""
    evidence_status: str | None
    """What the element states of itself: ``assumption``, ``inside-out-only``, ``evidenced`` or ``strong``."""
    standing: str
    """``contradicted``, ``assumption`` or ``evidenced``, by the evidence of this row."""
    claim_field: str | None
    """Field that the evidence is about; null for the whole element."""
    supports: bool | None
    """False if the evidence speaks against the claim; null where there is none."""
    evidence_id: str | None
    """Null where no evidence is recorded."""
    evidence: str | None
    source_type: str | None
    """Sort of source, such as ``survey``."""
    viewpoint: str | None
    """``outside-in`` or ``inside-out``."""
    evidence_strength: int | None
    """1..5."""
    collected_on: str | None
    """ISO date, of which day or month may be missing."""
    contributors: tuple[str, ...]
    """Units, roles, stakeholders and accounts that gave the evidence."""


@dataclass(frozen=True, slots=True)
class OverdueReview:
    """One document whose review is overdue."""

    document_kind: str
    """Kind of the document, such as ``Persona``."""
    document_id: str
    document: str
    due_on: str
    """ISO date, of which day or month may be missing."""
    days_overdue: int | None
    """Null where one of the two dates is partial."""
    last_reviewed_on: str | None
    version: int | None
    owners: tuple[str, ...]
    """Units that own the document, else the owner that it names."""


@dataclass(frozen=True, slots=True)
class UninvolvedUnit:
    """One unit that touches nothing."""

    unit_id: str
    unit: str
    parent_id: str | None
    """The unit of which it is a part."""
    parent: str | None
    unit_function: str | None
    """Function within the business, such as ``marketing`` or ``it``."""
    head: str | None
    """Who leads the unit, as it states."""
    stakes: int
    """What it takes part in, carries out, or manages through a role; 0 unless owning alone was counted."""
    given_or_gave: int
    """Documents given to it, evidence that it gave, and reviews that it held."""
    involved_parts: tuple[str, ...]
    """Units below it that are involved."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two elements of one kind with titles that are much alike."""

    element_kind: str
    """Kind of both, such as ``Capability``."""
    first_id: str
    first: str
    second_id: str
    second: str
    overlap: float
    """0..1: shared words over distinct words of both titles."""
    shared_words: tuple[str, ...]
    """In lower case, in the order of the first title."""
    whole_id: str | None
    """What both are parts of, for stages and other parts; null elsewhere."""
    whole: str | None


def claims(
    kb: Asked, *, element_kind: str | None = None, standing: str | None = None, limit: int = 1000
) -> Answer[Claim]:
    """Find the evidence on which claims about customers rest, what is assumption, and who gave the evidence.

    One row an element and evidence, contradicted claims first, then assumptions. ``element_kind`` is a kind such as
    ``Need``; without it come segments, personas, journeys, and all else with evidence. ``standing`` is
    ``contradicted``, ``assumption`` or ``evidenced``; ``limit`` is 1 or more. Raises
    :class:`~graphkb.errors.UsageError` for values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> doubtful = claims(kb, standing="contradicted")[0]
    >>> doubtful.element, doubtful.claim_field, doubtful.evidence
    ('Greta Halvorsen', 'behaviors', 'What customers do before they call')
    """
    return ask(kb, "governance/claims", Claim, {"element_kind": element_kind, "standing": standing, "limit": limit})


def overdue_reviews(
    kb: Asked, *, today: str | None = None, unit: str | None = None, limit: int = 1000
) -> Answer[OverdueReview]:
    """Find the documents that are overdue for review, and who owns them.

    One row a document, the longest overdue first. ``today`` is an ISO day, null the present one; ``unit``, an id or a
    title, keeps the documents that it owns; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for
    values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> worst = overdue_reviews(kb, today="2026-11-26")[0]
    >>> worst.document, worst.due_on, worst.days_overdue, worst.owners
    ('Brochure on Cards and Codes', '2025-02-01', 663, ())
    """
    if today is not None and not _is_day(today):
        raise UsageError(f"today of governance/overdue_reviews must be an ISO day such as 2026-01-31, not {today!r}.")
    return ask(kb, "governance/overdue_reviews", OverdueReview, {"today": today, "unit": unit, "limit": limit})


def uninvolved_units(kb: Asked, *, only_owning: bool = False, limit: int = 1000) -> Answer[UninvolvedUnit]:
    """Find the units of the organization that never touch the customer model.

    One row a unit, by title. ``only_owning`` counts owning alone, for the units that answer for nothing; ``limit`` is
    1 or more. Raises :class:`~graphkb.errors.UsageError` for values out of range, and
    :class:`~graphkb.errors.StoreError`.

    >>> [row.unit for row in uninvolved_units(kb)]
    ['Internal Audit', 'People and Culture', 'Treasury']
    """
    return ask(kb, "governance/uninvolved_units", UninvolvedUnit, {"only_owning": only_owning, "limit": limit})


def near_duplicates(
    kb: Asked,
    *,
    element_kind: str | None = None,
    min_overlap: float = 0.6,
    common: int = 50,
    limit: int = 1000,
) -> Answer[NearDuplicate]:
    """Find the elements of one kind whose titles are so alike that they may be one thing.

    One row a pair, the most alike first. ``element_kind`` is a kind such as ``Capability``; ``min_overlap`` (0..1) is
    the least share of the words of both titles that both have; ``common`` (1 or more) is the number of titles above
    which a word does not make a pair alone; ``limit`` is 1 or more. Raises :class:`~graphkb.errors.UsageError` for
    values out of range, and :class:`~graphkb.errors.StoreError`.

    >>> pair = near_duplicates(kb, element_kind="Need")[0]
    >>> pair.first, pair.second, pair.overlap
    ('Be safe from payment fraud', 'Feel safe from fraud', 0.6)
    """
    parameters = {"element_kind": element_kind, "min_overlap": min_overlap, "common": common, "limit": limit}
    return ask(kb, "governance/near_duplicates", NearDuplicate, parameters)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
