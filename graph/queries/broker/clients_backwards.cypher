// Who gave each of these brokers a power of attorney, a page in falling order of their keys?
UNWIND $keys AS key
CALL (key) {
  MATCH (node:Account)-[claim:GRANTED_POA]->()
  USING INDEX SEEK claim:GRANTED_POA(broker, client, id)
  WHERE claim.broker = key AND claim.client >= $after[0] AND claim.client <= $before[0]
    AND claim.id >= '' AND [claim.client, claim.id] > $after AND [claim.client, claim.id] < $before
    AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR $reach[claim.client])
  WITH claim, node
  ORDER BY claim.broker DESC, claim.client DESC, claim.id DESC
  LIMIT $limit
  RETURN collect([claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
      validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
      recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
      retrievedAt: toString(claim.retrievedAt)}, node {.*, recordedAt: null,
    openedOn: toString(node.openedOn), closedOn: toString(node.closedOn), labels: labels(node)},
    [claim.client, claim.id]]) AS rows
}
RETURN key, rows, CASE WHEN $counted THEN COUNT {
  MATCH ()-[claim:GRANTED_POA]->()
  USING INDEX SEEK claim:GRANTED_POA(broker, client, id)
  WHERE claim.broker = key AND claim.client >= '' AND claim.id >= ''
    AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR $reach[claim.client])
  RETURN claim LIMIT $most
} END AS total
ORDER BY key
