// question: Which trigger led to which response, for what reason, for whom, and with what measured result?
// grain: one row a trigger, response and indicator that measures the response; a response without one has one row with nulls
// param: trigger Trigger? = null    by id or title, or null for all
// param: segment CustomerSegment? = null    by id or title, responses that target it, or null for all
// param: limit integer = 1000    1.., at most so many rows, by trigger and start of the response
// returns: triggerId string, trigger string, impactLevel string?, detectedOn string?
// returns: responseId string, response string, responseStatus string?, startDate string?, endDate string?
// returns: rationales list<string>, segments list<string>, indicatorId string?, indicator string?, unit string?
// returns: baseline float?, current float?, target float?, latestValue float?, latestOn string?, sinceStart boolean?
// returns: better string?, onTarget boolean?
// table: trigger, response, responseStatus, segments, indicator, sinceStart, onTarget
// needs: (:Trigger), (:StrategicResponse)-[:RESPONDS_TO]->(:Trigger)
// none: No response answers a trigger.
// note: responses of every status are listed, cancelled ones too
// note: latestValue is the actual value with the latest day; days are compared as text, a partial one counts from its beginning
// note: sinceStart says whether latestOn is startDate or later; a value from before the response is no result of it
// text: `judging` is `indicator` again, as the embedded store takes a null in a pattern for any node
// note: better is higher or lower as the indicator states, else the way from baseline to target, else null
// note: onTarget compares current, else latestValue, with target; null where one is missing or better is
MATCH (trigger:Trigger)
WHERE $trigger IS NULL OR trigger.id = $trigger
MATCH (trigger)<-[:RESPONDS_TO]-(response:StrategicResponse)
WHERE $segment IS NULL OR EXISTS { MATCH (response)-[:TARGETS]->(wanted:CustomerSegment) WHERE wanted.id = $segment }
OPTIONAL MATCH (response)-[:JUSTIFIED_BY]->(rationale:Rationale)
WITH trigger, response, rationale
ORDER BY rationale.title, rationale.id
WITH trigger, response, collect(rationale.title) AS rationales
OPTIONAL MATCH (response)-[:TARGETS]->(segment:CustomerSegment)
WITH trigger, response, rationales, segment
ORDER BY segment.title, segment.id
WITH trigger, response, rationales, collect(segment.title) AS segments
OPTIONAL MATCH (response)-[:MEASURED_BY]->(indicator:PerformanceIndicator)
WITH DISTINCT trigger, response, rationales, segments, indicator
OPTIONAL MATCH (response)-[:MEASURED_BY]->(judging:PerformanceIndicator)-[:HAS_MEASUREMENT]->(measured:Measurement)
WHERE judging.id = indicator.id AND measured.value IS NOT NULL AND measured.measuredOn IS NOT NULL AND coalesce(measured.kind, 'actual') = 'actual'
WITH trigger, response, rationales, segments, indicator, measured
ORDER BY measured.measuredOn DESC, measured.id DESC
WITH trigger, response, rationales, segments, indicator, collect(measured) AS measurements
WITH trigger, response, rationales, segments, indicator, head(measurements) AS latest, CASE
    WHEN indicator.thresholdType = 'higher-is-better' THEN 'higher'
    WHEN indicator.thresholdType = 'lower-is-better' THEN 'lower'
    WHEN indicator.thresholdType IS NOT NULL THEN null
    WHEN indicator.baselineValue < indicator.targetValue THEN 'higher'
    WHEN indicator.baselineValue > indicator.targetValue THEN 'lower'
    ELSE null
  END AS better
WITH trigger, response, rationales, segments, indicator, latest, better,
  coalesce(indicator.currentValue, latest.value) AS now
RETURN
  trigger.id AS triggerId,
  trigger.title AS trigger,
  trigger.impactLevel AS impactLevel,
  trigger.detectionDate AS detectedOn,
  response.id AS responseId,
  response.title AS response,
  response.status AS responseStatus,
  response.startDate AS startDate,
  response.endDate AS endDate,
  rationales AS rationales,
  segments AS segments,
  indicator.id AS indicatorId,
  indicator.title AS indicator,
  indicator.unit AS unit,
  indicator.baselineValue AS baseline,
  indicator.currentValue AS current,
  indicator.targetValue AS target,
  latest.value AS latestValue,
  latest.measuredOn AS latestOn,
  latest.measuredOn >= response.startDate AS sinceStart,
  better AS better,
  CASE
    WHEN now IS NULL OR indicator.targetValue IS NULL OR better IS NULL THEN null
    WHEN better = 'higher' THEN now >= indicator.targetValue
    ELSE now <= indicator.targetValue
  END AS onTarget
ORDER BY trigger, triggerId, coalesce(startDate, '9999'), response, responseId, coalesce(indicator, ''), coalesce(indicatorId, '')
LIMIT $limit
