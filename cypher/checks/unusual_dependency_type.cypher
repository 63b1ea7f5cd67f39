// question: Which dependencies are of a type that is not on the list?
// severity: warning
// requirements: A12
// advice: Use a type of the list, or add yours to it by the threshold usual.
// message: {title} depends on {other} by the type {stated}, which is none of {usual}.
// param: usual list<string> = ["Critical","Important","Supportive","Minimal"]    types that are no finding
// returns: kind string, id string, title string, other string, stated string
MATCH (element)-[needs:DEPENDS_ON]->(needed)
WHERE NOT needs.dependencyType IN $usual
RETURN
  head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  element.id AS id,
  element.title AS title,
  needed.title AS other,
  needs.dependencyType AS stated
ORDER BY kind, id, other, needed.id
