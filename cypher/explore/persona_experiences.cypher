// question: What does a persona live through on its journeys, and what makes it so?
// param: persona Persona    by id
// returns: path path
MATCH (persona:Persona {id: $persona})
CALL (persona) {
  MATCH path = (persona)-[:REPRESENTS]->(:CustomerSegment)
  RETURN path
  UNION
  MATCH path = (persona)<-[:APPLIES_TO]-(:Journey)
  RETURN path
  UNION
  MATCH path = (persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:AT_STAGE]->(:JourneyStage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:SHAPED_BY]->(:Capability)
  RETURN path
  UNION
  MATCH path = (persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:PREFERS_CHANNEL|PREFERS_CONTENT]->()
  RETURN path
}
RETURN DISTINCT path AS path
