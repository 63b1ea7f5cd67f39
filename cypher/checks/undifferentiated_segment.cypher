// question: Which segments have no measurable criterion by which they can be told from others?
// severity: warning
// requirements: S3-40
// advice: State measurableDifferentiators: criteria of which it can be counted who meets them.
// message: {title} has no measurable differentiators.
// returns: kind string, id string, title string
MATCH (segment:CustomerSegment)
WHERE coalesce(segment.isStub, false) = false
  AND size(coalesce(segment.measurableDifferentiators, [])) = 0
RETURN
  'CustomerSegment' AS kind,
  segment.id AS id,
  segment.title AS title
ORDER BY id
