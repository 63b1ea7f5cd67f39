// question: What stands behind a touchpoint, down to capabilities, assets, processes and requirements?
// param: touchpoint Touchpoint    by id
// returns: path path
MATCH (touchpoint:Touchpoint {id: $touchpoint})<-[:HAS_TOUCHPOINT]-(stage:JourneyStage)
CALL (touchpoint, stage) {
  MATCH path = (touchpoint)<-[:HAS_TOUCHPOINT]-(stage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (touchpoint)-[:VIA_CHANNEL|HAS_TRIGGER_POINT]->()
  RETURN path
  UNION
  MATCH path = (touchpoint)<-[:SUPPORTS]-(:Asset)
  RETURN path
  UNION
  MATCH path = (stage)-[:ENABLED_BY]->(:Capability)
  RETURN path
  UNION
  MATCH path = (stage)-[:ENABLED_BY]->(:Capability)<-[:SUPPORTS|REALIZES|SPECIFIES*1..2]-()
  RETURN path
  UNION
  MATCH path = (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability)
  RETURN path
  UNION
  MATCH path = (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability)<-[:SUPPORTS|REALIZES|SPECIFIES*1..2]-()
  RETURN path
  UNION
  MATCH path = (stage)<-[:SUPPORTS]-(:Process)
  RETURN path
  UNION
  MATCH path = (stage)-[:MAPS_TO]->(:ValueStreamStage)<-[:SUPPORTS|SPECIFIES]-()
  RETURN path
}
RETURN DISTINCT path AS path
