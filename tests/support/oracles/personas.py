"""The questions about personas, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.support.graphs import Edge, Key
    from tests.support.oracles import Mutations, Parameters, Rows, Sights
    from tests.support.world import World

_LAST: Final = 1000000
"""Where what has no rank or number is placed."""


def dissatisfied(world: World, parameters: Parameters) -> Rows:
    """Find why personas are dissatisfied at which stages, and what is being done."""
    rows = []
    for persona, experience, place in _experiences(world, parameters["persona"]):
        score = world.of(experience, "satisfactionScore")
        low = score is not None and score <= parameters["max_satisfaction"]
        if not low and world.of(experience, "isSatisfactory") is not False:
            continue
        causes = {
            edge.target: edge.properties.get("effect")
            for edge in world.edges_from(experience, "SHAPED_BY", "Capability")
            if edge.properties.get("effect") != "supports"
        }
        addressing = world.before(experience, "ADDRESSES", "Initiative")
        represented = world.first_after(persona, "REPRESENTS", "CustomerSegment")
        for walked in _journeys(world, place, parameters["journey"]):
            for cause in _or_none([*causes]):
                closing = [
                    initiative
                    for gap in world.before(cause, "GAP_IN", "CapabilityGap")
                    for initiative in world.before(gap, "CLOSES", "Initiative")
                ]
                going = _going(world, [*addressing, *closing, *world.before(cause, "IMPROVES", "Initiative")])
                if going and parameters["unanswered_only"]:
                    continue
                row = {
                    **_named(world, "persona", persona),
                    **_named(world, "segment", represented),
                    **_named(world, "journey", walked),
                    **_named(world, "stage", place),
                    "experienceId": experience[1],
                    "satisfactionScore": score,
                    "isSatisfactory": world.of(experience, "isSatisfactory"),
                    "emotion": world.of(experience, "emotion"),
                    "thoughts": world.of(experience, "thinking") or [],
                    "feelings": world.of(experience, "feeling") or [],
                    "wanted": world.of(experience, "satisfactionNeeds") or [],
                    **_named(world, "capability", cause),
                    "effect": cause and causes[cause],
                    "distance": world.distance(cause),
                    "initiatives": world.titles(going),
                    "answered": bool(going),
                    "stageInitiatives": world.titles(_going(world, world.before(place, "IMPROVES", "Initiative"))),
                }
                rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            9.0 if r["satisfactionScore"] is None else r["satisfactionScore"],
            r["personaId"],
            r["journeyId"] or "",
            r["stageId"],
            r["experienceId"],
            r["capabilityId"] or "",
        ),
    )


def _going(world: World, initiatives: list[Key]) -> list[Key]:
    """Return the distinct initiatives that are neither completed nor cancelled."""
    return [i for i in dict.fromkeys(initiatives) if world.of(i, "status") not in ("Cancelled", "Completed")]


def preferences(world: World, parameters: Parameters) -> Rows:
    """Find the channels and content that personas prefer at stages, and the content that is missing."""
    rows = []
    for persona in world.all("Persona"):
        if parameters["persona"] not in (None, persona[1]):
            continue
        for (place, liked), (basis, rank) in _liked(world, persona).items():
            status = world.of(liked, "status") if liked[0] == "Content" else None
            missing = None if status is None else status != "published"
            if parameters["missing_only"] and not missing:
                continue
            for walked in _journeys(world, place, parameters["journey"]):
                row = {
                    **_named(world, "persona", persona),
                    **_named(world, "journey", walked),
                    **_named(world, "stage", place),
                    "basis": basis,
                    "preferredKind": liked[0].lower(),
                    "rank": rank,
                    **_named(world, "preferred", liked),
                    "contentStatus": status,
                    "missing": missing,
                }
                rows.append((world.of(place, "sequenceNumber") or 0, row))
    rows.sort(
        key=lambda item: (
            item[1]["persona"],
            item[1]["personaId"],
            item[1]["journeyId"] or "",
            item[0],
            item[1]["stageId"] or "",
            item[1]["preferredKind"],
            item[1]["rank"] or _LAST,
            item[1]["preferredId"],
        )
    )
    return [row for _, row in rows]


def _liked(world: World, persona: Key) -> dict[tuple[Key | None, Key], tuple[str, int | None]]:
    """Return what is preferred or planned at which stage, and for each why and with which rank."""
    found: dict[tuple[Key | None, Key], tuple[str, int | None]] = {}
    holders: list[tuple[str, Key | None, Key]] = [("overall", None, persona)]
    for experience in world.after(persona, "HAS_EXPERIENCE"):
        holders += [("stage", place, experience) for place in world.after(experience, "AT_STAGE")]
    for basis, place, holder in holders:
        for edge in [*world.edges_from(holder, "PREFERS_CHANNEL"), *world.edges_from(holder, "PREFERS_CONTENT")]:
            before = found.get((place, edge.target), (basis, None))[1]
            ranks: list[Any] = [rank for rank in (before, edge.properties.get("rank")) if rank is not None]
            found[place, edge.target] = basis, min(ranks, default=None)
    for walked in world.before(persona, "APPLIES_TO", "Journey"):
        for place in world.after(walked, "HAS_STAGE"):
            for content in world.before(place, "NEEDED_AT", "Content"):
                aimed = world.after(content, "AIMED_AT")
                meant = not aimed or persona in aimed or set(aimed) & set(world.after(persona, "REPRESENTS"))
                if meant and world.of(content, "status") != "retired":
                    found.setdefault((place, content), ("plan", None))
    return found


def channel_mismatches(world: World, parameters: Parameters) -> Rows:
    """Find the experiences at whose stage preferred channels are not offered."""
    rows = []
    for persona, experience, place in _experiences(world, parameters["persona"]):
        own = _ranked(world, world.edges_from(experience, "PREFERS_CHANNEL"))
        preferred = own or _ranked(world, world.edges_from(persona, "PREFERS_CHANNEL"))
        contacts = world.after(place, "HAS_TOUCHPOINT")
        offered = {channel for contact in contacts for channel in world.after(contact, "VIA_CHANNEL")}
        missing = [channel for channel in preferred if channel not in offered]
        if not preferred or not (missing or parameters["all_matches"]):
            continue
        for walked in _journeys(world, place, parameters["journey"]):
            row = {
                **_named(world, "persona", persona),
                **_named(world, "journey", walked),
                **_named(world, "stage", place),
                "experienceId": experience[1],
                "satisfactionScore": world.of(experience, "satisfactionScore"),
                "match": "fully" if not missing else "none" if not offered & set(preferred) else "partly",
                "basis": "stage" if own else "overall",
                "preferred": [world.of(channel, "title") for channel in preferred],
                "offered": world.titles([*offered]),
                "missing": [world.of(channel, "title") for channel in missing],
                "touchpoints": len(contacts),
            }
            rows.append(row)
    return sorted(
        rows,
        key=lambda r: (
            ["none", "partly", "fully"].index(r["match"]),
            9.0 if r["satisfactionScore"] is None else r["satisfactionScore"],
            r["personaId"],
            r["journeyId"] or "",
            r["stageId"],
            r["experienceId"],
        ),
    )


def _ranked(world: World, edges: list[Edge]) -> list[Key]:
    """Return what edges lead to, by their rank."""
    ordered = sorted(edges, key=lambda e: (e.properties.get("rank") or _LAST, world.of(e.target, "title"), e.target[1]))
    return [edge.target for edge in ordered]


def unused_channels(world: World, parameters: Parameters) -> Rows:
    """Find the touchpoints on channels that the segments of the journey do not use."""
    rows = []
    for walked in world.all("Journey"):
        if parameters["journey"] not in (None, walked[1]):
            continue
        personas = world.after(walked, "APPLIES_TO", "Persona")
        groups = {*world.after(walked, "DESIGNED_FOR"), *(s for p in personas for s in world.after(p, "REPRESENTS"))}
        for group in groups:
            used = _used(world, group)
            if not used or parameters["segment"] not in (None, group[1]):
                continue
            for place in world.after(walked, "HAS_STAGE"):
                for contact in world.after(place, "HAS_TOUCHPOINT"):
                    channels = world.after(contact, "VIA_CHANNEL")
                    for unused in set(channels) - used:
                        row = {
                            **_named(world, "segment", group),
                            **_named(world, "journey", walked),
                            **_named(world, "stage", place),
                            **_named(world, "touchpoint", contact),
                            "isMain": world.of(contact, "isMain"),
                            **_named(world, "channel", unused),
                            "usedInstead": world.titles([*used.intersection(channels)]),
                            "usedChannels": world.titles([*used]),
                        }
                        rows.append((world.of(place, "sequenceNumber") or _LAST, row))
    rows.sort(
        key=lambda item: (
            len(item[1]["usedInstead"]),
            item[1]["segmentId"],
            item[1]["journeyId"],
            item[0],
            item[1]["stageId"],
            item[1]["touchpointId"],
            item[1]["channelId"],
        )
    )
    return [row for _, row in rows]


def _used(world: World, group: Key) -> set[Key]:
    """Return the channels that a segment is known to use."""
    found = {*world.before(group, "REACHES", "Channel"), *world.after(group, "ACQUIRED_VIA", "Channel")}
    for persona in world.before(group, "REPRESENTS", "Persona"):
        for holder in (persona, *world.after(persona, "HAS_EXPERIENCE")):
            found.update(world.after(holder, "PREFERS_CHANNEL"))
    return found


def unmatched(world: World, parameters: Parameters) -> Rows:
    """Find the personas that walk no journey and the journeys that no persona walks."""
    rows = []
    for walked in world.all("Journey"):
        wholes = world.before(walked, "COMPOSED_OF", "Journey")
        if any(world.after(each, "APPLIES_TO", "Persona") for each in (walked, *wholes)):
            continue
        places = world.after(walked, "HAS_STAGE")
        group = world.first_after(walked, "DESIGNED_FOR", "CustomerSegment")
        count = sum(len(world.before(place, "AT_STAGE")) for place in places)
        rows.append(_lone(world, walked, group, count, world.before(group, "REPRESENTS", "Persona")))
    for persona in world.all("Persona"):
        if not world.before(persona, "APPLIES_TO", "Journey"):
            group = world.first_after(persona, "REPRESENTS", "CustomerSegment")
            count = len(world.after(persona, "HAS_EXPERIENCE"))
            rows.append(_lone(world, persona, group, count, world.before(group, "DESIGNED_FOR", "Journey")))
    kept = [row for row in rows if parameters["segment"] in (None, row["segmentId"])]
    return sorted(kept, key=lambda r: (r["elementKind"], r["elementId"]))


def _lone(world: World, lone: Key, group: Key | None, count: int, candidates: list[Key]) -> dict[str, Any]:
    return {
        "elementKind": lone[0],
        **_named(world, "element", lone),
        **_named(world, "segment", group),
        "owner": ", ".join(world.titles(world.before(lone, "OWNS", "OrgUnit"))) or None,
        "experiences": count,
        "candidates": world.titles(candidates),
    }


def _experiences(world: World, wanted: str | None) -> list[tuple[Key, Key, Key]]:
    """Return persona, experience and stage of every experience of the wanted persona, or of all."""
    return [
        (persona, experience, place)
        for persona in world.all("Persona")
        if wanted in (None, persona[1])
        for experience in world.after(persona, "HAS_EXPERIENCE")
        for place in world.after(experience, "AT_STAGE")
    ]


def _journeys(world: World, place: Key | None, wanted: str | None) -> list[Key | None]:
    """Return the journeys of a stage that are asked for; one that is null where there is none, unless one is wanted."""
    found = _or_none(world.before(place, "HAS_STAGE", "Journey"))
    return [walked for walked in found if wanted is None or (walked and walked[1] == wanted)]


def _or_none(nodes: list[Key]) -> list[Key | None]:
    """Return the nodes, or a null where there are none."""
    return [*nodes] if nodes else [None]


def _named(world: World, column: str, node: Key | None) -> dict[str, Any]:
    """Return the two columns that name an element."""
    return {f"{column}Id": node and node[1], column: world.of(node, "title")}


MUTATIONS: Final[Mutations] = {
    "dissatisfied": [
        ("experience.isSatisfactory = false OR ", ""),
        (" OR experience.satisfactionScore <= $max_satisfaction", ""),
        ("satisfactionScore <= $max_satisfaction", "satisfactionScore < $max_satisfaction"),
        ("coalesce(shapes.effect, '') <> 'supports'", "true"),
        ("coalesce(shapes.effect, '') <> 'supports'", "shapes.effect <> 'supports'"),
        ("WHERE NOT coalesce(initiative.status, '') IN", "WHERE coalesce(initiative.status, '') IN"),
        ("WHERE NOT coalesce(wider.status, '') IN", "WHERE coalesce(wider.status, '') IN"),
        ("(wider:Initiative)-[:IMPROVES]->(place)", "(wider:Initiative)-[:ADDRESSES]->(experience)"),
        ("-[:CLOSES]->(:CapabilityGap)-[:GAP_IN]->", "-[:IMPROVES]->"),
        ("-[:ADDRESSES]->", "-[:IMPROVES]->"),
        ("NOT $unanswered_only OR", "true OR"),
    ],
    "preferences": [
        ("max(basis)", "min(basis)"),
        ("min(stated)", "max(stated)"),
        ("<> 'retired'", "<> 'published'"),
        ("NOT EXISTS { (liked)-[:AIMED_AT]->() }", "false"),
        ("OR EXISTS { (liked)-[:AIMED_AT]->(persona) }", ""),
        ("OR EXISTS { (liked)-[:AIMED_AT]->(:CustomerSegment)<-[:REPRESENTS]-(persona) }", ""),
        ("NOT $missing_only OR liked.status <> 'published'", "true"),
        ("coalesce(rank, 1000000), preferredId", "preferredId"),
    ],
    "channel_mismatches": [
        ("CASE WHEN size(here) > 0 THEN here ELSE", "CASE WHEN false THEN here ELSE"),
        ("coalesce(prefers.rank, 1000000), channel.title", "channel.title"),
        ("WHEN size(wanted) THEN 'none' ELSE 'partly'", "ELSE 'partly'"),
        ("$all_matches OR", "true OR"),
        ("size(here) > 0 AS own", "true AS own"),
        ("WITH DISTINCT channel", "WITH channel"),
    ],
    "unused_channels": [
        ("(used:Channel)-[:REACHES]->(group)", "(used:Channel)<-[:ACQUIRED_VIA]-(group)"),
        ("(group)-[:ACQUIRED_VIA]->(used:Channel)", "(group)<-[:REACHES]-(used:Channel)"),
        ("(:Persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:PREFERS_CHANNEL]", "(:Persona)-[:PREFERS_CHANNEL]"),
        ("(:Persona)-[:PREFERS_CHANNEL]", "(:Persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:PREFERS_CHANNEL]"),
        (
            "(group:CustomerSegment)<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(walked:Journey)",
            "(group:CustomerSegment)<-[:DESIGNED_FOR]-(walked:Journey)",
        ),
        ("NOT unused.id IN usedIds", "true"),
        ("other.id IN usedIds", "true"),
        ("ORDER BY size(usedInstead), ", "ORDER BY "),
    ],
    "unmatched": [
        ("(:Persona)<-[:APPLIES_TO]-(:Journey)-[:COMPOSED_OF]->(lone)", "(lone)-[:COMPOSED_OF]->(lone)"),
        ("-[:COMPOSED_OF]->(lone)", "<-[:COMPOSED_OF]-(lone)"),
        ("NOT EXISTS { (:Journey)-[:APPLIES_TO]->(lone) }", "true"),
        ("(lone)-[:HAS_STAGE]->(:JourneyStage)<-[:AT_STAGE]-", "(lone)-[:HAS_EXPERIENCE]->"),
        ("(lone)-[:DESIGNED_FOR]->", "(lone)-[:REPRESENTS]->"),
        ("(candidate:Journey)-[:DESIGNED_FOR]->", "(candidate:Journey)-[:REPRESENTS]->"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {
    "dissatisfied": {"max_satisfaction": [1, 3.5, 5], "unanswered_only": [True]},
    "preferences": {"missing_only": [True]},
    "channel_mismatches": {"all_matches": [True]},
}
"""Values to ask with other than the defaults."""

SIGHTS: Final[Sights] = {
    "dissatisfied": {
        "unanswered": lambda row: not row["answered"],
        "several initiatives": lambda row: len(row["initiatives"]) > 1,
        "a cause": lambda row: row["capabilityId"],
        "no score": lambda row: row["satisfactionScore"] is None,
        "a stage without a journey": lambda row: row["journeyId"] is None,
    },
    "preferences": {basis: lambda row, basis=basis: row["basis"] == basis for basis in ("stage", "overall", "plan")}
    | {"missing": lambda row: row["missing"], "unknown": lambda row: row["missing"] is None},
    "channel_mismatches": {
        "a part": lambda row: row["match"] == "partly",
        "all": lambda row: row["match"] == "fully",
        "preferred overall": lambda row: row["basis"] == "overall",
        "nothing offered": lambda row: not row["touchpoints"],
    },
    "unused_channels": {"another channel": lambda row: row["usedInstead"]},
    "unmatched": {
        "a persona": lambda row: row["elementKind"] == "Persona",
        "with experiences": lambda row: row["experiences"],
        "candidates": lambda row: row["candidates"],
        "no segment": lambda row: row["segmentId"] is None,
    },
}
"""By question: what the generated graphs must show."""
