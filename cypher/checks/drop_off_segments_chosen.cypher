// question: From which happy paths were too few or too many of those who leave chosen for a business case?
// severity: info
// requirements: S1-31, A42
// advice: Choose by selection, or by caseFor of a business case, as many drop-off segments as can be worked on at once.
// message: {chosen} of {found} segments that leave {title} are chosen, where {least} to {most} are due.
// param: least integer = 1    0.., fewer are a finding
// param: most integer = 3    1.., more are a finding
// returns: kind string, id string, title string, found integer, chosen integer
MATCH (leaving:DropOffSegment)-[:DEVIATES_FROM]->(path:HappyPath)
WITH path, leaving,
  leaving.selection IN ['selected-for-case', 'selected-for-activation'] AS selected,
  EXISTS { (leaving)<-[:CASE_FOR]-(:BusinessCase) } AS hasCase
WITH path, count(leaving) AS found, sum(CASE WHEN selected OR hasCase THEN 1 ELSE 0 END) AS chosen
WHERE chosen < $least OR chosen > $most
RETURN
  'HappyPath' AS kind,
  path.id AS id,
  path.title AS title,
  found AS found,
  chosen AS chosen
ORDER BY id
