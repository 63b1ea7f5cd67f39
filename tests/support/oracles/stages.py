"""The questions about journey stages, answered from their prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.world import highest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.graphs import Key
    from tests.support.oracles import Mutations, Parameters, Rows
    from tests.support.world import World


def weakest(world: World, parameters: Parameters) -> Rows:
    """Find the worst-rated stages, the capabilities that enable them, their distance to target, and the owners."""
    rows = []
    for stage in world.all("JourneyStage"):
        scores = world.scores(world.before(stage, "AT_STAGE", "StageExperience"))
        if not scores or min(scores) > parameters["max_satisfaction"]:
            continue
        if parameters["phase"] not in (None, world.of(stage, "engagementPhase")):
            continue
        owners = world.titles(world.before(stage, "OWNS", "OrgUnit"))
        for journey in world.before(stage, "HAS_STAGE", "Journey"):
            if parameters["journey"] not in (None, journey[1]):
                continue
            common = {
                "journeyId": journey[1],
                "journey": world.of(journey, "title"),
                "stageId": stage[1],
                "stage": world.of(stage, "title"),
                "lowestSatisfaction": min(scores),
                "meanSatisfaction": sum(scores) / len(scores),
                "ratings": len(scores),
                "stageOwner": ", ".join(owners) or None,
            }
            rows += [common | use for use in _uses(world, stage)]
    return sorted(
        rows,
        key=lambda r: (
            r["lowestSatisfaction"],
            r["meanSatisfaction"],
            r["journeyId"],
            r["stageId"],
            9 if r["distance"] is None else -r["distance"],
            r["capabilityId"] or "",
        ),
    )


def _uses(world: World, stage: Key) -> Iterator[dict[str, Any]]:
    enabling: list[tuple[Key | None, str | None, int | None]]
    enabling = [(c, *_use(world, stage, c)) for c in world.all("Capability") if _use(world, stage, c)[0] is not None]
    for capability, route, importance in enabling or [(None, None, None)]:
        units = world.titles(world.before(capability, "OWNS", "OrgUnit"))
        yield {
            "capabilityId": capability and capability[1],
            "capability": world.of(capability, "title"),
            "route": route,
            "importance": importance,
            "maturityLevel": world.of(capability, "maturityLevel"),
            "targetMaturityLevel": world.of(capability, "targetMaturityLevel"),
            "distance": world.distance(capability),
            "capabilityOwner": ", ".join(units) or world.of(capability, "owner"),
        }


def _use(world: World, stage: Key, capability: Key) -> tuple[str | None, int | None]:
    direct = world.importances(stage, capability)
    through = [level for v in world.after(stage, "MAPS_TO") for level in world.importances(v, capability)]
    return "direct" if direct else "value stream" if through else None, highest([*direct, *through])


MUTATIONS: Final[Mutations] = {
    "weakest": [
        ("min(experience.satisfactionScore)", "max(experience.satisfactionScore)"),
        ("count(experience.satisfactionScore)", "count(experience)"),
        ("min(way) AS route", "max(way) AS route"),
        ("max(stated)", "min(stated)"),
        ("WHERE found = 1 OR capability IS NOT NULL", "WHERE capability IS NOT NULL"),
        ("WHERE found = 1 OR capability IS NOT NULL", "WHERE true"),
        ("coalesce(distance, -9) DESC", "coalesce(distance, -9)"),
        ("title), capability.owner)", "title))"),
    ],
}
"""By question: what is changed in its text so that it no longer answers, and into what."""

CHOICES: Final = {"weakest": {"phase": ["onboard", "use"], "max_satisfaction": [2, 3.0]}}
