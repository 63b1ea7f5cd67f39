// question: What hangs on a strategy: segments, initiatives and the gaps they close, responses, indicators and risks?
// param: strategy Strategy    by id
// returns: path path
// note: a response belongs to it through an initiative that carries out both, or by affecting it
MATCH (strategy:Strategy {id: $strategy})
CALL (strategy) {
  MATCH path = (strategy)-[:TARGETS|PRIORITIZES|MEASURED_BY|EXPOSED_TO|PARENT_OF]->()
  RETURN path
  UNION
  MATCH path = (strategy)<-[:IMPLEMENTS|ALIGNED_WITH|OWNS|AFFECTS]-()
  RETURN path
  UNION
  MATCH path = (strategy)<-[:IMPLEMENTS]-(:Initiative)-[:CLOSES]->(:CapabilityGap)-[:GAP_IN]->(:Capability)
  RETURN path
  UNION
  MATCH path = (strategy)<-[:IMPLEMENTS]-(:Initiative)-[:IMPLEMENTS]->(:StrategicResponse)-[:RESPONDS_TO]->(:Trigger)
  RETURN path
}
RETURN DISTINCT path AS path
