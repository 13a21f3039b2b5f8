// How many relationships of each type and direction has each of these, ended ones too if asked?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim]-()
  WHERE NOT claim:MEASURES AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
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
