// question: Which channels and content does each persona prefer at which stage, and which content is missing?
// grain: one row a persona, stage and channel or content; the stage is null for what a persona prefers overall
// param: persona Persona? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, for the rows at its stages, or null for all
// param: missing_only boolean = false    true for missing content alone
// param: limit integer = 1000    1.., at most so many rows, by persona, journey and stage
// returns: personaId string, persona string, journeyId string?, journey string?, stageId string?, stage string?
// returns: basis string, preferredKind string, rank integer?, preferredId string, preferred string
// returns: contentStatus string?, missing boolean?
// table: persona, stage, basis, rank, preferred, contentStatus, missing
// needs: (:Persona)
// none: No persona prefers a channel or content, and no content is planned for a journey that a persona walks.
// note: basis is stage for a preference at the stage, overall for one of the persona, plan for content that nobody prefers there but that is planned for the stage of a journey which the persona walks; it has no rank
// note: planned content counts for the personas at which it is aimed, themselves or their segment, or for all if at nobody
// note: content is missing unless it is published; missing is null for a channel, and for content without a status
// note: retired content is missing where it is preferred, and left out where it was only planned
CALL () {
  MATCH (persona:Persona {id: $persona})
  RETURN persona
  UNION
  MATCH (:Journey {id: $journey})-[:HAS_STAGE]->(:JourneyStage)<-[:AT_STAGE]-(:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)
  WHERE $persona IS NULL
  RETURN persona
  UNION
  MATCH (:Journey {id: $journey})-[:HAS_STAGE]->(place:JourneyStage)
  WHERE $persona IS NULL
  MATCH (place)<-[:HAS_STAGE]-(:Journey)-[:APPLIES_TO]->(persona:Persona)
  RETURN persona
  UNION
  MATCH (persona:Persona)
  WHERE $persona IS NULL AND $journey IS NULL
  RETURN persona
}
CALL (persona) {
  MATCH (persona)-[:HAS_EXPERIENCE]->(experience:StageExperience)-[:AT_STAGE]->(place:JourneyStage)
  OPTIONAL MATCH (walked:Journey)-[:HAS_STAGE]->(place)
  WITH experience, place, walked
  WHERE $journey IS NULL OR walked.id = $journey
  MATCH (experience)-[prefers:PREFERS_CHANNEL|PREFERS_CONTENT]->(liked:Channel|Content)
  RETURN walked, place, 'stage' AS basis, prefers.rank AS stated, liked
  UNION
  MATCH (persona)-[prefers:PREFERS_CHANNEL|PREFERS_CONTENT]->(liked:Channel|Content)
  WHERE $journey IS NULL
  RETURN null AS walked, null AS place, 'overall' AS basis, prefers.rank AS stated, liked
  UNION
  MATCH (persona)<-[:APPLIES_TO]-(:Journey)-[:HAS_STAGE]->(place:JourneyStage)
  MATCH (walked:Journey)-[:HAS_STAGE]->(place)
  WHERE $journey IS NULL OR walked.id = $journey
  MATCH (place)<-[:NEEDED_AT]-(liked:Content)
  WHERE coalesce(liked.status, '') <> 'retired'
    AND (NOT EXISTS { (liked)-[:AIMED_AT]->() }
      OR EXISTS { (liked)-[:AIMED_AT]->(persona) }
      OR EXISTS { (liked)-[:AIMED_AT]->(:CustomerSegment)<-[:REPRESENTS]-(persona) })
  RETURN walked, place, 'plan' AS basis, null AS stated, liked
}
WITH persona, walked, place, liked, max(basis) AS basis, min(stated) AS rank
WHERE NOT $missing_only OR liked.status <> 'published'
RETURN
  persona.id AS personaId,
  persona.title AS persona,
  walked.id AS journeyId,
  walked.title AS journey,
  place.id AS stageId,
  place.title AS stage,
  basis AS basis,
  CASE WHEN liked:Channel THEN 'channel' ELSE 'content' END AS preferredKind,
  rank AS rank,
  liked.id AS preferredId,
  liked.title AS preferred,
  CASE WHEN liked:Content THEN liked.status END AS contentStatus,
  CASE WHEN liked:Content THEN liked.status <> 'published' END AS missing
ORDER BY persona, personaId, coalesce(journeyId, ''), coalesce(place.sequenceNumber, 0), coalesce(stageId, ''), preferredKind,
  coalesce(rank, 1000000), preferredId
LIMIT $limit
