// question: Who uses an offering, which needs does it meet, where is it met, what does it rest on, and who rivals it?
// param: offering Product|Service    by id
// returns: path path
// note: dependencies are followed over at most 8 steps
MATCH (offering:Product|Service)
WHERE offering.id = $offering
CALL (offering) {
  MATCH path = (offering)<-[:CONSUMES|DELIVERS|DESIGN_FOCUS|OWNS|PROPOSES]-()
  RETURN path
  UNION
  MATCH path = (offering)-[:FULFILLS|USED_IN|COMPETES_WITH|DELIVERED_VIA|MEASURED_BY]->()
  RETURN path
  UNION
  MATCH path = (offering)-[:USED_IN]->(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (offering)-[:FULFILLS]->(:Need)<-[:HAS_NEED]-(:Persona|CustomerSegment)
  RETURN path
  UNION
  MATCH path = (offering)-[:DEPENDS_ON]->()
  RETURN path
  UNION
  MATCH (offering)-[:DEPENDS_ON*1..7]->(base)
  WITH DISTINCT base
  MATCH path = (base)-[:DEPENDS_ON]->()
  RETURN path
  UNION
  MATCH (offering)-[:DEPENDS_ON*1..8]->(capability:Capability)
  WITH DISTINCT capability
  MATCH path = (capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path
}
RETURN DISTINCT path AS path
