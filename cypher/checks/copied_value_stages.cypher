// question: Which journeys have stages that are copies of stages of value streams?
// severity: warning
// requirements: S3-47
// advice: Name the stages in the words of customers, for what they want and not for what the organization does.
// message: {copied} of {stages} stages of {title} have the title of a value stage: {titles}.
// param: least_share float = 0.5    0..1, share of the stages from which on it is a finding
// returns: kind string, id string, title string, stages integer, copied integer, titles list<string>
MATCH (stage:JourneyStage|ValueStreamStage)
WITH toLower(stage.title) AS words, collect(CASE WHEN 'JourneyStage' IN labels(stage) THEN stage.id END) AS copies,
  sum(CASE WHEN 'ValueStreamStage' IN labels(stage) THEN 1 ELSE 0 END) AS inside
WHERE inside > 0
UNWIND copies AS copyId
MATCH (journey:Journey)-[:HAS_STAGE]->(stage:JourneyStage {id: copyId})
WITH journey, stage
ORDER BY stage.title, stage.id
WITH journey, collect(stage.title) AS titles
WITH journey, titles, COUNT { (journey)-[:HAS_STAGE]->(:JourneyStage) } AS stages
WHERE size(titles) >= stages * $least_share
RETURN
  'Journey' AS kind,
  journey.id AS id,
  journey.title AS title,
  stages AS stages,
  size(titles) AS copied,
  titles AS titles
ORDER BY id
