// question: At which journey stage do two personas feel the opposite?
// grain: one row a stage and pair of personas whose satisfaction there differs enough, the widest difference first
// param: journey Journey? = null    by id or title, or null for all
// param: min_difference float = 2.0    0.5..4, leave out pairs whose scores are nearer
// param: limit integer = 1000    1.., at most so many rows
// returns: journeyId string, journey string, stageId string, stage string, difference float
// returns: happierPersonaId string, happierPersona string, happierSegmentId string?, happierSegment string?
// returns: happierScore float, happierFeelings list<string>
// returns: unhappierPersonaId string, unhappierPersona string, unhappierSegmentId string?, unhappierSegment string?
// returns: unhappierScore float, unhappierFeelings list<string>
// table: journey, stage, happierPersona, happierScore, unhappierPersona, unhappierScore, unhappierFeelings
// needs: (:StageExperience), (:StageExperience)-[:AT_STAGE]->(:JourneyStage), (:Persona)-[:HAS_EXPERIENCE]->(:StageExperience)
// none: No two personas differ so much at any stage.
// note: a persona's score at a stage is the lowest that it recorded there; experiences without a score are left out
// note: feelings are the prevailing emotion of each experience, then what else the persona feels, experience by experience
MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
WHERE $journey IS NULL OR journey.id = $journey
MATCH (stage)<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)
WHERE experience.satisfactionScore IS NOT NULL
OPTIONAL MATCH (persona)-[:REPRESENTS]->(segment:CustomerSegment)
WITH journey, stage, persona, segment, experience,
  CASE WHEN experience.emotion IS NULL THEN [] ELSE [experience.emotion] END + coalesce(experience.feeling, []) AS felt
ORDER BY experience.id
WITH journey, stage, persona, segment, min(experience.satisfactionScore) AS score, collect(felt) AS parts
WITH journey, stage, persona, segment, score, reduce(told = [], part IN parts | told + part) AS feelings
WITH journey, stage, collect({persona: persona, segment: segment, score: score, feelings: feelings}) AS rated
UNWIND rated AS happier
UNWIND rated AS unhappier
WITH journey, stage, happier.persona AS happierOne, happier.segment AS happierGroup, happier.score AS happierScore,
  happier.feelings AS happierFeelings, unhappier.persona AS unhappierOne, unhappier.segment AS unhappierGroup,
  unhappier.score AS unhappierScore, unhappier.feelings AS unhappierFeelings
WHERE happierScore - unhappierScore >= $min_difference
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.id AS stageId,
  stage.title AS stage,
  happierScore - unhappierScore AS difference,
  happierOne.id AS happierPersonaId,
  happierOne.title AS happierPersona,
  happierGroup.id AS happierSegmentId,
  happierGroup.title AS happierSegment,
  happierScore AS happierScore,
  happierFeelings AS happierFeelings,
  unhappierOne.id AS unhappierPersonaId,
  unhappierOne.title AS unhappierPersona,
  unhappierGroup.id AS unhappierSegmentId,
  unhappierGroup.title AS unhappierSegment,
  unhappierScore AS unhappierScore,
  unhappierFeelings AS unhappierFeelings
ORDER BY difference DESC, journeyId, stageId, happierPersonaId, unhappierPersonaId
LIMIT $limit
