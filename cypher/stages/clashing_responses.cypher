// question: Which strategic responses change a journey stage, and which of them clash?
// grain: one row a journey stage and response that changes it, by journey and place in it, the earliest response first
// param: journey Journey? = null    by id or title, or null for all
// param: clashing_only boolean = false    true for those rows only that clash with another response
// param: limit integer = 1000    1.., at most so many rows
// returns: journeyId string, journey string, sequenceNumber integer?, stageId string, stage string
// returns: responseId string, response string, responseStatus string?, startDate string?, endDate string?
// returns: change string?, expectedImpact string?, executedBy list<string>, clashesWith list<string>
// table: journey, stage, response, startDate, endDate, change, clashesWith
// needs: (:StrategicResponse), (:StrategicResponse)-[:CHANGES]->(:JourneyStage)
// none: No strategic response changes a stage of a journey.
// note: two responses clash at a stage that both change if their dates overlap and neither is Cancelled, Deferred or Completed
// note: an unknown start counts as long ago and an unknown end as never, so that rather too many clashes are shown
// note: dates are text and may be partial: a start counts from the first day of its month or year, an end to the last day
MATCH (response:StrategicResponse)-[changes:CHANGES]->(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
WHERE $journey IS NULL OR journey.id = $journey
OPTIONAL MATCH (unit:OrgUnit)-[:EXECUTES]->(response)
WITH response, changes, stage, journey, unit
ORDER BY unit.title, unit.id
WITH response, changes, stage, journey, collect(unit.title) AS executedBy
OPTIONAL MATCH (other:StrategicResponse)-[:CHANGES]->(stage)
WHERE other.id <> response.id
  AND NOT coalesce(response.status, '') IN ['Cancelled', 'Deferred', 'Completed']
  AND NOT coalesce(other.status, '') IN ['Cancelled', 'Deferred', 'Completed']
  AND coalesce(response.startDate, '') <= coalesce(other.endDate, '9999') + '~'
  AND coalesce(other.startDate, '') <= coalesce(response.endDate, '9999') + '~'
WITH response, changes, stage, journey, executedBy, other
ORDER BY other.title, other.id
WITH response, changes, stage, journey, executedBy, collect(other.title) AS clashesWith
WHERE NOT $clashing_only OR size(clashesWith) > 0
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.sequenceNumber AS sequenceNumber,
  stage.id AS stageId,
  stage.title AS stage,
  response.id AS responseId,
  response.title AS response,
  response.status AS responseStatus,
  response.startDate AS startDate,
  response.endDate AS endDate,
  changes.changeDescription AS change,
  changes.expectedImpact AS expectedImpact,
  executedBy AS executedBy,
  clashesWith AS clashesWith
ORDER BY journey, journeyId, sequenceNumber, stage, stageId, coalesce(startDate, ''), response, responseId
LIMIT $limit
