// question: Which units of the organization never touch the customer model?
// grain: one row a unit that owns, takes part in and carries out nothing
// param: only_owning boolean = false    true to count owning alone, for the units that answer for nothing
// param: limit integer = 1000    1.., at most so many rows, by title
// returns: unitId string, unit string, parentId string?, parent string?, unitFunction string?, head string?
// returns: stakes integer, givenOrGave integer, involvedParts list<string>
// table: unit, parent, unitFunction, stakes, givenOrGave, involvedParts
// needs: (:OrgUnit)
// none: Every unit touches something.
// note: a unit touches what it owns, takes part in or carries out, and what one of its roles manages
// note: stakes counts what it takes part in, carries out or manages; it is 0 unless only_owning
// note: givenOrGave counts documents that it was given, evidence that it gave and reviews that it held: no involvement
// note: involvedParts are units below it that are involved themselves, so that it acts through them
MATCH (unit:OrgUnit)
WHERE NOT EXISTS { (unit)-[:OWNS]->() }
  AND ($only_owning OR NOT EXISTS { (unit)-[:PARTICIPATES_IN|EXECUTES]->() } AND NOT EXISTS { (unit)-[:HAS_ROLE]->(:Role)-[:MANAGES]->() })
OPTIONAL MATCH (whole:OrgUnit)-[:PARENT_OF]->(unit)
WITH unit, min(whole.id) AS wholeId
OPTIONAL MATCH (whole:OrgUnit {id: wholeId})
OPTIONAL MATCH (unit)-[:PARENT_OF*1..8]->(part:OrgUnit)
WHERE part.id <> unit.id
  AND (EXISTS { (part)-[:OWNS]->() }
    OR NOT $only_owning AND (EXISTS { (part)-[:PARTICIPATES_IN|EXECUTES]->() } OR EXISTS { (part)-[:HAS_ROLE]->(:Role)-[:MANAGES]->() }))
WITH DISTINCT unit, whole, part
ORDER BY part.title, part.id
WITH unit, whole, collect(part.title) AS involvedParts
RETURN
  unit.id AS unitId,
  unit.title AS unit,
  whole.id AS parentId,
  whole.title AS parent,
  unit.function AS unitFunction,
  unit.owner AS head,
  COUNT { (unit)-[:PARTICIPATES_IN|EXECUTES]->() } + COUNT { (unit)-[:HAS_ROLE]->(:Role)-[:MANAGES]->() } AS stakes,
  COUNT { (unit)<-[:SHARED_WITH|CONTRIBUTED_BY|CARRIED_OUT_BY]-() } AS givenOrGave,
  involvedParts AS involvedParts
ORDER BY unit, unitId
LIMIT $limit
