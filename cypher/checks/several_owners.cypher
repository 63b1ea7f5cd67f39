// question: Which elements have more than one owner?
// severity: warning
// requirements: A18
// advice: Leave one unit in orgUnitTitle, and state the stakes of the others as participatesIn of theirs.
// message: {title} has {owners} owners: {units}.
// param: most integer = 1    1.., so many owners are no finding
// returns: kind string, id string, title string, owners integer, units list<string>
MATCH (unit:OrgUnit)-[:OWNS]->(element)
WITH element, unit
ORDER BY unit.title, unit.id
WITH element, collect(unit.title) AS units
WHERE size(units) > $most
RETURN
  head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  element.id AS id,
  element.title AS title,
  size(units) AS owners,
  units AS units
ORDER BY kind, id
