// question: Which initiatives depend on each other in a circle, so that none of them can begin?
// grain: one row an initiative in a circle
// param: limit integer = 1000    1.., at most so many rows, by circle
// returns: initiativeId string, initiative string, status string?, startDate string?, endDate string?
// returns: steps integer, waitsFor list<string>, circle list<string>
// table: initiative, status, startDate, endDate, steps, waitsFor, circle
// needs: (:Initiative), (:Initiative)-[:DEPENDS_ON]->(:Initiative)
// none: No initiative depends on itself, over others or directly.
// note: steps are the dependencies of the shortest circle through the initiative, at most 9; 1 if it depends on itself
// note: waitsFor are the initiatives that it depends on itself and that lead back to it: one of these links must go
// note: circle are all initiatives that it leads to and that lead to it, over at most 8 steps each way, itself included
MATCH (initiative:Initiative)-[:DEPENDS_ON]->(next:Initiative)
WHERE EXISTS { (next)-[:DEPENDS_ON]->(:Initiative) } AND EXISTS { (initiative)<-[:DEPENDS_ON]-(:Initiative) }
CALL (initiative, next) {
  MATCH (next)
  WHERE next.id = initiative.id
  RETURN 0 AS back
  UNION
  MATCH (next)
  WHERE next.id <> initiative.id
  MATCH path = shortestPath((next)-[:DEPENDS_ON*1..8]->(initiative))
  RETURN length(path) AS back
}
WITH initiative, next, back
ORDER BY next.title, next.id
WITH initiative, min(back) AS back, collect(next.title) AS waitsFor
WITH collect({initiative: initiative, back: back, waitsFor: waitsFor}) AS circled
UNWIND circled AS one
UNWIND circled AS other
WITH one.initiative AS initiative, one.back AS back, one.waitsFor AS waitsFor, other.initiative AS member
CALL (initiative, member) {
  MATCH (member)
  WHERE member.id = initiative.id
  RETURN member AS fellow
  UNION
  MATCH (member)
  WHERE member.id <> initiative.id
  MATCH there = shortestPath((initiative)-[:DEPENDS_ON*1..8]->(member))
  MATCH again = shortestPath((member)-[:DEPENDS_ON*1..8]->(initiative))
  RETURN member AS fellow
}
WITH initiative, back, waitsFor, fellow
ORDER BY fellow.title, fellow.id
WITH initiative, back, waitsFor, collect(fellow.title) AS circle
RETURN
  initiative.id AS initiativeId,
  initiative.title AS initiative,
  initiative.status AS status,
  initiative.startDate AS startDate,
  initiative.endDate AS endDate,
  back + 1 AS steps,
  waitsFor AS waitsFor,
  circle AS circle
ORDER BY head(circle), initiativeId
LIMIT $limit
