// What are the accounts to move, the managers and the Centers that the moves name?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WHERE coalesce(thing.recordedAt <= $knownAt, true)
WITH key, thing,
  COLLECT {
    MATCH (thing)<-[m:MANAGED_BY {role: 'PRIMARY'}]-(account:Account)
    WHERE key IN $leaving AND ($reachesAll OR $reach[account.key])
      AND m.validFrom <= $asOf AND $asOf < m.validTo
      AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
    RETURN DISTINCT account {.*, recordedAt: null,
    openedOn: toString(account.openedOn), closedOn: toString(account.closedOn), labels: labels(account)} LIMIT $most
  } AS accounts,
  head(COLLECT {
    MATCH (thing)-[b:MEMBER_OF]->(center:Center)
    WHERE b.validFrom <= $asOf AND $asOf < b.validTo
      AND b.recordedAt <= $knownAt AND $knownAt < b.recordedTo
    RETURN center.key ORDER BY center.key LIMIT 1
  }) AS center
RETURN key, thing {.*, recordedAt: null, labels: labels(thing)} AS thing, accounts, center
ORDER BY key
