// question: What stands behind a touchpoint, from value stages and capabilities down to assets, processes and requirements?
// grain: one row a thing behind touchpoints: a capability, a value stage, a stage or a touchpoint itself
// param: touchpoint Touchpoint? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, capabilities first, those behind the most stages first
// returns: behindKind string, behindId string, behind string, direct boolean, valueStages list<string>, stages integer
// returns: assets list<string>, processes list<string>, requirements list<string>
// table: behindKind, behind, valueStages, stages, assets, processes, requirements
// needs: (:Touchpoint), (:JourneyStage)-[:HAS_TOUCHPOINT]->(:Touchpoint), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: Nothing stands behind a touchpoint of any journey.
// note: behindKind is Capability, ValueStreamStage, JourneyStage or Touchpoint; a row lists what that one rests on itself
// note: processes realize or serve it, assets are used by it or by one of those processes, requirements say what it must meet
// note: stages counts the journey stages asked about at whose touchpoints it stands behind
// note: direct is false for a capability that no such stage names; valueStages are those through which stages reach it
// note: a stage, touchpoint or value stage that rests on nothing has no row, but for a value stage that no capability enables
CALL () {
  MATCH (touchpoint:Touchpoint {id: $touchpoint})<-[:HAS_TOUCHPOINT]-(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
  WHERE $journey IS NULL OR journey.id = $journey
  RETURN stage, touchpoint
  UNION
  MATCH (:Journey {id: $journey})-[:HAS_STAGE]->(stage:JourneyStage)-[:HAS_TOUCHPOINT]->(touchpoint:Touchpoint)
  WHERE $touchpoint IS NULL
  RETURN stage, touchpoint
  UNION
  MATCH (journey:Journey)
  WHERE $touchpoint IS NULL AND $journey IS NULL
  MATCH (journey)-[:HAS_STAGE]->(stage:JourneyStage)-[:HAS_TOUCHPOINT]->(touchpoint:Touchpoint)
  RETURN stage, touchpoint
}
WITH stage, collect(touchpoint.id) AS touchpointIds
CALL (stage, touchpointIds) {
  MATCH (stage)-[:ENABLED_BY]->(behind:Capability)
  RETURN behind, null AS throughId
  UNION
  MATCH (stage)-[:MAPS_TO]->(through:ValueStreamStage)-[:ENABLED_BY]->(behind:Capability)
  RETURN behind, through.id AS throughId
  UNION
  MATCH (stage)-[:MAPS_TO]->(behind:ValueStreamStage)
  WHERE EXISTS { (behind)<-[:SUPPORTS|SPECIFIES]-() }
    OR NOT EXISTS { (behind)-[:ENABLED_BY]->(:Capability) }
  RETURN behind, null AS throughId
  UNION
  MATCH (behind:JourneyStage {id: stage.id})<-[:SUPPORTS]-(:Process)
  RETURN behind, null AS throughId
  UNION
  MATCH (stage)-[:HAS_TOUCHPOINT]->(behind:Touchpoint)<-[:SUPPORTS]-(:Asset)
  WHERE behind.id IN touchpointIds
  RETURN behind, null AS throughId
}
WITH behind, count(DISTINCT stage) AS stages, count(throughId) AS indirect, count(*) AS ways, collect(DISTINCT throughId) AS throughIds
CALL (behind, throughIds) {
  MATCH (through:ValueStreamStage)-[:ENABLED_BY]->(behind)
  WHERE through.id IN throughIds
  WITH through
  ORDER BY through.title, through.id
  RETURN collect(through.title) AS valueStages
}
CALL (behind) {
  MATCH (behind)<-[:REALIZES|SUPPORTS]-(process:Process)
  WITH DISTINCT process
  ORDER BY process.title, process.id
  RETURN collect(process.title) AS processes
}
CALL (behind) {
  CALL (behind) {
    MATCH (behind)<-[:SUPPORTS]-(asset:Asset)
    RETURN asset
    UNION
    MATCH (behind)<-[:REALIZES|SUPPORTS]-(:Process)<-[:SUPPORTS]-(asset:Asset)
    RETURN asset
  }
  WITH asset
  ORDER BY asset.title, asset.id
  RETURN collect(asset.title) AS assets
}
CALL (behind) {
  MATCH (behind)<-[:SPECIFIES]-(requirement:Requirement)
  WITH requirement
  ORDER BY requirement.title, requirement.id
  RETURN collect(requirement.title) AS requirements
}
RETURN
  CASE
    WHEN behind:Capability THEN 'Capability'
    WHEN behind:ValueStreamStage THEN 'ValueStreamStage'
    WHEN behind:JourneyStage THEN 'JourneyStage'
    ELSE 'Touchpoint'
  END AS behindKind,
  behind.id AS behindId,
  behind.title AS behind,
  ways > indirect AS direct,
  valueStages AS valueStages,
  stages AS stages,
  assets AS assets,
  processes AS processes,
  requirements AS requirements
ORDER BY CASE behindKind WHEN 'Capability' THEN 0 WHEN 'ValueStreamStage' THEN 1 WHEN 'JourneyStage' THEN 2 ELSE 3 END,
  stages DESC, behind, behindId
LIMIT $limit
