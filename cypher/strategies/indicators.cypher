// question: Which indicators serve a strategy, and how do they stand?
// grain: one row a strategy and indicator that measures it or is aligned with it
// param: strategy Strategy? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by strategy, what is off target first
// returns: strategyId string, strategy string, indicatorId string, indicator string, via string, alignmentStrength integer?
// returns: unit string?, baseline float?, current float?, currentText string?, target float?, targetText string?, targetDate string?
// returns: latestValue float?, latestOn string?, heat string?, better string?, onTarget boolean?
// table: strategy, indicator, current, target, unit, latestOn, onTarget
// needs: (:Strategy), (:PerformanceIndicator)
// none: No indicator measures a strategy or is aligned with one.
// note: via is measured by, aligned with or both
// note: latestValue is the actual value with the latest day; days are compared as text, a partial one counts from its beginning
// note: better is higher or lower as the indicator states, else the way from baseline to target, else null
// note: onTarget compares current, else latestValue, with target; null where one is missing or better is
MATCH (strategy:Strategy)
WHERE $strategy IS NULL OR strategy.id = $strategy
CALL (strategy) {
  MATCH (strategy)-[:MEASURED_BY]->(indicator:PerformanceIndicator)
  RETURN indicator, 'measured by' AS way, null AS stated
  UNION
  MATCH (strategy)<-[serves:ALIGNED_WITH]-(indicator:PerformanceIndicator)
  RETURN indicator, 'aligned with' AS way, serves.alignmentStrength AS stated
}
WITH strategy, indicator, min(way) AS firstWay, max(way) AS lastWay, max(stated) AS alignmentStrength
OPTIONAL MATCH (indicator)-[:HAS_MEASUREMENT]->(measured:Measurement)
WHERE measured.value IS NOT NULL AND measured.measuredOn IS NOT NULL AND coalesce(measured.kind, 'actual') = 'actual'
WITH strategy, indicator, firstWay, lastWay, alignmentStrength, measured
ORDER BY measured.measuredOn DESC, measured.id DESC
WITH strategy, indicator, firstWay, lastWay, alignmentStrength, collect(measured) AS measurements
WITH strategy, indicator, firstWay, lastWay, alignmentStrength, head(measurements) AS latest, CASE
    WHEN indicator.thresholdType = 'higher-is-better' THEN 'higher'
    WHEN indicator.thresholdType = 'lower-is-better' THEN 'lower'
    WHEN indicator.thresholdType IS NOT NULL THEN null
    WHEN indicator.baselineValue < indicator.targetValue THEN 'higher'
    WHEN indicator.baselineValue > indicator.targetValue THEN 'lower'
    ELSE null
  END AS better
WITH strategy, indicator, firstWay, lastWay, alignmentStrength, latest, better,
  coalesce(indicator.currentValue, latest.value) AS now
RETURN
  strategy.id AS strategyId,
  strategy.title AS strategy,
  indicator.id AS indicatorId,
  indicator.title AS indicator,
  CASE WHEN firstWay = lastWay THEN firstWay ELSE 'both' END AS via,
  alignmentStrength AS alignmentStrength,
  indicator.unit AS unit,
  indicator.baselineValue AS baseline,
  indicator.currentValue AS current,
  indicator.currentValueText AS currentText,
  indicator.targetValue AS target,
  indicator.targetValueText AS targetText,
  indicator.targetDate AS targetDate,
  latest.value AS latestValue,
  latest.measuredOn AS latestOn,
  indicator.heat AS heat,
  better AS better,
  CASE
    WHEN now IS NULL OR indicator.targetValue IS NULL OR better IS NULL THEN null
    WHEN better = 'higher' THEN now >= indicator.targetValue
    ELSE now <= indicator.targetValue
  END AS onTarget
ORDER BY strategy, strategyId, CASE WHEN onTarget THEN 2 WHEN onTarget IS NULL THEN 1 ELSE 0 END,
  coalesce(alignmentStrength, 0) DESC, indicator, indicatorId
LIMIT $limit
