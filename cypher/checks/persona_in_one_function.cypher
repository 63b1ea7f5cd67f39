// question: Which personas are used in one function of the business only?
// severity: warning
// requirements: S0-02, S3-44
// advice: Let units of other functions own or take part in the stages that the persona walks, or share the persona with them.
// message: {title} is used in one function only: {function}.
// note: units count that own the persona or were given it, and that own or take part in a journey that it walks or a stage of one
// returns: kind string, id string, title string, function string
MATCH (persona:Persona)
WHERE coalesce(persona.isStub, false) = false
CALL (persona) {
  MATCH (persona)<-[:OWNS]-(unit:OrgUnit)
  RETURN unit.function AS function
  UNION
  MATCH (persona)-[:SHARED_WITH]->(unit:OrgUnit)
  RETURN unit.function AS function
  UNION
  MATCH (persona)<-[:APPLIES_TO]-(:Journey)<-[:OWNS|PARTICIPATES_IN]-(unit:OrgUnit)
  RETURN unit.function AS function
  UNION
  MATCH (persona)<-[:APPLIES_TO]-(:Journey)-[:HAS_STAGE]->(:JourneyStage)<-[:OWNS|PARTICIPATES_IN]-(unit:OrgUnit)
  RETURN unit.function AS function
}
WITH persona, count(function) AS functions, min(function) AS function
WHERE functions = 1
RETURN
  'Persona' AS kind,
  persona.id AS id,
  persona.title AS title,
  function AS function
ORDER BY id
