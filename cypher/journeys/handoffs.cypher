// question: Who owns each part of a journey, and where does it pass from one unit to another?
// grain: one row a journey stage, by journey and place in it
// param: journey Journey? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows
// returns: journeyId string, journey string, sequenceNumber integer?, stageId string, stage string, owners list<string>
// returns: previousStageId string?, previousStage string?, previousOwners list<string>, handsOver boolean?
// returns: touchpointOwners list<string>, handoffWithin boolean?
// table: journey, stage, owners, previousOwners, handsOver, touchpointOwners, handoffWithin
// needs: (:Journey), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No journey has a stage.
// note: handsOver is true where no unit owns both the stage and the one before; null for the first, and where either has no owner
// note: handoffWithin is true where a unit owns a touchpoint of the stage but not the stage; null where stage or touchpoints have no owner
// note: the stage before is by sequenceNumber, those without last, then by title
MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
WHERE $journey IS NULL OR journey.id = $journey
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(stage)
WITH journey, stage, unit
ORDER BY unit.title, unit.id
WITH journey, stage, collect(unit.id) AS unitIds, collect(unit.title) AS units
OPTIONAL MATCH (stage)-[:HAS_TOUCHPOINT]->(:Touchpoint)<-[:OWNS]-(other:OrgUnit)
WITH DISTINCT journey, stage, unitIds, units, other
ORDER BY other.title, other.id
WITH journey, stage, unitIds, units, collect(other.id) AS otherIds, collect(other.title) AS others
ORDER BY journey.id, stage.sequenceNumber, stage.title, stage.id
WITH journey, collect({stage: stage, unitIds: unitIds, units: units, otherIds: otherIds, others: others}) AS steps
UNWIND range(0, size(steps) - 1) AS place
WITH journey, steps[place] AS step, CASE WHEN place > 0 THEN steps[place - 1] END AS before
WITH journey, step.stage AS stage, step.unitIds AS unitIds, step.units AS units, step.otherIds AS otherIds, step.others AS others,
  before.stage AS beforeStage, coalesce(before.unitIds, []) AS beforeIds, coalesce(before.units, []) AS beforeUnits
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.sequenceNumber AS sequenceNumber,
  stage.id AS stageId,
  stage.title AS stage,
  units AS owners,
  beforeStage.id AS previousStageId,
  beforeStage.title AS previousStage,
  beforeUnits AS previousOwners,
  CASE WHEN size(unitIds) > 0 AND size(beforeIds) > 0 THEN none(id IN unitIds WHERE id IN beforeIds) END AS handsOver,
  others AS touchpointOwners,
  CASE WHEN size(unitIds) > 0 AND size(otherIds) > 0 THEN any(id IN otherIds WHERE NOT id IN unitIds) END AS handoffWithin
ORDER BY journey, journeyId, sequenceNumber, stage, stageId
LIMIT $limit
