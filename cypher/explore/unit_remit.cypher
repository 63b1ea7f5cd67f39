// question: What does an organization unit own, carry out and take part in?
// param: unit OrgUnit    by id
// returns: path path
MATCH (unit:OrgUnit {id: $unit})
CALL (unit) {
  MATCH path = (unit)-[:OWNS|EXECUTES|PARTICIPATES_IN|HAS_ROLE|PARENT_OF]->()
  RETURN path
  UNION
  MATCH path = (unit)<-[:PARENT_OF|IMPACTS]-()
  RETURN path
}
RETURN DISTINCT path AS path
