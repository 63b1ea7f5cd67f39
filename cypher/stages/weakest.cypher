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
MATCH (experience:StageExperience)-[:AT_STAGE]->(stage:JourneyStage)
WHERE $phase IS NULL OR stage.engagementPhase = $phase
WITH stage, min(experience.satisfactionScore) AS lowest, avg(experience.satisfactionScore) AS mean,
  count(experience.satisfactionScore) AS ratings
WHERE lowest <= $max_satisfaction
MATCH (journey:Journey)-[:HAS_STAGE]->(stage)
WHERE $journey IS NULL OR journey.id = $journey
OPTIONAL MATCH (stageUnit:OrgUnit)-[:OWNS]->(stage)
WITH journey, stage, lowest, mean, ratings, stageUnit
ORDER BY stageUnit.title, stageUnit.id
WITH journey, stage, lowest, mean, ratings, collect(stageUnit.title) AS stageUnits
CALL (stage) {
  MATCH (stage)-[uses:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'direct' AS way, uses.importanceLevel AS stated
  UNION
  MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[uses:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'value stream' AS way, uses.importanceLevel AS stated
  UNION
  RETURN null AS capability, null AS way, null AS stated
}
WITH journey, stage, lowest, mean, ratings, stageUnits, capability, min(way) AS route, max(stated) AS importance
WITH journey, stage, lowest, mean, ratings, stageUnits, collect({capability: capability, route: route, importance: importance}) AS uses
UNWIND uses AS enabling
WITH journey, stage, lowest, mean, ratings, stageUnits, size(uses) AS found, enabling.capability AS capability,
  enabling.route AS route, enabling.importance AS importance
WHERE found = 1 OR capability IS NOT NULL
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(capability)
WITH journey, stage, lowest, mean, ratings, stageUnits, capability, route, importance, unit
ORDER BY unit.title, unit.id
WITH journey, stage, lowest, mean, ratings, stageUnits, capability, route, importance, collect(unit.title) AS units
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
