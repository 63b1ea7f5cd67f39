// question: Why is each persona dissatisfied at which stage, and what is being done about it?
// grain: one row a dissatisfying experience and capability held to cause it; one with null where none is named
// param: persona Persona? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, or null for all
// param: max_satisfaction float = 2.5    1..5, the highest satisfaction that counts as dissatisfied
// param: unanswered_only boolean = false    true for the rows about which nothing is being done
// param: limit integer = 1000    1.., at most so many rows, the least satisfied first
// returns: personaId string, persona string, segmentId string?, segment string?, journeyId string?, journey string?
// returns: stageId string, stage string, experienceId string, satisfactionScore float?, isSatisfactory boolean?
// returns: emotion string?, thoughts list<string>, feelings list<string>, wanted list<string>
// returns: capabilityId string?, capability string?, effect string?, distance integer?
// returns: initiatives list<string>, answered boolean, stageInitiatives list<string>
// table: persona, stage, satisfactionScore, emotion, capability, initiatives, answered
// needs: (:StageExperience), (:Persona)-[:HAS_EXPERIENCE]->(:StageExperience), (:StageExperience)-[:AT_STAGE]->(:JourneyStage)
// none: No experience says that it is not satisfactory, and none has a score so low.
// note: dissatisfied is an experience that says so (isSatisfactory false), or whose score is not above max_satisfaction
// note: a capability that supports the experience is no cause; one whose effect is not stated, or mixed, is
// note: distance = targetMaturityLevel - maturityLevel of the capability; wanted is what would satisfy the persona
// note: initiatives are those neither completed nor cancelled that improve the capability, close a gap in it or address the experience, and answered is whether there is one; stageInitiatives better the stage, whatever the cause is
// text: the cause is matched again by its id, as the embedded store takes a null inside CALL for any node
CALL () {
  MATCH (persona:Persona {id: $persona})-[:HAS_EXPERIENCE]->(experience:StageExperience)-[:AT_STAGE]->(place:JourneyStage)
  OPTIONAL MATCH (walked:Journey)-[:HAS_STAGE]->(place)
  WITH persona, experience, place, walked
  WHERE $journey IS NULL OR walked.id = $journey
  RETURN persona, experience, place, walked
  UNION
  MATCH (walked:Journey {id: $journey})-[:HAS_STAGE]->(place:JourneyStage)<-[:AT_STAGE]-(experience:StageExperience)
  MATCH (persona:Persona)-[:HAS_EXPERIENCE]->(experience)
  WHERE $persona IS NULL
  RETURN persona, experience, place, walked
  UNION
  MATCH (persona:Persona)
  WHERE $persona IS NULL AND $journey IS NULL
  MATCH (persona)-[:HAS_EXPERIENCE]->(experience:StageExperience)-[:AT_STAGE]->(place:JourneyStage)
  OPTIONAL MATCH (walked:Journey)-[:HAS_STAGE]->(place)
  RETURN persona, experience, place, walked
}
WITH persona, experience, place, walked
WHERE experience.isSatisfactory = false OR experience.satisfactionScore <= $max_satisfaction
OPTIONAL MATCH (persona)-[:REPRESENTS]->(represented:CustomerSegment)
OPTIONAL MATCH (experience)-[shapes:SHAPED_BY]->(cause:Capability)
WHERE coalesce(shapes.effect, '') <> 'supports'
CALL (experience, cause) {
  CALL (experience, cause) {
    MATCH (initiative:Initiative)-[:ADDRESSES]->(experience)
    RETURN initiative
    UNION
    MATCH (initiative:Initiative)-[:IMPROVES]->(:Capability {id: cause.id})
    RETURN initiative
    UNION
    MATCH (initiative:Initiative)-[:CLOSES]->(:CapabilityGap)-[:GAP_IN]->(:Capability {id: cause.id})
    RETURN initiative
  }
  WITH initiative
  WHERE NOT coalesce(initiative.status, '') IN ['Cancelled', 'Completed']
  WITH initiative
  ORDER BY initiative.title, initiative.id
  RETURN collect(initiative.title) AS initiatives
}
WITH persona, experience, place, walked, represented, shapes, cause, initiatives
WHERE NOT $unanswered_only OR size(initiatives) = 0
CALL (place) {
  MATCH (wider:Initiative)-[:IMPROVES]->(place)
  WHERE NOT coalesce(wider.status, '') IN ['Cancelled', 'Completed']
  WITH wider
  ORDER BY wider.title, wider.id
  RETURN collect(wider.title) AS stageInitiatives
}
RETURN
  persona.id AS personaId,
  persona.title AS persona,
  represented.id AS segmentId,
  represented.title AS segment,
  walked.id AS journeyId,
  walked.title AS journey,
  place.id AS stageId,
  place.title AS stage,
  experience.id AS experienceId,
  experience.satisfactionScore AS satisfactionScore,
  experience.isSatisfactory AS isSatisfactory,
  experience.emotion AS emotion,
  coalesce(experience.thinking, []) AS thoughts,
  coalesce(experience.feeling, []) AS feelings,
  coalesce(experience.satisfactionNeeds, []) AS wanted,
  cause.id AS capabilityId,
  cause.title AS capability,
  shapes.effect AS effect,
  cause.targetMaturityLevel - cause.maturityLevel AS distance,
  initiatives AS initiatives,
  size(initiatives) > 0 AS answered,
  stageInitiatives AS stageInitiatives
ORDER BY coalesce(satisfactionScore, 9.0), personaId, coalesce(journeyId, ''), stageId, experienceId, coalesce(capabilityId, '')
LIMIT $limit
