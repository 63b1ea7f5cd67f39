// question: How do strategic importance, lifetime value and capability gaps of our segments compare?
// grain: one row a segment
// param: limit integer = 1000    1.., at most so many rows, the most important and most valuable segment first
// returns: segmentId string, segment string, strategicImportance integer?, isPriority boolean?
// returns: clvValue float?, clvCurrency string?, clvTimespan string?
// returns: openGaps integer, gapSize integer, gapTitles list<string>, lowestSatisfaction float?
// table: segment, strategicImportance, clvValue, clvCurrency, openGaps, gapSize, lowestSatisfaction
// needs: (:CustomerSegment)
// none: There is no segment.
// note: strategicImportance is the highest that any strategy gives
// note: clvValue is that of one customer; currencies and timespans may differ, so values are listed and never added up
// note: openGaps are the open gaps that hinder the segment; gapSize adds up their sizes: stated, else distance to target, else 1
// note: lowestSatisfaction is the lowest that a persona of the segment recorded at any stage
// text: a node is sought again by id where it may be null, since from a null the embedded store would look at every node
MATCH (segment:CustomerSegment)
OPTIONAL MATCH (:Strategy)-[rates:TARGETS]->(segment)
WITH segment, max(rates.strategicImportance) AS importance
OPTIONAL MATCH (segment)<-[:REPRESENTS]-(:Persona)-[:HAS_EXPERIENCE]->(experience:StageExperience)
WITH segment, importance, min(experience.satisfactionScore) AS lowest
OPTIONAL MATCH (gap:CapabilityGap)-[:HINDERS]->(segment)
WHERE coalesce(gap.status, 'open') <> 'closed'
OPTIONAL MATCH (:CapabilityGap {id: gap.id})-[:GAP_IN]->(capability:Capability)
WITH segment, importance, lowest, gap,
  CASE WHEN gap IS NOT NULL
    THEN coalesce(gap.gapSize, capability.targetMaturityLevel - capability.maturityLevel, 1) END AS size
ORDER BY gap.title, gap.id
WITH segment, importance, lowest, count(gap) AS gaps, sum(size) AS sizes, collect(gap.title) AS titles
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  importance AS strategicImportance,
  segment.isPriority AS isPriority,
  segment.clvValue AS clvValue,
  segment.clvCurrency AS clvCurrency,
  segment.clvTimespan AS clvTimespan,
  gaps AS openGaps,
  sizes AS gapSize,
  titles AS gapTitles,
  lowest AS lowestSatisfaction
ORDER BY coalesce(strategicImportance, 0) DESC, coalesce(clvValue, 0.0) DESC, segmentId
LIMIT $limit
