// question: Which segments are our priority on paper but poorly served: high importance, low satisfaction, no funded response?
// grain: one row a priority segment with low or unknown satisfaction for which no response and no initiative has a budget
// param: min_importance integer = 4    1..5, from this strategic importance on a segment counts as a priority
// param: max_satisfaction float = 3.0    1..5, up to this mean satisfaction a segment is poorly served
// param: limit integer = 1000    1.., at most so many rows, the most important and least satisfied segment first
// returns: segmentId string, segment string, strategicImportance integer?, isPriority boolean?, strategies list<string>
// returns: meanSatisfaction float?, lowestSatisfaction float?, ratings integer
// returns: responses list<string>, initiatives list<string>, missing string
// table: segment, strategicImportance, isPriority, meanSatisfaction, lowestSatisfaction, ratings, missing
// needs: (:CustomerSegment)
// none: Every priority segment is satisfied, or has a funded response or initiative.
// note: strategicImportance is the highest that any strategy gives; a segment that is marked as a priority is one without it
// note: satisfaction is what the personas of the segment recorded, at all stages of all journeys; where nobody did, it is null, and the segment comes after those of its importance
// note: a response counts while planned or in progress, and is funded by an initiative with a budget that implements it
// note: an initiative is for a segment if it targets it or a persona of it, or closes a gap that hinders it
// note: completed and cancelled initiatives do not count; responses and initiatives list what there is without a budget
MATCH (segment:CustomerSegment)
OPTIONAL MATCH (strategy:Strategy)-[rates:TARGETS]->(segment)
WITH segment, strategy, rates
ORDER BY strategy.title, strategy.id
WITH segment, max(rates.strategicImportance) AS importance, collect(DISTINCT strategy.title) AS strategies
WHERE segment.isPriority = true OR importance >= $min_importance
OPTIONAL MATCH (segment)<-[:REPRESENTS]-(:Persona)-[:HAS_EXPERIENCE]->(experience:StageExperience)
WITH segment, importance, strategies, avg(experience.satisfactionScore) AS mean,
  min(experience.satisfactionScore) AS lowest, count(experience.satisfactionScore) AS ratings
WHERE (mean IS NULL OR mean <= $max_satisfaction)
  AND NOT EXISTS {
    MATCH (segment)<-[:TARGETS]-(response:StrategicResponse)<-[:IMPLEMENTS]-(implementing:Initiative)
    WHERE response.status IN ['Planned', 'In_Progress'] AND implementing.budget > 0
      AND NOT coalesce(implementing.status, '') IN ['Cancelled', 'Completed']
  }
OPTIONAL MATCH (response:StrategicResponse)-[:TARGETS]->(segment)
WHERE response.status IN ['Planned', 'In_Progress']
WITH segment, importance, strategies, mean, lowest, ratings, response
ORDER BY response.title, response.id
WITH segment, importance, strategies, mean, lowest, ratings, collect(response.title) AS responses
CALL (segment) {
  MATCH (initiative:Initiative)-[:TARGETS]->(segment)
  RETURN initiative
  UNION
  MATCH (initiative:Initiative)-[:TARGETS]->(:Persona)-[:REPRESENTS]->(segment)
  RETURN initiative
  UNION
  MATCH (initiative:Initiative)-[:CLOSES]->(:CapabilityGap)-[:HINDERS]->(segment)
  RETURN initiative
  UNION
  RETURN null AS initiative
}
WITH segment, importance, strategies, mean, lowest, ratings, responses,
  CASE WHEN coalesce(initiative.status, '') IN ['Cancelled', 'Completed'] THEN null ELSE initiative END AS initiative
ORDER BY initiative.title, initiative.id
WITH segment, importance, strategies, mean, lowest, ratings, responses, collect(initiative.title) AS initiatives,
  sum(CASE WHEN initiative.budget > 0 THEN 1 ELSE 0 END) AS funding
WHERE funding = 0
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  importance AS strategicImportance,
  segment.isPriority AS isPriority,
  strategies AS strategies,
  mean AS meanSatisfaction,
  lowest AS lowestSatisfaction,
  ratings AS ratings,
  responses AS responses,
  initiatives AS initiatives,
  CASE
    WHEN size(responses) = 0 AND size(initiatives) = 0 THEN 'a response and an initiative'
    WHEN size(initiatives) = 0 THEN 'an initiative, and a budget behind the response'
    WHEN size(responses) = 0 THEN 'a response, and a budget for the initiative'
    ELSE 'a budget for the response and the initiative'
  END AS missing
ORDER BY coalesce(strategicImportance, 0) DESC, coalesce(meanSatisfaction, 9.0), segmentId
LIMIT $limit
