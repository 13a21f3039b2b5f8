// How many relationships of each type and direction has each of these, counted up to a bound?
UNWIND $keys AS key
MATCH (parent:Entity {key: key})
CALL (parent) {
  MATCH (parent)-[claim]-(other)
  WHERE NOT claim:MEASURES AND $veiledTypes[type(claim)] IS NULL
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR other:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[other.key])
  WITH claim LIMIT $most
  UNWIND CASE
    WHEN startNode(claim) = endNode(claim) THEN ['OUT', 'IN']
    WHEN startNode(claim) = parent THEN ['OUT']
    ELSE ['IN']
  END AS direction
  WITH type(claim) AS type, direction, count(*) AS number
  ORDER BY type, direction
  RETURN collect([type, direction, number]) AS degrees
}
RETURN key, degrees
ORDER BY key
