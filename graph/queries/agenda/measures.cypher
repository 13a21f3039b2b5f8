// Which running strategies with measures concern the accounts of each of these, or these accounts?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
WITH key, COLLECT {
  MATCH (parent)<-[c:MANAGED_BY|ASSIGNED_TO]-(account:Account)
  WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    AND ($reachesAll OR $reach[account.key])
  RETURN DISTINCT account
  UNION
  WITH parent WHERE parent:Account
  RETURN parent AS account
} AS accounts
UNWIND accounts AS account
MATCH (account)<-[c:CONCERNS]-(strategy:Strategy)
WHERE c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
  AND strategy.recordedAt <= $knownAt
// What was changed since says here what it said then.
WITH key, account, strategy, coalesce(CASE WHEN strategy.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: strategy.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, strategy) AS said
WHERE said.startsOn <= $asOf AND (said.status = 'ACTIVE' OR said.endedOn > $asOf)
  AND size(said.measures) > 0
WITH key, strategy, account ORDER BY coalesce(CASE WHEN account.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: account.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, account).searchName, account.key
WITH key, strategy, head(collect(account)) AS account
ORDER BY key, strategy.key
WITH key, collect({strategy: strategy, account: account})[..$most] AS rows
RETURN key, COLLECT {
  UNWIND rows AS row
  WITH row.strategy AS strategy, row.account AS account
  RETURN [account {.*, recordedAt: null,
    openedOn: toString(account.openedOn), closedOn: toString(account.closedOn), labels: labels(account)}, strategy {.*, recordedAt: null, labels: labels(strategy)}]
} AS rows
ORDER BY key
