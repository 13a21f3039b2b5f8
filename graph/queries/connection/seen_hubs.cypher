// Where do the relationships of these things lead that a caller sees, unless those of the types wanted are too many?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WITH thing,
  COUNT { MATCH (thing)-[claim]->(near) WHERE $direction <> 'IN' AND type(claim) IN $types
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key]) }
  + COUNT { MATCH (thing)<-[claim]-(near) WHERE $direction <> 'OUT' AND type(claim) IN $types
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key]) } AS number
CALL (thing, number) {
  WITH thing, number WHERE number <= $most
  MATCH (thing)-[claim]-(other:Entity)
  WHERE type(claim) IN $types AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR other:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[other.key])
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
WITH other, ways, COUNT { MATCH (other)-[link]-(near) WHERE NOT near:Entity OR $veiledTypes[type(link)] IS NULL
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key]) } AS degree
CALL (other, degree) {
  WITH other, degree WHERE degree > $above
  MATCH (other)-[claim]-(near)
  WHERE NOT claim:MEASURES AND $veiledTypes[type(claim)] IS NULL AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[near.key])
  WITH claim LIMIT $bound
  RETURN count(claim) AS held
}
WITH [other.key, labels(other), degree, CASE WHEN degree > $above THEN held ELSE degree END, ways] AS thing
ORDER BY thing[0]
RETURN collect(thing) AS things
