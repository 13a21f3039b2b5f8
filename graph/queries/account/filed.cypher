// Which account does each of these filer codes identify?
UNWIND $codes AS code
MATCH (filer:FilerCode {code: code})-[claim:IDENTIFIES]->(account:Account)
WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
RETURN code, account.key AS key
ORDER BY code LIMIT 100
