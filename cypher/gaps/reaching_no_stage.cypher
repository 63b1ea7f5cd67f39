// question: Which open capability gaps does no route lead to a journey stage, and which link is missing?
// grain: one row a gap and loose end of a route; a gap without any route has one row with neither value stage nor stage
// param: limit integer = 1000    1.., at most so many rows, by gap
// returns: gapId string, gap string, gapKind string?, gapStatus string, capabilityId string?, capability string?
// returns: segmentId string?, segment string?, hops integer, enablingCapabilityId string?, enablingCapability string?
// returns: valueStageId string?, valueStage string?, stageId string?, stage string?, missingLink string
// table: gap, capability, segment, missingLink
// needs: (:CapabilityGap)
// none: Every open gap reaches a journey stage.
// note: segment is the one that the gap hinders; hops counts the DEPENDS_ON steps from the enabling capability to the gap's
// text: `needed` is `capability` again, as the embedded store takes a null in shortestPath for any node
MATCH (gap:CapabilityGap)
WHERE coalesce(gap.status, 'open') <> 'closed'
OPTIONAL MATCH (gap)-[:GAP_IN]->(capability:Capability)
OPTIONAL MATCH (gap)-[:HINDERS]->(hindered:CustomerSegment)
CALL (capability) {
  RETURN capability AS enabling, 0 AS hops
  UNION
  MATCH (needed:Capability {id: capability.id})<-[:DEPENDS_ON*1..8]-(enabling:Capability)
  WITH DISTINCT needed, enabling
  WHERE enabling.id <> needed.id AND EXISTS { ()-[:ENABLED_BY]->(enabling) }
  MATCH path = shortestPath((enabling)-[:DEPENDS_ON*1..8]->(needed))
  RETURN enabling, length(path) AS hops
}
WITH gap, capability, hindered, enabling, hops,
  enabling IS NOT NULL AND (EXISTS { (enabling)<-[:ENABLED_BY]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey) }
    OR EXISTS { (enabling)<-[:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey) }) AS reaches
WITH gap, capability, hindered, collect({id: enabling.id, title: enabling.title, hops: hops, reaches: reaches}) AS ways
WHERE none(way IN ways WHERE way.reaches)
UNWIND ways AS way
OPTIONAL MATCH (enabled:JourneyStage|ValueStreamStage)-[:ENABLED_BY]->(:Capability {id: way.id})
WITH gap, capability, hindered, way, enabled,
  CASE WHEN enabled IS NULL THEN [] ELSE [(mapped:JourneyStage)-[:MAPS_TO]->(enabled) | {id: mapped.id, title: mapped.title}] END AS mapped
UNWIND CASE WHEN enabled:JourneyStage THEN [{id: enabled.id, title: enabled.title}] WHEN size(mapped) = 0 THEN [null] ELSE mapped END AS stage
WITH gap, capability, hindered, way, stage,
  CASE WHEN enabled:ValueStreamStage THEN {id: enabled.id, title: enabled.title} END AS valueStage
ORDER BY way.hops, way.id
WITH gap, capability, hindered, valueStage, stage, collect(way) AS ways
WITH gap, capability, hindered, collect({valueStage: valueStage, stage: stage, way: ways[0]}) AS looseEnds
UNWIND looseEnds AS loose
WITH gap, capability, hindered, looseEnds, loose.valueStage AS valueStage, loose.stage AS stage, loose.way AS way
WHERE size(looseEnds) = 1 OR valueStage IS NOT NULL OR stage IS NOT NULL
RETURN
  gap.id AS gapId,
  gap.title AS gap,
  gap.gapKind AS gapKind,
  coalesce(gap.status, 'open') AS gapStatus,
  capability.id AS capabilityId,
  capability.title AS capability,
  hindered.id AS segmentId,
  hindered.title AS segment,
  way.hops AS hops,
  way.id AS enablingCapabilityId,
  way.title AS enablingCapability,
  valueStage.id AS valueStageId,
  valueStage.title AS valueStage,
  stage.id AS stageId,
  stage.title AS stage,
  CASE
    WHEN capability IS NULL THEN 'the gap lies in no capability'
    WHEN stage IS NOT NULL THEN 'the stage belongs to no journey'
    WHEN valueStage IS NOT NULL THEN 'no journey stage maps to the value stage'
    ELSE 'no stage or value stage is enabled by the capability or by one that depends on it'
  END AS missingLink
ORDER BY gapId, hops, coalesce(valueStageId, ''), coalesce(stageId, '')
LIMIT $limit
