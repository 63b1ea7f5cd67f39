// question: Which capabilities serve most journey stages, so that one failure is felt at many?
// grain: one row a capability that enables at least so many stages of journeys, directly or through value stages
// param: min_stages integer = 2    1.., leave out capabilities that enable fewer stages
// param: limit integer = 1000    1.., at most so many rows, the most shared first
// param: default_importance integer = 3    1..5, where no ENABLED_BY used states one
// returns: capabilityId string, capability string, stages integer, directStages integer, journeys integer, segments integer
// returns: importanceTotal integer, stageTitles list<string>
// returns: maturityLevel integer?, targetMaturityLevel integer?, distance integer?, owner string?
// table: capability, stages, journeys, segments, importanceTotal, distance, owner
// needs: (:Capability), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No capability enables so many stages.
// note: segments are those for which the journeys are designed; stages of no journey do not count
// note: importanceTotal adds up, over the stages, the highest importance that the stage or its value stages state
// note: directStages name the capability themselves; the others rest on it through a value stage only
// note: distance = targetMaturityLevel - maturityLevel, negative where the target is exceeded
// note: owner is the unit that owns the capability, else the owner it names; several units are joined by a comma
MATCH (capability:Capability)
CALL (capability) {
  MATCH (capability)<-[uses:ENABLED_BY]-(stage:JourneyStage)
  RETURN stage, 1 AS direct, uses.importanceLevel AS stated
  UNION
  MATCH (capability)<-[uses:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(stage:JourneyStage)
  RETURN stage, 0 AS direct, uses.importanceLevel AS stated
}
WITH capability, stage, max(direct) AS direct, max(stated) AS stated
MATCH (stage)<-[:HAS_STAGE]-(journey:Journey)
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(segment:CustomerSegment)
WITH capability, stage, direct, coalesce(stated, $default_importance) AS importance, journey, segment
ORDER BY journey.title, journey.id, coalesce(stage.sequenceNumber, 1000000), stage.title, stage.id
WITH capability, count(stage) AS stages, sum(direct) AS directStages, count(DISTINCT journey) AS journeys,
  count(DISTINCT segment) AS segments, sum(importance) AS importanceTotal,
  collect(journey.title + ': ' + stage.title) AS stageTitles
WHERE stages >= $min_stages
OPTIONAL MATCH (capability)<-[:OWNS]-(unit:OrgUnit)
WITH capability, stages, directStages, journeys, segments, importanceTotal, stageTitles, unit
ORDER BY unit.title, unit.id
WITH capability, stages, directStages, journeys, segments, importanceTotal, stageTitles, collect(unit.title) AS units
RETURN
  capability.id AS capabilityId,
  capability.title AS capability,
  stages AS stages,
  directStages AS directStages,
  journeys AS journeys,
  segments AS segments,
  importanceTotal AS importanceTotal,
  stageTitles AS stageTitles,
  capability.maturityLevel AS maturityLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  capability.targetMaturityLevel - capability.maturityLevel AS distance,
  coalesce(reduce(text = head(units), title IN tail(units) | text + ', ' + title), capability.owner) AS owner
ORDER BY stages DESC, importanceTotal DESC, capabilityId
LIMIT $limit
