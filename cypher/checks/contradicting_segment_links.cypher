// question: Which two segments say of each other what cannot both be true?
// severity: warning
// requirements: A10
// advice: Leave one of the two in relatedCustomerSegments; parent means that the other segment is the parent of this one.
// message: {title} calls {other} its {stated}, and {other} calls {title} its {answered}.
// note: each calling the other its parent, or its child, contradict, and so do complementary and competitor
// returns: kind string, id string, title string, other string, stated string, answered string
MATCH (one:CustomerSegment)-[there:RELATED_SEGMENT]->(far:CustomerSegment)
WHERE one.id < far.id
MATCH (far)-[back:RELATED_SEGMENT]->(one)
WHERE there.relationshipType IN ['parent', 'child'] AND back.relationshipType = there.relationshipType
  OR there.relationshipType = 'complementary' AND back.relationshipType = 'competitor'
  OR there.relationshipType = 'competitor' AND back.relationshipType = 'complementary'
RETURN
  'CustomerSegment' AS kind,
  one.id AS id,
  one.title AS title,
  far.title AS other,
  there.relationshipType AS stated,
  back.relationshipType AS answered
ORDER BY id, far.id
