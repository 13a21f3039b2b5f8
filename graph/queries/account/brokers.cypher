// Which brokers has each of these accounts given a power of attorney, by name?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
CALL (parent) {
  MATCH (parent)-[claim:GRANTED_POA]->(node:Account)
  WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR $reach[node.key] OR $brokersTold[node.key])
  // What was changed since says here what it said then.
  WITH claim, node, coalesce(CASE WHEN node.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: node.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, node) AS said
  WITH claim, node, [said.searchName, claim.id] AS sort
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
