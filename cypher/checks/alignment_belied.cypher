// question: Which scores of how well a journey is aligned with a value stream does the satisfaction of its customers belie?
// severity: warning
// requirements: S0-14, S3-13
// advice: Ask customers where the two meet, and set alignmentScore to what they live through.
// message: {title} is aligned with {valueStream} at {alignmentScore} of 5, says the score; its customers say {satisfaction}.
// param: high_alignment integer = 4    1..5, this alignment score and higher ones are high
// param: low_alignment integer = 2    1..5, this alignment score and lower ones are low
// param: high_satisfaction float = 4.0    1..5, this mean satisfaction and higher ones are high
// param: low_satisfaction float = 3.0    1..5, a mean satisfaction below it is low
// note: satisfaction is that at the stages of the journey that map to a stage of the value stream
// returns: kind string, id string, title string, valueStream string, alignmentScore integer, satisfaction float
MATCH (journey:Journey)-[mapped:MAPPED_TO]->(stream:ValueStream)
WHERE mapped.alignmentScore >= $high_alignment OR mapped.alignmentScore <= $low_alignment
MATCH (journey)-[:HAS_STAGE]->(stage:JourneyStage)-[:MAPS_TO]->(:ValueStreamStage)<-[:HAS_STAGE]-(stream)
WITH DISTINCT journey, mapped, stream, stage
MATCH (stage)<-[:AT_STAGE]-(experience:StageExperience)
WITH journey, mapped, stream, avg(experience.satisfactionScore) AS satisfaction
WHERE mapped.alignmentScore >= $high_alignment AND satisfaction < $low_satisfaction
  OR mapped.alignmentScore <= $low_alignment AND satisfaction >= $high_satisfaction
RETURN
  'Journey' AS kind,
  journey.id AS id,
  journey.title AS title,
  stream.title AS valueStream,
  mapped.alignmentScore AS alignmentScore,
  satisfaction AS satisfaction
ORDER BY id, stream.id, coalesce(mapped.relationshipID, '')
