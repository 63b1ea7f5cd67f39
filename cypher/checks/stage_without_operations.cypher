// question: In which journey stages do operations take no part?
// severity: warning
// requirements: S0-06, S0-09
// advice: Name a unit of operations or IT as owner of the stage or of a touchpoint, or set operationsInvolved where they take part.
// message: No unit of operations takes part in {title}, a stage of {journeys}.
// param: functions list<string> = ["operations","it"]    functions of the units that count
// returns: kind string, id string, title string, journeys list<string>
MATCH (stage:JourneyStage)
WHERE coalesce(stage.isStub, false) = false
  AND coalesce(stage.operationsInvolved, false) = false
  AND NOT EXISTS { MATCH (stage)<-[:OWNS|PARTICIPATES_IN]-(unit:OrgUnit) WHERE unit.function IN $functions }
  AND NOT EXISTS { MATCH (stage)-[:HAS_TOUCHPOINT]->(:Touchpoint)<-[:OWNS]-(unit:OrgUnit) WHERE unit.function IN $functions }
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
