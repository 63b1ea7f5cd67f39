// question: Which elements are linked to nothing?
// param: limit integer = 60    1.., at most so many paths
// returns: path path
MATCH path = (orphan:Element)
WHERE NOT EXISTS { (orphan)--() }
RETURN path AS path
ORDER BY orphan.title, orphan.id
LIMIT $limit
