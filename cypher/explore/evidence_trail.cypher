// question: On what evidence does a persona, gap or other claim rest, who gave it, and what else rests on it?
// param: claim Persona|CapabilityGap|CapabilityAssessment|CustomerSegment|Journey|JourneyStage|StageExperience|Need|BusinessCase|DropOffSegment|Trigger|Rationale|IdealCustomerProfile    by id
// returns: path path
// note: the evidence of a persona's experiences counts for the persona, too
MATCH (claim:Persona|CapabilityGap|CapabilityAssessment|CustomerSegment|Journey|JourneyStage|StageExperience|Need|BusinessCase|DropOffSegment|Trigger|Rationale|IdealCustomerProfile)
WHERE claim.id = $claim
CALL (claim) {
  MATCH path = (claim)-[:EVIDENCED_BY]->(:Evidence)
  RETURN path
  UNION
  MATCH path = (claim)-[:EVIDENCED_BY]->(:Evidence)-[:CONTRIBUTED_BY|DRAWN_FROM]->()
  RETURN path
  UNION
  MATCH path = (claim)-[:EVIDENCED_BY]->(:Evidence)<-[:EVIDENCED_BY]-()
  RETURN path
  UNION
  MATCH path = (claim)-[:HAS_EXPERIENCE]->(:StageExperience)-[:EVIDENCED_BY]->(:Evidence)
  RETURN path
  UNION
  MATCH path = (claim)-[:HAS_EXPERIENCE]->(:StageExperience)-[:EVIDENCED_BY]->(:Evidence)-[:CONTRIBUTED_BY|DRAWN_FROM]->()
  RETURN path
}
RETURN DISTINCT path AS path
