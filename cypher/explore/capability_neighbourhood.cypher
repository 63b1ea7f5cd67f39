// question: What surrounds one capability: its place, owner, gaps, stages and their journeys, and all that it is linked to?
// param: capability Capability    by id
// returns: path path
MATCH (capability:Capability {id: $capability})
CALL (capability) {
  MATCH path = (capability)-[]-(:Element)
  RETURN path
  UNION
  MATCH path = (capability)<-[:ENABLED_BY]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (capability)<-[:ENABLED_BY]-(:ValueStreamStage)<-[:HAS_STAGE]-(:ValueStream)
  RETURN path
  UNION
  MATCH path = (capability)<-[:GAP_IN]-(:CapabilityGap)<-[:CLOSES]-(:Initiative)
  RETURN path
}
RETURN DISTINCT path AS path
