// What is each of these issues, strategies, participations and flags about, and who handles it?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim:HANDLED_BY|FLAGS]->(node)
  RETURN claim, node
  UNION
  WITH thing WHERE thing:Issue
  MATCH (thing)-[claim:CONCERNS]->(node)
  RETURN claim, node
  UNION
  MATCH (thing)<-[claim:PARTICIPATES_IN]-(node)
  RETURN claim, node
  UNION
  WITH thing WHERE thing:Issue
  MATCH (thing)<-[claim:ADDRESSES]-(node)
  RETURN claim, node
}
WITH key, claim, node
WHERE claim.validFrom <= $asOf AND ($asOf < claim.validTo OR type(claim) = 'PARTICIPATES_IN')
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  AND $veiledTypes[type(claim)] IS NULL
  AND ($reachesAll OR node:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[node.key])
WITH key, type(claim) AS type, claim.part AS part, claim, node
ORDER BY key, type, node.searchName, node.key
RETURN key, collect([type, part, node {.*, recordedAt: null, labels: labels(node)}]) AS rows
ORDER BY key
