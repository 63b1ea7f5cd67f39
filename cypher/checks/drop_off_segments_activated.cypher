// question: Which activation plans lead too few or too many drop-off segments back?
// severity: info
// requirements: S1-32, A42
// advice: Take into activates as many drop-off segments as one plan can prove something for.
// message: {title} leads {activated} drop-off segments back, where {least} to {most} are due.
// param: least integer = 1    0.., fewer are a finding
// param: most integer = 2    1.., more are a finding
// covers: ActivationPlan.activates
// returns: kind string, id string, title string, activated integer
MATCH (plan:ActivationPlan)
WHERE coalesce(plan.isStub, false) = false
OPTIONAL MATCH (plan)-[:ACTIVATES]->(segment:DropOffSegment)
WITH plan, count(segment) AS activated
WHERE activated < $least OR activated > $most
RETURN
  'ActivationPlan' AS kind,
  plan.id AS id,
  plan.title AS title,
  activated AS activated
ORDER BY id
