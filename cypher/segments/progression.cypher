// question: Where does a segment progress to, and which link is strongest?
// grain: one row a segment and segment that it may become, over one step or several
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by segment, the nearest first
// returns: segmentId string, segment string, reachedId string, reached string, steps integer
// returns: strength integer?, strongest boolean?
// table: segment, reached, steps, strength, strongest
// needs: (:CustomerSegment), (:CustomerSegment)-[:RELATED_SEGMENT]->(:CustomerSegment)
// none: No link between segments is a progression.
// note: steps is the fewest progression links from segment to reached, five at most; other links do not count
// note: strength and strongest are of the link between the two, and null where there is none
// note: strongest is true for the strongest of the links of the segment, and for several that are equally strong
MATCH (segment:CustomerSegment)
WHERE $segment IS NULL OR segment.id = $segment
MATCH (segment)-[links:RELATED_SEGMENT*1..5]->(reached:CustomerSegment)
WHERE reached.id <> segment.id AND all(link IN links WHERE link.relationshipType = 'progression')
WITH segment, reached, min(size(links)) AS steps
OPTIONAL MATCH (segment)-[direct:RELATED_SEGMENT]->(reached)
WHERE direct.relationshipType = 'progression'
WITH segment, reached, steps, max(direct.relationshipStrength) AS strength
WITH segment, collect({reached: reached, steps: steps, strength: strength}) AS reachedOnes, max(strength) AS highest
UNWIND reachedOnes AS one
WITH segment, one.reached AS reached, one.steps AS steps, one.strength AS strength, highest
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  reached.id AS reachedId,
  reached.title AS reached,
  steps AS steps,
  strength AS strength,
  CASE WHEN steps = 1 THEN coalesce(strength = highest, false) END AS strongest
ORDER BY segmentId, steps, coalesce(strength, 0) DESC, reachedId
LIMIT $limit
