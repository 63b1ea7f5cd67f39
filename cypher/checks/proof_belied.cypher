// question: Which activation plans are called a proof, or none, against what was gained?
// severity: warning
// requirements: A43, S1-34
// advice: Set actualGrowth to what was measured, or proofOfConcept to what follows from it.
// message: {title} is {verdict}, with a gain of {actual} where {estimated} was estimated.
// note: a plan proves its case where actualGrowth is at least estimatedGrowth
// returns: kind string, id string, title string, verdict string, actual float, estimated float
MATCH (plan:ActivationPlan)
WHERE plan.proofOfConcept = true AND plan.actualGrowth < plan.estimatedGrowth
  OR plan.proofOfConcept = false AND plan.actualGrowth >= plan.estimatedGrowth
RETURN
  'ActivationPlan' AS kind,
  plan.id AS id,
  plan.title AS title,
  CASE WHEN plan.proofOfConcept THEN 'called a proof' ELSE 'called no proof' END AS verdict,
  plan.actualGrowth AS actual,
  plan.estimatedGrowth AS estimated
ORDER BY id
