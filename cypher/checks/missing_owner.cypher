// question: Which segments, personas, journeys and customer relationships have no unit that answers for them?
// severity: error
// requirements: A45
// advice: Name the unit that answers for it in orgUnitTitle; it may be one that is not defined yet.
// message: No unit answers for {title}.
// covers: CustomerSegment.orgUnitTitle, Persona.orgUnitTitle, Journey.orgUnitTitle, CustomerRelationship.orgUnitTitle
// returns: kind string, id string, title string
MATCH (element:CustomerSegment|Persona|Journey|CustomerRelationship)
WHERE coalesce(element.isStub, false) = false
  AND NOT EXISTS { (element)<-[:OWNS]-(:OrgUnit) }
RETURN
  head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  element.id AS id,
  element.title AS title
ORDER BY kind, id
