// question: What would moving a capability from one maturity to the next do, for which segments?
// grain: one row an initiative that is neither completed nor cancelled, a capability that it improves, and a segment that the capability supports
// param: capability Capability? = null    by id or title, or null for all
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, the strongest support first
// returns: initiativeId string, initiative string, initiativeStatus string?, endDate string?
// returns: capabilityId string, capability string, fromMaturity integer?, toMaturity integer?
// returns: maturityLevel integer?, targetMaturityLevel integer?, meetsTarget boolean?, investment float?
// returns: segmentId string?, segment string?, strength integer?
// returns: capabilityIndicators list<string>, initiativeIndicators list<string>
// table: initiative, capability, fromMaturity, toMaturity, meetsTarget, segment, strength
// needs: (:Initiative), (:Initiative)-[:IMPROVES]->(:Capability)
// none: Every initiative that improves a capability is completed or cancelled.
// note: segment is null where the capability supports none
// note: fromMaturity, toMaturity and investment are the initiative's, maturityLevel and targetMaturityLevel the capability's own
// note: meetsTarget is null where the initiative states no toMaturity or the capability no target
// note: strength is the highest relationshipStrength of the links between segment and capability
MATCH (initiative:Initiative)-[raises:IMPROVES]->(capability:Capability)
WHERE NOT coalesce(initiative.status, '') IN ['Completed', 'Cancelled']
  AND ($capability IS NULL OR capability.id = $capability)
OPTIONAL MATCH (capability)<-[supports:SUPPORTED_BY]-(segment:CustomerSegment)
WITH initiative, raises, capability, segment, max(supports.relationshipStrength) AS strength
WHERE $segment IS NULL OR segment.id = $segment
OPTIONAL MATCH (capability)-[:MEASURED_BY]->(indicator:PerformanceIndicator)
WITH DISTINCT initiative, raises, capability, segment, strength, indicator
ORDER BY indicator.title, indicator.id
WITH initiative, raises, capability, segment, strength, collect(indicator.title) AS capabilityIndicators
OPTIONAL MATCH (initiative)-[:MEASURED_BY]->(indicator:PerformanceIndicator)
WITH DISTINCT initiative, raises, capability, segment, strength, capabilityIndicators, indicator
ORDER BY indicator.title, indicator.id
WITH initiative, raises, capability, segment, strength, capabilityIndicators, collect(indicator.title) AS initiativeIndicators
RETURN
  initiative.id AS initiativeId,
  initiative.title AS initiative,
  initiative.status AS initiativeStatus,
  initiative.endDate AS endDate,
  capability.id AS capabilityId,
  capability.title AS capability,
  raises.fromMaturity AS fromMaturity,
  raises.toMaturity AS toMaturity,
  capability.maturityLevel AS maturityLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  raises.toMaturity >= capability.targetMaturityLevel AS meetsTarget,
  raises.investment AS investment,
  segment.id AS segmentId,
  segment.title AS segment,
  strength AS strength,
  capabilityIndicators AS capabilityIndicators,
  initiativeIndicators AS initiativeIndicators
ORDER BY coalesce(strength, 0) DESC, capabilityId, initiativeId, coalesce(segmentId, '')
LIMIT $limit
