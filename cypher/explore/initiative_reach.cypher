// question: How far does an initiative reach: gaps, capabilities, stages, journeys, people, strategy and roadmap?
// param: initiative Initiative    by id
// returns: path path
// text: CLOSES and GAP_IN, or IMPROVES alone, lead to a capability; from there stages and value stages lead to a journey
MATCH (initiative:Initiative {id: $initiative})
CALL (initiative) {
  MATCH path = (initiative)-[:CLOSES|GAP_IN|IMPROVES*1..2]->()
  RETURN path
  UNION
  MATCH path = (initiative)-[:IMPLEMENTS|TARGETS|ADDRESSES|MEASURED_BY|DEPENDS_ON]->()
  RETURN path
  UNION
  MATCH path = (initiative)<-[:SCHEDULES]-(:RoadmapItem)<-[:HAS_ITEM]-(:Roadmap)
  RETURN path
  UNION
  MATCH path = (initiative)-[:CLOSES|GAP_IN|IMPROVES*1..2]->()<-[:ENABLED_BY|MAPS_TO|HAS_TOUCHPOINT|HAS_STAGE*1..3]-(:Journey)
  RETURN path
  UNION
  MATCH path = (initiative)-[:CLOSES|GAP_IN|IMPROVES*1..2]->()<-[:ENABLED_BY|MAPS_TO|HAS_TOUCHPOINT|HAS_STAGE*1..3]-(:Journey)-[:APPLIES_TO|REPRESENTS|DESIGNED_FOR*1..2]->()
  RETURN path
}
RETURN DISTINCT path AS path
