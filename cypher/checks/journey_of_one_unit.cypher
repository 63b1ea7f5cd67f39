// question: In which journeys do too few units take part?
// severity: warning
// requirements: S3-44, S1-03
// advice: Name the units that run the stages and contacts in stageOwner and orgUnitResponsible, and others in participatesIn.
// message: Units that take part in {title}: {units}.
// param: least integer = 2    1.., fewer units are a finding
// note: a unit takes part by what it owns or has a stake in: the journey, its stages and their touchpoints
// returns: kind string, id string, title string, units list<string>
MATCH (journey:Journey)
WHERE coalesce(journey.isStub, false) = false
  AND EXISTS { (journey)-[:HAS_STAGE]->(:JourneyStage) }
CALL (journey) {
  MATCH (journey)<-[:OWNS|PARTICIPATES_IN]-(unit:OrgUnit)
  RETURN unit.title AS unit, unit.id AS unitId
  UNION
  MATCH (journey)-[:HAS_STAGE]->(:JourneyStage)<-[:OWNS|PARTICIPATES_IN]-(unit:OrgUnit)
  RETURN unit.title AS unit, unit.id AS unitId
  UNION
  MATCH (journey)-[:HAS_STAGE]->(:JourneyStage)-[:HAS_TOUCHPOINT]->(:Touchpoint)<-[:OWNS]-(unit:OrgUnit)
  RETURN unit.title AS unit, unit.id AS unitId
  UNION
  RETURN null AS unit, null AS unitId
}
WITH journey, unit, unitId
ORDER BY unit, unitId
WITH journey, collect(unit) AS units
WHERE size(units) < $least
RETURN
  'Journey' AS kind,
  journey.id AS id,
  journey.title AS title,
  CASE WHEN size(units) = 0 THEN ['none'] ELSE units END AS units
ORDER BY id
