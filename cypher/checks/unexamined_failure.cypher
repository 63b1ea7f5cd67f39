// question: Which activation plans failed without a word on what is to be examined again?
// severity: info
// requirements: S1-36
// advice: Name in ifFailedCheck what may have been wrong: data, happy-path, content or channel.
// message: {title} gained {actual} where {estimated} was estimated, and nobody says what to examine.
// returns: kind string, id string, title string, actual float, estimated float
MATCH (plan:ActivationPlan)
WHERE plan.actualGrowth < plan.estimatedGrowth
  AND size(coalesce(plan.ifFailedCheck, [])) = 0
RETURN
  'ActivationPlan' AS kind,
  plan.id AS id,
  plan.title AS title,
  plan.actualGrowth AS actual,
  plan.estimatedGrowth AS estimated
ORDER BY id
