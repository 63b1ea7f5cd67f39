// question: Which triggers touch a segment or a journey stage and have no response?
// grain: one row a trigger without a response and segment or stage that it affects; cancelled responses do not count
// param: segment CustomerSegment? = null    by id or title, itself and stages of journeys designed for it, or null for all
// param: limit integer = 1000    1.., at most so many rows, the highest impact first, then what was detected first
// returns: triggerId string, trigger string, impactLevel string?, horizon string?, triggerStatus string?
// returns: detectedOn string?, validUntil string?, affectedKind string, affectedId string, affected string
// returns: rationales list<string>, cancelledResponses list<string>
// table: trigger, impactLevel, horizon, detectedOn, affectedKind, affected, rationales
// needs: (:Trigger)
// none: Every trigger that affects a segment or a journey stage has a response or is resolved.
// note: resolved triggers are left out; lapsed ones stay, see validUntil
// note: rationales start from the trigger: somebody thought about it, and nothing was done
// note: impact ranks as Critical, High, Medium, Low, anything else
MATCH (trigger:Trigger)
WHERE coalesce(trigger.status, '') <> 'Resolved'
  AND NOT EXISTS {
    MATCH (trigger)<-[:RESPONDS_TO]-(response:StrategicResponse)
    WHERE coalesce(response.status, '') <> 'Cancelled'
  }
MATCH (trigger)-[:AFFECTS]->(affected:CustomerSegment|JourneyStage)
WHERE $segment IS NULL OR (affected:CustomerSegment AND affected.id = $segment)
  OR EXISTS {
    MATCH (affected)<-[:HAS_STAGE]-(:Journey)-[:DESIGNED_FOR]->(wanted:CustomerSegment)
    WHERE wanted.id = $segment
  }
WITH DISTINCT trigger, affected
OPTIONAL MATCH (rationale:Rationale)-[:ADDRESSES]->(trigger)
WITH trigger, affected, rationale
ORDER BY rationale.title, rationale.id
WITH trigger, affected, collect(rationale.title) AS rationales
OPTIONAL MATCH (cancelled:StrategicResponse)-[:RESPONDS_TO]->(trigger)
WITH trigger, affected, rationales, cancelled
ORDER BY cancelled.title, cancelled.id
WITH trigger, affected, rationales, collect(cancelled.title) AS cancelledResponses
RETURN
  trigger.id AS triggerId,
  trigger.title AS trigger,
  trigger.impactLevel AS impactLevel,
  trigger.timeHorizon AS horizon,
  trigger.status AS triggerStatus,
  trigger.detectionDate AS detectedOn,
  trigger.validUntil AS validUntil,
  CASE WHEN affected:CustomerSegment THEN 'CustomerSegment' ELSE 'JourneyStage' END AS affectedKind,
  affected.id AS affectedId,
  affected.title AS affected,
  rationales AS rationales,
  cancelledResponses AS cancelledResponses
ORDER BY CASE impactLevel WHEN 'Critical' THEN 1 WHEN 'High' THEN 2 WHEN 'Medium' THEN 3 WHEN 'Low' THEN 4 ELSE 5 END,
  coalesce(detectedOn, '9999'), triggerId, affectedKind, affectedId
LIMIT $limit
