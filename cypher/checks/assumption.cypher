// question: Which segments, journeys, open gaps and business cases rest on assumption?
// severity: info
// requirements: S1-13, S2-23
// advice: Talk to customers, and name what they said in evidence; or state evidenceStatus, if they said it elsewhere.
// message: {title} is an assumption: {grounds}.
// note: of personas persona_without_research speaks, of experiences experiences_without_evidence
// note: evidence that only assumes (sourceType internal-assumption) or speaks against the claim is none for it
// returns: kind string, id string, title string, grounds string
MATCH (element:CustomerSegment|Journey|CapabilityGap|BusinessCase)
WHERE coalesce(element.isStub, false) = false
  AND coalesce(element.isDerived, false) = false
  AND NOT (element:CapabilityGap AND coalesce(element.status, '') = 'closed')
  AND coalesce(element.evidenceStatus, 'assumption') = 'assumption'
  AND NOT EXISTS { MATCH (element)-[backs:EVIDENCED_BY]->(proof:Evidence) WHERE coalesce(backs.supports, true) AND coalesce(proof.sourceType, '') <> 'internal-assumption' }
RETURN
  head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  element.id AS id,
  element.title AS title,
  CASE WHEN element.evidenceStatus IS NULL THEN 'no evidence for it is linked' ELSE 'it says so itself' END AS grounds
ORDER BY kind, id
