// question: Which initiatives close no gap and improve nothing that touches a journey stage?
// grain: one row an initiative that is neither Completed nor Cancelled
// param: limit integer = 1000    1.., at most so many rows, the largest budget first
// returns: initiativeId string, initiative string, status string?, budget float?
// returns: ownerUnits list<string>, improves list<string>, targets list<string>
// table: initiative, status, budget, ownerUnits, improves, targets
// needs: (:Initiative)
// none: Every initiative is completed or cancelled, closes a gap, or improves something that touches a journey stage.
// note: touching: a stage, a touchpoint of it, a value stage that it maps to, or a capability from which a route leads to it
// note: ownerUnits own the initiative; improves and targets are the titles of what it states to improve and whom it is for
// text: `needed` is `capability` again, as the embedded store takes a null in shortestPath for any node
MATCH (initiative:Initiative)
WHERE NOT coalesce(initiative.status, '') IN ['Completed', 'Cancelled']
  AND NOT EXISTS { (initiative)-[:CLOSES]->(:CapabilityGap) }
  AND NOT EXISTS { (initiative)-[:IMPROVES]->(:JourneyStage) }
  AND NOT EXISTS { (initiative)-[:IMPROVES]->(:Touchpoint)<-[:HAS_TOUCHPOINT]-(:JourneyStage) }
  AND NOT EXISTS { (initiative)-[:IMPROVES]->(:ValueStreamStage)<-[:MAPS_TO]-(:JourneyStage) }
OPTIONAL MATCH (initiative)-[:IMPROVES]->(capability:Capability)
CALL (capability) {
  RETURN capability AS enabling
  UNION
  MATCH (needed:Capability {id: capability.id})<-[:DEPENDS_ON*1..8]-(enabling:Capability)
  RETURN DISTINCT enabling
}
OPTIONAL MATCH (enabled:JourneyStage|ValueStreamStage)-[:ENABLED_BY]->(enabling)
WHERE enabled:JourneyStage OR EXISTS { (enabled)<-[:MAPS_TO]-(:JourneyStage) }
WITH initiative, count(enabled) AS touched
WHERE touched = 0
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(initiative)
WITH initiative, unit
ORDER BY unit.title, unit.id
WITH initiative, collect(unit.title) AS ownerUnits
OPTIONAL MATCH (initiative)-[:IMPROVES]->(improved)
WITH initiative, ownerUnits, improved
ORDER BY improved.title, improved.id
WITH initiative, ownerUnits, collect(improved.title) AS improves
OPTIONAL MATCH (initiative)-[:TARGETS]->(target)
WITH initiative, ownerUnits, improves, target
ORDER BY target.title, target.id
WITH initiative, ownerUnits, improves, collect(target.title) AS targets
RETURN
  initiative.id AS initiativeId,
  initiative.title AS initiative,
  initiative.status AS status,
  initiative.budget AS budget,
  ownerUnits AS ownerUnits,
  improves AS improves,
  targets AS targets
ORDER BY coalesce(budget, 0.0) DESC, initiativeId
LIMIT $limit
