// question: Which journeys are drawn from the inside out, or do not say from where they are?
// severity: warning
// requirements: S2-24, S3-42, S3-47
// advice: Draw the journey anew with customers, from what they do and want, and set perspective to outside-in.
// message: {title} is drawn {perspective}.
// note: a part of a journey need not say, since its whole does
// returns: kind string, id string, title string, perspective string
MATCH (journey:Journey)
WHERE coalesce(journey.isStub, false) = false
  AND coalesce(journey.perspective, '') <> 'outside-in'
  AND NOT (journey.perspective IS NULL AND EXISTS { (:Journey)-[:COMPOSED_OF]->(journey) })
RETURN
  'Journey' AS kind,
  journey.id AS id,
  journey.title AS title,
  coalesce(journey.perspective, 'from a perspective that is not stated') AS perspective
ORDER BY id
