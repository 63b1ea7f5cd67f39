// question: Where do we know what customers do, but not what they feel?
// severity: warning
// requirements: S3-50
// advice: State feelings of the segment, and feeling, emotion or sentimentScore of experiences on the journey.
// message: Nothing is known of what is felt: {title}.
// note: of a journey, whether anybody recorded an experience on it
// returns: kind string, id string, title string
MATCH (place:CustomerSegment|StageExperience|Journey)
WHERE coalesce(place.isStub, false) = false
  AND size(coalesce(place.feelings, place.feeling, [])) = 0
  AND coalesce(place.emotion, 'unknown') = 'unknown'
  AND place.sentimentScore IS NULL
  AND NOT EXISTS { (place)-[:HAS_STAGE]->(:JourneyStage)<-[:AT_STAGE]-(:StageExperience) }
  AND NOT EXISTS { (place)-[:COMPOSED_OF]->(:Journey) }
RETURN
  head([kind IN labels(place) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  place.id AS id,
  place.title AS title
ORDER BY kind, id
