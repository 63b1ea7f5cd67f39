// question: Which statements of how well something is evidenced does the evidence linked to it belie?
// severity: warning
// requirements: S1-13, S2-23, S2-24
// advice: Link the evidence that supports it, or state evidenceStatus as it is.
// message: {title} is said to be {stated}, but {linked}.
// returns: kind string, id string, title string, stated string, linked string
MATCH (element:CustomerSegment|Persona|Journey|StageExperience|Need|BusinessCase|CapabilityGap|CapabilityAssessment)
WHERE element.evidenceStatus IS NOT NULL
WITH element,
  EXISTS { MATCH (element)-[backs:EVIDENCED_BY]->(proof:Evidence) WHERE coalesce(backs.supports, true) AND coalesce(proof.sourceType, '') <> 'internal-assumption' } AS isSupported,
  EXISTS { MATCH (element)-[backs:EVIDENCED_BY]->(proof:Evidence) WHERE coalesce(backs.supports, true) AND proof.viewpoint = 'outside-in' } AS isFromOutside,
  EXISTS { MATCH (element)-[backs:EVIDENCED_BY]->(:Evidence) WHERE backs.supports = false } AS isContradicted
WITH element,
  CASE
    WHEN element.evidenceStatus IN ['evidenced', 'strong'] AND NOT isSupported AND isContradicted THEN 'the evidence speaks against it'
    WHEN element.evidenceStatus IN ['evidenced', 'strong'] AND NOT isSupported THEN 'no evidence for it is linked'
    WHEN element.evidenceStatus = 'assumption' AND isSupported THEN 'evidence for it is linked'
    WHEN element.evidenceStatus = 'inside-out-only' AND isFromOutside THEN 'evidence from outside is linked'
  END AS linked
WHERE linked IS NOT NULL
RETURN
  head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  element.id AS id,
  element.title AS title,
  element.evidenceStatus AS stated,
  linked AS linked
ORDER BY kind, id
