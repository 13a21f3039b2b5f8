// Which accounts have a flag of these kinds, on themselves, a number or code, or its holder; up to a bound?
MATCH (flag:RiskFlag)
WHERE flag.kind IN $flagKinds
  AND flag.raisedOn <= $asOf AND coalesce($asOf < flag.resolvedOn, true)
MATCH (flag)-[f:FLAGS]->(subject:Entity)
WHERE f.validFrom <= $asOf AND $asOf < f.validTo
  AND f.recordedAt <= $knownAt AND $knownAt < f.recordedTo
CALL (subject) {
  WITH subject WHERE subject:Account
  RETURN subject AS account
  UNION
  MATCH (subject)-[c:IDENTIFIES]->(account:Account)
  WHERE c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
  RETURN account
  UNION
  MATCH (subject:Party)-[h:HOLDS]->()-[c:IDENTIFIES]->(account:Account)
  WHERE h.validFrom <= $asOf AND $asOf < h.validTo
    AND h.recordedAt <= $knownAt AND $knownAt < h.recordedTo
    AND c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
  RETURN account
}
WITH DISTINCT account LIMIT $most
WITH account.key AS key ORDER BY key
RETURN collect(key) AS keys
ORDER BY size(keys)
