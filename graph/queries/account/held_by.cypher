// Which accounts do numbers and codes of any of these parties identify at the moment?
CALL () {
  UNWIND $holders AS holder
  MATCH (:Entity {key: holder})-[held:HOLDS]->()-[claim:IDENTIFIES]->(account:Account)
  WHERE held.validFrom <= $asOf AND $asOf < held.validTo
    AND held.recordedAt <= $knownAt AND $knownAt < held.recordedTo
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN DISTINCT account.key AS key ORDER BY key
}
RETURN collect(key) AS keys
ORDER BY size(keys)
