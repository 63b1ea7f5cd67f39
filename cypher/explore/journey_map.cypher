// question: What does one journey look like, stage by stage: touchpoints, capabilities, open gaps, and who feels worst?
// param: journey Journey    by id
// returns: path path
// note: stages come in order; the line between them is NEXT_STAGE, drawn where it is stated
// note: of the experiences at a stage only the least satisfied is here; capabilities behind a value stage only where they have an open gap
MATCH (journey:Journey {id: $journey})-[place:HAS_STAGE]->(stage:JourneyStage)
CALL (journey, stage) {
  MATCH path = (journey)-[:HAS_STAGE]->(stage)
  RETURN path, 1 AS part
  UNION
  MATCH path = (stage)-[:NEXT_STAGE]->(:JourneyStage)
  RETURN path, 2 AS part
  UNION
  MATCH path = (stage)-[:HAS_TOUCHPOINT]->(:Touchpoint)
  RETURN path, 3 AS part
  UNION
  MATCH path = (stage)-[:ENABLED_BY]->(:Capability)
  RETURN path, 4 AS part
  UNION
  MATCH path = (stage)-[:ENABLED_BY]->(:Capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path, 5 AS part
  UNION
  MATCH path = (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path, 6 AS part
  UNION
  MATCH path = (stage)<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(:Persona)
  WHERE experience.satisfactionScore IS NOT NULL
    AND NOT EXISTS { MATCH (stage)<-[:AT_STAGE]-(worse:StageExperience) WHERE worse.satisfactionScore < experience.satisfactionScore }
  RETURN path, 7 AS part
}
RETURN path AS path
ORDER BY coalesce(stage.sequenceNumber, place.sequenceNumber, 1000000), stage.title, stage.id, part
