// question: What threatens a customer relationship, what could it become, and by what is it measured?
// param: relationship CustomerRelationship    by id
// returns: path path
// note: opportunities and indicators are those of the relationship and of its segment
MATCH (relationship:CustomerRelationship {id: $relationship})
CALL (relationship) {
  MATCH path = (relationship)-[:WITH_SEGMENT|EXPOSED_TO|HAS_OPPORTUNITY|MEASURED_BY|HAS_EVENT|MANAGED_THROUGH|CONTACTED_VIA]->()
  RETURN path
  UNION
  MATCH path = (relationship)<-[:OWNS]-(:OrgUnit)
  RETURN path
  UNION
  MATCH path = (relationship)-[:WITH_SEGMENT]->(:CustomerSegment)-[:HAS_OPPORTUNITY|MEASURED_BY]->()
  RETURN path
  UNION
  MATCH path = (relationship)-[:HAS_OPPORTUNITY]->(:Opportunity)<-[:ADDRESSES]-()
  RETURN path
  UNION
  MATCH path = (relationship)-[:WITH_SEGMENT]->(:CustomerSegment)-[:HAS_OPPORTUNITY]->(:Opportunity)<-[:ADDRESSES]-()
  RETURN path
}
RETURN DISTINCT path AS path
