// question: What stands behind a touchpoint, from value stages and capabilities down to assets, processes and requirements?
// grain: one row a touchpoint, way and capability behind its stage: named by the stage, or by a value stage to which it maps
// param: touchpoint Touchpoint? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows
// returns: journeyId string, journey string, sequenceNumber integer?, stageId string, stage string
// returns: touchpointId string, touchpoint string, valueStageId string?, valueStage string?
// returns: capabilityId string?, capability string?, assets list<string>, processes list<string>, requirements list<string>
// table: touchpoint, valueStage, capability, assets, processes, requirements
// needs: (:Touchpoint), (:JourneyStage)-[:HAS_TOUCHPOINT]->(:Touchpoint), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No touchpoint belongs to a stage of a journey.
// note: valueStage is null where the stage names the capability itself; capability too is null where there is none behind the stage
// note: processes realize the capability, or serve the stage or the value stage of the row
// note: assets are used by the touchpoint, the capability or one of those processes
// note: `served` and `deepest` are never null, as the embedded store looks for anything in the place of a null
// note: requirements say what the capability or the value stage of the row must meet
MATCH (touchpoint:Touchpoint)<-[:HAS_TOUCHPOINT]-(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
WHERE ($touchpoint IS NULL OR touchpoint.id = $touchpoint) AND ($journey IS NULL OR journey.id = $journey)
CALL (stage) {
  MATCH (stage)-[:ENABLED_BY]->(capability:Capability)
  RETURN null AS valueStage, capability
  UNION
  MATCH (stage)-[:MAPS_TO]->(valueStage:ValueStreamStage)
  OPTIONAL MATCH (valueStage)-[:ENABLED_BY]->(capability:Capability)
  RETURN valueStage, capability
  UNION
  RETURN null AS valueStage, null AS capability
}
WITH touchpoint, stage, journey, collect({valueStage: valueStage, capability: capability}) AS ways
UNWIND ways AS way
WITH touchpoint, stage, journey, size(ways) AS ways, way.valueStage AS valueStage, way.capability AS capability
WHERE ways = 1 OR valueStage IS NOT NULL OR capability IS NOT NULL
WITH touchpoint, stage, journey, valueStage, capability, coalesce(valueStage, stage) AS served,
  coalesce(capability, valueStage, stage) AS deepest
CALL (touchpoint, stage, served, deepest) {
  MATCH (deepest)<-[:REALIZES|SUPPORTS|SPECIFIES]-(found:Process|Asset|Requirement)
  RETURN found
  UNION
  MATCH (served)<-[:SUPPORTS|SPECIFIES]-(found:Process|Requirement)
  RETURN found
  UNION
  MATCH (stage)<-[:SUPPORTS]-(found:Process)
  RETURN found
  UNION
  MATCH (touchpoint)<-[:SUPPORTS]-(found:Asset)
  RETURN found
  UNION
  MATCH (deepest)<-[:REALIZES]-(:Process)<-[:SUPPORTS]-(found:Asset)
  RETURN found
  UNION
  MATCH (served)<-[:SUPPORTS]-(:Process)<-[:SUPPORTS]-(found:Asset)
  RETURN found
  UNION
  MATCH (stage)<-[:SUPPORTS]-(:Process)<-[:SUPPORTS]-(found:Asset)
  RETURN found
  UNION
  RETURN null AS found
}
WITH touchpoint, stage, journey, valueStage, capability, found
ORDER BY found.title, found.id
WITH touchpoint, stage, journey, valueStage, capability,
  collect(CASE WHEN found:Asset THEN found.title END) AS assets,
  collect(CASE WHEN found:Process THEN found.title END) AS processes,
  collect(CASE WHEN found:Requirement THEN found.title END) AS requirements
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.sequenceNumber AS sequenceNumber,
  stage.id AS stageId,
  stage.title AS stage,
  touchpoint.id AS touchpointId,
  touchpoint.title AS touchpoint,
  valueStage.id AS valueStageId,
  valueStage.title AS valueStage,
  capability.id AS capabilityId,
  capability.title AS capability,
  assets AS assets,
  processes AS processes,
  requirements AS requirements
ORDER BY journey, journeyId, sequenceNumber, stage, stageId, touchpoint, touchpointId, coalesce(valueStage, ''),
  coalesce(valueStageId, ''), coalesce(capability, ''), coalesce(capabilityId, '')
LIMIT $limit
