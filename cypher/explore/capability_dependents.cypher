// question: What rests on a capability, directly and through others, up to the stages and journeys that feel it?
// param: capability Capability    by id
// returns: path path
// note: dependencies are followed over at most 8 steps
MATCH (capability:Capability {id: $capability})
CALL (capability) {
  RETURN capability AS base
  UNION
  MATCH (capability)<-[:DEPENDS_ON*1..7]-(base)
  RETURN DISTINCT base
}
CALL (base) {
  MATCH path = (base)<-[:DEPENDS_ON]-(:Element)
  RETURN path
  UNION
  MATCH path = (base)<-[:ENABLED_BY]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (base)<-[:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
}
RETURN DISTINCT path AS path
