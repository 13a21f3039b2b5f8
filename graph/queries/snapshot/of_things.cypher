// Which of these can carry risk, and which claims leave each?
UNWIND $keys AS key
MATCH (start:Entity {key: key})
WHERE start:Account OR start:ImporterNumber OR start:FilerCode OR start:Party OR start:SharedAttribute
CALL (start) {
  MATCH (start)-[claim:OWNS|GRANTED_POA|SHARES|HOLDS|IDENTIFIES|CONTROLS|OFFICER_OF|SUCCESSOR_OF|NOMINEE_FOR]->(end:Entity)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND coalesce(claim.directOrIndirect, 'direct') <> 'indirect'
  RETURN collect([claim.id, type(claim), start.key, end.key, coalesce(claim.minShare, 0),
    CASE WHEN coalesce(claim.disclosed, true) THEN coalesce(claim.maxShare, 0) ELSE -1 END]) AS claims
}
WITH start, claims ORDER BY start.key
RETURN collect([start.key, head([label IN labels(start) WHERE label IN $kinds])]) AS things,
  collect(claims) AS claims
ORDER BY size(things)
