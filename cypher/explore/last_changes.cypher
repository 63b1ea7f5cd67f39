// question: What did a load create or change?
// param: run string? = null    id of the load, or null for the last one
// param: limit integer = 60    1.., at most so many paths
// returns: path path
// note: the load itself is drawn as a node apart, with its dates and counts; what it deleted is only counted there
// note: an element that it created or changed is drawn alone only where no relationship of its was
MATCH (load:Run)
WHERE $run IS NULL OR load.id = $run
WITH load
ORDER BY load.startedAt DESC, load.id DESC
WITH collect(load.id) AS loads
MATCH (run:Run {id: head(loads)})
CALL (run) {
  MATCH path = (run)
  RETURN path, 1 AS part
  UNION
  MATCH path = (element:Element)
  WHERE (element.createdRun = run.id OR element.changedRun = run.id)
    AND NOT EXISTS { MATCH (element)-[link]-() WHERE link.createdRun = run.id OR link.changedRun = run.id }
  RETURN path, 2 AS part
  UNION
  MATCH path = (:Element)-[link]->(:Element)
  WHERE link.createdRun = run.id OR link.changedRun = run.id
  RETURN path, 3 AS part
}
RETURN path AS path
ORDER BY part, reduce(text = '', node IN nodes(path) | text + node.id + ' '), reduce(text = '', link IN relationships(path) | text + type(link))
LIMIT $limit
