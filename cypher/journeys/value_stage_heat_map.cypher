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
OPTIONAL MATCH (:Persona {id: $persona})-[:REPRESENTS]->(own:CustomerSegment {id: $segment})
WITH $segment IS NULL OR own IS NOT NULL AS represents
MATCH (valueStage:ValueStreamStage)
OPTIONAL MATCH (valueStream:ValueStream)-[:HAS_STAGE]->(valueStage)
OPTIONAL MATCH (passing:Persona)-[:EXPERIENCES]->(valueStage)
WHERE passing.id = $persona
OPTIONAL MATCH (following:Persona)-[:EXPERIENCES]->(valueStream)
WHERE following.id = $persona
WITH valueStage, valueStream, represents,
  CASE WHEN $persona IS NOT NULL THEN passing IS NOT NULL OR following IS NOT NULL END AS experienced
OPTIONAL MATCH (valueStage)<-[:MAPS_TO]-(stage:JourneyStage)<-[:HAS_STAGE]-(journey:Journey)
OPTIONAL MATCH (journey)-[:DESIGNED_FOR]->(designed:CustomerSegment)
WHERE designed.id = $segment
OPTIONAL MATCH (journey)-[:APPLIES_TO]->(walker:Persona)
WHERE walker.id = $persona
WITH valueStage, valueStream, experienced, represents, journey, stage,
  ($segment IS NULL OR designed IS NOT NULL) AND ($persona IS NULL OR walker IS NOT NULL) AS met
OPTIONAL MATCH (stage)<-[:AT_STAGE]-(experience:StageExperience)<-[:HAS_EXPERIENCE]-(persona:Persona)
WHERE met AND ($persona IS NULL OR persona.id = $persona)
WITH valueStage, valueStream, experienced, represents, journey, stage, met, min(experience.satisfactionScore) AS satisfaction
ORDER BY journey.title, stage.sequenceNumber, stage.title, stage.id
WITH valueStage, valueStream, experienced, represents, collect(CASE WHEN met THEN journey.title + ': ' + stage.title END) AS stages,
  min(satisfaction) AS lowest
WHERE size(stages) > 0 OR (experienced AND represents) OR ($segment IS NULL AND $persona IS NULL)
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(valueStage)
WITH valueStage, valueStream, experienced, stages, lowest, unit
ORDER BY unit.title, unit.id
WITH valueStage, valueStream, experienced, stages, lowest, collect(unit.title) AS units
OPTIONAL MATCH (valueStage)-[:ENABLED_BY]->(capability:Capability)
WITH valueStage, valueStream, experienced, stages, lowest, units, count(DISTINCT capability) AS capabilities
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
