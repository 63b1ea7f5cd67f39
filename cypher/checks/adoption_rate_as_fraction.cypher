// question: Which rates of adoption between 0 and 1 percent may be meant as a share of 1?
// severity: warning
// requirements: A23
// advice: State adoptionRate in percent: 68 for 68 of 100 customers.
// message: {offering} is adopted by {adoptionRate} percent of {title}; a share of 1 may be meant.
// returns: kind string, id string, title string, offering string, adoptionRate float
MATCH (segment:CustomerSegment)-[uses:CONSUMES]->(used)
WHERE uses.adoptionRate > 0
  AND uses.adoptionRate < 1
RETURN
  'CustomerSegment' AS kind,
  segment.id AS id,
  segment.title AS title,
  used.title AS offering,
  uses.adoptionRate AS adoptionRate
ORDER BY id, offering, used.id, coalesce(uses.relationshipID, '')
