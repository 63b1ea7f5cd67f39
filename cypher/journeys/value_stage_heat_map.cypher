// question: How well do the value stages perform that a segment or persona meets on its journeys?
// grain: one row a value stage, the worst performance first and those without a score last
// param: segment CustomerSegment? = null    by id or title: only value stages met on the journeys designed for it
// param: persona Persona? = null    by id or title: only value stages met on the journeys it walks, or that it experiences
// param: red_below float = 50.0    0..100, a lower performance score is red
// param: green_from float = 70.0    0..100, this performance score and higher ones are green; between the two is amber
// param: limit integer = 1000    1.., at most so many rows
// returns: valueStreamId string?, valueStream string?, valueStageId string, valueStage string
// returns: heat string, performanceScore float?, stages list<string>, lowestSatisfaction float?, experienced boolean?
// returns: owner string?, capabilities integer
// table: valueStream, valueStage, heat, performanceScore, lowestSatisfaction, stages, owner
// needs: (:ValueStreamStage)
// none: There is no value stage.
// note: heat is red, amber or green, and unknown where the value stage has no performance score
// note: stages are the journey stages that map to it, as journey and stage: of the segment's, the persona's, or all journeys
// note: a persona asked about together with a segment counts by what it experiences only if it represents the segment
// note: lowestSatisfaction is that at these stages: the persona's, or anybody's where none is asked about
// note: experienced says whether the persona is stated to pass through the value stage or its stream; null without a persona
CALL () {
  MATCH (:CustomerSegment {id: $segment})<-[:DESIGNED_FOR]-(journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)-[:MAPS_TO]->(valueStage:ValueStreamStage)
  WHERE $persona IS NULL OR EXISTS { (journey)-[:APPLIES_TO]->(:Persona {id: $persona}) }
  RETURN valueStage, journey, stage
  UNION
  MATCH (:Persona {id: $persona})<-[:APPLIES_TO]-(journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage)-[:MAPS_TO]->(valueStage:ValueStreamStage)
  WHERE $segment IS NULL
  RETURN valueStage, journey, stage
  UNION
  MATCH (valueStage:ValueStreamStage)
  WHERE $segment IS NULL AND $persona IS NULL
  MATCH (valueStage)<-[:MAPS_TO]-(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
  RETURN valueStage, journey, stage
  UNION
  MATCH (persona:Persona {id: $persona})-[:EXPERIENCES]->(valueStage:ValueStreamStage)
  WHERE $segment IS NULL OR EXISTS { (persona)-[:REPRESENTS]->(:CustomerSegment {id: $segment}) }
  RETURN valueStage, null AS journey, null AS stage
  UNION
  MATCH (persona:Persona {id: $persona})-[:EXPERIENCES]->(:ValueStream)-[:HAS_STAGE]->(valueStage:ValueStreamStage)
  WHERE $segment IS NULL OR EXISTS { (persona)-[:REPRESENTS]->(:CustomerSegment {id: $segment}) }
  RETURN valueStage, null AS journey, null AS stage
  UNION
  MATCH (valueStage:ValueStreamStage)
  WHERE $segment IS NULL AND $persona IS NULL
  RETURN valueStage, null AS journey, null AS stage
}
WITH valueStage, journey, stage,
  CASE WHEN stage IS NULL THEN [] ELSE [(stage)<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)
    WHERE $persona IS NULL OR persona.id = $persona | experience.satisfactionScore] END AS scores
WITH valueStage, journey, stage,
  reduce(lowest = null, score IN scores | CASE WHEN lowest IS NULL OR score < lowest THEN score ELSE lowest END) AS satisfaction
ORDER BY journey.title, stage.sequenceNumber, stage.title, stage.id
WITH valueStage, collect(journey.title + ': ' + stage.title) AS stages, min(satisfaction) AS lowest
CALL (valueStage) {
  OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(valueStage)
  WITH unit
  ORDER BY unit.title, unit.id
  RETURN collect(unit.title) AS units
}
CALL (valueStage) {
  OPTIONAL MATCH (valueStage)-[:ENABLED_BY]->(capability:Capability)
  RETURN count(DISTINCT capability) AS capabilities
}
OPTIONAL MATCH (valueStream:ValueStream)-[:HAS_STAGE]->(valueStage)
WITH valueStage, valueStream, stages, lowest, units, capabilities,
  CASE WHEN $persona IS NOT NULL
    THEN EXISTS { (:Persona {id: $persona})-[:EXPERIENCES]->(valueStage) }
      OR EXISTS { (:Persona {id: $persona})-[:EXPERIENCES]->(:ValueStream)-[:HAS_STAGE]->(valueStage) }
  END AS experienced
RETURN
  valueStream.id AS valueStreamId,
  valueStream.title AS valueStream,
  valueStage.id AS valueStageId,
  valueStage.title AS valueStage,
  CASE
    WHEN valueStage.performanceScore IS NULL THEN 'unknown'
    WHEN valueStage.performanceScore < $red_below THEN 'red'
    WHEN valueStage.performanceScore < $green_from THEN 'amber'
    ELSE 'green'
  END AS heat,
  valueStage.performanceScore AS performanceScore,
  stages AS stages,
  lowest AS lowestSatisfaction,
  experienced AS experienced,
  coalesce(reduce(text = head(units), title IN tail(units) | text + ', ' + title), valueStage.owner) AS owner,
  capabilities AS capabilities
ORDER BY coalesce(performanceScore, 101.0), valueStream, valueStreamId, valueStage, valueStageId
LIMIT $limit
