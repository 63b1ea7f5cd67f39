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
// text: the segment is matched again by its id, as the embedded store takes a null inside CALL for any node
CALL () {
  MATCH (lone:Persona)
  WHERE NOT EXISTS { (:Journey)-[:APPLIES_TO]->(lone) }
  OPTIONAL MATCH (lone)-[:REPRESENTS]->(group:CustomerSegment)
  WITH lone, group
  WHERE $segment IS NULL OR group.id = $segment
  CALL (lone) {
    MATCH (lone)-[:HAS_EXPERIENCE]->(experience:StageExperience)
    RETURN count(experience) AS experiences
  }
  CALL (group) {
    MATCH (candidate:Journey)-[:DESIGNED_FOR]->(:CustomerSegment {id: group.id})
    WITH candidate
    ORDER BY candidate.title, candidate.id
    RETURN collect(candidate.title) AS candidates
  }
  RETURN 'Persona' AS elementKind, lone, group, experiences, candidates
  UNION
  MATCH (lone:Journey)
  WHERE NOT EXISTS { (lone)-[:APPLIES_TO]->(:Persona) }
    AND NOT EXISTS { (:Persona)<-[:APPLIES_TO]-(:Journey)-[:COMPOSED_OF]->(lone) }
  OPTIONAL MATCH (lone)-[:DESIGNED_FOR]->(group:CustomerSegment)
  WITH lone, group
  WHERE $segment IS NULL OR group.id = $segment
  CALL (lone) {
    MATCH (lone)-[:HAS_STAGE]->(:JourneyStage)<-[:AT_STAGE]-(experience:StageExperience)
    RETURN count(experience) AS experiences
  }
  CALL (group) {
    MATCH (candidate:Persona)-[:REPRESENTS]->(:CustomerSegment {id: group.id})
    WITH candidate
    ORDER BY candidate.title, candidate.id
    RETURN collect(candidate.title) AS candidates
  }
  RETURN 'Journey' AS elementKind, lone, group, experiences, candidates
}
CALL (lone) {
  MATCH (unit:OrgUnit)-[:OWNS]->(lone)
  WITH unit
  ORDER BY unit.title, unit.id
  RETURN collect(unit.title) AS units
}
RETURN
  elementKind AS elementKind,
  lone.id AS elementId,
  lone.title AS element,
  group.id AS segmentId,
  group.title AS segment,
  reduce(text = head(units), title IN tail(units) | text + ', ' + title) AS owner,
  experiences AS experiences,
  candidates AS candidates
ORDER BY elementKind, elementId
LIMIT $limit
