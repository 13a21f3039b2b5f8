// What is due for the accounts of each of these managers and Centers, or for these accounts?
// What was changed since the instant asked about says here what it said then.
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
CALL (accounts) {
  WITH accounts WHERE 'ANNUAL_NOTIFICATION' IN $kinds
  UNWIND accounts AS account
  MATCH (account)-[t:PARTICIPATES_IN]->(part:IsaParticipation)
  WHERE t.validFrom <= $asOf AND t.recordedAt <= $knownAt AND $knownAt < t.recordedTo
  WITH account, part, coalesce(CASE WHEN part.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: part.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, part) AS said
  WHERE coalesce(said.appliedOn <= $asOf, true)
  WITH account, part, said, CASE
    WHEN said.endedOn > $asOf AND said.acceptedOn <= $asOf
      THEN CASE WHEN said.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
    WHEN said.endedOn > $asOf OR said.acceptedOn > $asOf THEN 'APPLICANT'
    ELSE said.status END AS status
  WHERE status IN ['ACTIVE', 'SUSPENDED']
  CALL (part, said) {
    MATCH (notice:AnnualNotification {participation: part.id})
    WHERE notice.recordedAt <= $knownAt
    WITH coalesce(CASE WHEN notice.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: notice.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, notice) AS notice
    WHERE coalesce(notice.receivedOn > $asOf, true)
    RETURN notice.dueOn AS due
    UNION
    WITH part, said WHERE said.nextNotificationDue IS NOT NULL AND NOT EXISTS {
      MATCH (notice:AnnualNotification {participation: part.id})
      WHERE notice.recordedAt <= $knownAt
      WITH coalesce(CASE WHEN notice.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: notice.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, notice) AS notice
      WHERE notice.dueOn = said.nextNotificationDue AND notice.receivedOn <= $asOf
      RETURN notice
    }
    RETURN said.nextNotificationDue AS due
  }
  RETURN 'ANNUAL_NOTIFICATION' AS kind, due AS dueOn, account, part AS about
  UNION
  WITH accounts WHERE 'NOTIFICATION_REVIEW' IN $kinds
  UNWIND accounts AS account
  MATCH (account)-[t:PARTICIPATES_IN]->(part:IsaParticipation)
  WHERE t.validFrom <= $asOf AND t.recordedAt <= $knownAt AND $knownAt < t.recordedTo
  WITH account, part, coalesce(CASE WHEN part.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: part.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, part) AS said
  WHERE coalesce(said.appliedOn <= $asOf, true)
  WITH account, part, said, CASE
    WHEN said.endedOn > $asOf AND said.acceptedOn <= $asOf
      THEN CASE WHEN said.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
    WHEN said.endedOn > $asOf OR said.acceptedOn > $asOf THEN 'APPLICANT'
    ELSE said.status END AS status
  WHERE status IN ['ACTIVE', 'SUSPENDED']
  MATCH (notice:AnnualNotification {participation: part.id})
  WHERE notice.recordedAt <= $knownAt
  WITH account, part, coalesce(CASE WHEN notice.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: notice.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, notice) AS notice
  WHERE notice.receivedOn <= $asOf AND coalesce(notice.reviewedOn > $asOf, true)
  RETURN 'NOTIFICATION_REVIEW' AS kind, notice.receivedOn + duration({days: $reviewDays}) AS dueOn, account, part AS about
  UNION
  WITH accounts WHERE 'ISA_MANAGER' IN $kinds
  UNWIND accounts AS account
  MATCH (account)-[t:PARTICIPATES_IN]->(part:IsaParticipation)
  WHERE t.validFrom <= $asOf AND t.recordedAt <= $knownAt AND $knownAt < t.recordedTo
  WITH account, part, coalesce(CASE WHEN part.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: part.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, part) AS said
  WHERE coalesce(said.appliedOn <= $asOf, true)
  WITH account, part, said, CASE
    WHEN said.endedOn > $asOf AND said.acceptedOn <= $asOf
      THEN CASE WHEN said.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
    WHEN said.endedOn > $asOf OR said.acceptedOn > $asOf THEN 'APPLICANT'
    ELSE said.status END AS status
  WHERE status = 'ACCEPTED_PENDING_MANAGER'
  RETURN 'ISA_MANAGER' AS kind, coalesce(said.pendingSince, said.acceptedOn) + duration({days: $managerDays}) AS dueOn, account, part AS about
  UNION
  WITH accounts WHERE 'ISSUE' IN $kinds
  UNWIND accounts AS account
  MATCH (account)<-[c:CONCERNS]-(issue:Issue)
  WHERE c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    AND issue.recordedAt <= $knownAt
  WITH account, issue, coalesce(CASE WHEN issue.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: issue.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, issue) AS said
  WHERE said.openedOn <= $asOf AND coalesce($asOf < said.closedOn, true)
  RETURN 'ISSUE' AS kind, said.dueOn AS dueOn, account, issue AS about
  UNION
  WITH accounts WHERE 'STRATEGY_REVIEW' IN $kinds
  UNWIND accounts AS account
  MATCH (account)<-[c:CONCERNS]-(strategy:Strategy)
  WHERE c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    AND strategy.recordedAt <= $knownAt
  WITH account, strategy, coalesce(CASE WHEN strategy.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: strategy.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, strategy) AS said
  WHERE said.startsOn <= $asOf AND (said.status = 'ACTIVE' OR said.endedOn > $asOf)
  RETURN 'STRATEGY_REVIEW' AS kind, said.reviewOn AS dueOn, account, strategy AS about
  UNION
  WITH accounts WHERE 'CENTER_CHANGE' IN $kinds
  UNWIND accounts AS account
  MATCH (request:CenterChangeRequest {account: account.id})
  WHERE request.recordedAt <= $knownAt
  WITH account, coalesce(CASE WHEN request.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: request.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, request) AS request
  WHERE request.requestedOn <= $asOf
    AND (request.state IN ['REQUESTED', 'UNDER_REVIEW'] OR request.decidedOn > $asOf)
  RETURN 'CENTER_CHANGE' AS kind, request.requestedOn + duration({days: $decisionDays}) AS dueOn, account, account AS about
  UNION
  WITH accounts WHERE 'POWER_OF_ATTORNEY' IN $kinds
  UNWIND accounts AS account
  MATCH (account)-[c:GRANTED_POA]->(broker:Broker)
  WHERE c.validFrom <= $asOf AND $asOf < c.validTo
    AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    AND c.validTo.year < 9999
    AND ($reachesAll OR $reach[broker.key])
  RETURN DISTINCT 'POWER_OF_ATTORNEY' AS kind, c.validTo AS dueOn, account, broker AS about
}
WITH key, kind, dueOn, account, about
WHERE dueOn <= $dueBy AND account.recordedAt <= $knownAt
// A thing of several accounts is due once; a power of attorney is each account's own.
WITH key, kind, dueOn, about, account,
  CASE kind WHEN 'POWER_OF_ATTORNEY' THEN account.key END AS whose
ORDER BY coalesce(CASE WHEN account.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: account.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, account).searchName, account.key
WITH key, kind, dueOn, about, whose, head(collect(account)) AS account
ORDER BY key, dueOn, kind, about.key, account.key
WITH key, collect({kind: kind, dueOn: dueOn, account: account, about: about})[..$limit] AS items
RETURN key, COLLECT {
  UNWIND items AS item
  WITH item.kind AS kind, item.dueOn AS dueOn, item.account AS account, item.about AS about
  RETURN [kind, toString(dueOn), account {.*, recordedAt: null,
    openedOn: toString(account.openedOn), closedOn: toString(account.closedOn), labels: labels(account)},
    about {.*, recordedAt: null, labels: labels(about)}]
} AS items
ORDER BY key
