// question: What is a natural next offering for a segment, and which moment is fit to propose it?
// grain: one row a segment, offering and moment: a trigger point, the place where it stands, and a journey that has the place
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: journey Journey? = null    of the moment, by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by segment, upgrade paths first
// returns: segmentId string?, segment string?, offeringId string, offering string, offeringKind string
// returns: upgradePath boolean, alreadyConsumed boolean, adoptionRate float?, triggerPointId string?, triggerPoint string?, condition string?
// returns: touchpointId string?, touchpoint string?, stageId string?, stage string?, journeyId string?, journey string?
// table: segment, offering, upgradePath, alreadyConsumed, condition, stage, journey
// needs: (:CustomerSegment)
// none: No trigger point proposes an offering, and no segment has an upgrade path.
// note: the segments of a moment are the one that the journey is designed for and those of the personas that it applies to; null if there is none
// note: an upgrade path for which the segment has no moment has one row without a trigger point
// note: alreadyConsumed is true if the offering plays another part for the segment than upgrade-path; one that is not stated counts as such
// note: adoptionRate is the percent of the segment that uses the offering, the highest that is recorded
// text: `point` stands in for a stage or journey that is missing, as the embedded store would look at every node for a null; it has no such links
CALL () {
  MATCH (point:TriggerPoint)-[:PROPOSES]->(offering:Product|Service)
  OPTIONAL MATCH (point)<-[:HAS_TRIGGER_POINT]-(place:JourneyStage|Touchpoint)
  OPTIONAL MATCH (point)<-[:HAS_TRIGGER_POINT]-(contact:Touchpoint)<-[:HAS_TOUCHPOINT]-(around:JourneyStage)
  WHERE place:Touchpoint AND contact.id = place.id
  WITH point, offering, CASE WHEN place:Touchpoint THEN place END AS touchpoint,
    CASE WHEN place:JourneyStage THEN place ELSE coalesce(around, point) END AS stage
  OPTIONAL MATCH (stage)<-[:HAS_STAGE]-(journey:Journey)
  WITH point, offering, touchpoint, stage, coalesce(journey, point) AS journey
  WHERE $journey IS NULL OR journey.id = $journey
  OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
  OPTIONAL MATCH (journey)-[:APPLIES_TO]->(:Persona)-[:REPRESENTS]->(represented:CustomerSegment)
  WITH point, offering, touchpoint, stage, journey, collect(DISTINCT designed) AS aimed, collect(DISTINCT represented) AS walking
  UNWIND CASE WHEN size(aimed + walking) = 0 THEN [null] ELSE aimed + walking END AS segment
  WITH segment, offering, point, touchpoint, stage, journey
  WHERE $segment IS NULL OR segment.id = $segment
  RETURN segment, offering, point, touchpoint, stage, journey
  UNION
  MATCH (segment:CustomerSegment)-[upgrade:CONSUMES]->(offering:Product|Service)
  WHERE upgrade.relationshipType = 'upgrade-path' AND ($segment IS NULL OR segment.id = $segment) AND $journey IS NULL
  RETURN segment, offering, null AS point, null AS touchpoint, null AS stage, null AS journey
}
WITH segment, offering, count(point) AS points, collect({
    point: point,
    touchpoint: touchpoint,
    stage: CASE WHEN stage:JourneyStage THEN stage END,
    journey: CASE WHEN journey:Journey THEN journey END
  }) AS moments
UNWIND moments AS moment
WITH segment, offering, points, moment
WHERE points = 0 OR moment.point IS NOT NULL
OPTIONAL MATCH (offering)<-[uses:CONSUMES]-(consumer:CustomerSegment)
WHERE consumer.id = segment.id
WITH segment, offering, moment, max(uses.adoptionRate) AS adoptionRate, collect(DISTINCT CASE
    WHEN uses IS NOT NULL THEN coalesce(uses.relationshipType, 'other')
  END) AS parts
WITH segment, offering, adoptionRate, parts, moment.point AS point, moment.touchpoint AS touchpoint,
  moment.stage AS stage, moment.journey AS journey
RETURN
  segment.id AS segmentId,
  segment.title AS segment,
  offering.id AS offeringId,
  offering.title AS offering,
  CASE WHEN offering:Product THEN 'Product' ELSE 'Service' END AS offeringKind,
  'upgrade-path' IN parts AS upgradePath,
  any(part IN parts WHERE part <> 'upgrade-path') AS alreadyConsumed,
  adoptionRate AS adoptionRate,
  point.id AS triggerPointId,
  point.title AS triggerPoint,
  point.condition AS condition,
  touchpoint.id AS touchpointId,
  touchpoint.title AS touchpoint,
  stage.id AS stageId,
  stage.title AS stage,
  journey.id AS journeyId,
  journey.title AS journey
ORDER BY segmentId IS NULL, segmentId, upgradePath DESC, alreadyConsumed, offeringId, coalesce(journeyId, ''), coalesce(stageId, ''),
  coalesce(touchpointId, ''), coalesce(triggerPointId, '')
LIMIT $limit
