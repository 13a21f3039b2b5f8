// How many relationships of each type and direction that a caller sees has each of these, ended ones too if asked?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim]-(near:Entity)
  WHERE NOT claim:MEASURES AND $veiledTypes[type(claim)] IS NULL AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key])
  UNWIND CASE
    WHEN startNode(claim) = endNode(claim) THEN ['OUT', 'IN']
    WHEN startNode(claim) = thing THEN ['OUT']
    ELSE ['IN']
  END AS direction
  RETURN type(claim) AS type, direction, count(*) AS number
}
WITH key, type, direction, number
ORDER BY key, type, direction
RETURN key, collect([type, direction, number]) AS degrees
ORDER BY key
