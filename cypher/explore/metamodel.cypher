// question: Which kinds of element are there, and how are they linked: one example for each kind of link between two kinds?
// param: limit integer = 60    1.., at most so many paths
// returns: path path
// note: the commonest kinds of link come first; a higher limit shows all
// note: of the links of a kind that between the two most linked elements is drawn, so that few elements stand for many
MATCH path = (source:Element)-[link]->(target:Element)
WITH path, link, source, target,
  head([label IN labels(source) WHERE NOT label IN ['Element', 'MicroJourney', 'Information', 'Technology']]) AS sourceKind,
  head([label IN labels(target) WHERE NOT label IN ['Element', 'MicroJourney', 'Information', 'Technology']]) AS targetKind
ORDER BY COUNT { (source)--() } * COUNT { (target)--() } DESC, source.id, target.id
WITH sourceKind, type(link) AS way, targetKind, collect(path) AS paths
RETURN head(paths) AS path
ORDER BY size(paths) DESC, sourceKind, way, targetKind
LIMIT $limit
