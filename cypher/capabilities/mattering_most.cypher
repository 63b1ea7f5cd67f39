// question: Which capabilities matter most to a segment, and where do they fall short?
// grain: one row a segment and capability that supports it
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, the strongest support first
// returns: segmentId string, segment string, capabilityId string, capability string
// returns: strength integer?, relationshipTypes list<string>
// returns: maturityLevel integer?, targetMaturityLevel integer?, distance integer?
// returns: openGaps integer, gapTitles list<string>, gapsNobodyCloses integer, closingInitiatives list<string>
// table: segment, capability, strength, distance, openGaps, gapTitles, closingInitiatives
// needs: (:CustomerSegment), (:CustomerSegment)-[:SUPPORTED_BY]->(:Capability)
// none: No segment is supported by a capability.
// note: strength is the highest relationshipStrength of the links between the two
// note: distance = targetMaturityLevel - maturityLevel, negative where the target is exceeded
// note: a gap counts while it is not closed, if it hinders this segment or none
// note: a maturity gap does not count beside a gap that was assessed in the same capability
// note: cancelled initiatives close nothing
MATCH (segment:CustomerSegment)-[supports:SUPPORTED_BY]->(capability:Capability)
WHERE $segment IS NULL OR segment.id = $segment
WITH segment, capability, supports
ORDER BY supports.relationshipType
WITH segment, capability, max(supports.relationshipStrength) AS strength,
  collect(DISTINCT supports.relationshipType) AS relationshipTypes
OPTIONAL MATCH (capability)<-[:GAP_IN]-(gap:CapabilityGap)
WHERE coalesce(gap.status, 'open') <> 'closed'
  AND (NOT EXISTS { (gap)-[:HINDERS]->(:CustomerSegment) } OR EXISTS { (gap)-[:HINDERS]->(segment) })
WITH segment, capability, strength, relationshipTypes, gap
ORDER BY gap.title, gap.id
WITH segment, capability, strength, relationshipTypes, collect(gap) AS open
WITH segment, capability, strength, relationshipTypes,
  CASE
    WHEN any(gap IN open WHERE gap.gapKind = 'assessed')
      THEN [gap IN open WHERE coalesce(gap.gapKind, 'assessed') <> 'maturity']
    ELSE open
  END AS gaps
OPTIONAL MATCH (capability)<-[:GAP_IN]-(closing:CapabilityGap)<-[:CLOSES]-(initiative:Initiative)
WHERE any(gap IN gaps WHERE gap.id = closing.id) AND coalesce(initiative.status, '') <> 'Cancelled'
WITH segment, capability, strength, relationshipTypes, gaps, closing, initiative
ORDER BY initiative.title, initiative.id
WITH segment, capability, strength, relationshipTypes, gaps, count(DISTINCT closing) AS cared,
  collect(DISTINCT initiative) AS initiatives
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  capability.id AS capabilityId,
  capability.title AS capability,
  strength AS strength,
  relationshipTypes AS relationshipTypes,
  capability.maturityLevel AS maturityLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  capability.targetMaturityLevel - capability.maturityLevel AS distance,
  size(gaps) AS openGaps,
  [gap IN gaps | gap.title] AS gapTitles,
  size(gaps) - cared AS gapsNobodyCloses,
  [initiative IN initiatives | initiative.title] AS closingInitiatives
ORDER BY coalesce(strength, 0) DESC, openGaps DESC, coalesce(distance, -9) DESC, segmentId, capabilityId
LIMIT $limit
