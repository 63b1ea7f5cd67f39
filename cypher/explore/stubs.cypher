// question: Which elements are referred to but not defined, and who refers to them?
// param: limit integer = 60    1.., at most so many paths
// returns: path path
MATCH (stub:Element)
WHERE stub.isStub = true
MATCH path = (stub)-[link]-(referring:Element)
RETURN path AS path
ORDER BY stub.title, stub.id, referring.title, referring.id, type(link)
LIMIT $limit
