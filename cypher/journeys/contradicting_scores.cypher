// question: Which scores of how well a journey is aligned with a value stream contradict the satisfaction of its customers?
// grain: one row a journey, value stream and record of how the two align, the widest contradiction first
// param: journey Journey? = null    by id or title, or null for all
// param: high_alignment integer = 4    1..5, this alignment score and higher ones are high
// param: low_alignment integer = 2    1..5, this alignment score and lower ones are low
// param: high_satisfaction float = 4.0    1..5, this mean satisfaction and higher ones are high
// param: low_satisfaction float = 3.0    1..5, a mean satisfaction below it is low
// param: limit integer = 1000    1.., at most so many rows
// returns: relationshipId string?, journeyId string, journey string, valueStreamId string, valueStream string
// returns: contradiction string, alignmentScore integer, meanSatisfaction float, difference float
// returns: lowestSatisfaction float, ratings integer, ratedStages integer, frictionPoints list<string>
// table: journey, valueStream, contradiction, alignmentScore, meanSatisfaction, ratings, frictionPoints
// needs: (:Journey), (:StageExperience), (:Journey)-[:MAPPED_TO]->(:ValueStream), (:JourneyStage)-[:MAPS_TO]->(:ValueStreamStage)
// none: No alignment score contradicts the satisfaction at the stages where journey and value stream meet.
// note: satisfaction is that at the journey's stages that map to a stage of the value stream; without a score there is no row
// note: difference = alignmentScore - meanSatisfaction
MATCH (journey:Journey)-[mapped:MAPPED_TO]->(valueStream:ValueStream)
WHERE ($journey IS NULL OR journey.id = $journey)
  AND (mapped.alignmentScore >= $high_alignment OR mapped.alignmentScore <= $low_alignment)
MATCH (journey)-[:HAS_STAGE]->(stage:JourneyStage)-[:MAPS_TO]->(:ValueStreamStage)<-[:HAS_STAGE]-(valueStream)
WITH DISTINCT journey, mapped, valueStream, stage
MATCH (stage)<-[:AT_STAGE]-(experience:StageExperience)
WHERE experience.satisfactionScore IS NOT NULL
WITH journey, mapped, valueStream, avg(experience.satisfactionScore) AS mean, min(experience.satisfactionScore) AS lowest,
  count(experience) AS ratings, count(DISTINCT stage.id) AS ratedStages
WITH journey, mapped, valueStream, mean, lowest, ratings, ratedStages,
  CASE
    WHEN mapped.alignmentScore >= $high_alignment AND mean < $low_satisfaction THEN 'aligned by score, customers dissatisfied'
    WHEN mapped.alignmentScore <= $low_alignment AND mean >= $high_satisfaction THEN 'not aligned by score, customers satisfied'
  END AS contradiction
WHERE contradiction IS NOT NULL
RETURN
  mapped.relationshipID AS relationshipId,
  journey.id AS journeyId,
  journey.title AS journey,
  valueStream.id AS valueStreamId,
  valueStream.title AS valueStream,
  contradiction AS contradiction,
  mapped.alignmentScore AS alignmentScore,
  mean AS meanSatisfaction,
  mapped.alignmentScore - mean AS difference,
  lowest AS lowestSatisfaction,
  ratings AS ratings,
  ratedStages AS ratedStages,
  coalesce(mapped.frictionPoints, []) AS frictionPoints
ORDER BY abs(difference) DESC, journeyId, valueStreamId, coalesce(relationshipId, '')
LIMIT $limit
