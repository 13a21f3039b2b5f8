// Which accounts precede each of these places by name?
UNWIND range(0, size($starts) - 1) AS place
WITH place, $starts[place] AS start
CALL (start) {
  MATCH (account:Account)
  WHERE account.searchName <= start.name AND account.key IS NOT NULL
    AND (account.searchName < start.name OR account.key < start.key)
    AND account.recordedAt <= $knownAt AND account.openedOn <= $asOf
    AND (size($inStatus) = 0
      OR CASE WHEN account.closedOn > $asOf THEN 'ACTIVE' ELSE account.status END IN $inStatus)
    AND (size($inCenter) = 0 OR EXISTS {
      MATCH (account)-[c:ASSIGNED_TO]->(x:Center)
      WHERE CASE WHEN x.code IN $inCenter  // which tells most apart
        THEN c.validFrom <= $asOf AND $asOf < c.validTo
          AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo END
    })
  WITH account, CASE WHEN size($facts) = 0 THEN {} ELSE {
      status: [CASE WHEN account.closedOn > $asOf THEN 'ACTIVE' ELSE account.status END],
      kind: [CASE WHEN account:Importer THEN 'IMPORTER' ELSE 'BROKER' END],
      words: CASE WHEN 'words' IN $facts THEN split(reduce(text = account.searchName, mark IN ['-', '/', ',', '&', '(', ')', '"', ':']
        | replace(text, mark, ' ')), ' ') END,
      national: [coalesce(account.national, false)],
      opened: [account.openedOn],
      key: [account.key],
      center: CASE WHEN 'center' IN $facts THEN COLLECT {
        MATCH (account)-[c:ASSIGNED_TO]->(x:Center)
        WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
        RETURN DISTINCT x.code
      } END,
      unassigned: CASE WHEN 'unassigned' IN $facts THEN [CASE WHEN EXISTS {
        MATCH (account)-[c:ASSIGNED_TO]->(:Center)
        WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      } THEN 'ELIGIBLE' ELSE coalesce(account.centerEligibility,
        CASE WHEN account:Importer THEN 'PENDING' ELSE 'NOT_ELIGIBLE' END) END] END,
      manager: CASE WHEN 'manager' IN $facts THEN COLLECT {
        MATCH (account)-[c:MANAGED_BY]->(x:AccountManager)
        WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
        RETURN DISTINCT x.key
      } END,
      primary: CASE WHEN 'primary' IN $facts THEN [EXISTS {
        MATCH (account)-[c:MANAGED_BY {role: 'PRIMARY'}]->(:AccountManager)
        WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      }] END,
      isa: CASE WHEN 'isa' IN $facts THEN COLLECT {
        MATCH (account)-[c:PARTICIPATES_IN]->(part:IsaParticipation)
        WHERE c.validFrom <= $asOf AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
          AND coalesce(part.appliedOn <= $asOf, true)
        WITH part, c ORDER BY c.validFrom DESC, c.id LIMIT 1
        RETURN CASE
          WHEN part.endedOn > $asOf AND part.acceptedOn <= $asOf
            THEN CASE WHEN part.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
          WHEN part.endedOn > $asOf OR part.acceptedOn > $asOf THEN 'APPLICANT'
          ELSE part.status END
      } END,
      flag: CASE WHEN 'flag' IN $facts THEN COLLECT {
        CALL (account) {
          RETURN account AS subject
          UNION
          MATCH (subject)-[c:IDENTIFIES]->(account)
          WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
          RETURN subject
          UNION
          MATCH (subject:Party)-[h:HOLDS]->()-[c:IDENTIFIES]->(account)
          WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
            AND h.validFrom <= $asOf AND $asOf < h.validTo
        AND h.recordedAt <= $knownAt AND $knownAt < h.recordedTo
          RETURN subject
        }
        MATCH (subject)<-[f:FLAGS]-(flag:RiskFlag)
        WHERE f.validFrom <= $asOf AND $asOf < f.validTo
        AND f.recordedAt <= $knownAt AND $knownAt < f.recordedTo
          AND flag.raisedOn <= $asOf AND coalesce($asOf < flag.resolvedOn, true)
        RETURN DISTINCT flag.kind
      } END,
      issue: CASE WHEN 'issue' IN $facts THEN [EXISTS {
        MATCH (account)<-[c:CONCERNS]-(issue:Issue)
        WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
          AND issue.openedOn <= $asOf AND coalesce($asOf < issue.closedOn, true)
      }] END,
      broker: CASE WHEN 'broker' IN $facts THEN COLLECT {
        MATCH (account)-[c:GRANTED_POA]->(x:Broker)
        WHERE c.validFrom <= $asOf AND $asOf < c.validTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
        RETURN DISTINCT x.key
      } END,
      chapter: CASE WHEN 'chapter' IN $facts THEN COLLECT {
        MATCH (account)<-[c:MEASURES]-(p:PerformancePeriod)
        WHERE $yearFrom <= p.month AND p.month < $yearTo
          AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
        RETURN DISTINCT p.chapter
      } END,
      origin: CASE WHEN 'origin' IN $facts THEN COLLECT {
        MATCH (account)<-[c:MEASURES]-(p:PerformancePeriod)
        WHERE $yearFrom <= p.month AND p.month < $yearTo
          AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
        RETURN DISTINCT p.origin
      } END,
      value: CASE WHEN 'value' IN $facts THEN COLLECT {
        MATCH (account)<-[c:MEASURES]-(p:PerformancePeriod)
        WHERE $yearFrom <= p.month AND p.month < $yearTo AND p.currency = 'USD'
          AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
        RETURN sum(p.enteredValue)
      } END
    } END AS facts
  WHERE all(clause IN $clauses WHERE any(literal IN clause WHERE literal.wanted = CASE
      WHEN literal.prefixes IS NOT NULL THEN all(prefix IN literal.prefixes
        WHERE any(word IN facts[literal.fact] WHERE word STARTS WITH prefix))
      WHEN literal.values IS NOT NULL THEN any(value IN facts[literal.fact]
        WHERE value IN literal.values)
      ELSE any(value IN facts[literal.fact]
        WHERE coalesce(value >= literal.least, true) AND coalesce(value < literal.below, true))
      END))
  WITH account ORDER BY account.searchName DESC, account.key DESC LIMIT $limit
  RETURN collect([null, account {.*, recordedAt: null,
      openedOn: toString(account.openedOn), closedOn: toString(account.closedOn), labels: labels(account)}, [account.searchName, account.key]]) AS rows
}
WITH place, rows ORDER BY place
RETURN collect(rows) AS pages
ORDER BY size(pages)
