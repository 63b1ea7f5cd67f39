// question: How healthy are the capabilities that matter to a segment or a persona, as a heat map?
// grain: one row a capability; with a segment or a persona those that belong to it, with both those that belong to both
// param: segment CustomerSegment? = null    by id or title, or null for all
// param: persona Persona? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by parent and heat
// param: green_from float = 70.0    0..100, performanceScore from which a capability is green
// param: amber_from float = 40.0    0..100, performanceScore from which it is amber, below green_from
// param: amber_distance integer = 1    0..4, most levels below target that are amber, where there is no performanceScore
// returns: parentId string?, parent string?, capabilityId string, capability string, heat string, heatBasis string?
// returns: performanceScore float?, maturityLevel integer?, targetMaturityLevel integer?, distance integer?
// returns: reasons list<string>
// table: parent, capability, heat, performanceScore, distance, reasons
// needs: (:Capability)
// none: No capability belongs to it: none supports it, is required or shapes an experience, nor enables a stage of its journeys.
// note: heat is red, amber or green by performanceScore, else by distance, and unknown where neither is known; heatBasis says which
// note: distance = targetMaturityLevel - maturityLevel, negative where the target is exceeded; nothing below target is green
// note: reasons say why the capability belongs to the segment or persona; the list is empty where neither is asked for
// note: stages are those of journeys designed for the segment or walked by the persona, directly or through value stages
CALL () {
  MATCH (capability:Capability)
  WHERE $segment IS NULL AND $persona IS NULL
  RETURN capability, null AS reason
  UNION
  MATCH (segment:CustomerSegment)
  WHERE segment.id = $segment
  MATCH (segment)-[:SUPPORTED_BY]->(capability:Capability)
  RETURN capability, 'supports the segment' AS reason
  UNION
  MATCH (segment:CustomerSegment)
  WHERE segment.id = $segment
  MATCH (segment)<-[:DESIGNED_FOR]-(:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  MATCH (stage)-[:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'enables a stage for the segment' AS reason
  UNION
  MATCH (segment:CustomerSegment)
  WHERE segment.id = $segment
  MATCH (segment)<-[:DESIGNED_FOR]-(:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'enables a stage for the segment' AS reason
  UNION
  MATCH (persona:Persona)
  WHERE persona.id = $persona
  MATCH (persona)-[:REQUIRES]->(capability:Capability)
  RETURN capability, 'required by the persona' AS reason
  UNION
  MATCH (persona:Persona)
  WHERE persona.id = $persona
  MATCH (persona)-[:HAS_EXPERIENCE]->(:StageExperience)-[:SHAPED_BY]->(capability:Capability)
  RETURN capability, 'shapes an experience of the persona' AS reason
  UNION
  MATCH (persona:Persona)
  WHERE persona.id = $persona
  MATCH (persona)<-[:APPLIES_TO]-(:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  MATCH (stage)-[:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'enables a stage of the persona' AS reason
  UNION
  MATCH (persona:Persona)
  WHERE persona.id = $persona
  MATCH (persona)<-[:APPLIES_TO]-(:Journey)-[:HAS_STAGE]->(stage:JourneyStage)
  MATCH (stage)-[:MAPS_TO]->(:ValueStreamStage)-[:ENABLED_BY]->(capability:Capability)
  RETURN capability, 'enables a stage of the persona' AS reason
}
WITH capability, reason
ORDER BY reason
WITH capability, collect(reason) AS reasons
WHERE ($segment IS NULL OR any(reason IN reasons WHERE reason ENDS WITH 'segment'))
  AND ($persona IS NULL OR any(reason IN reasons WHERE reason ENDS WITH 'persona'))
OPTIONAL MATCH (:Capability {id: capability.id})<-[:PARENT_OF]-(parent:Capability)
WITH capability, reasons, parent
ORDER BY parent.title, parent.id
WITH capability, reasons, collect(parent) AS parents
WITH capability, reasons, head(parents) AS parent, capability.performanceScore AS score,
  capability.targetMaturityLevel - capability.maturityLevel AS distance
WITH capability, reasons, parent, score, distance,
  CASE
    WHEN score >= $green_from THEN 'green'
    WHEN score >= $amber_from THEN 'amber'
    WHEN score IS NOT NULL THEN 'red'
    WHEN distance <= 0 THEN 'green'
    WHEN distance <= $amber_distance THEN 'amber'
    WHEN distance IS NOT NULL THEN 'red'
    ELSE 'unknown'
  END AS heat
RETURN
  parent.id AS parentId,
  parent.title AS parent,
  capability.id AS capabilityId,
  capability.title AS capability,
  heat AS heat,
  CASE WHEN score IS NOT NULL THEN 'performanceScore' WHEN distance IS NOT NULL THEN 'distance' END AS heatBasis,
  score AS performanceScore,
  capability.maturityLevel AS maturityLevel,
  capability.targetMaturityLevel AS targetMaturityLevel,
  distance AS distance,
  reasons AS reasons
ORDER BY
  CASE WHEN parentId IS NULL THEN 1 ELSE 0 END, coalesce(parent, ''), coalesce(parentId, ''),
  CASE heat WHEN 'red' THEN 1 WHEN 'amber' THEN 2 WHEN 'unknown' THEN 3 ELSE 4 END, capability, capabilityId
LIMIT $limit
