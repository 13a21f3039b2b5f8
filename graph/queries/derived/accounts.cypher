// Which accounts may each of these things have to do with, now or before?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  WITH thing
  WHERE thing:Account
  RETURN thing AS account
  UNION
  MATCH (thing)-[:IDENTIFIES|CONCERNS|FLAGS]->(account:Account)
  RETURN account
  UNION
  MATCH (thing)-[:CONCERNS|FLAGS]->(:ImporterNumber|FilerCode)-[:IDENTIFIES]->(account:Account)
  RETURN account
  UNION
  MATCH (thing)-[:CONCERNS|FLAGS]->(:Party)-[:HOLDS]->()-[:IDENTIFIES]->(account:Account)
  RETURN account
  UNION
  MATCH (thing)-[:HOLDS]->()-[:IDENTIFIES]->(account:Account)
  RETURN account
  UNION
  MATCH (thing)<-[:PARTICIPATES_IN]-(account:Account)
  RETURN account
  UNION
  MATCH (thing:AccountManager)<-[:MANAGED_BY]-(account:Account)
  RETURN account
}
WITH DISTINCT key, account.key AS account
ORDER BY key, account
RETURN collect([key, account]) AS rows
ORDER BY size(rows)
