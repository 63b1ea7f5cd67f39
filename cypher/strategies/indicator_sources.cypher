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
// text: the text goes from ring to ring, each the ids of what feeds the one before, and seeks the links of each fed once
// text: ends without a kind keep the server to the links: it would go through all indicators for each
CALL () {
  MATCH (indicator:PerformanceIndicator {id: $indicator})
  RETURN indicator.id AS indicatorId, indicator.title AS indicator
  UNION
  MATCH (indicator:PerformanceIndicator)
  WHERE $indicator IS NULL
  RETURN indicator.id AS indicatorId, indicator.title AS indicator
}
WITH indicatorId, indicator, [indicatorId] AS reached, [indicatorId] AS ring, [1] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
WITH indicatorId, indicator, reached, sizes, reduce(met = [], nearId IN ring | met +
  [(near:PerformanceIndicator {id: nearId})-[related:RELATED_INDICATOR]-(far)
    WHERE related.relationshipType IN CASE WHEN startNode(related).id = nearId
      THEN ['child', 'component-of', 'influences'] ELSE ['parent', 'derived-from'] END | far.id]) AS met
WITH indicatorId, indicator, reached, sizes,
  reduce(ring = [], farId IN met | CASE WHEN farId IN reached OR farId IN ring THEN ring ELSE ring + [farId] END) AS ring
WITH indicatorId, indicator, reached + ring AS reached, ring, sizes + [size(reached) + size(ring)] AS sizes
UNWIND range(0, size(reached) - 1) AS place
WITH indicatorId, indicator, reached[place] AS fedId, 1 + size([reaching IN sizes WHERE reaching <= place]) AS steps
WITH fedId, collect({id: indicatorId, title: indicator, steps: steps}) AS places
MATCH (fed:PerformanceIndicator {id: fedId})
CALL (fed) {
  CALL (fed) {
    MATCH (fed)-[:READ_FROM]->(source)
    RETURN source.id AS id, source.title AS title, 'DataSource' AS kind, 'read from' AS link, null AS stated
    UNION
    MATCH (fed)-[related:RELATED_INDICATOR]->(source)
    WHERE related.relationshipType IN ['child', 'component-of', 'influences'] AND source.id <> fed.id
    RETURN source.id AS id, source.title AS title, 'PerformanceIndicator' AS kind, related.relationshipType AS link,
      related.relationshipStrength AS stated
    UNION
    MATCH (fed)<-[related:RELATED_INDICATOR]-(source)
    WHERE related.relationshipType IN ['parent', 'derived-from'] AND source.id <> fed.id
    RETURN source.id AS id, source.title AS title, 'PerformanceIndicator' AS kind,
      CASE WHEN related.relationshipType = 'parent' THEN 'child' ELSE 'basis' END AS link, related.relationshipStrength AS stated
  }
  WITH id, title, kind, link, max(stated) AS strength
  RETURN collect({id: id, title: title, kind: kind, link: link, strength: strength}) AS links
}
UNWIND places AS place
UNWIND CASE WHEN size(links) = 0 THEN [null] ELSE links END AS each
RETURN
  place.id AS indicatorId,
  place.title AS indicator,
  place.steps AS steps,
  fed.id AS fedId,
  fed.title AS fed,
  fed.dataSourceText AS sourceText,
  each.kind AS sourceKind,
  each.id AS sourceId,
  each.title AS source,
  each.link AS link,
  each.strength AS strength
ORDER BY indicator, indicatorId, steps, fed, fedId, coalesce(sourceKind, ''), coalesce(source, ''), coalesce(sourceId, ''),
  coalesce(link, '')
LIMIT $limit
