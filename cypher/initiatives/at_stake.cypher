// question: If we cut this initiative, or let it slip, which journey stages, segments and indicators lose?
// grain: one row an open gap that the initiative closes or an element that it improves, a journey stage that this reaches, and a segment there
// param: initiative Initiative    by id or title
// param: limit integer = 1000    1.., at most so many rows, gaps before improvements and the nearest stages first
// returns: initiativeId string, initiative string, status string?, endDate string?
// returns: effect string, kind string, elementId string, element string, capabilityId string?, capability string?
// returns: expectedShare float?, sole boolean, journeyId string?, journey string?, stageId string?, stage string?, route string?, hops integer?
// returns: segmentId string?, segment string?, personas list<string>, indicators list<string>, dependents list<string>
// table: effect, element, sole, journey, stage, segment, indicators
// needs: (:Initiative)
// none: The initiative closes no open gap and improves nothing.
// note: sole is true if no other initiative that is neither Completed nor Cancelled closes the gap or improves the element
// note: what reaches no stage of a journey has one row without a stage, with the segment that the gap hinders, if it states one
// note: route is direct (the stage, a touchpoint of it or a capability that enables it), value stream, or dependency; the row shows the one of fewest hops
// note: hops are the DEPENDS_ON steps from the capability that enables the stage to the one that is bettered
// note: segment is that of the personas who walk the stage, else the one that the journey is designed for; a gap that hinders a segment counts for it alone
// note: indicators measure the initiative, the element, the capability or the stage; expectedShare is the percent of the gap that should be closed
// note: dependents are the initiatives, neither Completed nor Cancelled, that depend on this one over at most 8 steps
// text: `initiative` stands in for what is missing on a route, as the embedded store would look at every node for a null; it has no such links
// text: `needed` is `capability` again, as the embedded store takes a null in shortestPath for any node
MATCH (initiative:Initiative)
WHERE initiative.id = $initiative
CALL (initiative) {
  MATCH (initiative)<-[:DEPENDS_ON*1..8]-(later:Initiative)
  WHERE later.id <> initiative.id AND NOT coalesce(later.status, '') IN ['Completed', 'Cancelled']
  RETURN DISTINCT later
  UNION
  RETURN null AS later
}
WITH initiative, later
ORDER BY later.title, later.id
WITH initiative, collect(later.title) AS dependents
CALL (initiative) {
  MATCH (initiative)-[closes:CLOSES]->(element:CapabilityGap)
  WHERE coalesce(element.status, 'open') <> 'closed'
  OPTIONAL MATCH (element)-[:GAP_IN]->(capability:Capability)
  OPTIONAL MATCH (element)-[:HINDERS]->(hindered:CustomerSegment)
  RETURN element, 'closes' AS effect, capability, hindered, closes.expectedShare AS expectedShare
  UNION
  MATCH (initiative)-[:IMPROVES]->(element:Capability|JourneyStage|Process|Touchpoint|ValueStreamStage)
  RETURN element, 'improves' AS effect, CASE WHEN element:Capability THEN element END AS capability, null AS hindered, null AS expectedShare
}
CALL (initiative, capability) {
  RETURN coalesce(capability, initiative) AS enabling, 0 AS hops
  UNION
  MATCH (needed:Capability {id: capability.id})<-[:DEPENDS_ON*1..8]-(enabling:Capability)
  WITH DISTINCT needed, enabling
  WHERE enabling.id <> needed.id AND EXISTS { ()-[:ENABLED_BY]->(enabling) }
  MATCH path = shortestPath((enabling)-[:DEPENDS_ON*1..8]->(needed))
  RETURN enabling, length(path) AS hops
}
OPTIONAL MATCH (enabling)<-[:ENABLED_BY]-(enabled:JourneyStage|ValueStreamStage)
OPTIONAL MATCH (element)<-[:HAS_TOUCHPOINT]-(touching:JourneyStage)
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, hops,
  CASE WHEN element:JourneyStage OR element:ValueStreamStage THEN element ELSE coalesce(enabled, touching, initiative) END AS reached
OPTIONAL MATCH (reached)<-[:MAPS_TO]-(mapped:JourneyStage)
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, hops,
  CASE WHEN reached:JourneyStage THEN reached ELSE coalesce(mapped, initiative) END AS stage,
  CASE WHEN hops > 0 THEN 'dependency' WHEN reached:JourneyStage THEN 'direct' ELSE 'value stream' END AS route
OPTIONAL MATCH (stage)<-[:HAS_STAGE]-(journey:Journey)
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, hops, stage, route, coalesce(journey, initiative) AS journey
ORDER BY hops, route
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, stage, journey,
  collect({route: route, hops: hops}) AS routes
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, stage, journey,
  head(routes) AS nearest
OPTIONAL MATCH (journey)-[:APPLIES_TO]->(walker:Persona)
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, stage, journey, nearest, collect(walker) AS walkers
OPTIONAL MATCH (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(witness:Persona)
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, stage, journey, nearest, walkers,
  collect(witness) AS witnesses
UNWIND CASE WHEN size(walkers + witnesses) = 0 THEN [initiative] ELSE walkers + witnesses END AS persona
OPTIONAL MATCH (persona)-[:REPRESENTS]->(represented:CustomerSegment)
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
WITH DISTINCT initiative, dependents, element, effect, capability, hindered, expectedShare, stage, journey, nearest, persona,
  coalesce(represented, designed) AS segment
ORDER BY persona.title, persona.id
WITH initiative, dependents, element, effect, capability, hindered, expectedShare, collect(CASE
    WHEN journey:Journey AND (hindered IS NULL OR segment IS NULL OR hindered.id = segment.id)
    THEN {stage: stage, journey: journey, nearest: nearest, segment: segment, persona: CASE WHEN persona:Persona THEN persona END}
  END) AS places
UNWIND CASE WHEN size(places) = 0 THEN [null] ELSE places END AS place
WITH initiative, dependents, element, effect, capability, expectedShare, place.stage AS stage, place.journey AS journey,
  place.nearest AS nearest, coalesce(place.segment, CASE WHEN place IS NULL THEN hindered END) AS segment, place.persona AS persona
WITH initiative, dependents, element, effect, capability, expectedShare, stage, journey, nearest, segment,
  collect(persona.title) AS personas
UNWIND [each IN [initiative, element, capability, stage] WHERE each IS NOT NULL] AS measured
OPTIONAL MATCH (measured)-[:MEASURED_BY]->(indicator:PerformanceIndicator)
WITH DISTINCT initiative, dependents, element, effect, capability, expectedShare, stage, journey, nearest, segment, personas, indicator
ORDER BY indicator.title, indicator.id
WITH initiative, dependents, element, effect, capability, expectedShare, stage, journey, nearest, segment, personas,
  collect(indicator.title) AS indicators
RETURN
  initiative.id AS initiativeId,
  initiative.title AS initiative,
  initiative.status AS status,
  initiative.endDate AS endDate,
  effect AS effect,
  head([label IN labels(element) WHERE label <> 'Element']) AS kind,
  element.id AS elementId,
  element.title AS element,
  capability.id AS capabilityId,
  capability.title AS capability,
  expectedShare AS expectedShare,
  NOT EXISTS {
    MATCH (element)<-[:CLOSES|IMPROVES]-(other:Initiative)
    WHERE other.id <> initiative.id AND NOT coalesce(other.status, '') IN ['Completed', 'Cancelled']
  } AS sole,
  journey.id AS journeyId,
  journey.title AS journey,
  stage.id AS stageId,
  stage.title AS stage,
  nearest.route AS route,
  nearest.hops AS hops,
  segment.id AS segmentId,
  segment.title AS segment,
  personas AS personas,
  indicators AS indicators,
  dependents AS dependents
ORDER BY effect, kind, elementId, coalesce(hops, 9), coalesce(journeyId, ''), coalesce(stageId, ''), coalesce(segmentId, '')
LIMIT $limit
