// question: Which documents are overdue for review, since when, and who owns them?
// grain: one row a document whose next review was due before today
// param: today string? = null    ISO day, or null for the present day
// param: unit OrgUnit? = null    by id or title, for the documents that it owns, or null for all
// param: limit integer = 1000    1.., at most so many rows, the longest overdue first
// returns: documentKind string, documentId string, document string, dueOn string, daysOverdue integer?
// returns: lastReviewedOn string?, version integer?, owners list<string>
// table: documentKind, document, dueOn, daysOverdue, lastReviewedOn, owners
// needs: (:OrgUnit)
// none: No review is overdue.
// note: dueOn is the document's nextReviewOn, else the earliest dueOn of its reviews that were not held yet
// note: dates are compared as text, so that a partial one such as 2026-01 counts from its beginning
// note: daysOverdue is null for a partial date; owners are the units that own the document, else the owner it names
MATCH (paper:CustomerSegment|Persona|CustomerRelationship|Journey|Content|Capability|ValueStream|Strategy|IdealCustomerProfile|Rationale)
WHERE $unit IS NULL OR EXISTS { MATCH (owner:OrgUnit)-[:OWNS]->(paper) WHERE owner.id = $unit }
OPTIONAL MATCH (paper)-[:REVIEWED_IN]->(review:Review)
WHERE review.reviewedOn IS NULL
WITH paper, min(review.dueOn) AS planned, coalesce($today, toString(date())) AS today
WITH paper, coalesce(paper.nextReviewOn, planned) AS dueOn, today
WHERE dueOn < today
OPTIONAL MATCH (unit:OrgUnit)-[:OWNS]->(paper)
WITH paper, dueOn, today, unit
ORDER BY unit.title, unit.id
WITH paper, dueOn, today, collect(unit.title) AS owners
RETURN
  head([kind IN labels(paper) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS documentKind,
  paper.id AS documentId,
  paper.title AS document,
  dueOn AS dueOn,
  CASE WHEN size(dueOn) = 10 AND size(today) = 10 THEN duration.inDays(date(dueOn), date(today)).days END AS daysOverdue,
  paper.lastReviewedOn AS lastReviewedOn,
  paper.version AS version,
  CASE WHEN size(owners) = 0 AND paper.owner IS NOT NULL THEN [paper.owner] ELSE owners END AS owners
ORDER BY dueOn, documentKind, documentId
LIMIT $limit
