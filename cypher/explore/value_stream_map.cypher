// question: What are the stages of a value stream, what enables them, and which journey stages do customers see of them?
// param: value_stream ValueStream    by id
// returns: path path
MATCH (stream:ValueStream {id: $value_stream})
CALL (stream) {
  MATCH path = (stream)-[:HAS_STAGE]->(:ValueStreamStage)
  RETURN path
  UNION
  MATCH path = (stream)-[:HAS_STAGE]->(:ValueStreamStage)-[:NEXT_STAGE]->(:ValueStreamStage)
  RETURN path
  UNION
  MATCH path = (stream)-[:HAS_STAGE]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability)
  RETURN path
  UNION
  MATCH (stream)-[:HAS_STAGE]->(:ValueStreamStage)-[:ENABLED_BY]->(capability:Capability)
  WITH DISTINCT capability
  MATCH path = (capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path
  UNION
  MATCH path = (stream)-[:HAS_STAGE]->(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (stream)<-[:MAPPED_TO]-(:Journey)
  RETURN path
  UNION
  MATCH path = (stream)-[:DELIVERS]->()
  RETURN path
}
RETURN DISTINCT path AS path
