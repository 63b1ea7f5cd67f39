// question: Which stages of value streams does no capability enable?
// severity: warning
// requirements: A33, S0-30
// advice: Name the capabilities that carry the stage in enablingCapabilities.
// message: No capability enables {title}, a stage of {valueStreams}.
// returns: kind string, id string, title string, valueStreams list<string>
MATCH (stage:ValueStreamStage)
WHERE coalesce(stage.isStub, false) = false
  AND NOT EXISTS { (stage)-[:ENABLED_BY]->(:Capability) }
OPTIONAL MATCH (valueStream:ValueStream)-[:HAS_STAGE]->(stage)
WITH stage, valueStream
ORDER BY valueStream.title, valueStream.id
WITH stage, collect(valueStream.title) AS valueStreams
RETURN
  'ValueStreamStage' AS kind,
  stage.id AS id,
  stage.title AS title,
  valueStreams AS valueStreams
ORDER BY id
