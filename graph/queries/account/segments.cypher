// Which of these segments, in order, is the first whose rule each of these accounts matches?
UNWIND $keys AS key
MATCH (account:Entity {key: key})
// What was changed since says here what it said then.
WITH key, account, coalesce(CASE WHEN account.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: account.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, account) AS said
WITH key, account, said, {
    status: [CASE WHEN said.closedOn > $asOf THEN 'ACTIVE' ELSE said.status END],
    kind: [CASE WHEN account:Importer THEN 'IMPORTER' ELSE 'BROKER' END],
    words: CASE WHEN 'words' IN $facts THEN split(reduce(text = said.searchName, mark IN ['-', '/', ',', '&', '(', ')', '"', ':']
      | replace(text, mark, ' ')), ' ') END,
    national: [coalesce(said.national, false)],
    opened: [said.openedOn],
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
    } THEN 'ELIGIBLE' ELSE coalesce(said.centerEligibility,
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
      WITH c, coalesce(CASE WHEN part.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: part.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, part) AS part
      WHERE coalesce(part.appliedOn <= $asOf, true)
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
      WITH coalesce(CASE WHEN flag.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: flag.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, flag) AS flag
      WHERE flag.raisedOn <= $asOf AND coalesce($asOf < flag.resolvedOn, true)
      RETURN DISTINCT flag.kind
    } END,
    issue: CASE WHEN 'issue' IN $facts THEN [EXISTS {
      MATCH (account)<-[c:CONCERNS]-(issue:Issue)
      WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      WITH coalesce(CASE WHEN issue.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: issue.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, issue) AS issue
      WHERE issue.openedOn <= $asOf AND coalesce($asOf < issue.closedOn, true)
      RETURN issue
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
      WITH coalesce(CASE WHEN p.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: p.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, p) AS p
      RETURN DISTINCT p.chapter
    } END,
    origin: CASE WHEN 'origin' IN $facts THEN COLLECT {
      MATCH (account)<-[c:MEASURES]-(p:PerformancePeriod)
      WHERE $yearFrom <= p.month AND p.month < $yearTo
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      WITH coalesce(CASE WHEN p.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: p.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, p) AS p
      RETURN DISTINCT p.origin
    } END,
    value: CASE WHEN 'value' IN $facts THEN COLLECT {
      MATCH (account)<-[c:MEASURES]-(p:PerformancePeriod)
      WHERE $yearFrom <= p.month AND p.month < $yearTo AND p.currency = 'USD'
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      WITH coalesce(CASE WHEN p.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: p.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, p) AS p
      RETURN sum(p.enteredValue)
    } END
  } AS facts
WITH key, head([segment IN $segments WHERE all(clause IN segment.clauses WHERE any(literal IN clause WHERE literal.wanted = CASE
    WHEN literal.prefixes IS NOT NULL THEN all(prefix IN literal.prefixes
      WHERE any(word IN facts[literal.fact] WHERE word STARTS WITH prefix))
    WHEN literal.values IS NOT NULL THEN any(value IN facts[literal.fact]
      WHERE value IN literal.values)
    ELSE any(value IN facts[literal.fact]
      WHERE coalesce(value >= literal.least, true) AND coalesce(value < literal.below, true))
    END)) | segment.key]) AS segment
RETURN key, segment
ORDER BY key
