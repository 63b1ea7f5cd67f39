// question: What feeds an indicator: which data sources, and which other indicators?
// grain: one row an indicator and link that feeds it, directly or over others; where a chain ends without one, one row with nulls
// param: indicator PerformanceIndicator? = null    by id or title, or null for all
// param: limit integer = 1000    1.., at most so many rows, by indicator, the nearest links first
// returns: indicatorId string, indicator string, steps integer, fedId string, fed string, sourceText string?
// returns: sourceKind string?, sourceId string?, source string?, link string?, strength integer?
// table: indicator, steps, fed, link, source, strength
// needs: (:PerformanceIndicator)
// none: There are no indicators.
// note: fed is what the link feeds: the indicator itself at step 1, else one that feeds it; steps go up to 8
// note: another indicator feeds it as child, component-of, influences, or basis; each says what the source is to the fed
// note: the fed may state this, or the source by parent or derived-from; correlates-with and untyped links feed nothing
// note: sourceText is what the fed states in words of where its numbers come from
// note: the text goes from ring to ring, each what feeds the one before; where one is empty it looks at the first again
// note: ends without a kind keep the server to the links: it would go through all indicators for each
MATCH (indicator:PerformanceIndicator)
WHERE $indicator IS NULL OR indicator.id = $indicator
WITH indicator, [indicator] AS reached, [indicator] AS ring, [1] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND CASE WHEN size(ring) = 0 THEN [indicator] ELSE ring END AS near
OPTIONAL MATCH (near)-[related:RELATED_INDICATOR]-(far)
WHERE related.relationshipType IN CASE WHEN startNode(related).id = near.id
  THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END
WITH indicator, reached, sizes, collect(DISTINCT far) AS met
WITH indicator, reached, sizes, [far IN met WHERE NOT far IN reached] AS ring
WITH indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND range(0, size(reached) - 1) AS place
WITH indicator, reached[place] AS fed, 1 + size([reaching IN sizes WHERE reaching <= place]) AS steps
CALL (fed) {
  MATCH (fed)-[:READ_FROM]->(source)
  RETURN source, 'DataSource' AS kind, 'read from' AS link, null AS stated
  UNION
  MATCH (fed)-[related:RELATED_INDICATOR]->(source)
  WHERE related.relationshipType IN ['child', 'component-of', 'influences'] AND source.id <> fed.id
  RETURN source, 'PerformanceIndicator' AS kind, related.relationshipType AS link, related.relationshipStrength AS stated
  UNION
  MATCH (fed)<-[related:RELATED_INDICATOR]-(source)
  WHERE related.relationshipType IN ['parent', 'derived-from'] AND source.id <> fed.id
  RETURN source, 'PerformanceIndicator' AS kind,
    CASE WHEN related.relationshipType = 'parent' THEN 'child' ELSE 'basis' END AS link, related.relationshipStrength AS stated
  UNION
  RETURN null AS source, null AS kind, null AS link, null AS stated
}
WITH indicator, fed, steps, source, kind, link, max(stated) AS strength
WITH indicator, fed, steps, collect({source: source, kind: kind, link: link, strength: strength}) AS links
UNWIND links AS feeding
WITH indicator, fed, steps, size(links) AS found, feeding.source AS source, feeding.kind AS kind, feeding.link AS link,
  feeding.strength AS strength
WHERE found = 1 OR source IS NOT NULL
RETURN
  indicator.id AS indicatorId,
  indicator.title AS indicator,
  steps AS steps,
  fed.id AS fedId,
  fed.title AS fed,
  fed.dataSourceText AS sourceText,
  kind AS sourceKind,
  source.id AS sourceId,
  source.title AS source,
  link AS link,
  strength AS strength
ORDER BY indicator, indicatorId, steps, fed, fedId, coalesce(sourceKind, ''), coalesce(source, ''), coalesce(sourceId, ''),
  coalesce(link, '')
LIMIT $limit
