// Of which claim that the caller may see is this a version, and what does it say now?
UNWIND [$id] AS id
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
WITH claim, startNode(claim) AS start, endNode(claim) AS end
WHERE $veiledTypes[type(claim)] IS NULL
  AND ($reachesAll OR start:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[start.key])
  AND ($reachesAll OR end:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[end.key])
MATCH (start)-[said]->(end)
WHERE said.claim = claim.claim
WITH claim, start, end, said
ORDER BY said.version
WITH claim, start, end, collect(said {.*}) AS versions
RETURN type(claim) AS type, start.key AS start, end.key AS end, claim.claim AS claim,
  versions[-1].version AS version,
  [v IN versions WHERE v.recordedTo = $open][-1] AS standing
ORDER BY claim
