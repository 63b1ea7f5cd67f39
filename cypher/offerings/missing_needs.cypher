// question: Which offerings miss a need that is stated by a segment which consumes them, and which other offerings meet it?
// grain: one row an offering, a segment that consumes it, and a need of the segment that the offering does not meet
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: offering Product|Service? = null    the one that misses a need, by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, the needs of the highest priority first
// returns: offeringId string, offering string, offeringKind string, parts list<string>, segmentId string, segment string
// returns: needId string, need string, priority integer?, needsMet integer, needs integer
// returns: otherOfferings list<string>, consumedOfferings list<string>
// table: offering, segment, need, priority, needsMet, otherOfferings, consumedOfferings
// needs: (:CustomerSegment), (:CustomerSegment)-[:HAS_NEED]->(:Need)
// none: Every offering meets every need that is stated by the segments which consume it, or no segment with needs consumes one.
// note: an offering meets a need of the segment if that is stated for the segment or for none in particular
// note: needsMet of the segment's needs are met by the offering; none at all may mean that nobody has listed them
// note: otherOfferings meet the need, consumedOfferings are those of them that the segment consumes
// note: priority is that of the need for the segment, else of the need as such
// note: parts are the types of the segment's relationships with the offering, such as entry-point
MATCH (segment:CustomerSegment)
WHERE $segment IS NULL OR segment.id = $segment
MATCH (segment)-[has:HAS_NEED]->(need:Need)
OPTIONAL MATCH (need)<-[meets:FULFILLS]-(other:Product|Service)
WHERE coalesce(meets.forSegmentID, segment.id) = segment.id
WITH DISTINCT segment, need, coalesce(has.priority, need.priority) AS priority, other
ORDER BY other.title, other.id
WITH segment, need, priority, collect(other) AS others
WITH segment, collect({need: need, priority: priority, others: others}) AS wants
MATCH (segment)-[uses:CONSUMES]->(offering:Product|Service)
WHERE $offering IS NULL OR offering.id = $offering
WITH segment, wants, offering, uses.relationshipType AS part
ORDER BY part
WITH segment, wants, offering, collect(DISTINCT part) AS parts
UNWIND wants AS want
WITH segment, offering, parts, size(wants) AS needs, size([want IN wants WHERE offering IN want.others]) AS needsMet, want
WHERE NOT offering IN want.others
WITH segment, offering, parts, needs, needsMet, want.need AS need, want.priority AS priority, want.others AS others
RETURN
  offering.id AS offeringId,
  offering.title AS offering,
  CASE WHEN offering:Product THEN 'Product' ELSE 'Service' END AS offeringKind,
  parts AS parts,
  segment.id AS segmentId,
  segment.title AS segment,
  need.id AS needId,
  need.title AS need,
  priority AS priority,
  needsMet AS needsMet,
  needs AS needs,
  [other IN others | other.title] AS otherOfferings,
  [other IN others WHERE EXISTS { (segment)-[:CONSUMES]->(other) } | other.title] AS consumedOfferings
ORDER BY coalesce(priority, 0) DESC, segmentId, needId, offeringId
LIMIT $limit
