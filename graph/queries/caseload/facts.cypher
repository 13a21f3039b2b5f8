// What do the accounts of each of these managers and Centers weigh, or these accounts, one by one, and who serves there?
// What was changed since the instant asked about says here what it said then.
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
WITH key, parent, COLLECT {
  CALL (parent) {
    MATCH (parent)<-[c:MANAGED_BY|ASSIGNED_TO]-(account:Account)
    WHERE c.validFrom <= $asOf AND $asOf < c.validTo
      AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo
    RETURN account
    UNION
    WITH parent WHERE parent:Account
    RETURN parent AS account
  }
  WITH DISTINCT account
  WHERE account.recordedAt <= $knownAt AND account.openedOn <= $asOf
    AND ($reachesAll OR $reach[account.key])
  CALL (account) {
    WITH account WHERE $figures
    MATCH (account)<-[m:MEASURES]-(period:PerformancePeriod)
    WHERE $yearFrom <= period.month AND period.month < $yearTo
      AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
    WITH coalesce(CASE WHEN period.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: period.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, period) AS period
    WITH coalesce(period.currency, 'USD') AS currency,
      sum(coalesce(period.entrySummaries, 0)) AS entries,
      sum(coalesce(period.postSummaryCorrections, 0) + coalesce(period.protests, 0)
        + coalesce(period.requestsForInformation, 0) + coalesce(period.noticesOfAction, 0))
        AS actions,
      sum(coalesce(period.enteredValue, 0)) AS cents
    RETURN collect([currency, entries, actions, cents]) AS figures
  }
  WITH account, figures
  ORDER BY account.key
  RETURN [
    account.key, account:Importer,
    head(COLLECT {
      MATCH (account)-[m:MANAGED_BY {role: 'PRIMARY'}]->(manager:AccountManager)
      WHERE m.validFrom <= $asOf AND $asOf < m.validTo
        AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
      RETURN manager.key ORDER BY manager.key LIMIT 1
    }),
    COLLECT {
      MATCH (account)-[m:MANAGED_BY]->(manager:AccountManager)
      WHERE m.validFrom <= $asOf AND $asOf < m.validTo
        AND m.recordedAt <= $knownAt AND $knownAt < m.recordedTo
      RETURN DISTINCT manager.key ORDER BY manager.key
    },
    head(COLLECT {
      MATCH (account)-[a:ASSIGNED_TO]->(center:Center)
      WHERE a.validFrom <= $asOf AND $asOf < a.validTo
        AND a.recordedAt <= $knownAt AND $knownAt < a.recordedTo
      RETURN center.key ORDER BY center.key LIMIT 1
    }),
    COLLECT {
      MATCH (account)-[t:PARTICIPATES_IN]->(part:IsaParticipation)
      WHERE t.validFrom <= $asOf AND t.recordedAt <= $knownAt AND $knownAt < t.recordedTo
        AND part.recordedAt <= $knownAt
      WITH part, coalesce(CASE WHEN part.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: part.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, part) AS said
      WHERE coalesce(said.appliedOn <= $asOf, true)
      WITH part, said, CASE
          WHEN said.endedOn > $asOf AND said.acceptedOn <= $asOf
            THEN CASE WHEN said.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
          WHEN said.endedOn > $asOf OR said.acceptedOn > $asOf THEN 'APPLICANT'
          ELSE said.status END AS status
      WHERE status IN ['ACTIVE', 'SUSPENDED']
      RETURN [status, EXISTS {
        MATCH (notice:AnnualNotification {participation: part.id})
        WHERE notice.recordedAt <= $knownAt
        WITH coalesce(CASE WHEN notice.changedAt > $knownAt THEN head(COLLECT {
          MATCH (former:Former {of: notice.key})
          WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
          RETURN former ORDER BY former.version
        }) END, notice) AS notice
        WHERE notice.dueOn <= $soon AND coalesce(notice.receivedOn > $asOf, true)
        RETURN notice
      } OR (said.nextNotificationDue <= $soon AND NOT EXISTS {
        MATCH (notice:AnnualNotification {participation: part.id})
        WHERE notice.recordedAt <= $knownAt
        WITH coalesce(CASE WHEN notice.changedAt > $knownAt THEN head(COLLECT {
          MATCH (former:Former {of: notice.key})
          WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
          RETURN former ORDER BY former.version
        }) END, notice) AS notice
        WHERE notice.dueOn = said.nextNotificationDue AND notice.receivedOn <= $asOf
        RETURN notice
      })]
    },
    COLLECT {
      MATCH (account)<-[about:CONCERNS]-(issue:Issue)
      WHERE about.validFrom <= $asOf AND $asOf < about.validTo
        AND about.recordedAt <= $knownAt AND $knownAt < about.recordedTo
        AND issue.recordedAt <= $knownAt
      WITH issue, coalesce(CASE WHEN issue.changedAt > $knownAt THEN head(COLLECT {
        MATCH (former:Former {of: issue.key})
        WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
        RETURN former ORDER BY former.version
      }) END, issue) AS said
      WHERE said.openedOn <= $asOf AND coalesce($asOf < said.closedOn, true)
      RETURN DISTINCT [issue.key, coalesce(said.dueOn < $asOf, false)]
    },
    figures]
} AS accounts
RETURN key, parent:Center AS whole, accounts,
  COUNT {
    MATCH (parent:Center)<-[b:MEMBER_OF]-(manager:AccountManager)
    WHERE b.validFrom <= $asOf AND $asOf < b.validTo
      AND b.recordedAt <= $knownAt AND $knownAt < b.recordedTo
    WITH coalesce(CASE WHEN manager.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: manager.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, manager) AS manager
    WHERE manager.active
    RETURN manager
  } AS managers,
  COUNT {
    MATCH (parent:Center)<-[b:MEMBER_OF]-(specialist:Specialist)
    WHERE b.validFrom <= $asOf AND $asOf < b.validTo
      AND b.recordedAt <= $knownAt AND $knownAt < b.recordedTo
    WITH coalesce(CASE WHEN specialist.changedAt > $knownAt THEN head(COLLECT {
      MATCH (former:Former {of: specialist.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former ORDER BY former.version
    }) END, specialist) AS specialist
    WHERE specialist.active
    RETURN specialist
  } AS specialists
ORDER BY key
