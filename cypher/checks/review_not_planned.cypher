// question: For which segments, personas and journeys is no review planned?
// severity: info
// requirements: S2-29, S3-45
// advice: Set nextReviewOn, or a review with dueOn.
// message: No review of {title} is planned.
// returns: kind string, id string, title string
MATCH (paper:CustomerSegment|Persona|Journey)
WHERE coalesce(paper.isStub, false) = false
  AND paper.nextReviewOn IS NULL
  AND NOT EXISTS { MATCH (paper)-[:REVIEWED_IN]->(review:Review) WHERE review.reviewedOn IS NULL AND review.dueOn IS NOT NULL }
RETURN
  head([kind IN labels(paper) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  paper.id AS id,
  paper.title AS title
ORDER BY kind, id
