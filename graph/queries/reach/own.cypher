// Which accounts may this person write about now, and what hangs on those and on no other?
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
  }
  RETURN DISTINCT account
} AS accounts
RETURN size(persons) AS persons, [account IN accounts | account.key] AS accounts, COLLECT {
  CALL (accounts) {
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
  }
  WITH DISTINCT thing
  WHERE NOT EXISTS {
      MATCH (thing)-[c:IDENTIFIES|CONCERNS|FLAGS|PARTICIPATES_IN]-(other:Account)
      WHERE NOT other IN accounts AND $asOf < c.validTo AND $knownAt < c.recordedTo
    }
    AND NOT EXISTS {
      MATCH (thing)-[c:CONCERNS|FLAGS]->(:Entity)-[i:IDENTIFIES]->(other:Account)
      WHERE NOT other IN accounts AND $asOf < c.validTo AND $knownAt < c.recordedTo
        AND $asOf < i.validTo AND $knownAt < i.recordedTo
    }
  RETURN [thing.key, thing.lookup]
} AS things
ORDER BY persons
