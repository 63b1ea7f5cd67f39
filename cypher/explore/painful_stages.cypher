// question: Where are customers least satisfied, who feels it, and which open gaps are behind it?
// param: max_satisfaction float = 2.5    1..5, the highest satisfaction that counts as dissatisfied
// param: limit integer = 60    1.., at most so many paths
// returns: path path
// note: gaps lie in capabilities that the stage names, that enable its value stage, or that shape the experience
MATCH (experience:StageExperience)-[:AT_STAGE]->(stage:JourneyStage)
WHERE experience.satisfactionScore <= $max_satisfaction
CALL (experience, stage) {
  MATCH path = (:Persona)-[:HAS_EXPERIENCE]->(experience)-[:AT_STAGE]->(stage)<-[:HAS_STAGE]-(:Journey)
  RETURN path, 1 AS part
  UNION
  MATCH path = (experience)-[:AT_STAGE]->(stage)-[:ENABLED_BY]->(:Capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path, 2 AS part
  UNION
  MATCH path = (experience)-[:AT_STAGE]->(stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path, 2 AS part
  UNION
  MATCH path = (experience)-[:SHAPED_BY]->(:Capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path, 2 AS part
}
RETURN path AS path
ORDER BY experience.satisfactionScore, experience.id, part, reduce(text = '', node IN nodes(path) | text + node.id + ' ')
LIMIT $limit
