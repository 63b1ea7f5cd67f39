// question: If a capability fails or is weak, which segments, personas, journey stages and value stages suffer?
// grain: one row a suffering element, by the shortest route from it to the capability
// param: capability Capability    by id or title
// param: limit integer = 1000    1.., at most so many rows, the nearest first
// returns: kind string, elementId string, element string, reachedBy string, hops integer
// returns: throughId string, through string, importance integer?
// returns: atId string?, at string?, journeyId string?, journey string?
// table: kind, element, reachedBy, at, journey, through, hops
// needs: (:Capability)
// none: No segment, persona or stage rests on the capability, nor on one that depends on it.
// note: hops counts the DEPENDS_ON steps, at most 8, from `through`, which the element rests on, to the failing capability
// note: reachedBy is the first link of the route: a stage rests by ENABLED_BY, a value stage else by DEPENDS_ON, a journey stage else by MAPS_TO of a value stage that is enabled
// note: a persona rests by REQUIRES, by SHAPED_BY of an experience, by HAS_EXPERIENCE at or EXPERIENCES of a stage, or by APPLIES_TO of a journey
// note: a segment rests by SUPPORTED_BY, DEPENDS_ON or DESIGNED_FOR of a journey; one hit only through its personas has no row
// note: of equally short routes the row shows the closest link, then the most important; `at` is the stage between
// note: importance is stated by the link to `through`: its importanceLevel, relationshipStrength or priority
MATCH (failing:Capability)
WHERE failing.id = $capability
CALL (failing) {
  RETURN failing AS resting, 0 AS hops
  UNION
  MATCH (failing)<-[:DEPENDS_ON*1..8]-(resting:Capability)
  WITH DISTINCT failing, resting
  WHERE resting.id <> failing.id
  MATCH path = shortestPath((resting)-[:DEPENDS_ON*1..8]->(failing))
  RETURN resting, length(path) AS hops
}
CALL (resting) {
  MATCH (resting)<-[link:SUPPORTED_BY|REQUIRES|ENABLED_BY|DEPENDS_ON]-(element)
  WHERE element:CustomerSegment OR element:Persona OR element:JourneyStage OR element:ValueStreamStage
  RETURN element, type(link) AS reachedBy, null AS at,
    coalesce(link.importanceLevel, link.relationshipStrength, link.priority) AS importance
  UNION
  MATCH (resting)<-[link:ENABLED_BY]-(at:ValueStreamStage)<-[:MAPS_TO]-(element:JourneyStage)
  RETURN element, 'MAPS_TO' AS reachedBy, at, link.importanceLevel AS importance
  UNION
  MATCH (resting)<-[:SHAPED_BY]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(element:Persona)
  OPTIONAL MATCH (experience)-[:AT_STAGE]->(at:JourneyStage)
  RETURN element, 'SHAPED_BY' AS reachedBy, at, null AS importance
  UNION
  MATCH (resting)<-[link:ENABLED_BY]-(at:ValueStreamStage)<-[:EXPERIENCES]-(element:Persona)
  RETURN element, 'EXPERIENCES' AS reachedBy, at, link.importanceLevel AS importance
  UNION
  MATCH (resting)<-[link:ENABLED_BY]-(at:JourneyStage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(element:Persona)
  RETURN element, 'HAS_EXPERIENCE' AS reachedBy, at, link.importanceLevel AS importance
  UNION
  MATCH (resting)<-[link:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(at:JourneyStage)
  MATCH (at)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(element:Persona)
  RETURN element, 'HAS_EXPERIENCE' AS reachedBy, at, link.importanceLevel AS importance
  UNION
  MATCH (resting)<-[link:ENABLED_BY]-(at:JourneyStage)<-[:HAS_STAGE]-(:Journey)-[way:APPLIES_TO|DESIGNED_FOR]->(element)
  RETURN element, type(way) AS reachedBy, at, link.importanceLevel AS importance
  UNION
  MATCH (resting)<-[link:ENABLED_BY]-(:ValueStreamStage)<-[:MAPS_TO]-(at:JourneyStage)
  MATCH (at)<-[:HAS_STAGE]-(:Journey)-[way:APPLIES_TO|DESIGNED_FOR]->(element)
  RETURN element, type(way) AS reachedBy, at, link.importanceLevel AS importance
}
WITH element, reachedBy, hops, resting, importance, at,
  CASE
    WHEN reachedBy IN ['SUPPORTED_BY', 'REQUIRES', 'ENABLED_BY'] THEN 1
    WHEN reachedBy IN ['DEPENDS_ON', 'SHAPED_BY', 'MAPS_TO'] THEN 2
    WHEN reachedBy IN ['HAS_EXPERIENCE', 'DESIGNED_FOR'] THEN 3
    WHEN reachedBy = 'EXPERIENCES' THEN 4
    ELSE 5
  END AS rank
ORDER BY hops, rank, coalesce(importance, 0) DESC, resting.id, coalesce(at.id, '')
WITH element,
  collect({by: reachedBy, hops: hops, resting: resting, importance: importance, at: at}) AS routes
WITH element, routes[0] AS route
WITH element, route, route.at AS at, route.resting AS resting
WITH element, route, at, resting, CASE WHEN element:JourneyStage THEN element ELSE at END AS stage
OPTIONAL MATCH (:JourneyStage {id: stage.id})<-[:HAS_STAGE]-(journey:Journey)
RETURN
  CASE
    WHEN element:CustomerSegment THEN 'CustomerSegment'
    WHEN element:Persona THEN 'Persona'
    WHEN element:JourneyStage THEN 'JourneyStage'
    ELSE 'ValueStreamStage'
  END AS kind,
  element.id AS elementId,
  element.title AS element,
  route.by AS reachedBy,
  route.hops AS hops,
  resting.id AS throughId,
  resting.title AS through,
  route.importance AS importance,
  at.id AS atId,
  at.title AS at,
  journey.id AS journeyId,
  journey.title AS journey
ORDER BY hops, kind, coalesce(importance, 0) DESC, elementId, coalesce(journeyId, '')
LIMIT $limit
