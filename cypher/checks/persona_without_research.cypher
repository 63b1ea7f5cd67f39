// question: Which personas rest on no research?
// severity: warning
// requirements: S2-23, S3-41
// advice: Talk to customers of the segment, and name what they said in evidence of the persona.
// message: No research supports {title}.
// note: evidence that only assumes (sourceType internal-assumption) or speaks against the persona is none for it
// note: of personas that are said to be evidenced without being so, evidence_status_belied speaks
// returns: kind string, id string, title string
MATCH (persona:Persona)
WHERE coalesce(persona.isStub, false) = false
  AND NOT coalesce(persona.evidenceStatus, '') IN ['evidenced', 'strong']
  AND NOT EXISTS { MATCH (persona)-[backs:EVIDENCED_BY]->(proof:Evidence) WHERE coalesce(backs.supports, true) AND coalesce(proof.sourceType, '') <> 'internal-assumption' }
RETURN
  'Persona' AS kind,
  persona.id AS id,
  persona.title AS title
ORDER BY id
