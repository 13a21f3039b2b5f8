// Which accounts do the numbers and codes of each of these parties identify, by name?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
CALL (parent) {
  MATCH (parent)-[held:HOLDS]->(identifier)-[claim:IDENTIFIES]->(node:Account)
  WHERE held.validFrom <= $asOf AND $asOf < held.validTo
    AND held.recordedAt <= $knownAt AND $knownAt < held.recordedTo
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR $reach[node.key])
  // What was changed since says here what it said then.
  WITH DISTINCT node, coalesce(CASE WHEN node.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: node.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, node) AS said
  WITH node, [said.searchName, node.key] AS sort
  ORDER BY sort
  RETURN collect({node: node, sort: sort}) AS found
}
WITH key, size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH key, total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN key, total, COLLECT {
  UNWIND page AS row
  WITH row.node AS node, row.sort AS sort
  RETURN [null, node {.*, recordedAt: null,
    openedOn: toString(node.openedOn), closedOn: toString(node.closedOn), labels: labels(node)}, sort]
} AS rows
ORDER BY key
