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
// table: capability, maturityLevel, lift, stages, personas, worstStage, highestClv
// needs: (:Capability), (:Journey)-[:HAS_STAGE]->(:JourneyStage)
// none: No stage rests on a capability whose maturity is stated and below 5.
// note: lift adds up importance * pain * segmentWeight over the stages that rest on the capability and the personas there, as
// note: gaps/affecting_stages knows them; a stage of no persona counts once, and no dependency between capabilities is followed
// note: importance is the highest ENABLED_BY of stage or value stage, pain is 5 less the persona's lowest satisfaction there,
// note: segmentWeight the highest strategicImportance of the persona's segment, else the journey's, out of 5
// note: lift ranks capabilities; the cost of a level is not known here, and levels are not equally hard to climb
// note: worstStage and worstPersona are where the lift of one persona at one stage is greatest
// note: highestClv is the highest clvValue of the segments reached; values of segments are not added up nor converted
MATCH (stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
OPTIONAL MATCH (designed)<-[rates:TARGETS]-(:Strategy)
WITH stage, journey, designed, max(rates.strategicImportance) AS designedRating
CALL (stage, journey) {
  MATCH (journey)-[:APPLIES_TO]->(walker:Persona)
  RETURN walker.id AS personaId
  UNION
  MATCH (stage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(witness:Persona)
  RETURN witness.id AS personaId
  UNION
  RETURN null AS personaId
}
WITH stage, designed, designedRating, collect(personaId) AS personaIds
UNWIND CASE WHEN size(personaIds) = 0 THEN [null] ELSE personaIds END AS personaId
OPTIONAL MATCH (persona:Persona {id: personaId})
OPTIONAL MATCH (persona)-[:REPRESENTS]->(represented:CustomerSegment)
OPTIONAL MATCH (represented)<-[rates:TARGETS]-(:Strategy)
WITH stage, designed, designedRating, persona, represented, max(rates.strategicImportance) AS representedRating
OPTIONAL MATCH (persona)-[:HAS_EXPERIENCE]->(experience:StageExperience)-[:AT_STAGE]->(stage)
WITH stage, designed, designedRating, persona, represented, representedRating, min(experience.satisfactionScore) AS satisfaction
WITH stage, persona, CASE WHEN represented IS NULL THEN designed ELSE represented END AS segment,
  5.0 - coalesce(satisfaction, $default_satisfaction) AS pain,
  CASE WHEN represented IS NULL THEN designedRating ELSE representedRating END AS rating
WITH stage, collect({persona: persona, segment: segment, pain: pain, weight: coalesce(rating / 5.0, $default_weight)}) AS felt
CALL (stage) {
  MATCH (stage)-[uses:ENABLED_BY]->(capability:Capability)
  RETURN capability, max(uses.importanceLevel) AS stated
  UNION
  MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[uses:ENABLED_BY]->(capability:Capability)
  RETURN capability, max(uses.importanceLevel) AS stated
}
WITH stage, felt, capability, max(coalesce(stated, $default_importance)) AS importance
WHERE capability.maturityLevel < 5
UNWIND felt AS each
WITH capability, stage, each.persona AS persona, each.segment AS segment, importance * each.pain * each.weight AS part
ORDER BY part DESC, stage.id, coalesce(persona.id, '')
WITH capability, collect(part) AS parts, count(DISTINCT stage.id) AS stages, count(DISTINCT persona.id) AS personas,
  collect({stage: stage, persona: persona}) AS places, collect(DISTINCT segment) AS segments
UNWIND CASE WHEN size(segments) = 0 THEN [null] ELSE segments END AS segment
WITH capability, parts, stages, personas, places[0] AS worst, segment
ORDER BY coalesce(segment.clvValue, -1.0) DESC, coalesce(segment.id, '')
WITH capability, parts, stages, personas, worst, collect(segment) AS segments
WITH capability, parts, stages, personas, worst.stage AS stage, worst.persona AS persona,
  head([segment IN segments WHERE segment.clvValue IS NOT NULL]) AS richest
OPTIONAL MATCH (:Capability {id: capability.id})<-[:GAP_IN]-(gap:CapabilityGap)
WHERE coalesce(gap.status, 'open') <> 'closed'
WITH capability, parts, stages, personas, stage, persona, richest, count(gap) AS gaps
RETURN
  capability.id AS capabilityId,
  capability.title AS capability,
  capability.maturityLevel AS maturityLevel,
  capability.maturityLevel + 1 AS nextLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  gaps > 0 AS gapOpen,
  reduce(lift = 0.0, part IN parts | lift + part) AS lift,
  stages AS stages,
  personas AS personas,
  stage.id AS worstStageId,
  stage.title AS worstStage,
  persona.id AS worstPersonaId,
  persona.title AS worstPersona,
  richest.clvValue AS highestClv,
  richest.clvCurrency AS clvCurrency,
  richest.clvTimespan AS clvTimespan,
  richest.id AS clvSegmentId,
  richest.title AS clvSegment
ORDER BY lift DESC, stages DESC, capabilityId
LIMIT $limit
