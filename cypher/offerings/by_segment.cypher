// question: Which offerings play which part for a segment, how widely are they used, and what would make customers switch to which rivals?
// grain: one row a segment and offering that it consumes, for each record of it
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: offering Product|Service? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by segment, the most widely used offering first
// returns: segmentId string, segment string, offeringId string, offering string, offeringKind string
// returns: part string?, lifecycleRole string?, adoptionRate float?
// returns: needsMet list<string>, needs integer, rivals list<string>, switchingTriggers list<string>
// table: segment, offering, part, adoptionRate, needsMet, rivals, switchingTriggers
// needs: (:CustomerSegment)
// none: No segment consumes an offering.
// note: part is the type of the relationship, such as upgrade-path; adoptionRate is the percent of the segment that uses the offering
// note: needsMet are those of the needs that the segment has, and needs counts them all
// note: needs met and rivals count if they are stated for the segment or for none in particular
MATCH (segment:CustomerSegment)
WHERE $segment IS NULL OR segment.id = $segment
MATCH (segment)-[uses:CONSUMES]->(offering:Product|Service)
WHERE $offering IS NULL OR offering.id = $offering
OPTIONAL MATCH (offering)-[meets:FULFILLS]->(need:Need)<-[:HAS_NEED]-(segment)
WHERE coalesce(meets.forSegmentID, segment.id) = segment.id
WITH DISTINCT segment, uses, offering, need
ORDER BY need.title, need.id
WITH segment, uses, offering, collect(need.title) AS needsMet
OPTIONAL MATCH (offering)-[rivalry:COMPETES_WITH]->(rival:CompetitiveAlternative)
WHERE coalesce(rivalry.forSegmentID, segment.id) = segment.id
WITH segment, uses, offering, needsMet, rival, coalesce(rivalry.switchingTriggers, []) AS stated
ORDER BY rival.title, rival.id
WITH segment, uses, offering, needsMet, collect(DISTINCT rival) AS alternatives, collect(stated) AS statedTriggers
WITH segment, uses, offering, needsMet, [rival IN alternatives | rival.title] AS rivals,
  reduce(flat = [], stated IN statedTriggers | flat + stated) AS triggers
UNWIND CASE WHEN size(triggers) = 0 THEN [null] ELSE triggers END AS trigger
WITH segment, uses, offering, needsMet, rivals, trigger
ORDER BY trigger
WITH segment, uses, offering, needsMet, rivals, collect(DISTINCT trigger) AS switchingTriggers
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  offering.id AS offeringId,
  offering.title AS offering,
  CASE WHEN offering:Product THEN 'Product' ELSE 'Service' END AS offeringKind,
  uses.relationshipType AS part,
  uses.customerLifecycleRole AS lifecycleRole,
  uses.adoptionRate AS adoptionRate,
  needsMet AS needsMet,
  COUNT { (segment)-[:HAS_NEED]->(:Need) } AS needs,
  rivals AS rivals,
  switchingTriggers AS switchingTriggers
ORDER BY segmentId, coalesce(adoptionRate, -1.0) DESC, offeringId, coalesce(uses.relationshipID, '')
LIMIT $limit
