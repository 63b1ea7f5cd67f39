// question: Which open capability gaps is no initiative closing, and which journey stages do they reach?
// grain: one row an open gap that no initiative closes; cancelled initiatives do not count
// param: limit integer = 1000    1.., at most so many rows, gaps that reach most stages first
// returns: gapId string, gap string, gapKind string?, gapStatus string, gapSize integer, capabilityId string?, capability string?
// returns: segmentId string?, segment string?, stages integer, stageTitles list<string>, lowestSatisfaction float?
// returns: improvingInitiatives list<string>, cancelledInitiatives list<string>
// table: gap, capability, segment, gapSize, stages, stageTitles, lowestSatisfaction
// needs: (:CapabilityGap)
// none: Every open gap has an initiative that closes it.
// note: a stage counts if any of the three routes leads to it and a journey has it, whoever walks it
// note: improvingInitiatives better the capability without naming the gap; cancelledInitiatives were to close it
// text: `needed` is `capability` again, as the embedded store takes a null in shortestPath for any node
MATCH (gap:CapabilityGap)
WHERE coalesce(gap.status, 'open') <> 'closed'
  AND NOT EXISTS { MATCH (gap)<-[:CLOSES]-(closing:Initiative) WHERE coalesce(closing.status, '') <> 'Cancelled' }
OPTIONAL MATCH (gap)-[:GAP_IN]->(capability:Capability)
OPTIONAL MATCH (gap)-[:HINDERS]->(hindered:CustomerSegment)
CALL (capability) {
  RETURN capability AS enabling
  UNION
  MATCH (needed:Capability {id: capability.id})<-[:DEPENDS_ON*1..8]-(enabling:Capability)
  RETURN DISTINCT enabling
}
OPTIONAL MATCH (enabled:JourneyStage|ValueStreamStage)-[:ENABLED_BY]->(enabling)
OPTIONAL MATCH (mapped:JourneyStage)-[:MAPS_TO]->(enabled)
WITH gap, capability, hindered, CASE WHEN enabled:JourneyStage THEN enabled ELSE mapped END AS candidate
OPTIONAL MATCH (journey:Journey)-[:HAS_STAGE]->(candidate)
WITH DISTINCT gap, capability, hindered, journey, CASE WHEN journey IS NULL THEN null ELSE candidate END AS stage
OPTIONAL MATCH (experience:StageExperience)-[:AT_STAGE]->(stage)
WITH gap, capability, hindered, journey, stage, min(experience.satisfactionScore) AS satisfaction
ORDER BY journey.title, stage.sequenceNumber, stage.title, stage.id
WITH gap, capability, hindered, count(stage) AS stages, collect(journey.title + ': ' + stage.title) AS stageTitles,
  min(satisfaction) AS lowestSatisfaction
OPTIONAL MATCH (capability)<-[:IMPROVES]-(improving:Initiative)
WHERE coalesce(improving.status, '') <> 'Cancelled'
WITH gap, capability, hindered, stages, stageTitles, lowestSatisfaction, improving
ORDER BY improving.title, improving.id
WITH gap, capability, hindered, stages, stageTitles, lowestSatisfaction, collect(improving.title) AS improvingInitiatives
OPTIONAL MATCH (gap)<-[:CLOSES]-(cancelled:Initiative)
WITH gap, capability, hindered, stages, stageTitles, lowestSatisfaction, improvingInitiatives, cancelled
ORDER BY cancelled.title, cancelled.id
WITH gap, capability, hindered, stages, stageTitles, lowestSatisfaction, improvingInitiatives,
  collect(cancelled.title) AS cancelledInitiatives
RETURN
  gap.id AS gapId,
  gap.title AS gap,
  gap.gapKind AS gapKind,
  coalesce(gap.status, 'open') AS gapStatus,
  coalesce(gap.gapSize, capability.targetMaturityLevel - capability.maturityLevel, 1) AS gapSize,
  capability.id AS capabilityId,
  capability.title AS capability,
  hindered.id AS segmentId,
  hindered.title AS segment,
  stages AS stages,
  stageTitles AS stageTitles,
  lowestSatisfaction AS lowestSatisfaction,
  improvingInitiatives AS improvingInitiatives,
  cancelledInitiatives AS cancelledInitiatives
ORDER BY stages DESC, gapSize DESC, gapId
LIMIT $limit
