// Which issues were there as they were known at an earlier instant, soonest due first?
// What was changed since says here what it said then, so no index has that order.
MATCH (issue:Issue)
WHERE issue.recordedAt <= $knownAt
  AND ($reachesAll OR $seen[issue.key])
  AND ($accounts IS NULL OR EXISTS {
      MATCH (issue)-[about:CONCERNS]->(account:Account)
      WHERE account.key IN $accounts
        AND about.validFrom <= $asOf AND $asOf < about.validTo
        AND about.recordedAt <= $knownAt AND $knownAt < about.recordedTo
    })
  AND ($managers IS NULL OR EXISTS {
      MATCH (issue)-[about:CONCERNS]->(account:Account)-[managed:MANAGED_BY {role: 'PRIMARY'}]->(manager)
      WHERE manager.key IN $managers
        AND ($reachesAll OR $reach[account.key])
        AND about.validFrom <= $asOf AND $asOf < about.validTo
        AND about.recordedAt <= $knownAt AND $knownAt < about.recordedTo
        AND managed.validFrom <= $asOf AND $asOf < managed.validTo
        AND managed.recordedAt <= $knownAt AND $knownAt < managed.recordedTo
    })
  AND ($centers IS NULL OR EXISTS {
      MATCH (issue)-[about:CONCERNS]->(account:Account)-[assigned:ASSIGNED_TO]->(center)
      WHERE center.code IN $centers
        AND ($reachesAll OR $reach[account.key])
        AND about.validFrom <= $asOf AND $asOf < about.validTo
        AND about.recordedAt <= $knownAt AND $knownAt < about.recordedTo
        AND assigned.validFrom <= $asOf AND $asOf < assigned.validTo
        AND assigned.recordedAt <= $knownAt AND $knownAt < assigned.recordedTo
    })
  AND ($disciplines IS NULL OR EXISTS {
      MATCH (issue)-[handled:HANDLED_BY]->(discipline:Discipline)
      WHERE discipline.code IN $disciplines
        AND handled.validFrom <= $asOf AND $asOf < handled.validTo
        AND handled.recordedAt <= $knownAt AND $knownAt < handled.recordedTo
    })
  AND ($handlers IS NULL OR EXISTS {
      MATCH (issue)-[handled:HANDLED_BY {part: 'HANDLER'}]->(handler)
      WHERE handler.key IN $handlers
        AND handled.validFrom <= $asOf AND $asOf < handled.validTo
        AND handled.recordedAt <= $knownAt AND $knownAt < handled.recordedTo
    })
WITH issue, coalesce(CASE WHEN issue.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: issue.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, issue) AS said
WHERE said.openedOn <= $asOf
  AND ($statuses IS NULL
    OR CASE WHEN said.closedOn > $asOf THEN 'OPEN' ELSE said.status END IN $statuses)
  AND ($purposes IS NULL OR said.purpose IN $purposes)
  AND ($priorities IS NULL OR any(code IN said.priorityTradeIssues WHERE code IN $priorities))
  AND ($overdue IS NULL
    OR (said.dueSort < $asOf AND coalesce(said.closedOn > $asOf, true)) = $overdue)
WITH issue, [duration.inDays(date('1970-01-01'), said.dueSort).days, issue.key] AS sort
ORDER BY sort
WITH collect({issue: issue, sort: sort}) AS found
WITH size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN total, COLLECT {
  UNWIND page AS row
  WITH row.issue AS issue, row.sort AS sort
  RETURN [null, issue {.*, recordedAt: null, labels: labels(issue)}, sort]
} AS rows
ORDER BY total
