// question: Which priority segments lack a persona, a journey or a measure?
// grain: one row a priority segment that lacks at least one of the three
// param: min_importance integer = 4    1..5, from this strategic importance on a segment counts as a priority
// param: limit integer = 1000    1.., at most so many rows, the segment that lacks most first
// returns: segmentId string, segment string, strategicImportance integer?, isPriority boolean?
// returns: hasPersona boolean, hasJourney boolean, hasMeasure boolean, missing list<string>
// table: segment, strategicImportance, isPriority, missing
// needs: (:CustomerSegment)
// none: Every priority segment has a persona, a journey and a measure, or no segment is a priority.
// note: strategicImportance is the highest that any strategy gives; a segment that is marked as a priority is one without it
// note: a journey counts if it is designed for the segment or applies to a persona of it
MATCH (segment:CustomerSegment)
OPTIONAL MATCH (:Strategy)-[rates:TARGETS]->(segment)
WITH segment, max(rates.strategicImportance) AS importance
WHERE segment.isPriority = true OR importance >= $min_importance
OPTIONAL MATCH (persona:Persona)-[:REPRESENTS]->(segment)
WITH segment, importance, count(persona) AS personas
OPTIONAL MATCH (designed:Journey)-[:DESIGNED_FOR]->(segment)
WITH segment, importance, personas, count(designed) AS designed
OPTIONAL MATCH (walked:Journey)-[:APPLIES_TO]->(:Persona)-[:REPRESENTS]->(segment)
WITH segment, importance, personas, designed, count(walked) AS walked
OPTIONAL MATCH (segment)-[:MEASURED_BY]->(measure:PerformanceIndicator)
WITH segment, importance, personas > 0 AS hasPersona, designed + walked > 0 AS hasJourney, count(measure) AS measures
WITH segment, importance, hasPersona, hasJourney, measures > 0 AS hasMeasure
WITH segment, importance, hasPersona, hasJourney, hasMeasure,
  CASE WHEN hasPersona THEN [] ELSE ['persona'] END
    + CASE WHEN hasJourney THEN [] ELSE ['journey'] END
    + CASE WHEN hasMeasure THEN [] ELSE ['measure'] END AS missing
WHERE size(missing) > 0
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  importance AS strategicImportance,
  segment.isPriority AS isPriority,
  hasPersona AS hasPersona,
  hasJourney AS hasJourney,
  hasMeasure AS hasMeasure,
  missing AS missing
ORDER BY size(missing) DESC, coalesce(strategicImportance, 0) DESC, segmentId
LIMIT $limit
