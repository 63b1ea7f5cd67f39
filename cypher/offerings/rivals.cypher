// question: Which alternatives of competitors might each segment choose instead of our offerings, and what would make it switch?
// grain: one row a segment, offering and alternative, for each statement of it; an offering that no segment consumes has one row with null
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by segment, the most widely used offering first
// returns: segmentId string?, segment string?, statedForSegment boolean, offeringId string, offering string, offeringKind string
// returns: part string?, adoptionRate float?, alternativeId string, alternative string, provider string?, position string?
// returns: switchingTriggers list<string>
// table: segment, offering, adoptionRate, alternative, provider, position, switchingTriggers
// needs: (:CompetitiveAlternative)
// none: No offering is stated to compete with an alternative.
// note: a rival stated for a segment is a row of that segment; one stated for none in particular, of every segment that consumes the offering
// note: segment is null though segmentId is not where a rival is stated for a segment that is not in the store
// note: part and adoptionRate (percent) are of the segment's most widely used record of the offering; null where it does not consume it
// note: position is how our offering compares in the eyes of the segment
MATCH (alternative:CompetitiveAlternative)<-[rivalry:COMPETES_WITH]-(offering:Product|Service)
WITH alternative, rivalry, offering, coalesce(rivalry.forSegmentID, '') AS stated
OPTIONAL MATCH (named:CustomerSegment {id: stated})
OPTIONAL MATCH (offering)<-[:CONSUMES]-(consumer:CustomerSegment)
WHERE stated = ''
WITH DISTINCT alternative, rivalry, offering, CASE WHEN named IS NULL THEN consumer ELSE named END AS segment
WHERE $segment IS NULL OR segment.id = $segment
OPTIONAL MATCH (offering)<-[uses:CONSUMES]-(user:CustomerSegment)
WHERE user.id = segment.id
WITH alternative, rivalry, offering, segment, uses
ORDER BY coalesce(uses.adoptionRate, -1.0) DESC, uses.relationshipType, uses.relationshipID
WITH alternative, rivalry, offering, segment, collect({part: uses.relationshipType, rate: uses.adoptionRate}) AS records
WITH alternative, rivalry, offering, segment, head(records) AS widest
RETURN
  coalesce(segment.id, rivalry.forSegmentID) AS segmentId,
  segment.title AS segment,
  rivalry.forSegmentID IS NOT NULL AS statedForSegment,
  offering.id AS offeringId,
  offering.title AS offering,
  CASE WHEN offering:Product THEN 'Product' ELSE 'Service' END AS offeringKind,
  widest.part AS part,
  widest.rate AS adoptionRate,
  alternative.id AS alternativeId,
  alternative.title AS alternative,
  alternative.provider AS provider,
  rivalry.competitivePosition AS position,
  coalesce(rivalry.switchingTriggers, []) AS switchingTriggers
ORDER BY segmentId IS NULL, segmentId, coalesce(adoptionRate, -1.0) DESC, offeringId, alternativeId, coalesce(rivalry.relationshipID, '')
LIMIT $limit
