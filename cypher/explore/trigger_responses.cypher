// question: Whom and what does a trigger affect, how did we respond, why, and by what is the response judged?
// param: trigger Trigger    by id
// returns: path path
MATCH (trigger:Trigger {id: $trigger})
CALL (trigger) {
  MATCH path = (trigger)-[:AFFECTS|EVIDENCED_BY]->()
  RETURN path
  UNION
  MATCH path = (trigger)<-[:RESPONDS_TO]-(:StrategicResponse)
  RETURN path
  UNION
  MATCH path = (trigger)<-[:RESPONDS_TO]-(:StrategicResponse)-[:JUSTIFIED_BY|TARGETS|CHANGES|MEASURED_BY]->()
  RETURN path
  UNION
  MATCH path = (trigger)<-[:RESPONDS_TO]-(:StrategicResponse)<-[:EXECUTES|IMPLEMENTS]-()
  RETURN path
  UNION
  MATCH path = (trigger)<-[:ADDRESSES]-(:Rationale)
  RETURN path
}
RETURN DISTINCT path AS path
