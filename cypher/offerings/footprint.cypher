// question: Which value streams, capabilities and journey stages does an offering depend on, and which segments use it?
// grain: one row an element of the offering's footprint and way in which it belongs to it
// param: offering Product|Service    by id or title
// param: limit integer = 1000    1.., at most so many rows, by way, the nearest first
// returns: offeringId string, offering string, kind string, elementId string, element string, way string, hops integer, via list<string>
// returns: importance integer?, maturityLevel integer?, targetMaturityLevel integer?, distance integer?
// returns: parts list<string>, adoptionRate float?
// table: kind, element, way, hops, via, distance, adoptionRate
// needs: (:CustomerSegment)
// none: Nothing is stated of what the offering rests on, where it is met, or who uses it.
// note: ways: delivered by (value streams, their stages, and the capabilities that enable these), depends on, used in, consumed by
// note: hops are the relationships between offering and element, of depends on at most 8
// note: via: the value streams of a value stage, the value stages of a capability, the journey of a journey stage; empty for depends on
// note: importance is the highest that a value stage gives the capability; distance = targetMaturityLevel - maturityLevel
// note: parts and adoptionRate (percent, the highest) are of a segment's records of the offering
MATCH (offering:Product|Service)
WHERE offering.id = $offering
CALL (offering) {
  MATCH (offering)<-[:DELIVERS]-(element:ValueStream)
  RETURN element, 'delivered by' AS way, 1 AS hops, null AS through, null AS importance, null AS part, null AS rate
  UNION
  MATCH (offering)<-[:DELIVERS]-(through:ValueStream)
  MATCH (through)-[:HAS_STAGE]->(element:ValueStreamStage)
  RETURN element, 'delivered by' AS way, 2 AS hops, through, null AS importance, null AS part, null AS rate
  UNION
  MATCH (offering)<-[:DELIVERS]-(stream:ValueStream)
  MATCH (stream)-[:HAS_STAGE]->(through:ValueStreamStage)-[uses:ENABLED_BY]->(element:Capability)
  RETURN element, 'delivered by' AS way, 3 AS hops, through, uses.importanceLevel AS importance, null AS part, null AS rate
  UNION
  MATCH (offering)-[:DEPENDS_ON*1..8]->(element)
  WITH DISTINCT offering, element
  WHERE element <> offering
  MATCH path = shortestPath((offering)-[:DEPENDS_ON*1..8]->(element))
  RETURN element, 'depends on' AS way, length(path) AS hops, null AS through, null AS importance, null AS part, null AS rate
  UNION
  MATCH (offering)-[:USED_IN]->(element:Journey|JourneyStage)
  OPTIONAL MATCH (element)<-[:HAS_STAGE]-(through:Journey)
  RETURN element, 'used in' AS way, 1 AS hops, through, null AS importance, null AS part, null AS rate
  UNION
  MATCH (offering)<-[uses:CONSUMES]-(element:CustomerSegment)
  RETURN element, 'consumed by' AS way, 1 AS hops, null AS through, null AS importance, uses.relationshipType AS part, uses.adoptionRate AS rate
}
WITH offering, element, way, hops, through, importance, part, rate
ORDER BY through.title, through.id, part
WITH offering, element, way, hops, collect(DISTINCT through) AS between, max(importance) AS importance, collect(DISTINCT part) AS parts,
  max(rate) AS adoptionRate
RETURN
  offering.id AS offeringId,
  offering.title AS offering,
  head([label IN labels(element) WHERE label <> 'Element']) AS kind,
  element.id AS elementId,
  element.title AS element,
  way AS way,
  hops AS hops,
  [through IN between | through.title] AS via,
  importance AS importance,
  element.maturityLevel AS maturityLevel,
  element.targetMaturityLevel AS targetMaturityLevel,
  element.targetMaturityLevel - element.maturityLevel AS distance,
  parts AS parts,
  adoptionRate AS adoptionRate
ORDER BY way, hops, kind, elementId
LIMIT $limit
