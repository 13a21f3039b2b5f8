// How many relationships of each type and direction has each of these, ended ones too if asked, counted up to a bound?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WITH key, thing, COUNT { (thing)--() } AS degree
CALL (thing, degree) {
  WITH thing, degree WHERE degree <= $few
  MATCH (thing)-[claim]-()
  WHERE NOT claim:MEASURES AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  UNWIND CASE
    WHEN startNode(claim) = endNode(claim) THEN ['OUT', 'IN']
    WHEN startNode(claim) = thing THEN ['OUT']
    ELSE ['IN']
  END AS direction
  RETURN type(claim) AS type, direction, count(*) AS number
  UNION ALL
  WITH thing, degree WHERE degree > $few
  UNWIND [
    ['IDENTIFIES', 'OUT', COUNT { MATCH (thing)-[claim:IDENTIFIES]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['IDENTIFIES', 'IN', COUNT { MATCH (thing)<-[claim:IDENTIFIES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['HOLDS', 'OUT', COUNT { MATCH (thing)-[claim:HOLDS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['HOLDS', 'IN', COUNT { MATCH (thing)<-[claim:HOLDS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['OWNS', 'OUT', COUNT { MATCH (thing)-[claim:OWNS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['OWNS', 'IN', COUNT { MATCH (thing)<-[claim:OWNS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['CONTROLS', 'OUT', COUNT { MATCH (thing)-[claim:CONTROLS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['CONTROLS', 'IN', COUNT { MATCH (thing)<-[claim:CONTROLS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['OFFICER_OF', 'OUT', COUNT { MATCH (thing)-[claim:OFFICER_OF]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['OFFICER_OF', 'IN', COUNT { MATCH (thing)<-[claim:OFFICER_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['MANAGED_BY', 'OUT', COUNT { MATCH (thing)-[claim:MANAGED_BY]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['MANAGED_BY', 'IN', COUNT { MATCH (thing)<-[claim:MANAGED_BY]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['MEMBER_OF', 'OUT', COUNT { MATCH (thing)-[claim:MEMBER_OF]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['MEMBER_OF', 'IN', COUNT { MATCH (thing)<-[claim:MEMBER_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['ASSIGNED_TO', 'OUT', COUNT { MATCH (thing)-[claim:ASSIGNED_TO]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['ASSIGNED_TO', 'IN', COUNT { MATCH (thing)<-[claim:ASSIGNED_TO]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['PRACTISES', 'OUT', COUNT { MATCH (thing)-[claim:PRACTISES]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['PRACTISES', 'IN', COUNT { MATCH (thing)<-[claim:PRACTISES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SERVES', 'OUT', COUNT { MATCH (thing)-[claim:SERVES]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SERVES', 'IN', COUNT { MATCH (thing)<-[claim:SERVES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['GRANTED_POA', 'OUT', COUNT { MATCH (thing)-[claim:GRANTED_POA]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['GRANTED_POA', 'IN', COUNT { MATCH (thing)<-[claim:GRANTED_POA]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['PARTICIPATES_IN', 'OUT', COUNT { MATCH (thing)-[claim:PARTICIPATES_IN]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['PARTICIPATES_IN', 'IN', COUNT { MATCH (thing)<-[claim:PARTICIPATES_IN]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['COVERS', 'OUT', COUNT { MATCH (thing)-[claim:COVERS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['COVERS', 'IN', COUNT { MATCH (thing)<-[claim:COVERS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['FLAGS', 'OUT', COUNT { MATCH (thing)-[claim:FLAGS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['FLAGS', 'IN', COUNT { MATCH (thing)<-[claim:FLAGS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['CONCERNS', 'OUT', COUNT { MATCH (thing)-[claim:CONCERNS]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['CONCERNS', 'IN', COUNT { MATCH (thing)<-[claim:CONCERNS]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['HANDLED_BY', 'OUT', COUNT { MATCH (thing)-[claim:HANDLED_BY]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['HANDLED_BY', 'IN', COUNT { MATCH (thing)<-[claim:HANDLED_BY]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['ADDRESSES', 'OUT', COUNT { MATCH (thing)-[claim:ADDRESSES]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['ADDRESSES', 'IN', COUNT { MATCH (thing)<-[claim:ADDRESSES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SUCCESSOR_OF', 'OUT', COUNT { MATCH (thing)-[claim:SUCCESSOR_OF]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SUCCESSOR_OF', 'IN', COUNT { MATCH (thing)<-[claim:SUCCESSOR_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['NOMINEE_FOR', 'OUT', COUNT { MATCH (thing)-[claim:NOMINEE_FOR]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['NOMINEE_FOR', 'IN', COUNT { MATCH (thing)<-[claim:NOMINEE_FOR]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SHARES', 'OUT', COUNT { MATCH (thing)-[claim:SHARES]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SHARES', 'IN', COUNT { MATCH (thing)<-[claim:SHARES]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SCOPE_OF', 'OUT', COUNT { MATCH (thing)-[claim:SCOPE_OF]->() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }],
    ['SCOPE_OF', 'IN', COUNT { MATCH (thing)<-[claim:SCOPE_OF]-() WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
        AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo RETURN 1 LIMIT $most }]
  ] AS each
  WITH each WHERE each[2] > 0
  RETURN each[0] AS type, each[1] AS direction, each[2] AS number
}
WITH key, type, direction, number
ORDER BY key, type, direction
RETURN key, collect([type, direction, number]) AS degrees
ORDER BY key
