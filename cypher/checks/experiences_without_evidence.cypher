// question: On which journeys is too little of what personas experience backed by evidence?
// severity: info
// requirements: S2-23, S2-25
// advice: Name in evidence of the experiences what was heard or seen at the stage.
// message: Evidence backs {backed} of {experiences} experiences on {title}.
// param: least_share float = 0.25    0..1, share of the experiences below which it is too little
// returns: kind string, id string, title string, experiences integer, backed integer
MATCH (journey:Journey)-[:HAS_STAGE]->(:JourneyStage)<-[:AT_STAGE]-(experience:StageExperience)
WITH journey, experience,
  EXISTS { MATCH (experience)-[backs:EVIDENCED_BY]->(proof:Evidence) WHERE coalesce(backs.supports, true) AND coalesce(proof.sourceType, '') <> 'internal-assumption' } AS isBacked
WITH journey, count(experience) AS experiences, sum(CASE WHEN isBacked THEN 1 ELSE 0 END) AS backed
WHERE backed < experiences * $least_share
RETURN
  'Journey' AS kind,
  journey.id AS id,
  journey.title AS title,
  experiences AS experiences,
  backed AS backed
ORDER BY id
