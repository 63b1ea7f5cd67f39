// question: At which stages do the channels of the touchpoints not match the channels that a persona prefers?
// grain: one row an experience of a persona at a stage, with a channel that is preferred and not offered there
// param: persona Persona? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, or null for all
// param: all_matches boolean = false    true for the experiences too at which all preferred channels are offered
// param: limit integer = 1000    1.., at most so many rows, those without any match first, the least satisfied first
// returns: personaId string, persona string, journeyId string?, journey string?, stageId string, stage string
// returns: experienceId string, satisfactionScore float?, match string, basis string
// returns: preferred list<string>, offered list<string>, missing list<string>, touchpoints integer
// table: persona, stage, satisfactionScore, match, preferred, offered, missing
// needs: (:StageExperience), (:Persona)-[:HAS_EXPERIENCE]->(:StageExperience), (:StageExperience)-[:AT_STAGE]->(:JourneyStage)
// none: No persona prefers a channel that the touchpoints of its stages do not offer.
// note: match is none, partly or fully: whether touchpoints of the stage offer none, some or all of the preferred channels
// note: basis is stage where the experience names the channels, else overall: those that the persona prefers anywhere
// note: preferred and missing are in the order of rank; an experience for which no channel is preferred has no row
// note: with touchpoints 0, or nothing offered, it may be the model that is not complete
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
CALL (experience) {
  MATCH (experience)-[prefers:PREFERS_CHANNEL]->(channel:Channel)
  WITH prefers, channel
  ORDER BY coalesce(prefers.rank, 1000000), channel.title, channel.id
  RETURN collect({id: channel.id, title: channel.title}) AS here
}
CALL (persona) {
  MATCH (persona)-[prefers:PREFERS_CHANNEL]->(channel:Channel)
  WITH prefers, channel
  ORDER BY coalesce(prefers.rank, 1000000), channel.title, channel.id
  RETURN collect({id: channel.id, title: channel.title}) AS anywhere
}
WITH persona, experience, place, walked, size(here) > 0 AS own, CASE WHEN size(here) > 0 THEN here ELSE anywhere END AS wanted
WHERE size(wanted) > 0
CALL (place) {
  MATCH (place)-[:HAS_TOUCHPOINT]->(touchpoint:Touchpoint)
  RETURN count(DISTINCT touchpoint) AS touchpoints
}
CALL (place) {
  MATCH (place)-[:HAS_TOUCHPOINT]->(:Touchpoint)-[:VIA_CHANNEL]->(channel:Channel)
  WITH DISTINCT channel
  ORDER BY channel.title, channel.id
  RETURN collect(channel.id) AS ids, collect(channel.title) AS offered
}
WITH persona, experience, place, walked, own, wanted, touchpoints, offered, [c IN wanted WHERE NOT c.id IN ids | c.title] AS missing
WHERE $all_matches OR size(missing) > 0
RETURN
  persona.id AS personaId,
  persona.title AS persona,
  walked.id AS journeyId,
  walked.title AS journey,
  place.id AS stageId,
  place.title AS stage,
  experience.id AS experienceId,
  experience.satisfactionScore AS satisfactionScore,
  CASE size(missing) WHEN 0 THEN 'fully' WHEN size(wanted) THEN 'none' ELSE 'partly' END AS match,
  CASE WHEN own THEN 'stage' ELSE 'overall' END AS basis,
  [c IN wanted | c.title] AS preferred,
  offered AS offered,
  missing AS missing,
  touchpoints AS touchpoints
ORDER BY CASE size(missing) WHEN 0 THEN 2 WHEN size(wanted) THEN 0 ELSE 1 END, coalesce(satisfactionScore, 9.0), personaId,
  coalesce(journeyId, ''), stageId, experienceId
LIMIT $limit
