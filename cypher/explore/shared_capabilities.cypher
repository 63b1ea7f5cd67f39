// question: Which capabilities do two journeys share, and at which stages?
// param: journey Journey    by id
// param: other Journey    by id, another one
// returns: path path
// note: a stage rests on a capability directly or through the value stage to which it maps
MATCH path = (journey:Journey {id: $journey})-[:HAS_STAGE|MAPS_TO|ENABLED_BY*2..3]->(:Capability)<-[:HAS_STAGE|MAPS_TO|ENABLED_BY*2..3]-(other:Journey {id: $other})
WHERE journey.id <> other.id
RETURN DISTINCT path AS path
