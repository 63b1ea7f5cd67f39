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
// text: 0.0 + makes a zero of a negative zero, which Neo4j holds to be below 0.0
// note: severity = gapSize * importance * pain * segmentWeight * share, where share = decay ^ hops; it ranks rows and is not added up
CALL () {
  MATCH (journey:Journey {id: $journey})-[:HAS_STAGE]->(stage:JourneyStage)
  RETURN journey, stage
  UNION
  MATCH (:Persona {id: $persona})<-[:APPLIES_TO]-(journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  WHERE $journey IS NULL
  RETURN journey, stage
  UNION
  MATCH (:Persona {id: $persona})-[:HAS_EXPERIENCE]->(:StageExperience)-[:AT_STAGE]->(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
  WHERE $journey IS NULL
  RETURN journey, stage
  UNION
  MATCH (:CustomerSegment {id: $segment})<-[:DESIGNED_FOR]-(journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  WHERE $journey IS NULL AND $persona IS NULL
  RETURN journey, stage
  UNION
  MATCH (:CustomerSegment {id: $segment})<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  WHERE $journey IS NULL AND $persona IS NULL
  RETURN journey, stage
  UNION
  MATCH (:CustomerSegment {id: $segment})<-[:REPRESENTS]-(:Persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:AT_STAGE]->(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
  WHERE $journey IS NULL AND $persona IS NULL
  RETURN journey, stage
  UNION
  MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  WHERE $journey IS NULL AND $persona IS NULL AND $segment IS NULL
  RETURN journey, stage
}
CALL (stage) {
  MATCH (stage)-[uses:ENABLED_BY]->(enabling:Capability)
  RETURN enabling, 'direct' AS way, max(uses.importanceLevel) AS stated
  UNION
  MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[uses:ENABLED_BY]->(enabling:Capability)
  RETURN enabling, 'value stream' AS way, max(uses.importanceLevel) AS stated
}
WITH enabling, collect({journeyId: journey.id, stageId: stage.id, way: way, importance: coalesce(stated, $default_importance)}) AS places
CALL (enabling) {
  RETURN enabling AS capability, 0 AS hops
  UNION
  MATCH (enabling)-[:DEPENDS_ON*1..8]->(needed:Capability)
  WITH DISTINCT enabling, needed
  WHERE needed.id <> enabling.id AND EXISTS { (needed)<-[:GAP_IN]-(:CapabilityGap) }
  MATCH path = shortestPath((enabling)-[:DEPENDS_ON*1..8]->(needed))
  RETURN needed AS capability, length(path) AS hops
}
MATCH (gap:CapabilityGap)-[:GAP_IN]->(capability)
WHERE coalesce(gap.status, 'open') <> 'closed'
WITH enabling, places, capability, hops, gap,
  head([(gap)-[:HINDERS]->(hindered:CustomerSegment) | hindered.id]) AS hinderedId,
  [(capability)<-[:GAP_IN]-(other:CapabilityGap)
    WHERE gap.gapKind = 'maturity' AND other.gapKind = 'assessed' AND coalesce(other.status, 'open') <> 'closed' |
    coalesce(head([(other)-[:HINDERS]->(spared:CustomerSegment) | spared.id]), '')] AS assessedFor
UNWIND places AS place
WITH place.journeyId AS journeyId, place.stageId AS stageId, gap, capability, hinderedId, assessedFor,
  collect({way: place.way, importance: place.importance, hops: hops, share: $decay ^ hops, id: enabling.id, title: enabling.title}) AS routes
WITH journeyId, stageId, collect({gap: gap, capability: capability, hinderedId: hinderedId, assessedFor: assessedFor, routes: size(routes),
  best: reduce(best = routes[0], route IN routes | CASE
    WHEN route.importance * route.share > best.importance * best.share THEN route
    WHEN route.importance * route.share < best.importance * best.share THEN best
    WHEN route.hops < best.hops THEN route
    WHEN route.hops > best.hops THEN best
    WHEN route.way < best.way THEN route
    WHEN route.way > best.way THEN best
    WHEN route.id < best.id THEN route
    ELSE best
  END)}) AS felt
MATCH (journey:Journey {id: journeyId})-[:HAS_STAGE]->(stage:JourneyStage {id: stageId})
CALL (journey, stage) {
  MATCH (journey)-[:APPLIES_TO]->(persona:Persona)
  OPTIONAL MATCH (persona)-[:REPRESENTS]->(segment:CustomerSegment)
  RETURN persona, segment
  UNION
  MATCH (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)
  OPTIONAL MATCH (persona)-[:REPRESENTS]->(segment:CustomerSegment)
  RETURN persona, segment
  UNION
  MATCH (journey)
  WHERE NOT EXISTS { (journey)-[:APPLIES_TO]->(:Persona) }
    AND NOT EXISTS { (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(:Persona) }
  RETURN null AS persona, null AS segment
}
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
WITH journey, stage, felt, persona, coalesce(segment, designed) AS segment
WHERE ($segment IS NULL OR segment.id = $segment) AND ($persona IS NULL OR persona.id = $persona)
WITH journey, stage, felt, persona, segment,
  [(stage)<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(witness:Persona)
    WHERE witness.id = persona.id | experience.satisfactionScore] AS scores,
  CASE WHEN segment IS NULL THEN [] ELSE [(segment)<-[rates:TARGETS]-(:Strategy) | rates.strategicImportance] END AS ratings
WITH journey, stage, felt, persona, segment,
  reduce(lowest = null, score IN scores | CASE WHEN lowest IS NULL OR score < lowest THEN score ELSE lowest END) AS satisfaction,
  reduce(highest = null, rating IN ratings | CASE WHEN highest IS NULL OR rating > highest THEN rating ELSE highest END) AS rating
UNWIND felt AS feels
WITH journey, stage, persona, segment, satisfaction, feels.gap AS gap, feels.capability AS capability, feels.best AS best,
  feels.routes AS routeCount, feels.hinderedId AS hinderedId, feels.assessedFor AS assessedFor,
  5.0 - coalesce(satisfaction, $default_satisfaction) AS pain,
  coalesce(rating / 5.0, $default_weight) AS segmentWeight
WHERE (hinderedId IS NULL OR segment IS NULL OR hinderedId = segment.id)
  AND none(spared IN assessedFor WHERE segment IS NULL OR spared = '' OR spared = segment.id)
WITH journey, stage, persona, segment, satisfaction, gap, capability, best, routeCount, pain, segmentWeight,
  coalesce(gap.gapSize, capability.targetMaturityLevel - capability.maturityLevel, 1) AS gapSize
WITH journey, stage, persona, segment, satisfaction, gap, capability, best, routeCount, pain, segmentWeight, gapSize,
  0.0 + gapSize * best.importance * pain * segmentWeight * best.share AS severity
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
  best.share AS share,
  best.hops AS hops,
  CASE WHEN best.hops > 0 THEN 'dependency' ELSE best.way END AS route,
  best.way AS stageRoute,
  best.id AS enablingCapabilityId,
  best.title AS enablingCapability,
  routeCount AS routes
ORDER BY severity DESC, gapId, journeyId, stageId, coalesce(personaId, '')
LIMIT $limit
