// question: If we could raise one capability by one level, which one lifts the most journey stages, weighed by pain and segment?
// grain: one row a capability whose maturity is known and can rise, and on which a stage of a journey rests
// param: limit integer = 1000    1.., at most so many rows, the greatest lift first
// param: default_importance integer = 3    1..5, where the ENABLED_BY used states none
// param: default_satisfaction float = 3.0    1..5, where nobody recorded the persona's at the stage
// param: default_weight float = 0.6    0..1, where no strategy rates the segment
// returns: capabilityId string, capability string, maturityLevel integer, nextLevel integer, targetMaturityLevel integer?
// returns: gapOpen boolean, lift float, stages integer, personas integer
// returns: worstStageId string, worstStage string, worstPersonaId string?, worstPersona string?
// returns: highestClv float?, clvCurrency string?, clvTimespan string?, clvSegmentId string?, clvSegment string?
// table: capability, maturityLevel, targetMaturityLevel, gapOpen, lift, stages, worstStage
// needs: (:Capability), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No stage rests on a capability whose maturity is stated and below 5.
// note: lift adds up importance * pain * segmentWeight over the stages that rest on the capability and the personas there, as gaps/affecting_stages knows them; a stage of no persona counts once, and no dependency between capabilities is followed
// note: importance is the highest ENABLED_BY of stage or value stage, pain is 5 less the persona's lowest satisfaction there, segmentWeight the highest strategicImportance of the persona's segment, else the journey's, out of 5
// note: lift is the weight of what rests on the capability and ranks capabilities: whether its target asks for another level, targetMaturityLevel and gapOpen say; the cost of a level is not known here, and levels are not equally hard to climb
// note: worstStage and worstPersona are where the lift of one persona at one stage is greatest
// note: highestClv is the highest clvValue of the segments reached; values of segments are not added up nor converted
MATCH (journey:Journey)
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
WITH journey, designed, [(journey)-[:APPLIES_TO]->(walker:Persona) | walker.id] AS walkerIds,
  CASE WHEN designed IS NULL THEN [] ELSE [(designed)<-[rates:TARGETS]-(:Strategy) | rates.strategicImportance] END AS ratings
WITH journey, designed, walkerIds,
  reduce(highest = null, rating IN ratings | CASE WHEN rating <= highest THEN highest ELSE coalesce(rating, highest) END) AS designedRating
MATCH (journey)-[:HAS_STAGE]->(stage:JourneyStage)
WITH stage, designed, designedRating, walkerIds,
  [(stage)<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(witness:Persona) |
    {id: witness.id, satisfaction: experience.satisfactionScore}] AS witnessed
WITH stage, designed, designedRating, witnessed, reduce(personaIds = [], personaId IN walkerIds + [each IN witnessed | each.id] |
    CASE WHEN personaId IN personaIds THEN personaIds ELSE personaIds + [personaId] END) AS personaIds
UNWIND CASE WHEN size(personaIds) = 0 THEN [null] ELSE personaIds END AS personaId
OPTIONAL MATCH (:Persona {id: personaId})-[:REPRESENTS]->(represented:CustomerSegment)
WITH stage, designed, designedRating, personaId, represented,
  [each IN witnessed WHERE each.id = personaId | each.satisfaction] AS satisfactions,
  CASE WHEN represented IS NULL THEN [] ELSE [(represented)<-[rates:TARGETS]-(:Strategy) | rates.strategicImportance] END AS ratings
WITH stage, designed, designedRating, personaId, represented,
  reduce(lowest = null, score IN satisfactions | CASE WHEN score >= lowest THEN lowest ELSE coalesce(score, lowest) END) AS satisfaction,
  reduce(highest = null, rating IN ratings | CASE WHEN rating <= highest THEN highest ELSE coalesce(rating, highest) END) AS representedRating
WITH stage, personaId,
  CASE WHEN represented IS NULL THEN designed.id ELSE represented.id END AS segmentId,
  CASE WHEN represented IS NULL THEN designed.clvValue ELSE represented.clvValue END AS clv,
  5.0 - coalesce(satisfaction, $default_satisfaction) AS pain,
  CASE WHEN represented IS NULL THEN designedRating ELSE representedRating END AS rating
WITH stage, collect({personaId: personaId, segmentId: segmentId, clv: clv, pain: pain, weight: coalesce(rating / 5.0, $default_weight)}) AS felt
CALL (stage) {
  CALL (stage) {
    MATCH (stage)-[uses:ENABLED_BY]->(capability:Capability)
    RETURN capability, max(uses.importanceLevel) AS stated
    UNION
    MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[uses:ENABLED_BY]->(capability:Capability)
    RETURN capability, max(uses.importanceLevel) AS stated
  }
  WITH capability, max(coalesce(stated, $default_importance)) AS importance
  WHERE capability.maturityLevel < 5
  RETURN capability.id AS capabilityId, importance
}
UNWIND felt AS each
WITH capabilityId, stage.id AS stageId, each.personaId AS personaId, each.segmentId AS segmentId, each.clv AS clv,
  importance * each.pain * each.weight AS part
ORDER BY part DESC, stageId, coalesce(personaId, '')
WITH capabilityId, collect(part) AS parts, count(DISTINCT stageId) AS stages, count(DISTINCT personaId) AS personas,
  collect({stageId: stageId, personaId: personaId, segmentId: segmentId, clv: clv}) AS places
WITH capabilityId, reduce(lift = 0.0, part IN parts | lift + part) AS lift, stages, personas, places[0] AS worst,
  reduce(richest = null, place IN places | CASE
    WHEN place.clv IS NULL OR place.clv < richest.clv THEN richest
    WHEN place.clv = richest.clv AND place.segmentId >= richest.segmentId THEN richest
    ELSE place
  END) AS richest
WITH capabilityId, lift, stages, personas, worst.stageId AS worstStageId, worst.personaId AS worstPersonaId, richest.segmentId AS clvSegmentId
MATCH (capability:Capability {id: capabilityId})
OPTIONAL MATCH (stage:JourneyStage {id: worstStageId})
OPTIONAL MATCH (persona:Persona {id: worstPersonaId})
OPTIONAL MATCH (segment:CustomerSegment {id: clvSegmentId})
RETURN
  capability.id AS capabilityId,
  capability.title AS capability,
  capability.maturityLevel AS maturityLevel,
  capability.maturityLevel + 1 AS nextLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  EXISTS { MATCH (capability)<-[:GAP_IN]-(gap:CapabilityGap) WHERE coalesce(gap.status, 'open') <> 'closed' } AS gapOpen,
  lift AS lift,
  stages AS stages,
  personas AS personas,
  stage.id AS worstStageId,
  stage.title AS worstStage,
  persona.id AS worstPersonaId,
  persona.title AS worstPersona,
  segment.clvValue AS highestClv,
  segment.clvCurrency AS clvCurrency,
  segment.clvTimespan AS clvTimespan,
  segment.id AS clvSegmentId,
  segment.title AS clvSegment
ORDER BY lift DESC, stages DESC, capabilityId
LIMIT $limit
