// question: Which customer relationships are at risk and worth most, and what risks and opportunities do they have?
// grain: one row a customer relationship
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: status string? = "at-risk"    one of at-risk, stable, loyal, advocate, unknown; the loyalty status, or null for all
// param: limit integer = 1000    1.., at most so many rows, the relationship that could be worth most first
// returns: relationshipId string, relationship string, segmentId string?, segment string?, loyaltyStatus string?
// returns: strength integer?, engagementLevel string?, currentValue float?, potentialValue float?, valueCurrency string?
// returns: valueBasis string?, highestRisk integer?, risks list<string>, opportunities list<string>, owners list<string>
// table: relationship, segment, currentValue, potentialValue, highestRisk, risks, opportunities
// needs: (:CustomerRelationship)
// none: No customer relationship has that loyalty status.
// note: potentialValue orders the rows, or currentValue where it is missing; values of different currencies or bases do not compare
// note: highestRisk is the highest probability x impact, 1 to 25, of the risks that state both
MATCH (relationship:CustomerRelationship)
WHERE $status IS NULL OR relationship.loyaltyStatus = $status
OPTIONAL MATCH (relationship)-[:WITH_SEGMENT]->(segment:CustomerSegment)
WITH relationship, segment
WHERE $segment IS NULL OR segment.id = $segment
OPTIONAL MATCH (relationship)-[:EXPOSED_TO]->(risk:Risk)
WITH DISTINCT relationship, segment, risk
ORDER BY risk.title, risk.id
WITH relationship, segment, collect(risk.title) AS risks, max(risk.probability * risk.impact) AS highestRisk
OPTIONAL MATCH (relationship)-[:HAS_OPPORTUNITY]->(opportunity:Opportunity)
WITH relationship, segment, risks, highestRisk, opportunity
ORDER BY opportunity.title, opportunity.id
WITH relationship, segment, risks, highestRisk, collect(opportunity.title) AS opportunities
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(relationship)
WITH relationship, segment, risks, highestRisk, opportunities, unit
ORDER BY unit.title, unit.id
WITH relationship, segment, risks, highestRisk, opportunities, collect(unit.title) AS owners
RETURN
  relationship.id AS relationshipId,
  relationship.title AS relationship,
  segment.id AS segmentId,
  segment.title AS segment,
  relationship.loyaltyStatus AS loyaltyStatus,
  relationship.relationshipStrength AS strength,
  relationship.engagementLevel AS engagementLevel,
  relationship.currentValue AS currentValue,
  relationship.potentialValue AS potentialValue,
  relationship.valueCurrency AS valueCurrency,
  relationship.valueBasis AS valueBasis,
  highestRisk AS highestRisk,
  risks AS risks,
  opportunities AS opportunities,
  owners AS owners
ORDER BY coalesce(potentialValue, currentValue, 0.0) DESC, relationshipId
LIMIT $limit
