// question: What comes next on the roadmap, and which journey gains?
// grain: one row a roadmap item that is neither done nor dropped, and an initiative that it schedules
// param: journey Journey? = null    of the roadmap or scheduled by the item, by id or title, or null for all
// param: from_day string? = null    ISO day, such as 2026-07-01: leave out items that end before it; or null for all
// param: all_items boolean = false    whether items that are done or dropped count, too
// param: limit integer = 1000    1.., at most so many rows, by the day on which the item starts
// returns: roadmapId string?, roadmap string?, horizon string?, track string?
// returns: itemId string, item string, itemStatus string?, sequenceNumber integer?, startDate string?, endDate string?
// returns: initiativeId string?, initiative string?, initiativeStatus string?, otherWork list<string>
// returns: journeys list<string>, stages list<string>, gaps list<string>, waitsFor list<string>
// table: startDate, item, initiative, journeys, stages, gaps, waitsFor
// needs: (:RoadmapItem)
// none: Every item of a roadmap is done or dropped.
// note: an item that schedules no initiative has one row with null; otherWork are the plans and responses that it schedules
// note: journeys are those that the roadmap plans and those that the item schedules
// note: stages are bettered by the initiative: itself, by a touchpoint, a value stage it maps to, or a capability that enables either
// note: a capability is bettered if the initiative improves it or closes an open gap in it; gaps are the open ones that it closes
// note: waitsFor are the initiatives that it depends on and that are not Completed, cancelled ones included
// note: a partial day of the end counts to the end of its month or year, one of the start from its beginning; without an end day an item counts
// text: `item` stands in for what is missing on the way to a stage, as the embedded store would look at every node for a null; it has no such links
MATCH (item:RoadmapItem)
WHERE ($all_items OR NOT coalesce(item.status, '') IN ['done', 'dropped'])
  AND ($from_day IS NULL OR item.endDate IS NULL OR item.endDate >= left($from_day, size(item.endDate)))
  AND ($journey IS NULL
    OR EXISTS { (item)<-[:HAS_ITEM]-(:Roadmap)-[:FOR_JOURNEY]->(:Journey {id: $journey}) }
    OR EXISTS { (item)-[:SCHEDULES]->(:Journey {id: $journey}) })
OPTIONAL MATCH (item)-[:SCHEDULES]->(work:Initiative)
WITH item, coalesce(work, item) AS initiative
OPTIONAL MATCH (initiative)-[:CLOSES]->(closed:CapabilityGap)-[:GAP_IN]->(lacking:Capability)
WHERE coalesce(closed.status, 'open') <> 'closed'
WITH item, initiative, collect(lacking) AS lackings
OPTIONAL MATCH (initiative)-[:IMPROVES]->(improved:Capability|JourneyStage|Touchpoint|ValueStreamStage)
WITH item, initiative, lackings, collect(improved) AS improvements
UNWIND CASE WHEN size(lackings + improvements) = 0 THEN [item] ELSE lackings + improvements END AS bettered
OPTIONAL MATCH (bettered)<-[:ENABLED_BY]-(enabled:JourneyStage|ValueStreamStage)
OPTIONAL MATCH (bettered)<-[:HAS_TOUCHPOINT]-(touching:JourneyStage)
WITH DISTINCT item, initiative,
  CASE WHEN bettered:JourneyStage OR bettered:ValueStreamStage THEN bettered ELSE coalesce(enabled, touching, item) END AS reached
OPTIONAL MATCH (reached)<-[:MAPS_TO]-(mapped:JourneyStage)
WITH DISTINCT item, initiative, CASE WHEN reached:JourneyStage THEN reached ELSE coalesce(mapped, item) END AS stage
OPTIONAL MATCH (stage)<-[:HAS_STAGE]-(journey:Journey)
WITH item, initiative, journey, stage
ORDER BY journey.title, stage.sequenceNumber, stage.title, stage.id
WITH item, initiative, collect(journey.title + ': ' + stage.title) AS stages
CALL (item) {
  MATCH (item)<-[:HAS_ITEM]-(:Roadmap)-[:FOR_JOURNEY]->(gaining:Journey)
  RETURN gaining
  UNION
  MATCH (item)-[:SCHEDULES]->(gaining:Journey)
  RETURN gaining
  UNION
  RETURN null AS gaining
}
WITH item, initiative, stages, gaining
ORDER BY gaining.title, gaining.id
WITH item, initiative, stages, collect(gaining.title) AS journeys
OPTIONAL MATCH (item)-[:SCHEDULES]->(other:ActivationPlan|StrategicResponse)
WITH item, initiative, stages, journeys, other
ORDER BY other.title, other.id
WITH item, initiative, stages, journeys, collect(other.title) AS otherWork
OPTIONAL MATCH (initiative)-[:DEPENDS_ON]->(before:Initiative)
WHERE coalesce(before.status, '') <> 'Completed'
WITH item, initiative, stages, journeys, otherWork, before
ORDER BY before.title, before.id
WITH item, initiative, stages, journeys, otherWork, collect(before.title) AS waitsFor
OPTIONAL MATCH (initiative)-[:CLOSES]->(gap:CapabilityGap)
WHERE coalesce(gap.status, 'open') <> 'closed'
WITH item, initiative, stages, journeys, otherWork, waitsFor, gap
ORDER BY gap.title, gap.id
WITH item, initiative, stages, journeys, otherWork, waitsFor, collect(gap.title) AS gaps
OPTIONAL MATCH (item)<-[:HAS_ITEM]-(roadmap:Roadmap)
WITH item, roadmap, CASE WHEN initiative:Initiative THEN initiative END AS initiative, stages, journeys, otherWork, waitsFor, gaps
RETURN
  roadmap.id AS roadmapId,
  roadmap.title AS roadmap,
  roadmap.horizon AS horizon,
  roadmap.track AS track,
  item.id AS itemId,
  item.title AS item,
  item.status AS itemStatus,
  item.sequenceNumber AS sequenceNumber,
  item.startDate AS startDate,
  item.endDate AS endDate,
  initiative.id AS initiativeId,
  initiative.title AS initiative,
  initiative.status AS initiativeStatus,
  otherWork AS otherWork,
  journeys AS journeys,
  stages AS stages,
  gaps AS gaps,
  waitsFor AS waitsFor
ORDER BY coalesce(startDate, '9999'), coalesce(roadmapId, ''), coalesce(sequenceNumber, 0), itemId, coalesce(initiativeId, '')
LIMIT $limit
