// Which account does each of these things concern today?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim:IDENTIFIES|CONCERNS|FLAGS]->(account:Account)
  WHERE claim.recordedTo = $open AND claim.validFrom <= $day AND $day < claim.validTo
  RETURN account
  UNION
  MATCH (thing)<-[claim:PARTICIPATES_IN]-(account:Account)
  WHERE claim.recordedTo = $open AND claim.validFrom <= $day AND $day < claim.validTo
  RETURN account
}
WITH key, account
ORDER BY key, account.key
RETURN collect([key, account.key]) AS concerned
