// question: Which elements of one kind have titles so alike that they may be one thing?
// grain: one row a pair of elements; of parts such as stages, one a whole that has both
// param: element_kind string? = null    kind such as Capability, or null for all
// param: min_overlap float = 0.6    0..1, least share of the words of both titles that both have
// param: common integer = 50    1.., a word that more titles of a kind have is too common to make a pair alone
// param: limit integer = 1000    1.., at most so many rows, the most alike first
// returns: elementKind string, firstId string, first string, secondId string, second string
// returns: overlap float, sharedWords list<string>, wholeId string?, whole string?
// table: elementKind, first, second, overlap, sharedWords, whole
// needs: (:CustomerSegment)
// none: No two titles of one kind are so alike.
// note: overlap = shared words / distinct words of both titles; case, punctuation and order do not count, nor do words of one or two letters, while numbers do; 1 means that the titles are the same but for that
// note: parts such as stages and touchpoints are compared within their whole (journey, value stream, stage, roadmap): elsewhere their titles recur; kinds whose titles are made from other elements, such as gaps, are left out
MATCH (element:Element)
WHERE $element_kind IS NULL OR $element_kind IN labels(element)
WITH element, head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS elementKind
WHERE NOT elementKind IN ['CapabilityAssessment', 'CapabilityGap', 'FlowObservation', 'LoadLock', 'Measurement', 'RelationshipEvent', 'Review', 'Run',
  'StageExperience']
OPTIONAL MATCH (holder)-[:HAS_STAGE|HAS_TOUCHPOINT|HAS_MILESTONE|HAS_TRIGGER_POINT|HAS_HAPPY_PATH|HAS_ITEM|HAS_CRITERION|HAS_ACTION]->(element)
WITH element, elementKind, holder,
  split(reduce(plain = toLower(element.title), mark IN ['-', '–', '_', '/', '&', '+', ',', '.', ':', '!', '?', '(', ')', '"', '’', '\''] |
    replace(plain, mark, ' ')), ' ') AS parts
WITH elementKind, holder, {id: element.id, title: element.title, words: reduce(seen = [], part IN parts |
    CASE WHEN part IN seen OR size(part) < 3 AND toInteger(part) IS NULL THEN seen ELSE seen + [part] END)} AS entry
ORDER BY entry.id
UNWIND entry.words AS word
WITH elementKind, holder, word, collect(entry) AS entries
WHERE size(entries) > 1 AND size(entries) <= $common
UNWIND range(0, size(entries) - 2) AS place
UNWIND entries[place + 1..] AS other
WITH elementKind, holder, entries[place] AS one, other, [word IN entries[place].words WHERE word IN other.words] AS shared
WITH elementKind, holder, one, other, shared, size(shared) * 1.0 / (size(one.words) + size(other.words) - size(shared)) AS overlap
WHERE overlap >= $min_overlap
RETURN DISTINCT
  elementKind AS elementKind,
  one.id AS firstId,
  one.title AS first,
  other.id AS secondId,
  other.title AS second,
  overlap AS overlap,
  shared AS sharedWords,
  holder.id AS wholeId,
  holder.title AS whole
ORDER BY overlap DESC, elementKind, firstId, secondId, coalesce(wholeId, '')
LIMIT $limit
