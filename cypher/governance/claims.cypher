// question: On what evidence does each claim about customers rest, which is assumption, and who gave the evidence?
// grain: one row an element and evidence for or against it; one with null where no evidence is recorded
// param: element_kind string? = null    kind such as Need, or null for segments, personas, journeys and all with evidence
// param: standing string? = null    contradicted, assumption or evidenced, or null for all
// param: limit integer = 1000    1.., at most so many rows, contradicted claims first, then assumptions
// returns: elementKind string, elementId string, element string, owner string?, evidenceStatus string?
// returns: standing string, claimField string?, supports boolean?, evidenceId string?, evidence string?
// returns: sourceType string?, viewpoint string?, evidenceStrength integer?, collectedOn string?, contributors list<string>
// table: elementKind, element, standing, claimField, evidence, sourceType, contributors
// needs: (:Evidence)
// none: Nothing that is claimed about customers is stored.
// note: standing is contradicted where the evidence speaks against the claim, assumption where there is no evidence or only an assumption of one's own (sourceType internal-assumption), else evidenced
// note: evidenceStatus is what the element states of itself, which may differ from standing
// text: titles are put in order one by one, as an ORDER BY and a collect for each row would take seconds
// note: claimField is the field that the evidence is about, null for the whole element
MATCH (element:CustomerSegment|Persona|Journey|JourneyStage|StageExperience|Need|BusinessCase|DropOffSegment|Trigger|Rationale|IdealCustomerProfile|CapabilityGap|CapabilityAssessment)
WITH element, head([kind IN labels(element) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS elementKind
WHERE $element_kind IS NULL OR elementKind = $element_kind
OPTIONAL MATCH (element)-[rests:EVIDENCED_BY]->(proof:Evidence)
WITH element, elementKind, rests, proof,
  CASE
    WHEN proof IS NULL OR proof.sourceType = 'internal-assumption' AND coalesce(rests.supports, true) THEN 'assumption'
    WHEN coalesce(rests.supports, true) THEN 'evidenced'
    ELSE 'contradicted'
  END AS standing
WHERE ($standing IS NULL OR standing = $standing)
  AND (proof IS NOT NULL OR $element_kind IS NOT NULL OR elementKind IN ['CustomerSegment', 'Persona', 'Journey'])
WITH element, elementKind, rests, proof, standing, [(element)<-[:OWNS]-(unit:OrgUnit) | unit.title] AS owners,
  CASE WHEN proof IS NULL THEN [] ELSE [(proof)-[:CONTRIBUTED_BY]->(giver:OrgUnit|Stakeholder|Account|Role) | giver.title] END AS givers
WITH element, elementKind, rests, proof, standing,
  reduce(units = [], title IN owners | [unit IN units WHERE unit <= title] + [title] + [unit IN units WHERE unit > title]) AS units,
  reduce(contributors = [], title IN givers | [giver IN contributors WHERE giver <= title] + [title] + [giver IN contributors WHERE giver > title]) AS contributors
RETURN
  elementKind AS elementKind,
  element.id AS elementId,
  element.title AS element,
  reduce(text = head(units), title IN tail(units) | text + ', ' + title) AS owner,
  element.evidenceStatus AS evidenceStatus,
  standing AS standing,
  rests.claimField AS claimField,
  CASE WHEN proof IS NOT NULL THEN coalesce(rests.supports, true) END AS supports,
  proof.id AS evidenceId,
  proof.title AS evidence,
  proof.sourceType AS sourceType,
  proof.viewpoint AS viewpoint,
  proof.evidenceStrength AS evidenceStrength,
  proof.collectedOn AS collectedOn,
  contributors AS contributors
ORDER BY CASE standing WHEN 'contradicted' THEN 0 WHEN 'assumption' THEN 1 ELSE 2 END, elementKind, elementId, coalesce(evidenceId, '')
LIMIT $limit
