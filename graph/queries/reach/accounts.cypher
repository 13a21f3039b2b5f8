// Which accounts does this person reach now, and what hangs on those?
CALL () {
  UNWIND $persons AS key
  MATCH (person:Entity {key: key})
  WHERE coalesce(person.active, true)
  RETURN collect(person) AS persons
}
WITH persons, COLLECT {
  CALL (persons) {
    UNWIND persons AS person
    MATCH (person)<-[c:MANAGED_BY]-(account:Account)
    WHERE $managed AND c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN account
    UNION
    UNWIND persons AS person
    MATCH (person)-[m:MEMBER_OF]->(:Center)<-[c:ASSIGNED_TO]-(account:Account)
    WHERE $center AND m.validFrom <= $asOf AND $asOf < m.validTo
      AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
      AND c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN account
    UNION
    UNWIND persons AS person
    MATCH (person)-[c:SERVES]->(account:Account)
    WHERE $served AND c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN account
    UNION
    UNWIND persons AS person
    MATCH (person)-[p:PRACTISES]->(:Discipline)<-[h:HANDLED_BY]-(issue:Issue)-[a:CONCERNS]->(account:Account)
    WHERE $served AND issue.openedOn <= $asOf AND coalesce($asOf < issue.closedOn, true)
      AND p.validFrom <= $asOf AND $asOf < p.validTo
      AND p.recordedAt <= $knownAt AND $knownAt < p.recordedTo
      AND h.validFrom <= $asOf AND $asOf < h.validTo
      AND h.recordedAt <= $knownAt AND $knownAt < h.recordedTo
      AND a.validFrom <= $asOf AND $asOf < a.validTo
      AND a.recordedAt <= $knownAt AND $knownAt < a.recordedTo
      AND EXISTS {
        MATCH (person)-[m:MEMBER_OF]->(:Center)<-[c:ASSIGNED_TO]-(account)
        WHERE m.validFrom <= $asOf AND $asOf < m.validTo
          AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
          AND c.validFrom <= $asOf AND $asOf < c.validTo
          AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      }
    RETURN account
    UNION
    UNWIND $centers AS code
    MATCH (:Center {code: code})<-[c:ASSIGNED_TO]-(account:Account)
    WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN account
  }
  RETURN DISTINCT account
} AS accounts
RETURN size(persons) AS persons, [account IN accounts | account.key] AS accounts, COLLECT {
  CALL (accounts) {
    // What was ever said of these accounts, also what was said falsely or has ended: their history.
    UNWIND accounts AS account
    MATCH (account)<-[:IDENTIFIES|CONCERNS|FLAGS]-(thing:Entity)
    RETURN thing
    UNION
    UNWIND accounts AS account
    MATCH (account)-[:PARTICIPATES_IN]->(thing:Entity)
    RETURN thing
    UNION
    UNWIND accounts AS account
    MATCH (account)<-[:IDENTIFIES]-(:Entity)<-[:CONCERNS|FLAGS]-(thing:Entity)
    RETURN thing
    UNION
    UNWIND accounts AS account
    MATCH (account)<-[:IDENTIFIES]-(:Entity)-[:SHARES]->(thing:Entity)
    RETURN thing
    UNION
    UNWIND accounts AS account
    MATCH (account)<-[:IDENTIFIES]-(:Entity)<-[:HOLDS]-(:Party)-[:SHARES]->(thing:Entity)
    RETURN thing
    UNION
    // Flags on parties are said of nobody's account.
    MATCH (thing:RiskFlag)-[:FLAGS]->(:Party)
    RETURN thing
  }
  RETURN DISTINCT [thing.key, thing.lookup]
} AS things
ORDER BY persons
