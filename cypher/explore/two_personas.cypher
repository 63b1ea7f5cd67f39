// question: How do two personas live through the same stage, what makes it so, and what do they need?
// param: stage JourneyStage    by id
// param: persona Persona    by id
// param: other Persona    by id, another one
// returns: path path
// note: both must have an experience at the stage
MATCH (stage:JourneyStage {id: $stage})<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)
WHERE persona.id IN [$persona, $other]
  AND $persona <> $other
  AND EXISTS { MATCH (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(:Persona {id: $persona}) }
  AND EXISTS { MATCH (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(:Persona {id: $other}) }
CALL (stage, experience, persona) {
  MATCH path = (stage)<-[:AT_STAGE]-(experience)<-[:HAS_EXPERIENCE]-(persona)
  RETURN path
  UNION
  MATCH path = (stage)<-[:HAS_STAGE]-(:Journey)
  RETURN path
  UNION
  MATCH path = (experience)-[:SHAPED_BY|PREFERS_CHANNEL|PREFERS_CONTENT|EVIDENCED_BY]->()
  RETURN path
  UNION
  MATCH path = (persona)-[:HAS_NEED|REQUIRES|REPRESENTS]->()
  RETURN path
}
RETURN DISTINCT path AS path
