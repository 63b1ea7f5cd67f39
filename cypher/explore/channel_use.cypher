// question: Where is a channel used, by whom is it preferred, and whom does it win or reach?
// param: channel Channel    by id
// returns: path path
MATCH (channel:Channel {id: $channel})
CALL (channel) {
  MATCH path = (channel)<-[:VIA_CHANNEL]-(:Touchpoint)<-[:HAS_TOUCHPOINT]-(:JourneyStage)
  RETURN path
  UNION
  MATCH path = (channel)<-[:PREFERS_CHANNEL]-(:Persona)
  RETURN path
  UNION
  MATCH path = (channel)<-[:ACQUIRED_VIA]-(:CustomerSegment)
  RETURN path
  UNION
  MATCH path = (channel)-[:REACHES]->(:CustomerSegment)
  RETURN path
  UNION
  MATCH path = (channel)<-[:DELIVERED_VIA|DISTRIBUTED_VIA|DEPENDS_ON|OWNS|AFFECTS]-()
  RETURN path
}
RETURN DISTINCT path AS path
