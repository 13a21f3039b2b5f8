// Which things is this the whole identifier of, and what do those identify or who holds them?
CALL () {
  MATCH (thing:Entity) WHERE thing.key IN $keys
  RETURN thing, 0 AS step
  UNION
  MATCH (thing:ImporterNumber {lookup: $lookup}) WHERE thing.type <> 'SSN'
  RETURN thing, 0 AS step
  UNION
  MATCH (thing:ImporterNumber {root: $root})
  WHERE ($reachesAll OR $seen[thing.key])
  RETURN thing, 0 AS step LIMIT $most
  UNION
  MATCH (thing:Party {lei: $lei})
  WHERE NOT ($changed AND coalesce(thing.changedAt > $knownAt, false))
  RETURN thing, 0 AS step
  UNION
  MATCH (thing:Party {duns: $duns})
  WHERE NOT ($changed AND coalesce(thing.changedAt > $knownAt, false))
  RETURN thing, 0 AS step
}
WITH thing, step
WHERE coalesce(thing.recordedAt <= $knownAt, true)
  AND ($reachesAll OR thing:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[thing.key])
CALL (thing, step) {
  RETURN thing AS node, step AS distance
  UNION
  MATCH (thing:ImporterNumber|FilerCode)-[claim:IDENTIFIES]->(account:Account)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN account AS node, 1 AS distance
  UNION
  MATCH (thing:ImporterNumber|FilerCode)<-[claim:HOLDS]-(party:Party)
  WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
  RETURN party AS node, 2 AS distance
}
WITH node, min(distance) AS distance, head(collect(thing)) AS thing
WHERE ($labels IS NULL OR any(label IN labels(node) WHERE label IN $labels))
  AND ($reachesAll OR node:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[node.key])
WITH node, distance, thing
ORDER BY distance, coalesce(node.display, node.searchName, node.key), node.key
LIMIT $most
RETURN collect([node.key, distance, coalesce(thing.display, $text)]) AS rows
ORDER BY size(rows)
