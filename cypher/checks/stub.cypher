// question: Which elements are referred to, but defined by nobody?
// severity: info
// requirements: A8, A45
// advice: Define the element, or mend the name by which it is referred to; `load --no-stubs` refuses unknown names.
// message: {title} is referred to, but nobody defines it.
// returns: kind string, id string, title string
MATCH (stub:Element)
WHERE stub.isStub = true
RETURN
  head([kind IN labels(stub) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  stub.id AS id,
  stub.title AS title
ORDER BY kind, id
