// question: Which stages of value streams can no customer see?
// grain: one row a value stage to which no journey stage maps, or which is invisible at every one that does
// param: value_stream ValueStream? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows
// returns: valueStreamId string?, valueStream string?, sequenceNumber integer?, valueStageId string, valueStage string
// returns: reason string, stages list<string>, owner string?, performanceScore float?, capabilities list<string>
// table: valueStream, valueStage, reason, stages, owner, performanceScore
// needs: (:ValueStreamStage)
// none: Every value stage can be seen at a journey stage that maps to it.
// note: a link that states no visibility may be visible, and leaves no row
// note: stages are the journey stages that map to it, as journey and stage; the journey is left out where there is none
// note: owner is the unit that owns the value stage, else the owner it names; several units are joined by a comma
MATCH (valueStage:ValueStreamStage)
WHERE NOT EXISTS { MATCH (valueStage)<-[maps:MAPS_TO]-(:JourneyStage) WHERE coalesce(maps.visibilityToCustomer, '') <> 'invisible' }
OPTIONAL MATCH (valueStream:ValueStream)-[:HAS_STAGE]->(valueStage)
WITH valueStage, valueStream
WHERE $value_stream IS NULL OR valueStream.id = $value_stream
OPTIONAL MATCH (stage:JourneyStage)-[:MAPS_TO]->(valueStage)
OPTIONAL MATCH (journey:Journey)-[:HAS_STAGE]->(stage)
WITH DISTINCT valueStage, valueStream, stage, journey
ORDER BY journey.title, stage.sequenceNumber, stage.title, stage.id
WITH valueStage, valueStream, collect(coalesce(journey.title + ': ', '') + stage.title) AS stages
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(valueStage)
WITH valueStage, valueStream, stages, unit
ORDER BY unit.title, unit.id
WITH valueStage, valueStream, stages, collect(unit.title) AS units
OPTIONAL MATCH (valueStage)-[:ENABLED_BY]->(capability:Capability)
WITH DISTINCT valueStage, valueStream, stages, units, capability
ORDER BY capability.title, capability.id
WITH valueStage, valueStream, stages, units, collect(capability.title) AS capabilities
RETURN
  valueStream.id AS valueStreamId,
  valueStream.title AS valueStream,
  valueStage.sequenceNumber AS sequenceNumber,
  valueStage.id AS valueStageId,
  valueStage.title AS valueStage,
  CASE WHEN size(stages) = 0 THEN 'no journey stage maps to it' ELSE 'invisible at every journey stage that maps to it' END AS reason,
  stages AS stages,
  coalesce(reduce(text = head(units), title IN tail(units) | text + ', ' + title), valueStage.owner) AS owner,
  valueStage.performanceScore AS performanceScore,
  capabilities AS capabilities
ORDER BY valueStream, valueStreamId, sequenceNumber, valueStage, valueStageId
LIMIT $limit
