// Which of these accounts are there, what may their owner see that hangs on them, and whom did they empower?
WITH COLLECT {
  UNWIND $registered AS key
  MATCH (account:Entity {key: key})
  WHERE account:Account
  RETURN account
} AS accounts
RETURN [account IN accounts | account.key] AS accounts, COLLECT {
  CALL (accounts) {
    // As things stand today: what was theirs once, or said to be, may be another's.
    UNWIND accounts AS account
    MATCH (account)<-[c:IDENTIFIES]-(thing:Entity)
    WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN thing
    UNION
    UNWIND accounts AS account
    MATCH (account)<-[c:CONCERNS]-(thing:Issue {shared: true})
    WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN thing
  }
  RETURN DISTINCT [thing.key, thing.lookup]
} AS things, COLLECT {
  UNWIND accounts AS account
  MATCH (account)-[c:GRANTED_POA]->(broker:Account)
  WHERE c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
  RETURN DISTINCT broker.key
} AS brokers
ORDER BY size(accounts)
