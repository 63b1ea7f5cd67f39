// question: Which journey stages are tied to nothing that the organization does?
// severity: warning
// requirements: S3-48
// advice: Name what carries the stage in relevantCapabilities, or lay the journey along a value stream.
// message: {title}, a stage of {journeys}, is tied to no capability, value stream or process.
// returns: kind string, id string, title string, journeys list<string>
MATCH (stage:JourneyStage)
WHERE coalesce(stage.isStub, false) = false
  AND NOT EXISTS { (stage)-[:ENABLED_BY|MAPS_TO|INVOLVES]->() }
  AND NOT EXISTS { (stage)<-[:SUPPORTS]-(:Process) }
OPTIONAL MATCH (journey:Journey)-[:HAS_STAGE]->(stage)
WITH stage, journey
ORDER BY journey.title, journey.id
WITH stage, collect(journey.title) AS journeys
RETURN
  'JourneyStage' AS kind,
  stage.id AS id,
  stage.title AS title,
  journeys AS journeys
ORDER BY id
