// Which issues concern each of these accounts, soonest due first?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
CALL (parent) {
  MATCH (parent)<-[claim:CONCERNS]-(node:Issue)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND (NOT $toOwner OR node.shared)
  WITH DISTINCT node
  // What was changed since says here what it said then.
  WITH node, coalesce(CASE WHEN node.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: node.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, node) AS said
  WHERE node.recordedAt <= $knownAt AND said.openedOn <= $asOf
    AND ($statuses IS NULL
      OR CASE WHEN said.closedOn > $asOf THEN 'OPEN' ELSE said.status END IN $statuses)
  WITH node, [duration.inDays(date('1970-01-01'), said.dueSort).days, node.key] AS sort
  ORDER BY sort
  RETURN collect({node: node, sort: sort}) AS found
}
WITH key, size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH key, total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN key, total, COLLECT {
  UNWIND page AS row
  WITH row.node AS node, row.sort AS sort
  RETURN [null, node {.*, recordedAt: null, labels: labels(node)}, sort]
} AS rows
ORDER BY key
