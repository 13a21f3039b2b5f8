// Which participations in ISA match, longest pending first, then by the account's name?
MATCH (account:Account)-[takes:PARTICIPATES_IN]->(part:IsaParticipation)
WHERE takes.validFrom <= $asOf
  AND takes.recordedAt <= $knownAt AND $knownAt < takes.recordedTo
  AND ($reachesAll OR $reach[account.key])
  AND part.recordedAt <= $knownAt AND coalesce(part.appliedOn <= $asOf, true)
  AND ($centers IS NULL OR EXISTS {
      MATCH (account)-[assigned:ASSIGNED_TO]->(center)
      WHERE center.code IN $centers
        AND assigned.validFrom <= $asOf AND $asOf < assigned.validTo
        AND assigned.recordedAt <= $knownAt AND $knownAt < assigned.recordedTo
    })
  AND ($managers IS NULL OR EXISTS {
      MATCH (account)-[managed:MANAGED_BY {role: 'PRIMARY'}]->(manager)
      WHERE manager.key IN $managers
        AND managed.validFrom <= $asOf AND $asOf < managed.validTo
        AND managed.recordedAt <= $knownAt AND $knownAt < managed.recordedTo
    })
WITH part, min(account.searchName) AS name, CASE
    WHEN part.endedOn > $asOf AND part.acceptedOn <= $asOf
      THEN CASE WHEN part.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
    WHEN part.endedOn > $asOf OR part.acceptedOn > $asOf THEN 'APPLICANT'
    ELSE part.status END AS status
WHERE ($statuses IS NULL OR status IN $statuses)
  AND ($pendingBefore IS NULL
    OR (status = 'ACCEPTED_PENDING_MANAGER' AND part.pendingSince < $pendingBefore))
  AND ($dueBefore IS NULL
    OR (status IN ['ACTIVE', 'SUSPENDED'] AND part.nextNotificationDue < $dueBefore))
WITH part, [
  CASE status WHEN 'ACCEPTED_PENDING_MANAGER'
    THEN duration.inDays(date('1970-01-01'), part.pendingSince).days ELSE 9999999 END,
  name, part.key] AS sort
ORDER BY sort
WITH collect({part: part, sort: sort}) AS found
WITH size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN total, COLLECT {
  UNWIND page AS row
  WITH row.part AS part, row.sort AS sort
  RETURN [null, part {.*, recordedAt: null, labels: labels(part)}, sort]
} AS rows
ORDER BY total
