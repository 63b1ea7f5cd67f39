// question: What does a segment depend on, directly and through other elements, and what of it is critical?
// grain: one row an element that the segment depends on, over up to eight steps
// param: segment CustomerSegment    by id or title
// param: limit integer = 1000    1.., at most so many rows, critical ones first, then the nearest
// returns: segmentId string, segment string, kind string, elementId string, element string, steps integer
// returns: critical boolean, neededBy list<string>, dependencyTypes list<string>
// table: kind, element, steps, critical, neededBy, dependencyTypes
// needs: (:CustomerSegment)
// none: The segment states no dependency.
// note: critical is true if a chain leads from the segment to the element in which every dependency is critical
// note: neededBy are the segment and the elements under it that state the dependency; dependencyTypes are what they state
MATCH (segment:CustomerSegment {id: $segment})
OPTIONAL MATCH (segment)-[links:DEPENDS_ON*1..8]->(vital)
WHERE all(link IN links WHERE toLower(link.dependencyType) = 'critical')
WITH segment, collect(DISTINCT vital) AS vitals
CALL (segment) {
  RETURN segment AS source
  UNION
  MATCH (segment)-[:DEPENDS_ON*1..7]->(source)
  RETURN DISTINCT source
}
MATCH (source)-[link:DEPENDS_ON]->(element)
WHERE element.id <> segment.id OR NOT element:CustomerSegment
WITH segment, vitals, element, source, link.dependencyType AS dependencyType
ORDER BY source.title, source.id
WITH segment, vitals, element, collect(source.title) AS neededBy, collect(dependencyType) AS stated
UNWIND CASE WHEN size(stated) = 0 THEN [null] ELSE stated END AS dependencyType
WITH DISTINCT segment, vitals, element, neededBy, dependencyType
ORDER BY dependencyType
WITH segment, vitals, element, neededBy, collect(dependencyType) AS dependencyTypes
MATCH path = shortestPath((segment)-[:DEPENDS_ON*1..8]->(element))
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  head([label IN labels(element) WHERE label <> 'Element']) AS kind,
  element.id AS elementId,
  element.title AS element,
  length(path) AS steps,
  element IN vitals AS critical,
  neededBy AS neededBy,
  dependencyTypes AS dependencyTypes
ORDER BY critical DESC, steps, kind, elementId
LIMIT $limit
