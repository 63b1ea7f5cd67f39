// question: Which capability gaps affect which journey stages, for whom, and how badly?
// grain: one row a gap, journey stage and persona, by the gap's strongest route to the stage; persona is null where none walks it
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, or null for all
// param: persona Persona? = null    by id or title, or null for all
// param: min_severity float = 0.0    0.., leave out rows below it
// param: limit integer = 1000    1.., at most so many rows, the most severe first
// param: decay float = 0.5    0..1, share of a gap that is felt one DEPENDS_ON step away
// param: default_importance integer = 3    1..5, where the ENABLED_BY used states none
// param: default_satisfaction float = 3.0    1..5, where nobody recorded the persona's at the stage
// param: default_weight float = 0.6    0..1, where no strategy rates the segment
// returns: gapId string, gap string, gapKind string?, gapStatus string, capabilityId string, capability string
// returns: journeyId string, journey string, stageId string, stage string
// returns: personaId string?, persona string?, segmentId string?, segment string?
// returns: severity float, gapSize integer, importance integer, pain float, painRecorded boolean, segmentWeight float
// returns: share float, hops integer, route string, stageRoute string
// returns: enablingCapabilityId string, enablingCapability string, routes integer
// table: gap, journey, stage, persona, segment, severity, route
// needs: (:CapabilityGap)
// none: Open gaps reach journey stages, but only of other segments than those that they hinder.
// note: 0.0 + makes a zero of a negative zero, which Neo4j holds to be below 0.0
// note: severity = gapSize * importance * pain * segmentWeight * share, where share = decay ^ hops; it ranks rows and is not added up
MATCH (gap:CapabilityGap)-[:GAP_IN]->(capability:Capability)
WHERE coalesce(gap.status, 'open') <> 'closed'
OPTIONAL MATCH (gap)-[:HINDERS]->(hindered:CustomerSegment)
CALL (capability) {
  RETURN capability AS enabling, 0 AS hops
  UNION
  MATCH (enabling:Capability)
  WHERE enabling.id <> capability.id AND EXISTS { ()-[:ENABLED_BY]->(enabling) }
  MATCH path = shortestPath((enabling)-[:DEPENDS_ON*1..8]->(capability))
  RETURN enabling, length(path) AS hops
}
CALL (enabling) {
  MATCH (stage:JourneyStage)-[uses:ENABLED_BY]->(enabling)
  RETURN stage, 'direct' AS way, max(uses.importanceLevel) AS stated
  UNION
  MATCH (stage:JourneyStage)-[:MAPS_TO]->(:ValueStreamStage)-[uses:ENABLED_BY]->(enabling)
  RETURN stage, 'value stream' AS way, max(uses.importanceLevel) AS stated
}
WITH gap, capability, hindered, stage, enabling, hops, way, coalesce(stated, $default_importance) AS importance
ORDER BY importance * $decay ^ hops DESC, hops, way, enabling.id
WITH gap, capability, hindered, stage,
  collect({way: way, id: enabling.id, title: enabling.title, hops: hops, importance: importance}) AS routes
MATCH (journey:Journey)-[:HAS_STAGE]->(stage)
WHERE $journey IS NULL OR journey.id = $journey
OPTIONAL MATCH (journey)-[:APPLIES_TO]->(walker:Persona)
WITH gap, capability, hindered, stage, routes, journey, collect(walker) AS walkers
OPTIONAL MATCH (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(witness:Persona)
WITH gap, capability, hindered, stage, routes, journey, walkers, collect(witness) AS witnesses
UNWIND CASE WHEN size(walkers) + size(witnesses) = 0 THEN [null] ELSE walkers + witnesses END AS persona
WITH DISTINCT gap, capability, hindered, stage, routes, journey, persona
WHERE $persona IS NULL OR persona.id = $persona
OPTIONAL MATCH (persona)-[:REPRESENTS]->(represented:CustomerSegment)
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
WITH gap, capability, hindered, stage, routes, journey, persona, coalesce(represented, designed) AS segment
WHERE ($segment IS NULL OR segment.id = $segment)
  AND (hindered IS NULL OR segment IS NULL OR hindered.id = segment.id)
OPTIONAL MATCH (capability)<-[:GAP_IN]-(other:CapabilityGap)
WHERE gap.gapKind = 'maturity' AND other.gapKind = 'assessed' AND coalesce(other.status, 'open') <> 'closed'
  AND (segment IS NULL OR NOT EXISTS { (other)-[:HINDERS]->(:CustomerSegment) } OR EXISTS { (other)-[:HINDERS]->(segment) })
WITH gap, capability, stage, routes, journey, persona, segment, count(other) AS assessed
WHERE assessed = 0
OPTIONAL MATCH (persona)-[:HAS_EXPERIENCE]->(experience:StageExperience)-[:AT_STAGE]->(stage)
WITH gap, capability, stage, routes, journey, persona, segment, min(experience.satisfactionScore) AS satisfaction
OPTIONAL MATCH (:Strategy)-[rates:TARGETS]->(segment)
WITH gap, capability, stage, routes, journey, persona, segment, satisfaction, max(rates.strategicImportance) AS rating
WITH gap, capability, stage, journey, persona, segment, satisfaction, routes[0] AS best, size(routes) AS routeCount,
  coalesce(gap.gapSize, capability.targetMaturityLevel - capability.maturityLevel, 1) AS gapSize,
  5.0 - coalesce(satisfaction, $default_satisfaction) AS pain,
  coalesce(rating / 5.0, $default_weight) AS segmentWeight
WITH gap, capability, stage, journey, persona, segment, satisfaction, best, routeCount, gapSize, pain, segmentWeight,
  $decay ^ best.hops AS share
WITH gap, capability, stage, journey, persona, segment, satisfaction, best, routeCount, gapSize, pain, segmentWeight, share,
  0.0 + gapSize * best.importance * pain * segmentWeight * share AS severity
WHERE severity >= $min_severity
RETURN
  gap.id AS gapId,
  gap.title AS gap,
  gap.gapKind AS gapKind,
  coalesce(gap.status, 'open') AS gapStatus,
  capability.id AS capabilityId,
  capability.title AS capability,
  journey.id AS journeyId,
  journey.title AS journey,
  stage.id AS stageId,
  stage.title AS stage,
  persona.id AS personaId,
  persona.title AS persona,
  segment.id AS segmentId,
  segment.title AS segment,
  severity AS severity,
  gapSize AS gapSize,
  best.importance AS importance,
  pain AS pain,
  satisfaction IS NOT NULL AS painRecorded,
  segmentWeight AS segmentWeight,
  share AS share,
  best.hops AS hops,
  CASE WHEN best.hops > 0 THEN 'dependency' ELSE best.way END AS route,
  best.way AS stageRoute,
  best.id AS enablingCapabilityId,
  best.title AS enablingCapability,
  routeCount AS routes
ORDER BY severity DESC, gapId, journeyId, stageId, coalesce(personaId, '')
LIMIT $limit
