// question: Which documents are overdue for review?
// severity: warning
// requirements: S0-03, S2-29, S3-45, S3-49
// advice: Look at it with its owner, then set lastReviewedOn and nextReviewOn; `graphkb ask governance/overdue_reviews` says who.
// message: The review of {title} was due on {dueOn}.
// param: today string? = null    ISO day, or null for the present day
// note: due is nextReviewOn, else the earliest dueOn of the reviews that were not held yet
// returns: kind string, id string, title string, dueOn string
MATCH (paper:CustomerSegment|Persona|CustomerRelationship|Journey|Content|Capability|ValueStream|Strategy|IdealCustomerProfile|Rationale)
OPTIONAL MATCH (paper)-[:REVIEWED_IN]->(review:Review)
WHERE review.reviewedOn IS NULL
WITH paper, min(review.dueOn) AS planned
WITH paper, coalesce(paper.nextReviewOn, planned) AS dueOn
WHERE dueOn < coalesce($today, toString(date()))
RETURN
  head([kind IN labels(paper) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  paper.id AS id,
  paper.title AS title,
  dueOn AS dueOn
ORDER BY kind, id
