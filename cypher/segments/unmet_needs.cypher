// question: Which needs of a segment does no offering meet?
// grain: one row a segment and unmet need that it or a persona of it has
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, needs of the highest priority first
// returns: segmentId string, segment string, needId string, need string, needKind string?, priority integer?
// returns: statedBySegment boolean, personas list<string>, stages list<string>
// returns: capabilities list<string>, initiatives list<string>, offeringsForOthers list<string>
// table: segment, need, priority, personas, stages, initiatives, offeringsForOthers
// needs: (:CustomerSegment), (:Need)
// none: An offering meets every need that a segment or a persona of it states.
// note: a product or service meets a need if it fulfills it for this segment, or without naming a segment
// note: priority is the highest that the segment or a persona of it states, else that of the need itself
// note: capabilities and initiatives help to meet the need without being an offering; cancelled initiatives do not count
// note: offeringsForOthers fulfill the need, but only for other segments
// text: a node is sought again by id where it may be null, since from a null the embedded store would look at every node
MATCH (segment:CustomerSegment)
WHERE $segment IS NULL OR segment.id = $segment
CALL (segment) {
  MATCH (segment)-[has:HAS_NEED]->(need:Need)
  RETURN need, has.priority AS stated, null AS persona
  UNION
  MATCH (segment)<-[:REPRESENTS]-(persona:Persona)-[has:HAS_NEED]->(need:Need)
  RETURN need, has.priority AS stated, persona
}
WITH segment, need, stated, persona
WHERE NOT EXISTS { MATCH (need)<-[meets:FULFILLS]-() WHERE meets.forSegmentID IS NULL OR meets.forSegmentID = segment.id }
WITH segment, need, stated, persona
ORDER BY persona.title, persona.id
WITH segment, need, max(stated) AS stated, collect(persona.title) AS personas,
  sum(CASE WHEN persona IS NULL THEN 1 ELSE 0 END) AS bySegment
OPTIONAL MATCH (need)-[:ARISES_AT]->(stage:JourneyStage)
OPTIONAL MATCH (journey:Journey)-[:HAS_STAGE]->(:JourneyStage {id: stage.id})
WITH segment, need, stated, personas, bySegment, journey, stage
ORDER BY journey.title, stage.sequenceNumber, stage.title, stage.id
WITH segment, need, stated, personas, bySegment, collect(coalesce(journey.title + ': ', '') + stage.title) AS stages
OPTIONAL MATCH (capability:Capability)-[:ADDRESSES]->(need)
WITH segment, need, stated, personas, bySegment, stages, capability
ORDER BY capability.title, capability.id
WITH segment, need, stated, personas, bySegment, stages, collect(capability.title) AS capabilities
OPTIONAL MATCH (initiative:Initiative)-[:ADDRESSES]->(need)
WHERE coalesce(initiative.status, '') <> 'Cancelled'
WITH segment, need, stated, personas, bySegment, stages, capabilities, initiative
ORDER BY initiative.title, initiative.id
WITH segment, need, stated, personas, bySegment, stages, capabilities, collect(initiative.title) AS initiatives
OPTIONAL MATCH (offering:Product|Service)-[:FULFILLS]->(need)
WITH DISTINCT segment, need, stated, personas, bySegment, stages, capabilities, initiatives, offering
ORDER BY offering.title, offering.id
WITH segment, need, stated, personas, bySegment, stages, capabilities, initiatives, collect(offering.title) AS offerings
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  need.id AS needId,
  need.title AS need,
  need.needKind AS needKind,
  coalesce(stated, need.priority) AS priority,
  bySegment > 0 AS statedBySegment,
  personas AS personas,
  stages AS stages,
  capabilities AS capabilities,
  initiatives AS initiatives,
  offerings AS offeringsForOthers
ORDER BY coalesce(priority, 0) DESC, segmentId, needId
LIMIT $limit
