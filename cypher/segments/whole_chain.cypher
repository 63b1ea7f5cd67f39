// question: What is the whole chain from strategy to touchpoint, and back through capabilities and initiatives, for a segment?
// grain: one row a journey, stage and capability that enables it; a stage that none enables has one row with null
// param: segment CustomerSegment    by id or title
// param: limit integer = 1000    1.., at most so many rows, by journey and place of the stage
// returns: segmentId string, segment string, strategies list<string>, journeyId string, journey string
// returns: stageId string, stage string, sequenceNumber integer?, touchpoints list<string>
// returns: capabilityId string?, capability string?, route string?
// returns: openGaps list<string>, initiatives list<string>, implementedStrategies list<string>
// table: journey, stage, touchpoints, capability, openGaps, initiatives, implementedStrategies
// needs: (:CustomerSegment), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No journey with stages is designed for the segment or applies to a persona of it.
// note: strategies are those that target the segment, the same in every row
// note: implementedStrategies are those that the initiatives carry out, whoever they target
// note: route is direct where the stage names the capability itself, else value stream
// note: openGaps lie in the capability and hinder the segment, or no segment in particular
// note: initiatives improve the capability; cancelled ones do not count
// text: a node is sought again by id where it may be null, since from a null the embedded store would look at every node
MATCH (segment:CustomerSegment {id: $segment})
OPTIONAL MATCH (strategy:Strategy)-[:TARGETS]->(segment)
WITH DISTINCT segment, strategy
ORDER BY strategy.title, strategy.id
WITH segment, collect(strategy.title) AS strategies
CALL (segment) {
  MATCH (journey:Journey)-[:DESIGNED_FOR]->(segment)
  RETURN journey
  UNION
  MATCH (journey:Journey)-[:APPLIES_TO]->(:Persona)-[:REPRESENTS]->(segment)
  RETURN journey
}
MATCH (journey)-[:HAS_STAGE]->(stage:JourneyStage)
OPTIONAL MATCH (stage)-[:HAS_TOUCHPOINT]->(touchpoint:Touchpoint)
WITH segment, strategies, journey, stage, touchpoint
ORDER BY touchpoint.title, touchpoint.id
WITH segment, strategies, journey, stage, collect(touchpoint.title) AS touchpoints
CALL (stage) {
  MATCH (stage)-[:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'direct' AS way
  UNION
  MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'value stream' AS way
  UNION
  RETURN null AS capability, null AS way
}
WITH segment, strategies, journey, stage, touchpoints, capability, min(way) AS route
WITH segment, strategies, journey, stage, touchpoints, collect({capability: capability, route: route}) AS uses
UNWIND uses AS enabling
WITH segment, strategies, journey, stage, touchpoints, size(uses) AS found, enabling.capability AS capability,
  enabling.route AS route
WHERE found = 1 OR capability IS NOT NULL
OPTIONAL MATCH (gap:CapabilityGap)-[:GAP_IN]->(:Capability {id: capability.id})
WHERE coalesce(gap.status, 'open') <> 'closed'
  AND NOT EXISTS { MATCH (gap)-[:HINDERS]->(other:CustomerSegment) WHERE other.id <> $segment }
WITH segment, strategies, journey, stage, touchpoints, capability, route, gap
ORDER BY gap.title, gap.id
WITH segment, strategies, journey, stage, touchpoints, capability, route, collect(gap.title) AS openGaps
OPTIONAL MATCH (initiative:Initiative)-[:IMPROVES]->(:Capability {id: capability.id})
WHERE coalesce(initiative.status, '') <> 'Cancelled'
WITH segment, strategies, journey, stage, touchpoints, capability, route, openGaps, initiative
ORDER BY initiative.title, initiative.id
WITH segment, strategies, journey, stage, touchpoints, capability, route, openGaps,
  collect(initiative.title) AS initiatives
OPTIONAL MATCH (:Capability {id: capability.id})<-[:IMPROVES]-(improving:Initiative)-[:IMPLEMENTS]->(implemented:Strategy)
WHERE coalesce(improving.status, '') <> 'Cancelled'
WITH DISTINCT segment, strategies, journey, stage, touchpoints, capability, route, openGaps, initiatives, implemented
ORDER BY implemented.title, implemented.id
WITH segment, strategies, journey, stage, touchpoints, capability, route, openGaps, initiatives,
  collect(implemented.title) AS implementedStrategies
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  strategies AS strategies,
  journey.id AS journeyId,
  journey.title AS journey,
  stage.id AS stageId,
  stage.title AS stage,
  stage.sequenceNumber AS sequenceNumber,
  touchpoints AS touchpoints,
  capability.id AS capabilityId,
  capability.title AS capability,
  route AS route,
  openGaps AS openGaps,
  initiatives AS initiatives,
  implementedStrategies AS implementedStrategies
ORDER BY journey, journeyId, coalesce(sequenceNumber, 1000000), stageId, coalesce(capability, ''), coalesce(capabilityId, '')
LIMIT $limit
