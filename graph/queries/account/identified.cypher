// Which account does the importer number with each of these look-up keys identify?
UNWIND $lookups AS lookup
MATCH (number:ImporterNumber {lookup: lookup})-[claim:IDENTIFIES]->(account:Account)
WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
RETURN lookup, account.key AS key
ORDER BY lookup LIMIT 100
