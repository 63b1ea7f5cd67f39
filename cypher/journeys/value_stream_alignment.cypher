// question: How does a journey line up with its value streams, stage by stage, and what does the customer see?
// grain: one row a journey stage and value stage to which it maps, by journey and place in it; null where it maps to none
// param: journey Journey? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows
// returns: journeyId string, journey string, sequenceNumber integer?, stageId string, stage string
// returns: valueStreamId string?, valueStream string?, valueStageId string?, valueStage string?
// returns: visibility string?, alignmentScore integer?, touchpoints list<string>, capabilities integer
// returns: lowestSatisfaction float?, otherValueStreams list<string>
// table: journey, stage, valueStream, valueStage, visibility, capabilities, lowestSatisfaction
// needs: (:Journey), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No journey has a stage.
// note: visibility is that of the work behind the stage: the most visible stated, null where nobody stated any
// note: capabilities counts those that the stage names itself and those of the row's value stage, each once
// note: otherValueStreams are at work in the stage, and none of their stages is mapped to it
MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
WHERE $journey IS NULL OR journey.id = $journey
OPTIONAL MATCH (experience:StageExperience)-[:AT_STAGE]->(stage)
WITH journey, stage, min(experience.satisfactionScore) AS lowest
OPTIONAL MATCH (stage)-[:HAS_TOUCHPOINT]->(touchpoint:Touchpoint)
WITH journey, stage, lowest, touchpoint
ORDER BY touchpoint.title, touchpoint.id
WITH journey, stage, lowest, collect(touchpoint.title) AS touchpoints
OPTIONAL MATCH (stage)-[:INVOLVES]->(involved:ValueStream)
WHERE NOT EXISTS { (stage)-[:MAPS_TO]->(:ValueStreamStage)<-[:HAS_STAGE]-(involved) }
WITH journey, stage, lowest, touchpoints, involved
ORDER BY involved.title, involved.id
WITH journey, stage, lowest, touchpoints, collect(involved.title) AS involvedStreams
OPTIONAL MATCH (stage)-[:ENABLED_BY]->(direct:Capability)
WITH journey, stage, lowest, touchpoints, involvedStreams, count(DISTINCT direct) AS directOnes
OPTIONAL MATCH (stage)-[maps:MAPS_TO]->(valueStage:ValueStreamStage)
WITH journey, stage, lowest, touchpoints, involvedStreams, directOnes, valueStage,
  max(CASE maps.visibilityToCustomer WHEN 'fully-visible' THEN 2 WHEN 'partially-visible' THEN 1 WHEN 'invisible' THEN 0 END) AS seen
OPTIONAL MATCH (valueStage)-[:ENABLED_BY]->(through:Capability)
WHERE NOT EXISTS { (stage)-[:ENABLED_BY]->(through) }
WITH journey, stage, lowest, touchpoints, involvedStreams, directOnes, valueStage, seen, count(DISTINCT through) AS throughOnes
OPTIONAL MATCH (valueStream:ValueStream)-[:HAS_STAGE]->(valueStage)
OPTIONAL MATCH (journey)-[mapped:MAPPED_TO]->(valueStream)
WITH journey, stage, lowest, touchpoints, involvedStreams, directOnes, valueStage, seen, throughOnes, valueStream,
  max(mapped.alignmentScore) AS alignment
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.sequenceNumber AS sequenceNumber,
  stage.id AS stageId,
  stage.title AS stage,
  valueStream.id AS valueStreamId,
  valueStream.title AS valueStream,
  valueStage.id AS valueStageId,
  valueStage.title AS valueStage,
  CASE seen WHEN 2 THEN 'fully-visible' WHEN 1 THEN 'partially-visible' WHEN 0 THEN 'invisible' END AS visibility,
  alignment AS alignmentScore,
  touchpoints AS touchpoints,
  directOnes + throughOnes AS capabilities,
  lowest AS lowestSatisfaction,
  involvedStreams AS otherValueStreams
ORDER BY journey, journeyId, sequenceNumber, stage, stageId, valueStage, valueStageId
LIMIT $limit
