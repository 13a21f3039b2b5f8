// Which other numbers share the IRS root of each of these numbers, by display text?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
CALL (parent) {
  MATCH (node:ImporterNumber {root: parent.root})
  WHERE node.key <> parent.key AND node.recordedAt <= $knownAt
    AND ($reachesAll OR $seen[node.key])
  WITH node, [node.display, node.key] AS sort
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
