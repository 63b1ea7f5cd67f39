// question: Which elements are linked to nothing?
// severity: warning
// requirements: S3-48
// advice: Name the element in a field of another one, or another one in a field of it; else nothing can be asked of it.
// message: {title} is linked to nothing.
// returns: kind string, id string, title string
MATCH (orphan:Element)
WHERE NOT EXISTS { (orphan)--() }
RETURN
  head([kind IN labels(orphan) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  orphan.id AS id,
  orphan.title AS title
ORDER BY kind, id
