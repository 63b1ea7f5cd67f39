// question: What does one capability gap touch: who closes it, which stages it reaches, and who feels it?
// param: gap CapabilityGap    by id
// returns: path path
// note: in Neo4j Browser run first  :param gap => 'the id'
MATCH (gap:CapabilityGap {id: $gap})-[:GAP_IN]->(capability:Capability)
CALL (capability) {
  RETURN capability AS enabling
  UNION
  MATCH (capability)<-[:DEPENDS_ON*1..8]-(enabling:Capability)
  WHERE enabling.id <> capability.id AND EXISTS { ()-[:ENABLED_BY]->(enabling) }
  RETURN DISTINCT enabling
}
CALL (gap, capability, enabling) {
  MATCH path = (gap)-[:GAP_IN]->(capability)
  RETURN path
  UNION
  MATCH path = (gap)-[:HINDERS]->(:CustomerSegment)
  RETURN path
  UNION
  MATCH path = (gap)<-[:CLOSES]-(:Initiative)
  RETURN path
  UNION
  MATCH path = shortestPath((enabling)-[:DEPENDS_ON*1..8]->(capability))
  WHERE enabling.id <> capability.id
  RETURN path
  UNION
  MATCH path = (enabling)<-[:ENABLED_BY]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (enabling)<-[:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (enabling)<-[:ENABLED_BY]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)-[:APPLIES_TO]->(:Persona)
  RETURN path
  UNION
  MATCH path = (enabling)<-[:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)-[:APPLIES_TO]->(:Persona)
  RETURN path
  UNION
  MATCH path = (enabling)<-[:ENABLED_BY]-(:JourneyStage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(:Persona)
  RETURN path
  UNION
  MATCH path = (enabling)<-[:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(:Persona)
  RETURN path
}
RETURN DISTINCT path AS path
