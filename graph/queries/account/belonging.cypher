// Which accounts are assigned to each of these Centers, or managed by each manager, and which of them match each condition?
UNWIND range(0, size($asked) - 1) AS place
WITH place, $asked[place] AS ask
MATCH (parent:Entity {key: ask.key})
CALL (parent, ask) {
  MATCH (parent)<-[claim:ASSIGNED_TO|MANAGED_BY]-(account:Account)
  WHERE claim.validFrom <= $asOf AND (ask.former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND (ask.role IS NULL OR claim.role = ask.role)
    AND account.recordedAt <= $knownAt
    AND ($reachesAll OR $reach[account.key])
  // What was changed since says here what it said then.
  WITH claim, account, coalesce(CASE WHEN account.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: account.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, account) AS said
  WHERE said.openedOn <= $asOf
  WITH claim, account, said, CASE WHEN size(ask.facts) = 0 THEN {} ELSE {
    status: [CASE WHEN said.closedOn > $asOf THEN 'ACTIVE' ELSE said.status END],
    kind: [CASE WHEN account:Importer THEN 'IMPORTER' ELSE 'BROKER' END],
    words: CASE WHEN 'words' IN ask.facts THEN split(reduce(text = said.searchName, mark IN ['-', '/', ',', '&', '(', ')', '"', ':']
      | replace(text, mark, ' ')), ' ') END,
    national: [coalesce(said.national, false)],
    opened: [said.openedOn],
    key: [account.key],
    center: CASE WHEN 'center' IN ask.facts THEN COLLECT {
      MATCH (account)-[c:ASSIGNED_TO]->(x:Center)
      WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      RETURN DISTINCT x.code
    } END,
    unassigned: CASE WHEN 'unassigned' IN ask.facts THEN [CASE WHEN EXISTS {
      MATCH (account)-[c:ASSIGNED_TO]->(:Center)
      WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    } THEN 'ELIGIBLE' ELSE coalesce(said.centerEligibility,
      CASE WHEN account:Importer THEN 'PENDING' ELSE 'NOT_ELIGIBLE' END) END] END,
    manager: CASE WHEN 'manager' IN ask.facts THEN COLLECT {
      MATCH (account)-[c:MANAGED_BY]->(x:AccountManager)
      WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      RETURN DISTINCT x.key
    } END,
    primary: CASE WHEN 'primary' IN ask.facts THEN [EXISTS {
      MATCH (account)-[c:MANAGED_BY {role: 'PRIMARY'}]->(:AccountManager)
      WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    }] END,
    isa: CASE WHEN 'isa' IN ask.facts THEN COLLECT {
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
    flag: CASE WHEN 'flag' IN ask.facts THEN COLLECT {
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
    issue: CASE WHEN 'issue' IN ask.facts THEN [EXISTS {
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
    broker: CASE WHEN 'broker' IN ask.facts THEN COLLECT {
      MATCH (account)-[c:GRANTED_POA]->(x:Broker)
      WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      RETURN DISTINCT x.key
    } END,
    chapter: CASE WHEN 'chapter' IN ask.facts THEN COLLECT {
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
    origin: CASE WHEN 'origin' IN ask.facts THEN COLLECT {
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
    value: CASE WHEN 'value' IN ask.facts THEN [reduce(total = 0, each IN COLLECT {
      MATCH (account)<-[c:MEASURES]-(p:PerformancePeriod)
      WHERE $yearFrom <= p.month AND p.month < $yearTo AND p.currency = 'USD'
        AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
      WITH coalesce(CASE WHEN p.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: p.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, p) AS p
      RETURN p.enteredValue
    } | total + each)] END
  } END AS facts
  WITH claim, account, said, facts, CASE ask.order
    WHEN 'OPENED' THEN [duration.inDays(date('1970-01-01'), said.openedOn).days, account.key]
    WHEN 'VALUE' THEN [coalesce(facts.value[0], 0), account.key]
    ELSE [said.searchName, account.key] END AS sort
  WITH claim, account, said, facts, sort + [claim.id] AS sort
  ORDER BY sort
  RETURN collect({claim: claim, node: account, sort: sort, facts: facts,
    status: CASE WHEN said.closedOn > $asOf THEN 'ACTIVE' ELSE said.status END}) AS gathered
}
UNWIND range(0, size(ask.lists) - 1) AS number
WITH place, number, ask.lists[number] AS list, gathered
WITH place, number, list, [row IN gathered
  WHERE (size(list.inStatus) = 0 OR row.status IN list.inStatus)
    AND all(clause IN list.clauses WHERE any(literal IN clause WHERE literal.wanted = CASE
      WHEN literal.prefixes IS NOT NULL THEN all(prefix IN literal.prefixes
        WHERE any(word IN row.facts[literal.fact] WHERE word STARTS WITH prefix))
      WHEN literal.values IS NOT NULL THEN any(value IN row.facts[literal.fact]
        WHERE value IN literal.values)
      ELSE any(value IN row.facts[literal.fact]
        WHERE coalesce(value >= literal.least, true) AND coalesce(value < literal.below, true))
      END))] AS found
WITH place, number, list, size(found) AS total, [row IN found
  WHERE (list.after IS NULL OR row.sort > list.after) AND (list.before IS NULL OR row.sort < list.before)] AS open
WITH place, number, total, CASE WHEN list.backward THEN open[-list.limit..] ELSE open[..list.limit] END AS page
WITH place, number, total, COLLECT {
  UNWIND page AS row
  WITH row.claim AS claim, row.node AS node, row.sort AS sort
  RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
      validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
      recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
      retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null,
      openedOn: toString(node.openedOn), closedOn: toString(node.closedOn), labels: labels(node)}, sort]
} AS rows
ORDER BY place, number
RETURN collect([place, number, total, rows]) AS found
ORDER BY size(found)
