// Beside which of these things stands, at the moment, something that the caller may not see?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
WHERE EXISTS {
  MATCH (thing)-[claim]-(near:Entity)
  WHERE NOT $reachesAll AND NOT near:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter
    AND $seen[near.key] IS NULL AND $veiledTypes[type(claim)] IS NULL
    AND claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
}
WITH key ORDER BY key
RETURN collect(key) AS keys
ORDER BY size(keys)
