// question: Which segments are strategic priorities, and does the money follow?
// grain: one row a segment
// param: min_importance integer = 4    1..5, from this strategic importance on a segment counts as a priority
// param: limit integer = 1000    1.., at most so many rows, the most important and least funded segment first
// returns: segmentId string, segment string, verdict string, strategicImportance integer?, isPriority boolean?
// returns: strategies list<string>, investmentPriorities list<string>
// returns: initiatives list<string>, withoutBudget list<string>, budget float?, share float?
// table: segment, verdict, strategicImportance, isPriority, initiatives, budget, share
// needs: (:CustomerSegment)
// none: There is no segment.
// note: strategicImportance is the highest that any strategy gives; a segment that is marked as a priority is one without it
// note: an initiative is for a segment if it targets it or a persona of it, or closes a gap that hinders it
// note: completed and cancelled initiatives do not count
// note: share is of the budgets of all initiatives that are for any segment, each once; one for two segments counts for both
MATCH (initiative:Initiative)
WHERE NOT coalesce(initiative.status, '') IN ['Cancelled', 'Completed']
  AND (EXISTS { (initiative)-[:TARGETS]->(:CustomerSegment) }
    OR EXISTS { (initiative)-[:TARGETS]->(:Persona)-[:REPRESENTS]->(:CustomerSegment) }
    OR EXISTS { (initiative)-[:CLOSES]->(:CapabilityGap)-[:HINDERS]->(:CustomerSegment) })
WITH sum(initiative.budget) AS total
MATCH (segment:CustomerSegment)
OPTIONAL MATCH (strategy:Strategy)-[rates:TARGETS]->(segment)
WITH total, segment, strategy, rates
ORDER BY strategy.title, strategy.id, rates.investmentPriority
WITH total, segment, max(rates.strategicImportance) AS importance, collect(DISTINCT strategy.title) AS strategies,
  collect(strategy.title + ': ' + rates.investmentPriority) AS investmentPriorities
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
WITH total, segment, importance, strategies, investmentPriorities,
  CASE WHEN coalesce(initiative.status, '') IN ['Cancelled', 'Completed'] THEN null ELSE initiative END AS initiative
ORDER BY initiative.title, initiative.id
WITH total, segment, importance, strategies, investmentPriorities, collect(initiative.title) AS initiatives,
  collect(CASE WHEN initiative.budget IS NULL THEN initiative.title END) AS withoutBudget,
  count(initiative.budget) AS budgeted, sum(initiative.budget) AS money
WITH total, segment, importance, strategies, investmentPriorities, initiatives, withoutBudget,
  CASE WHEN budgeted > 0 THEN 1.0 * money END AS budget,
  coalesce(segment.isPriority, false) OR coalesce(importance, 0) >= $min_importance AS priority
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  CASE
    WHEN priority AND coalesce(budget, 0.0) > 0 THEN 'priority with money'
    WHEN priority THEN 'priority without money'
    WHEN coalesce(budget, 0.0) > 0 THEN 'money without priority'
    ELSE 'neither'
  END AS verdict,
  importance AS strategicImportance,
  segment.isPriority AS isPriority,
  strategies AS strategies,
  investmentPriorities AS investmentPriorities,
  initiatives AS initiatives,
  withoutBudget AS withoutBudget,
  budget AS budget,
  CASE WHEN total > 0 THEN budget / total END AS share
ORDER BY coalesce(strategicImportance, 0) DESC, coalesce(budget, 0.0), segmentId
LIMIT $limit
