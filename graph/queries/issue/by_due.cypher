// Which issues follow this one, soonest due first?
MATCH (issue:Issue)
WHERE issue.dueSort >= $due AND (issue.dueSort > $due OR issue.key > $key)
  AND issue.recordedAt <= $knownAt AND issue.openedOn <= $asOf
  AND ($reachesAll OR $seen[issue.key])
  AND ($statuses IS NULL
    OR CASE WHEN issue.closedOn > $asOf THEN 'OPEN' ELSE issue.status END IN $statuses)
  AND ($purposes IS NULL OR issue.purpose IN $purposes)
  AND ($priorities IS NULL OR any(code IN issue.priorityTradeIssues WHERE code IN $priorities))
  AND ($overdue IS NULL
    OR (issue.dueSort < $asOf AND coalesce(issue.closedOn > $asOf, true)) = $overdue)
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
WITH issue ORDER BY issue.dueSort, issue.key LIMIT $limit
RETURN collect([null, issue {.*, recordedAt: null, labels: labels(issue)},
  [duration.inDays(date('1970-01-01'), issue.dueSort).days, issue.key]]) AS rows
ORDER BY size(rows)
