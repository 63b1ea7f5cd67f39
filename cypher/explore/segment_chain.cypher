// question: Which strategies target a segment, who stands for it, and which journeys, stages and touchpoints does it meet?
// param: segment CustomerSegment    by id
// returns: path path
// note: a journey belongs to the segment that it is designed for, and to those of the personas that walk it
MATCH (segment:CustomerSegment {id: $segment})
CALL (segment) {
  MATCH path = (segment)<-[:TARGETS]-(:Strategy)
  RETURN path
  UNION
  MATCH path = (segment)<-[:REPRESENTS]-(:Persona)
  RETURN path
  UNION
  MATCH path = (segment)<-[:DESIGNED_FOR]-(:Journey)
  RETURN path
  UNION
  MATCH path = (segment)<-[:DESIGNED_FOR]-(:Journey)-[:HAS_STAGE|HAS_TOUCHPOINT*1..2]->()
  RETURN path
  UNION
  MATCH path = (segment)<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(:Journey)
  RETURN path
  UNION
  MATCH path = (segment)<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(:Journey)-[:HAS_STAGE|HAS_TOUCHPOINT*1..2]->()
  RETURN path
}
RETURN DISTINCT path AS path
