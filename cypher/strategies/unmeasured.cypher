// question: Which strategies is no indicator keeping score of, and which indicators could?
// grain: one row a strategy that no indicator measures and that none is aligned with
// param: limit integer = 1000    1.., at most so many rows, the strategies of the most important segments first
// returns: strategyId string, strategy string, timeHorizon string?, owner string?
// returns: highestImportance integer?, segments list<string>
// returns: initiatives integer, initiativeTitles list<string>, candidateIndicators list<string>
// table: strategy, owner, highestImportance, segments, initiatives, candidateIndicators
// needs: (:Strategy)
// none: Every strategy has an indicator that measures it or is aligned with it.
// note: owner is the unit that owns the strategy, several joined by a comma, else the owner it names
// note: initiatives implement the strategy and are not cancelled; candidateIndicators measure one of them or are aligned with it
MATCH (strategy:Strategy)
WHERE NOT EXISTS { MATCH (strategy)-[:MEASURED_BY]->(:PerformanceIndicator) }
  AND NOT EXISTS { MATCH (strategy)<-[:ALIGNED_WITH]-(:PerformanceIndicator) }
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(strategy)
WITH strategy, unit
ORDER BY unit.title, unit.id
WITH strategy, collect(unit.title) AS units
OPTIONAL MATCH (strategy)-[targets:TARGETS]->(segment:CustomerSegment)
WITH strategy, units, segment, max(targets.strategicImportance) AS importance
ORDER BY segment.title, segment.id
WITH strategy, units, collect(segment.title) AS segments, max(importance) AS highestImportance
OPTIONAL MATCH (strategy)<-[:IMPLEMENTS]-(initiative:Initiative)
WHERE coalesce(initiative.status, '') <> 'Cancelled'
WITH strategy, units, segments, highestImportance, initiative
ORDER BY initiative.title, initiative.id
WITH strategy, units, segments, highestImportance, collect(initiative.title) AS initiativeTitles
CALL (strategy) {
  MATCH (strategy)<-[:IMPLEMENTS]-(judged:Initiative)-[:MEASURED_BY]->(candidate:PerformanceIndicator)
  WHERE coalesce(judged.status, '') <> 'Cancelled'
  RETURN candidate
  UNION
  MATCH (strategy)<-[:IMPLEMENTS]-(served:Initiative)<-[:ALIGNED_WITH]-(candidate:PerformanceIndicator)
  WHERE coalesce(served.status, '') <> 'Cancelled'
  RETURN candidate
  UNION
  RETURN null AS candidate
}
WITH strategy, units, segments, highestImportance, initiativeTitles, candidate
ORDER BY candidate.title, candidate.id
WITH strategy, units, segments, highestImportance, initiativeTitles, collect(candidate.title) AS candidateIndicators
RETURN
  strategy.id AS strategyId,
  strategy.title AS strategy,
  strategy.timeHorizon AS timeHorizon,
  coalesce(reduce(text = head(units), title IN tail(units) | text + ', ' + title), strategy.owner) AS owner,
  highestImportance AS highestImportance,
  segments AS segments,
  size(initiativeTitles) AS initiatives,
  initiativeTitles AS initiativeTitles,
  candidateIndicators AS candidateIndicators
ORDER BY coalesce(highestImportance, 0) DESC, initiatives DESC, strategy, strategyId
LIMIT $limit
