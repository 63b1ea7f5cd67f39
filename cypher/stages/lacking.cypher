// question: Which journey stages map to no value stage, or lack a capability, a measure, an owner or evidence?
// grain: one row a journey stage that lacks at least one of the five, by journey and place in it
// param: journey Journey? = null    by id or title, or null for all
// param: lacking string? = null    one of value stage, capability, measure, owner, evidence; only stages that lack it, or null for any
// param: limit integer = 1000    1.., at most so many rows
// returns: journeyId string, journey string, stageId string, stage string, sequenceNumber integer?
// returns: hasValueStage boolean, hasCapability boolean, hasMeasure boolean, hasOwner boolean, hasEvidence boolean
// returns: missing list<string>
// table: journey, sequenceNumber, stage, missing
// needs: (:Journey), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: Every journey stage has a value stage, a capability, a measure, an owner and evidence.
// note: a capability counts if the stage names it or a value stage to which it maps does
// note: measures, owners and evidence are those of the stage itself, not of its journey; evidence against it does not count
MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
WHERE $journey IS NULL OR journey.id = $journey
WITH journey, stage,
  EXISTS { (stage)-[:MAPS_TO]->(:ValueStreamStage) } AS hasValueStage,
  EXISTS { (stage)-[:ENABLED_BY]->(:Capability) } AS hasDirect,
  EXISTS { (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(:Capability) } AS hasThrough,
  EXISTS { (stage)-[:MEASURED_BY]->(:PerformanceIndicator) } AS hasMeasure,
  EXISTS { (stage)<-[:OWNS]-(:OrgUnit) } AS hasOwner,
  EXISTS { MATCH (stage)-[backs:EVIDENCED_BY]->(:Evidence) WHERE coalesce(backs.supports, true) } AS hasEvidence
WITH journey, stage, hasValueStage, hasDirect OR hasThrough AS hasCapability, hasMeasure, hasOwner, hasEvidence
WITH journey, stage, hasValueStage, hasCapability, hasMeasure, hasOwner, hasEvidence,
  CASE WHEN hasValueStage THEN [] ELSE ['value stage'] END
  + CASE WHEN hasCapability THEN [] ELSE ['capability'] END
  + CASE WHEN hasMeasure THEN [] ELSE ['measure'] END
  + CASE WHEN hasOwner THEN [] ELSE ['owner'] END
  + CASE WHEN hasEvidence THEN [] ELSE ['evidence'] END AS missing
WHERE size(missing) > 0 AND ($lacking IS NULL OR $lacking IN missing)
RETURN
  journey.id AS journeyId,
  journey.title AS journey,
  stage.id AS stageId,
  stage.title AS stage,
  stage.sequenceNumber AS sequenceNumber,
  hasValueStage AS hasValueStage,
  hasCapability AS hasCapability,
  hasMeasure AS hasMeasure,
  hasOwner AS hasOwner,
  hasEvidence AS hasEvidence,
  missing AS missing
ORDER BY journey, journeyId, sequenceNumber, stage, stageId
LIMIT $limit
