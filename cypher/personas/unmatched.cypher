// question: Which personas have no journey, and which journeys no persona?
// grain: one row a persona that walks no journey, or a journey that no persona walks
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, journeys before personas
// returns: elementKind string, elementId string, element string, segmentId string?, segment string?
// returns: owner string?, experiences integer, candidates list<string>
// table: elementKind, element, segment, owner, experiences, candidates
// needs: (:Persona), (:Journey)
// none: Every persona walks a journey, and a persona walks every journey.
// note: a persona walks a journey that applies to it; a part of a journey is walked by whoever walks the whole
// note: experiences counts those of the persona, or those at stages of the journey, that were recorded all the same
// note: candidates are the journeys designed for the segment of the persona, or the personas of the journey's segment
// note: several owners are joined by a comma
MATCH (lone:Persona|Journey)
WHERE NOT EXISTS { (:Journey)-[:APPLIES_TO]->(lone) }
  AND NOT EXISTS { (lone)-[:APPLIES_TO]->(:Persona) }
  AND NOT EXISTS { (:Persona)<-[:APPLIES_TO]-(:Journey)-[:COMPOSED_OF]->(lone) }
OPTIONAL MATCH (lone)-[:REPRESENTS|DESIGNED_FOR]->(group:CustomerSegment)
WITH lone, group
WHERE $segment IS NULL OR group.id = $segment
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(lone)
WITH lone, group, unit
ORDER BY unit.title, unit.id
WITH lone, group, collect(unit.title) AS units
OPTIONAL MATCH (lone)-[:HAS_EXPERIENCE]->(experience:StageExperience)
WITH lone, group, units, count(experience) AS own
OPTIONAL MATCH (lone)-[:HAS_STAGE]->(:JourneyStage)<-[:AT_STAGE]-(experience:StageExperience)
WITH lone, group, units, own, count(experience) AS there
OPTIONAL MATCH (group)<-[:REPRESENTS|DESIGNED_FOR]-(candidate:Persona|Journey)
WHERE lone:Persona AND candidate:Journey OR lone:Journey AND candidate:Persona
WITH lone, group, units, own, there, candidate
ORDER BY candidate.title, candidate.id
WITH lone, group, units, own, there, collect(candidate.title) AS candidates
RETURN
  CASE WHEN lone:Persona THEN 'Persona' ELSE 'Journey' END AS elementKind,
  lone.id AS elementId,
  lone.title AS element,
  group.id AS segmentId,
  group.title AS segment,
  reduce(text = head(units), title IN tail(units) | text + ', ' + title) AS owner,
  own + there AS experiences,
  candidates AS candidates
ORDER BY elementKind, elementId
LIMIT $limit
