// question: Which needs does an offering meet for a segment that has not stated them?
// severity: info
// requirements: A20
// advice: Add the need to customerNeeds of the segment, or write it in needsFulfilled as the segment words it.
// message: {title} has not stated the need {need}, which {offerings} meets for it.
// returns: kind string, id string, title string, need string, offerings list<string>
MATCH (offering:Product|Service)-[meets:FULFILLS]->(met:Need)
WHERE meets.forSegmentID IS NOT NULL
MATCH (segment:CustomerSegment)
WHERE segment.id = meets.forSegmentID
  AND NOT EXISTS { (segment)-[:HAS_NEED]->(met) }
WITH segment, met, offering
ORDER BY offering.title, offering.id
WITH segment, met, collect(offering.title) AS offerings
RETURN
  'CustomerSegment' AS kind,
  segment.id AS id,
  segment.title AS title,
  met.title AS need,
  offerings AS offerings
ORDER BY id, met.id
