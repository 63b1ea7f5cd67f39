// question: What does a segment need, who of its personas needs it, too, and what meets or addresses it?
// param: segment CustomerSegment    by id
// returns: path path
MATCH (segment:CustomerSegment {id: $segment})
CALL (segment) {
  MATCH path = (segment)-[:HAS_NEED]->(:Need)
  RETURN path
  UNION
  MATCH path = (segment)-[:HAS_NEED]->(:Need)<-[:FULFILLS|ADDRESSES]-()
  RETURN path
  UNION
  MATCH path = (segment)<-[:REPRESENTS]-(:Persona)-[:HAS_NEED]->(:Need)
  RETURN path
  UNION
  MATCH path = (segment)<-[:REPRESENTS]-(:Persona)-[:HAS_NEED]->(:Need)<-[:FULFILLS|ADDRESSES]-()
  RETURN path
  UNION
  MATCH path = (segment)-[:CONSUMES]->()
  RETURN path
}
RETURN DISTINCT path AS path
