// Which claim has each of these ids?
UNWIND $ids AS id
CALL (id) {
  MATCH ()-[claim:IDENTIFIES {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:HOLDS {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:OWNS {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:CONTROLS {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:OFFICER_OF {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:MANAGED_BY {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:MEMBER_OF {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:ASSIGNED_TO {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:PRACTISES {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:SERVES {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:GRANTED_POA {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:PARTICIPATES_IN {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:COVERS {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:FLAGS {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:CONCERNS {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:HANDLED_BY {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:ADDRESSES {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:SUCCESSOR_OF {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:NOMINEE_FOR {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:SHARES {id: id}]->() RETURN claim
  UNION ALL
  MATCH ()-[claim:SCOPE_OF {id: id}]->() RETURN claim
}
WITH id, claim, startNode(claim) AS start, endNode(claim) AS end
WHERE claim.recordedAt <= $knownAt
  AND $veiledTypes[type(claim)] IS NULL
  AND ($reachesAll OR start:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[start.key])
  AND ($reachesAll OR end:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[end.key])
RETURN id, claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
  validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
  recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
  retrievedAt: toString(claim.retrievedAt)} AS claim
ORDER BY id LIMIT 100
