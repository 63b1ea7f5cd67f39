// question: What does a roadmap schedule, which gaps does that close, and for which journey?
// param: roadmap Roadmap    by id
// returns: path path
MATCH (roadmap:Roadmap {id: $roadmap})
CALL (roadmap) {
  MATCH path = (roadmap)-[:FOR_JOURNEY]->(:Journey)
  RETURN path
  UNION
  MATCH path = (roadmap)<-[:OWNS]-(:OrgUnit)
  RETURN path
  UNION
  MATCH path = (roadmap)-[:HAS_ITEM|SCHEDULES*1..2]->()
  RETURN path
  UNION
  MATCH path = (roadmap)-[:HAS_ITEM]->(:RoadmapItem)-[:SCHEDULES]->(:Initiative)-[:CLOSES]->(:CapabilityGap)-[:GAP_IN]->(:Capability)
  RETURN path
}
RETURN DISTINCT path AS path
