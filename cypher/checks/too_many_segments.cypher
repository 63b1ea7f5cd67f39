// question: Are there more segments than people can keep in mind?
// severity: warning
// requirements: S3-46
// advice: Merge segments that are served alike, or set the threshold to what you can serve.
// message: There are {found} segments, more than {most}.
// param: most integer = 12    1.., so many are no finding
// returns: kind string, id string, found integer
MATCH (customer:CustomerSegment)
WHERE coalesce(customer.isStub, false) = false
WITH count(customer) AS found
WHERE found > $most
RETURN
  'CustomerSegment' AS kind,
  '' AS id,
  found AS found
ORDER BY kind
