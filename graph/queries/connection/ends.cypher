// What are these things, where a walk starts or ends, and how many relationships have they?
UNWIND $keys AS key
MATCH (other:Entity {key: key})
WHERE coalesce(other.recordedAt <= $knownAt, true)
WITH other, CASE WHEN $whole THEN COUNT { (other)--() }
  ELSE COUNT { MATCH (other)-[link]-(near) WHERE NOT near:Entity OR $veiledTypes[type(link)] IS NULL
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key]) } END AS degree
CALL (other, degree) {
  WITH other, degree WHERE degree > $above
  MATCH (other)-[claim]-(near)
  WHERE NOT claim:MEASURES AND $veiledTypes[type(claim)] IS NULL AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key])
  WITH claim LIMIT $bound
  RETURN count(claim) AS held
}
WITH [other.key, labels(other), degree, CASE WHEN degree > $above THEN held ELSE degree END] AS thing
ORDER BY thing[0]
RETURN collect(thing) AS things
