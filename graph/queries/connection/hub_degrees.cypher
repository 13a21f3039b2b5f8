// How many of each type and direction have things with very many, ended ones too if asked, counted up to a bound?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  CALL (thing) {
    MATCH (thing)-[claim:IDENTIFIES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:HOLDS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:OWNS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'OUT' AS way LIMIT $most
    UNION ALL
    MATCH (thing)<-[claim:OWNS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'IN' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:CONTROLS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'OUT' AS way LIMIT $most
    UNION ALL
    MATCH (thing)<-[claim:CONTROLS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'IN' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:OFFICER_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:MANAGED_BY]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:MEMBER_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:ASSIGNED_TO]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:PRACTISES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:SERVES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:GRANTED_POA]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:PARTICIPATES_IN]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:COVERS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:FLAGS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:CONCERNS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:HANDLED_BY]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:ADDRESSES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:SUCCESSOR_OF]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'OUT' AS way LIMIT $most
    UNION ALL
    MATCH (thing)<-[claim:SUCCESSOR_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'IN' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:NOMINEE_FOR]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'OUT' AS way LIMIT $most
    UNION ALL
    MATCH (thing)<-[claim:NOMINEE_FOR]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'IN' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:SHARES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
    UNION ALL
    MATCH (thing)-[claim:SCOPE_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    RETURN claim, 'EITHER' AS way LIMIT $most
  }
  WITH claim, CASE WHEN way <> 'EITHER' THEN way WHEN startNode(claim) = thing THEN 'OUT' ELSE 'IN' END AS direction
  RETURN type(claim) AS type, direction, count(*) AS number
}
WITH key, type, direction, number
ORDER BY key, type, direction
RETURN key, collect([type, direction, number]) AS degrees
ORDER BY key
