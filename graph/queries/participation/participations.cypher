// Which participations in ISA match, longest pending first, then by the account's name?
MATCH (account:Account)-[takes:PARTICIPATES_IN]->(part:IsaParticipation)
WHERE takes.validFrom <= $asOf
  AND takes.recordedAt <= $knownAt AND $knownAt < takes.recordedTo
  AND ($reachesAll OR $reach[account.key])
  AND part.recordedAt <= $knownAt
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
// What was changed since says here what it said then.
WITH part, coalesce(CASE WHEN part.changedAt > $knownAt THEN head(COLLECT {
  MATCH (former:Former {of: part.key})
  WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
  RETURN former ORDER BY former.version
}) END, part) AS said,
  min(coalesce(CASE WHEN account.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: account.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, account).searchName) AS name
WHERE coalesce(said.appliedOn <= $asOf, true)
WITH part, said, name, CASE
    WHEN said.endedOn > $asOf AND said.acceptedOn <= $asOf
      THEN CASE WHEN said.pendingSince <= $asOf THEN 'ACCEPTED_PENDING_MANAGER' ELSE 'ACTIVE' END
    WHEN said.endedOn > $asOf OR said.acceptedOn > $asOf THEN 'APPLICANT'
    ELSE said.status END AS status
WHERE ($statuses IS NULL OR status IN $statuses)
  AND ($pendingBefore IS NULL
    OR (status = 'ACCEPTED_PENDING_MANAGER' AND said.pendingSince < $pendingBefore))
  AND ($dueBefore IS NULL
    OR (status IN ['ACTIVE', 'SUSPENDED'] AND said.nextNotificationDue < $dueBefore))
WITH part, [
  CASE status WHEN 'ACCEPTED_PENDING_MANAGER'
    THEN duration.inDays(date('1970-01-01'), said.pendingSince).days ELSE 9999999 END,
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
