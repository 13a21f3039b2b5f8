// Which accounts may this person write about now, what hangs on those and on no other, who holds that, and whom do they assign?
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
  }
  RETURN DISTINCT account
} AS accounts, COLLECT {
  UNWIND persons AS person
  MATCH (person)-[p:PRACTISES]->(discipline:Discipline)
  WHERE $served AND p.validFrom <= $asOf AND $asOf < p.validTo
    AND p.recordedAt <= $knownAt AND $knownAt < p.recordedTo
  RETURN DISTINCT discipline
} AS disciplines, COLLECT {
  UNWIND persons AS person
  MATCH (person)-[m:MEMBER_OF]->(center:Center)
  WHERE $center AND m.validFrom <= $asOf AND $asOf < m.validTo
    AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
  RETURN DISTINCT center
} AS centers
RETURN size(persons) AS persons, [account IN accounts | account.key] AS accounts,
  [discipline IN disciplines | discipline.key] AS disciplines,
  [center IN centers | center.key] + COLLECT {
    UNWIND centers AS center
    MATCH (center)<-[m:MEMBER_OF]-(person:AccountManager|Specialist)
    WHERE m.validFrom <= $asOf AND $asOf < m.validTo
      AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
    RETURN DISTINCT person.key
  } AS places,
  COLLECT {
    UNWIND accounts AS account
    MATCH (account)<-[i:IDENTIFIES]-(:Entity)<-[h:HOLDS]-(party:Party)
    WHERE i.validFrom <= $asOf AND $asOf < i.validTo
      AND i.recordedAt <= $knownAt AND $knownAt < i.recordedTo
      AND h.validFrom <= $asOf AND $asOf < h.validTo
      AND h.recordedAt <= $knownAt AND $knownAt < h.recordedTo
    RETURN DISTINCT party.key
  } AS parties,
  COLLECT {
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
      AND (NOT $served OR NOT thing:Issue OR EXISTS {
        MATCH (thing)-[h:HANDLED_BY]->(discipline:Discipline)
        WHERE discipline IN disciplines AND h.validFrom <= $asOf AND $asOf < h.validTo
          AND h.recordedAt <= $knownAt AND $knownAt < h.recordedTo
      })
    RETURN [thing.key, thing.lookup]
  } AS things
ORDER BY persons
