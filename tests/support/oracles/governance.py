"""The questions about evidence, reviews, units and titles, answered from their prose."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World

_ALWAYS: Final = ("CustomerSegment", "Persona", "Journey")
"""Kinds whose elements are shown though no evidence is recorded."""

_CLAIMING: Final = (
    "CustomerSegment Persona Journey JourneyStage StageExperience Need BusinessCase DropOffSegment Trigger Rationale"
    " IdealCustomerProfile CapabilityGap CapabilityAssessment"
)
_REVIEWED: Final = (
    "CustomerSegment Persona CustomerRelationship Journey Content Capability ValueStream Strategy IdealCustomerProfile"
    " Rationale"
)
_MADE_TITLES: Final = (
    "CapabilityAssessment CapabilityGap FlowObservation LoadLock Measurement RelationshipEvent Review Run"
    " StageExperience"
)
_PARTS: Final = (
    "HAS_STAGE HAS_TOUCHPOINT HAS_MILESTONE HAS_TRIGGER_POINT HAS_HAPPY_PATH HAS_ITEM HAS_CRITERION HAS_ACTION"
)


def claims(world: World, parameters: Parameters) -> Rows:
    """Find the evidence for and against what is claimed, what is assumption, and who gave the evidence."""
    rows = []
    wanted = parameters["element_kind"]
    for element in (key for kind in _CLAIMING.split() for key in world.all(kind) if wanted in (None, kind)):
        common = {
            "elementKind": element[0],
            "elementId": element[1],
            "element": world.of(element, "title"),
            "owner": ", ".join(world.titles(world.before(element, "OWNS", "OrgUnit"))) or None,
            "evidenceStatus": world.of(element, "evidenceStatus"),
        }
        resting = [(edge.target, edge.properties) for edge in world.edges_from(element, "EVIDENCED_BY")]
        rows += [common | _proven(world, proof, dict(stated)) for proof, stated in resting]
        if not resting and (wanted is not None or element[0] in _ALWAYS):
            rows.append(common | _proven(world, None, {}))
    kept = [row for row in rows if parameters["standing"] in (None, row["standing"])]
    order = ["contradicted", "assumption", "evidenced"]
    return sorted(
        kept, key=lambda r: (order.index(r["standing"]), r["elementKind"], r["elementId"], r["evidenceId"] or "")
    )


def _proven(world: World, proof: Key | None, stated: dict[str, Any]) -> dict[str, Any]:
    speaks_for = None if proof is None else stated.get("supports", True)
    if speaks_for is False:
        standing = "contradicted"
    elif proof is None or world.of(proof, "sourceType") == "internal-assumption":
        standing = "assumption"
    else:
        standing = "evidenced"
    return {
        "standing": standing,
        "claimField": stated.get("claimField"),
        "supports": speaks_for,
        "evidenceId": proof and proof[1],
        "evidence": world.of(proof, "title"),
        "sourceType": world.of(proof, "sourceType"),
        "viewpoint": world.of(proof, "viewpoint"),
        "evidenceStrength": world.of(proof, "evidenceStrength"),
        "collectedOn": world.of(proof, "collectedOn"),
        "contributors": world.titles(world.after(proof, "CONTRIBUTED_BY")),
    }


def overdue_reviews(world: World, parameters: Parameters) -> Rows:
    """Find the documents whose next review was due before today, and their owners."""
    rows = []
    today = parameters["today"] or datetime.now(tz=UTC).date().isoformat()
    for paper in (key for kind in _REVIEWED.split() for key in world.all(kind)):
        owners = world.before(paper, "OWNS", "OrgUnit")
        if parameters["unit"] is not None and ("OrgUnit", parameters["unit"]) not in owners:
            continue
        waiting = [r for r in world.after(paper, "REVIEWED_IN") if world.of(r, "reviewedOn") is None]
        planned = min((day for r in waiting if (day := world.of(r, "dueOn"))), default=None)
        due = world.of(paper, "nextReviewOn") or planned
        if due is None or due >= today:
            continue
        full = len(due) == len(today) == len("2026-01-01")
        named = world.of(paper, "owner")
        row = {
            "documentKind": paper[0],
            "documentId": paper[1],
            "document": world.of(paper, "title"),
            "dueOn": due,
            "daysOverdue": (date.fromisoformat(today) - date.fromisoformat(due)).days if full else None,
            "lastReviewedOn": world.of(paper, "lastReviewedOn"),
            "version": world.of(paper, "version"),
            "owners": world.titles(owners) or ([named] if named else []),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (r["dueOn"], r["documentKind"], r["documentId"]))


def uninvolved_units(world: World, parameters: Parameters) -> Rows:
    """Find the units that touch nothing, and their parts that do."""
    rows = []
    for unit in world.all("OrgUnit"):
        if _involved(world, unit, parameters):
            continue
        whole = min(world.before(unit, "PARENT_OF", "OrgUnit"), default=None)
        gave = [key for link in ("CONTRIBUTED_BY", "CARRIED_OUT_BY", "SHARED_WITH") for key in world.before(unit, link)]
        row = {
            "unitId": unit[1],
            "unit": world.of(unit, "title"),
            "parentId": whole and whole[1],
            "parent": world.of(whole, "title"),
            "unitFunction": world.of(unit, "function"),
            "head": world.of(unit, "owner"),
            "stakes": _stakes(world, unit),
            "givenOrGave": len(gave),
            "involvedParts": world.titles([p for p in _below(world, unit) if _involved(world, p, parameters)]),
        }
        rows.append(row)
    return sorted(rows, key=lambda r: (r["unit"], r["unitId"]))


def _involved(world: World, unit: Key, parameters: Parameters) -> bool:
    return bool(world.after(unit, "OWNS")) or (not parameters["only_owning"] and _stakes(world, unit) > 0)


def _stakes(world: World, unit: Key) -> int:
    """Return how much a unit takes part in, carries out, and manages through its roles."""
    managed = [key for role in world.after(unit, "HAS_ROLE") for key in world.after(role, "MANAGES")]
    return len(world.after(unit, "PARTICIPATES_IN")) + len(world.after(unit, "EXECUTES")) + len(managed)


def _below(world: World, unit: Key) -> set[Key]:
    """Return all parts of a unit, and theirs."""
    parts = set(world.after(unit, "PARENT_OF", "OrgUnit"))
    return parts.union(*(_below(world, part) for part in parts))


def near_duplicates(world: World, parameters: Parameters) -> Rows:
    """Find the pairs of titles of one kind that share most of their words."""
    groups: dict[tuple[str, Key | None], list[tuple[Key, list[str]]]] = {}
    for key in sorted(world.graph.nodes, key=lambda k: k[1]):
        if key[0] not in _MADE_TITLES.split() and parameters["element_kind"] in (None, key[0]):
            wholes: set[Key | None] = {whole for link in _PARTS.split() for whole in world.before(key, link)}
            for part_of in wholes or {None}:
                groups.setdefault((key[0], part_of), []).append((key, _words(world.of(key, "title"))))
    rows = []
    for (kind, whole), titled in groups.items():
        frequency = Counter(word for _, words in titled for word in words)
        for (first, one), (second, other) in combinations(titled, 2):
            shared = [word for word in one if word in other]
            overlap = len(shared) / (len({*one, *other}) or 1)
            telling = any(frequency[word] <= parameters["common"] for word in shared)
            if not telling or overlap < parameters["min_overlap"]:
                continue
            row = {
                "elementKind": kind,
                "firstId": first[1],
                "first": world.of(first, "title"),
                "secondId": second[1],
                "second": world.of(second, "title"),
                "overlap": overlap,
                "sharedWords": shared,
                "wholeId": whole and whole[1],
                "whole": world.of(whole, "title"),
            }
            rows.append(row)
    return sorted(
        rows, key=lambda r: (-r["overlap"], r["elementKind"], r["firstId"], r["secondId"], r["wholeId"] or "")
    )


def _words(title: str) -> list[str]:
    """Return the distinct words of a title that are long enough or a number."""
    words = re.findall(r"\w+", title.lower().replace("_", " "))
    return [*dict.fromkeys(word for word in words if len(word) > len("of") or word.isdigit())]


MUTATIONS: Final[Mutations] = {
    "claims": [
        ("coalesce(rests.supports, true) THEN 'evidenced'", "coalesce(rests.supports, false) THEN 'evidenced'"),
        (" OR proof.sourceType = 'internal-assumption' AND coalesce(rests.supports, true)", ""),
        (" AND coalesce(rests.supports, true) THEN 'assumption'", " THEN 'assumption'"),
        ("proof IS NOT NULL OR $element_kind", "$element_kind"),
        (" OR $element_kind IS NOT NULL", ""),
        ("$standing IS NULL OR", "true OR"),
        ("|CapabilityGap|", "|"),
        ("CASE standing WHEN 'contradicted' THEN 0", "CASE standing WHEN 'contradicted' THEN 3"),
    ],
    "overdue_reviews": [
        ("WHERE dueOn < today", "WHERE dueOn <= today"),
        ("coalesce(paper.nextReviewOn, planned)", "coalesce(planned, paper.nextReviewOn)"),
        ("WHERE review.reviewedOn IS NULL", "WHERE true"),
        ("min(review.dueOn)", "max(review.dueOn)"),
        ("coalesce($today, toString(date()))", "toString(date())"),
        ("WHERE owner.id = $unit", "WHERE true"),
        ("date(dueOn), date(today)", "date(today), date(dueOn)"),
        ("size(owners) = 0 AND", "false AND"),
        ("|Content|", "|"),
    ],
    "uninvolved_units": [
        ("$only_owning OR NOT EXISTS", "NOT EXISTS"),
        (" AND NOT EXISTS { (unit)-[:HAS_ROLE]->(:Role)-[:MANAGES]->() }", ""),
        (" OR EXISTS { (part)-[:HAS_ROLE]->(:Role)-[:MANAGES]->() }", ""),
        ("EXISTS { (part)-[:PARTICIPATES_IN|EXECUTES]->() } OR ", ""),
        ("PARENT_OF*1..8", "PARENT_OF*1..1"),
        ("(whole:OrgUnit)-[:PARENT_OF]->(unit)", "(whole:OrgUnit)<-[:PARENT_OF]-(unit)"),
        ("|CARRIED_OUT_BY", ""),
    ],
    "near_duplicates": [
        ("overlap >= $min_overlap", "overlap > $min_overlap"),
        ("- size(shared))", ")"),
        ("size(entries) <= $common", "true"),
        ("size(part) < 3 AND toInteger(part) IS NULL", "size(part) < 3"),
        ("size(part) < 3 AND toInteger(part) IS NULL", "size(part) < 2"),
        ("part IN seen OR ", ""),
        ("toLower(element.title)", "element.title"),
        ("WITH elementKind, holder, word, collect", "WITH elementKind, null AS holder, word, collect"),
        ("'CapabilityGap', ", ""),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "claims": {
        "element_kind": ["Need", "Journey", "CapabilityGap"],
        "standing": ["contradicted", "assumption", "evidenced"],
    },
    "overdue_reviews": {"today": ["2026-01-01", "2026-02-01", "2026-07-01", "2028-01-01"]},
    "uninvolved_units": {"only_owning": [True]},
    "near_duplicates": {
        "element_kind": ["Market", "JourneyStage", "Capability"],
        "min_overlap": [0.5, 1],
        "common": [2, 3],
    },
}
"""Values to ask with other than the defaults."""

SIGHTS: Final[Sights] = {
    "claims": {
        "no evidence": lambda row: row["evidenceId"] is None,
        "an assumption of one's own": lambda row: row["standing"] == "assumption" and row["evidenceId"],
        "contradicted": lambda row: row["standing"] == "contradicted",
        "several contributors": lambda row: len(row["contributors"]) > 1,
        "a need": lambda row: row["elementKind"] == "Need",
    },
    "overdue_reviews": {
        "a partial date": lambda row: row["daysOverdue"] is None,
        "no owner": lambda row: not row["owners"],
        "a planned review": lambda row: row["documentKind"] == "Capability",
    },
    "uninvolved_units": {
        "an involved part": lambda row: row["involvedParts"],
        "no parent": lambda row: row["parentId"] is None,
        "a stake": lambda row: row["stakes"],
        "evidence, reviews or documents": lambda row: row["givenOrGave"],
    },
    "near_duplicates": {
        "a part": lambda row: row["wholeId"],
        "no part": lambda row: row["wholeId"] is None,
        "the same words": lambda row: row["overlap"] == 1,
    },
}
"""By question: what the generated graphs must show."""
