// Which claim is each step of a path, between which things? One index read for each.
UNWIND $steps AS step
CALL (step) {
  WITH step WHERE step[0] = 'IDENTIFIES' MATCH ()-[claim:IDENTIFIES {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'HOLDS' MATCH ()-[claim:HOLDS {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'OWNS' MATCH ()-[claim:OWNS {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'CONTROLS' MATCH ()-[claim:CONTROLS {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'OFFICER_OF' MATCH ()-[claim:OFFICER_OF {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'MANAGED_BY' MATCH ()-[claim:MANAGED_BY {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'MEMBER_OF' MATCH ()-[claim:MEMBER_OF {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'ASSIGNED_TO' MATCH ()-[claim:ASSIGNED_TO {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'PRACTISES' MATCH ()-[claim:PRACTISES {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'SERVES' MATCH ()-[claim:SERVES {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'GRANTED_POA' MATCH ()-[claim:GRANTED_POA {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'PARTICIPATES_IN' MATCH ()-[claim:PARTICIPATES_IN {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'COVERS' MATCH ()-[claim:COVERS {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'FLAGS' MATCH ()-[claim:FLAGS {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'CONCERNS' MATCH ()-[claim:CONCERNS {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'HANDLED_BY' MATCH ()-[claim:HANDLED_BY {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'ADDRESSES' MATCH ()-[claim:ADDRESSES {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'SUCCESSOR_OF' MATCH ()-[claim:SUCCESSOR_OF {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'NOMINEE_FOR' MATCH ()-[claim:NOMINEE_FOR {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'SHARES' MATCH ()-[claim:SHARES {id: step[1]}]->() RETURN claim
  UNION ALL
  WITH step WHERE step[0] = 'SCOPE_OF' MATCH ()-[claim:SCOPE_OF {id: step[1]}]->() RETURN claim
}
WITH claim, startNode(claim) AS start, endNode(claim) AS end
ORDER BY claim.id
RETURN collect([claim {.*, type: type(claim), from: start.key, to: end.key,
    validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
    recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
    retrievedAt: toString(claim.retrievedAt)},
  start {.*, recordedAt: null, labels: labels(start)}, end {.*, recordedAt: null, labels: labels(end)}]) AS steps
