// Which accounts does each of these numbers and codes identify, newest first?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
CALL (parent) {
  MATCH (parent)-[claim:IDENTIFIES]->(node:Account)
  WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR $reach[node.key])
  WITH claim, node, [-duration.inDays(date('1970-01-01'), claim.validFrom).days, claim.id] AS sort
  ORDER BY sort
  RETURN collect({claim: claim, node: node, sort: sort}) AS found
}
WITH key, size(found) AS total, [row IN found
  WHERE ($after IS NULL OR row.sort > $after) AND ($before IS NULL OR row.sort < $before)] AS open
WITH key, total, CASE WHEN $backward THEN open[-$limit..] ELSE open[..$limit] END AS page
RETURN key, total, COLLECT {
  UNWIND page AS row
  WITH row.claim AS claim, row.node AS node, row.sort AS sort
  RETURN [claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
      validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
      recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
      retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null,
    openedOn: toString(node.openedOn), closedOn: toString(node.closedOn), labels: labels(node)}, sort]
} AS rows
ORDER BY key
