// question: Which journey stages are rated worst, which capabilities enable them, how far is each below target, and who owns them?
// grain: one row a rated stage and capability that enables it; a stage that none enables has one row with null
// param: journey Journey? = null    by id or title, or null for all
// param: phase string? = null    one of discover, learn, choose, commit, purchase, onboard, use, renew, advocate, other; the engagement phase, or null for all
// param: max_satisfaction float = 5.0    1..5, leave out stages whose lowest rating is above it
// param: limit integer = 1000    1.., at most so many rows, the worst-rated stage first
// returns: journeyId string, journey string, stageId string, stage string
// returns: lowestSatisfaction float, meanSatisfaction float, ratings integer, stageOwner string?
// returns: capabilityId string?, capability string?, route string?, importance integer?
// returns: maturityLevel integer?, targetMaturityLevel integer?, distance integer?, capabilityOwner string?
// table: journey, stage, meanSatisfaction, stageOwner, capability, distance, capabilityOwner
// needs: (:StageExperience), (:StageExperience)-[:AT_STAGE]->(:JourneyStage)
// none: No stage of a journey has a satisfaction score.
// note: route is direct where the stage names the capability itself, else value stream; importance is the highest that either states
// note: distance = targetMaturityLevel - maturityLevel, negative where the target is exceeded
// note: capabilityOwner is the unit that owns the capability, else the owner it names; several units are joined by a comma
// text: the capability is matched again by its id, as the embedded store takes a null inside CALL for any node
CALL () {
  MATCH (journey:Journey {id: $journey})-[:HAS_STAGE]->(stage:JourneyStage)
  RETURN journey, stage
  UNION
  MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  WHERE $journey IS NULL
  RETURN journey, stage
}
WITH journey, stage
WHERE $phase IS NULL OR stage.engagementPhase = $phase
CALL (stage) {
  MATCH (stage)<-[:AT_STAGE]-(experience:StageExperience)
  RETURN min(experience.satisfactionScore) AS lowest, avg(experience.satisfactionScore) AS mean,
    count(experience.satisfactionScore) AS ratings
}
WITH journey, stage, lowest, mean, ratings
WHERE lowest <= $max_satisfaction
CALL (stage) {
  OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(stage)
  WITH unit
  ORDER BY unit.title, unit.id
  RETURN collect(unit.title) AS stageUnits
}
CALL (stage) {
  CALL (stage) {
    MATCH (stage)-[uses:ENABLED_BY]->(capability:Capability)
    RETURN capability, 'direct' AS way, max(uses.importanceLevel) AS stated
    UNION
    MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[uses:ENABLED_BY]->(capability:Capability)
    RETURN capability, 'value stream' AS way, max(uses.importanceLevel) AS stated
    UNION
    MATCH (stage)
    WHERE NOT EXISTS { (stage)-[:ENABLED_BY]->(:Capability) }
      AND NOT EXISTS { (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability) }
    RETURN null AS capability, null AS way, null AS stated
  }
  RETURN capability, min(way) AS route, max(stated) AS importance
}
CALL (capability) {
  MATCH (unit:OrgUnit)-[:OWNS]->(:Capability {id: capability.id})
  WITH unit
  ORDER BY unit.title, unit.id
  RETURN collect(unit.title) AS units
}
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.id AS stageId,
  stage.title AS stage,
  lowest AS lowestSatisfaction,
  mean AS meanSatisfaction,
  ratings AS ratings,
  reduce(text = head(stageUnits), title IN tail(stageUnits) | text + ', ' + title) AS stageOwner,
  capability.id AS capabilityId,
  capability.title AS capability,
  route AS route,
  importance AS importance,
  capability.maturityLevel AS maturityLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  capability.targetMaturityLevel - capability.maturityLevel AS distance,
  coalesce(reduce(text = head(units), title IN tail(units) | text + ', ' + title), capability.owner) AS capabilityOwner
ORDER BY lowestSatisfaction, meanSatisfaction, journeyId, stageId, coalesce(distance, -9) DESC, coalesce(capabilityId, '')
LIMIT $limit
