// question: What does a capability consist of, level by level, and where are the open gaps in it?
// param: capability Capability    by id
// returns: path path
MATCH (capability:Capability {id: $capability})
CALL (capability) {
  MATCH path = (capability)-[:PARENT_OF*1..8]->(:Capability)
  RETURN path
  UNION
  MATCH path = (capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path
  UNION
  MATCH path = (capability)-[:PARENT_OF*1..8]->(:Capability)<-[:GAP_IN]-(gap:CapabilityGap)
  WHERE coalesce(gap.status, 'open') <> 'closed'
  RETURN path
}
RETURN DISTINCT path AS path
