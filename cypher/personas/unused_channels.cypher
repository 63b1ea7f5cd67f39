// question: Which touchpoints are offered on a channel that the segment of the journey does not use?
// grain: one row a touchpoint, a channel of it, and a segment of its journey that does not use the channel
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: journey Journey? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, those without another channel that is used first
// returns: segmentId string, segment string, journeyId string, journey string, stageId string, stage string
// returns: touchpointId string, touchpoint string, isMain boolean?, channelId string, channel string
// returns: usedInstead list<string>, usedChannels list<string>
// table: segment, journey, stage, touchpoint, channel, usedInstead, usedChannels
// needs: (:CustomerSegment), (:Journey), (:Touchpoint), (:Touchpoint)-[:VIA_CHANNEL]->(:Channel)
// none: Every touchpoint is on channels that its segments use, or no channel is known of them.
// note: segments of a journey are the one that it is designed for and those of the personas that walk it
// note: a segment uses a channel that reaches it, through which it is won, or that a persona of it prefers somewhere
// note: a segment of which no channel is known has no row
// note: usedInstead are the channels of the touchpoint that the segment does use; usedChannels all that it uses
CALL () {
  MATCH (walked:Journey {id: $journey})-[:DESIGNED_FOR]->(group:CustomerSegment)
  WHERE $segment IS NULL OR group.id = $segment
  RETURN group, walked
  UNION
  MATCH (walked:Journey {id: $journey})-[:APPLIES_TO]->(:Persona)-[:REPRESENTS]->(group:CustomerSegment)
  WHERE $segment IS NULL OR group.id = $segment
  RETURN group, walked
  UNION
  MATCH (group:CustomerSegment {id: $segment})<-[:DESIGNED_FOR]-(walked:Journey)
  WHERE $journey IS NULL
  RETURN group, walked
  UNION
  MATCH (group:CustomerSegment {id: $segment})<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(walked:Journey)
  WHERE $journey IS NULL
  RETURN group, walked
  UNION
  MATCH (group:CustomerSegment)<-[:DESIGNED_FOR]-(walked:Journey)
  WHERE $segment IS NULL AND $journey IS NULL
  RETURN group, walked
  UNION
  MATCH (group:CustomerSegment)<-[:REPRESENTS]-(:Persona)<-[:APPLIES_TO]-(walked:Journey)
  WHERE $segment IS NULL AND $journey IS NULL
  RETURN group, walked
}
WITH group, collect(walked.id) AS walkedIds
CALL (group) {
  MATCH (used:Channel)-[:REACHES]->(group)
  RETURN used
  UNION
  MATCH (group)-[:ACQUIRED_VIA]->(used:Channel)
  RETURN used
  UNION
  MATCH (group)<-[:REPRESENTS]-(:Persona)-[:PREFERS_CHANNEL]->(used:Channel)
  RETURN used
  UNION
  MATCH (group)<-[:REPRESENTS]-(:Persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:PREFERS_CHANNEL]->(used:Channel)
  RETURN used
}
WITH group, walkedIds, used
ORDER BY used.title, used.id
WITH group, walkedIds, collect(used.id) AS usedIds, collect(used.title) AS usedChannels
UNWIND walkedIds AS walkedId
MATCH (walked:Journey {id: walkedId})
MATCH (walked)-[:HAS_STAGE]->(place:JourneyStage)-[:HAS_TOUCHPOINT]->(contact:Touchpoint)-[:VIA_CHANNEL]->(unused:Channel)
WHERE NOT unused.id IN usedIds
OPTIONAL MATCH (contact)-[:VIA_CHANNEL]->(other:Channel)
WHERE other.id IN usedIds
WITH group, usedChannels, walked, place, contact, unused, other
ORDER BY other.title, other.id
WITH group, usedChannels, walked, place, contact, unused, collect(other.title) AS usedInstead
RETURN
  group.id AS segmentId,
  group.title AS segment,
  walked.id AS journeyId,
  walked.title AS journey,
  place.id AS stageId,
  place.title AS stage,
  contact.id AS touchpointId,
  contact.title AS touchpoint,
  contact.isMain AS isMain,
  unused.id AS channelId,
  unused.title AS channel,
  usedInstead AS usedInstead,
  usedChannels AS usedChannels
ORDER BY size(usedInstead), segmentId, journeyId, coalesce(place.sequenceNumber, 1000000), stageId, touchpointId, channelId
LIMIT $limit
