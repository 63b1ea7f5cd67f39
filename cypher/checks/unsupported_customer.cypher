// question: Which segments and personas are connected to no capability?
// severity: warning
// requirements: S3-43
// advice: State what serves the segment in customerCapabilityRelationships, or what the persona calls for in requires.
// message: {title} is connected to no capability.
// note: a segment is connected over its personas as well; a persona that stands for a segment is left to that
// returns: kind string, id string, title string
MATCH (customer:CustomerSegment|Persona)
WHERE coalesce(customer.isStub, false) = false
  AND NOT EXISTS { (customer)-[:SUPPORTED_BY|REQUIRES]->(:Capability) }
  AND NOT EXISTS { (customer)-[:REPRESENTS]->(:CustomerSegment) }
  AND NOT EXISTS { (customer)<-[:REPRESENTS]-(:Persona)-[:REQUIRES]->(:Capability) }
RETURN
  head([kind IN labels(customer) WHERE kind <> 'Element']) AS kind,
  customer.id AS id,
  customer.title AS title
ORDER BY kind, id
