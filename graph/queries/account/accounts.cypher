// What is each of these accounts, by key, importer number or filer code, with what was asked for?
CALL () {
  UNWIND $keys AS asked
  MATCH (account:Entity {key: asked})
  WHERE account.recordedAt <= $knownAt
  RETURN asked, null AS named, account
  UNION ALL
  UNWIND $lookups AS asked
  MATCH (named:ImporterNumber {lookup: asked})
  WHERE named.recordedAt <= $knownAt
  RETURN asked, named, COLLECT {
    MATCH (named)-[claim:IDENTIFIES]->(account:Account)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
      AND ($reachesAll OR $reach[account.key])
    RETURN account ORDER BY claim.validFrom DESC, claim.id LIMIT 1
  }[0] AS account
  UNION ALL
  UNWIND $filers AS asked
  MATCH (named:FilerCode {code: asked})
  WHERE named.recordedAt <= $knownAt
  RETURN asked, named, COLLECT {
    MATCH (named)-[claim:IDENTIFIES]->(account:Account)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
      AND ($reachesAll OR $reach[account.key])
    RETURN account ORDER BY claim.validFrom DESC, claim.id LIMIT 1
  }[0] AS account
}
CALL (account) {
  WITH account WHERE $holders
  MATCH (account)<-[claim:IDENTIFIES]-(identifier)<-[held:HOLDS]-(node:Party)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND held.validFrom <= $asOf AND $asOf < held.validTo
    AND held.recordedAt <= $knownAt AND $knownAt < held.recordedTo
  WITH node, count(DISTINCT identifier) AS rank
  // What was changed since says here what it said then.
  WITH node, rank, coalesce(CASE WHEN node.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: node.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, node) AS said
  WITH node, rank, [said.searchName, node.key] AS sort
  ORDER BY sort LIMIT $most
  RETURN collect([null, node {.*, recordedAt: null, labels: labels(node)}, sort, rank]) AS holders
}
WITH asked, named, account {.*, recordedAt: null,
    openedOn: toString(account.openedOn), closedOn: toString(account.closedOn), labels: labels(account)} AS account,
  CASE WHEN $managers THEN COLLECT {
    MATCH (account)-[claim:MANAGED_BY]->(node:AccountManager)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    WITH claim, node, [CASE claim.role WHEN 'PRIMARY' THEN 0 ELSE 1 END, -duration.inDays(date('1970-01-01'), claim.validFrom).days, claim.id] AS sort
    ORDER BY sort LIMIT $most
    RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
        validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
        recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
        retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null, labels: labels(node)}, sort]
  } END AS managers,
  CASE WHEN $centers THEN COLLECT {
    MATCH (account)-[claim:ASSIGNED_TO]->(node:Center)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    WITH claim, node, [-duration.inDays(date('1970-01-01'), claim.validFrom).days, claim.id] AS sort
    ORDER BY sort LIMIT $most
    RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
        validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
        recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
        retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null, labels: labels(node)}, sort]
  } END AS centers,
  CASE WHEN $numbers THEN COLLECT {
    MATCH (account)<-[claim:IDENTIFIES]-(node:ImporterNumber)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    WITH claim, node, [node.display, claim.id] AS sort
    ORDER BY sort LIMIT $most
    RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
        validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
        recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
        retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null, labels: labels(node)}, sort]
  } END AS numbers,
  CASE WHEN $codes THEN COLLECT {
    MATCH (account)<-[claim:IDENTIFIES]-(node:FilerCode)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    WITH claim, node, [node.code, claim.id] AS sort
    ORDER BY sort LIMIT $most
    RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
        validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
        recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
        retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null, labels: labels(node)}, sort]
  } END AS codes,
  CASE WHEN $isa THEN COLLECT {
    MATCH (account)-[claim:PARTICIPATES_IN]->(node:IsaParticipation)
    WHERE claim.validFrom <= $asOf
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    // What was changed since says here what it said then.
    WITH claim, node, coalesce(CASE WHEN node.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: node.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, node) AS said
    WHERE coalesce(said.appliedOn <= $asOf, true)
    WITH claim, node, [-duration.inDays(date('1970-01-01'), claim.validFrom).days, claim.id] AS sort
    ORDER BY sort LIMIT 1
    RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
        validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
        recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
        retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null, labels: labels(node)}, sort]
  } END AS isa,
  CASE WHEN $team THEN COLLECT {
    MATCH (account)<-[claim:SERVES]-(node:Specialist)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    CALL (node) {
      MATCH (node)-[practised:PRACTISES]->(discipline:Discipline)
      WHERE practised.validFrom <= $asOf
        AND practised.recordedAt <= $knownAt AND $knownAt < practised.recordedTo
      RETURN discipline ORDER BY practised.validFrom DESC, discipline.key LIMIT 1
    }
    // What was changed since says here what it said then.
    WITH claim, node, discipline, coalesce(CASE WHEN node.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: node.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, node) AS said
    WITH claim, node, discipline, [discipline.searchName, said.searchName, claim.id] AS sort
    ORDER BY sort LIMIT $most
    RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
        validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
        recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
        retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null, labels: labels(node)}, sort,
      1, discipline {.*, recordedAt: null, labels: labels(discipline)}]
  } END AS team,
  CASE WHEN $flags THEN COLLECT {
    MATCH (account)<-[claim:FLAGS]-(node:RiskFlag)
    WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
      AND (node.resolvedOn IS NULL OR $asOf < node.resolvedOn)
    WITH claim, node, [-node.severity, claim.id] AS sort
    ORDER BY sort LIMIT $most
    RETURN [null, node {.*, recordedAt: null, raisedOn: toString(node.raisedOn),
      resolvedOn: toString(node.resolvedOn), labels: labels(node)}, sort]
  } END AS flags,
  CASE WHEN $holders THEN holders END AS holders
ORDER BY asked
RETURN collect([asked, named {.*, recordedAt: null, labels: labels(named)}, account,
  managers, centers, numbers, codes, holders, team, isa, flags]) AS rows
ORDER BY size(rows)
