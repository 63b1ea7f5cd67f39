// question: Which strategic responses name no trigger or intent, or no rationale?
// severity: warning
// requirements: A4
// advice: Fill in triggerReferences or intentReferences, and rationaleReferences.
// message: {title} has no {missing}.
// note: where records are to be as strict as the customer domain asks, set the severity to error
// covers: StrategicResponse.triggerReferences, StrategicResponse.rationaleReferences
// returns: kind string, id string, title string, missing list<string>
MATCH (response:StrategicResponse)
WHERE coalesce(response.isStub, false) = false
WITH response,
  CASE
    WHEN EXISTS { (response)-[:RESPONDS_TO]->(:Trigger) } OR EXISTS { (response)-[:REALIZES]->(:StrategicIntent) } THEN []
    ELSE ['trigger or intent']
  END
  + CASE WHEN EXISTS { (response)-[:JUSTIFIED_BY]->(:Rationale) } THEN [] ELSE ['rationale'] END AS missing
WHERE size(missing) > 0
RETURN
  'StrategicResponse' AS kind,
  response.id AS id,
  response.title AS title,
  missing AS missing
ORDER BY id
