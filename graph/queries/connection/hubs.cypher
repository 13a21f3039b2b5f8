// Where do the relationships of things with very many lead, read by type, unless those of the types wanted are too many?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WITH thing, [each IN [
  ['IDENTIFIES', COUNT { (thing)-[:IDENTIFIES]->() }, COUNT { (thing)<-[:IDENTIFIES]-() }],
  ['HOLDS', COUNT { (thing)-[:HOLDS]->() }, COUNT { (thing)<-[:HOLDS]-() }],
  ['OWNS', COUNT { (thing)-[:OWNS]->() }, COUNT { (thing)<-[:OWNS]-() }],
  ['CONTROLS', COUNT { (thing)-[:CONTROLS]->() }, COUNT { (thing)<-[:CONTROLS]-() }],
  ['OFFICER_OF', COUNT { (thing)-[:OFFICER_OF]->() }, COUNT { (thing)<-[:OFFICER_OF]-() }],
  ['MANAGED_BY', COUNT { (thing)-[:MANAGED_BY]->() }, COUNT { (thing)<-[:MANAGED_BY]-() }],
  ['MEMBER_OF', COUNT { (thing)-[:MEMBER_OF]->() }, COUNT { (thing)<-[:MEMBER_OF]-() }],
  ['ASSIGNED_TO', COUNT { (thing)-[:ASSIGNED_TO]->() }, COUNT { (thing)<-[:ASSIGNED_TO]-() }],
  ['PRACTISES', COUNT { (thing)-[:PRACTISES]->() }, COUNT { (thing)<-[:PRACTISES]-() }],
  ['SERVES', COUNT { (thing)-[:SERVES]->() }, COUNT { (thing)<-[:SERVES]-() }],
  ['GRANTED_POA', COUNT { (thing)-[:GRANTED_POA]->() }, COUNT { (thing)<-[:GRANTED_POA]-() }],
  ['PARTICIPATES_IN', COUNT { (thing)-[:PARTICIPATES_IN]->() }, COUNT { (thing)<-[:PARTICIPATES_IN]-() }],
  ['COVERS', COUNT { (thing)-[:COVERS]->() }, COUNT { (thing)<-[:COVERS]-() }],
  ['FLAGS', COUNT { (thing)-[:FLAGS]->() }, COUNT { (thing)<-[:FLAGS]-() }],
  ['CONCERNS', COUNT { (thing)-[:CONCERNS]->() }, COUNT { (thing)<-[:CONCERNS]-() }],
  ['HANDLED_BY', COUNT { (thing)-[:HANDLED_BY]->() }, COUNT { (thing)<-[:HANDLED_BY]-() }],
  ['ADDRESSES', COUNT { (thing)-[:ADDRESSES]->() }, COUNT { (thing)<-[:ADDRESSES]-() }],
  ['SUCCESSOR_OF', COUNT { (thing)-[:SUCCESSOR_OF]->() }, COUNT { (thing)<-[:SUCCESSOR_OF]-() }],
  ['NOMINEE_FOR', COUNT { (thing)-[:NOMINEE_FOR]->() }, COUNT { (thing)<-[:NOMINEE_FOR]-() }],
  ['SHARES', COUNT { (thing)-[:SHARES]->() }, COUNT { (thing)<-[:SHARES]-() }],
  ['SCOPE_OF', COUNT { (thing)-[:SCOPE_OF]->() }, COUNT { (thing)<-[:SCOPE_OF]-() }]
] WHERE each[0] IN $types | [each[0], CASE $direction WHEN 'OUT' THEN each[1] WHEN 'IN' THEN each[2] ELSE each[1] + each[2] END]] AS counts
WITH thing, [each IN counts WHERE each[1] > 0 | each[0]] AS types, reduce(sum = 0, each IN counts | sum + each[1]) AS number
CALL (thing, types, number) {
  WITH thing, types, number WHERE number <= $most
  CALL (thing, types) {
    WITH thing, types WHERE 'IDENTIFIES' IN types MATCH (thing)-[claim:IDENTIFIES]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'HOLDS' IN types MATCH (thing)-[claim:HOLDS]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'OWNS' IN types AND $direction <> 'IN' MATCH (thing)-[claim:OWNS]->(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'OWNS' IN types AND $direction <> 'OUT' MATCH (thing)<-[claim:OWNS]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'CONTROLS' IN types AND $direction <> 'IN' MATCH (thing)-[claim:CONTROLS]->(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'CONTROLS' IN types AND $direction <> 'OUT' MATCH (thing)<-[claim:CONTROLS]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'OFFICER_OF' IN types MATCH (thing)-[claim:OFFICER_OF]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'MANAGED_BY' IN types MATCH (thing)-[claim:MANAGED_BY]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'MEMBER_OF' IN types MATCH (thing)-[claim:MEMBER_OF]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'ASSIGNED_TO' IN types MATCH (thing)-[claim:ASSIGNED_TO]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'PRACTISES' IN types MATCH (thing)-[claim:PRACTISES]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'SERVES' IN types MATCH (thing)-[claim:SERVES]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'GRANTED_POA' IN types MATCH (thing)-[claim:GRANTED_POA]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'PARTICIPATES_IN' IN types MATCH (thing)-[claim:PARTICIPATES_IN]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'COVERS' IN types MATCH (thing)-[claim:COVERS]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'FLAGS' IN types MATCH (thing)-[claim:FLAGS]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'CONCERNS' IN types MATCH (thing)-[claim:CONCERNS]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'HANDLED_BY' IN types MATCH (thing)-[claim:HANDLED_BY]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'ADDRESSES' IN types MATCH (thing)-[claim:ADDRESSES]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'SUCCESSOR_OF' IN types AND $direction <> 'IN' MATCH (thing)-[claim:SUCCESSOR_OF]->(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'SUCCESSOR_OF' IN types AND $direction <> 'OUT' MATCH (thing)<-[claim:SUCCESSOR_OF]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'NOMINEE_FOR' IN types AND $direction <> 'IN' MATCH (thing)-[claim:NOMINEE_FOR]->(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'NOMINEE_FOR' IN types AND $direction <> 'OUT' MATCH (thing)<-[claim:NOMINEE_FOR]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'SHARES' IN types MATCH (thing)-[claim:SHARES]-(other:Entity) RETURN claim, other
    UNION ALL
    WITH thing, types WHERE 'SCOPE_OF' IN types MATCH (thing)-[claim:SCOPE_OF]-(other:Entity) RETURN claim, other
  }
  WITH thing, claim, other
  WHERE claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($direction <> 'OUT' OR startNode(claim) = thing) AND ($direction <> 'IN' OR endNode(claim) = thing)
    AND ($minShare = 0 AND $undisclosed OR NOT claim:OWNS
      OR coalesce(claim.maxShare, 1000000000) >= $minShare AND ($undisclosed OR coalesce(claim.disclosed, true)))
  RETURN claim, other
  UNION ALL
  WITH number WHERE number > $most
  RETURN null AS claim, null AS other
}
WITH other, collect(CASE WHEN claim IS NULL THEN [thing.key, number]
  ELSE [thing.key, type(claim), claim.id, startNode(claim) = thing] END) AS ways
WITH other, ways, COUNT { (other)--() } AS degree
CALL (other, degree) {
  WITH other, degree WHERE degree > $above
  MATCH (other)-[claim]-()
  WHERE NOT claim:MEASURES AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  WITH claim LIMIT $bound
  RETURN count(claim) AS held
}
WITH [other.key, labels(other), degree, CASE WHEN degree > $above THEN held ELSE degree END, ways] AS thing
ORDER BY thing[0]
RETURN collect(thing) AS things
