// question: Are there more personas than people can keep in mind?
// severity: warning
// requirements: S3-46
// advice: Merge personas that are served alike, or set the threshold to what you can serve.
// message: There are {found} personas, more than {most}.
// param: most integer = 20    1.., so many are no finding
// returns: kind string, id string, found integer
MATCH (customer:Persona)
WHERE coalesce(customer.isStub, false) = false
WITH count(customer) AS found
WHERE found > $most
RETURN
  'Persona' AS kind,
  '' AS id,
  found AS found
ORDER BY kind
