// What are these things, and which relationships that a walk may follow begin at them, after a place and up to so many?
CALL () {
  UNWIND $keys AS key
  MATCH (thing:Entity {key: key})
  WHERE coalesce(thing.recordedAt <= $knownAt, true)
  WITH thing ORDER BY thing.key
  RETURN collect(thing {.*, recordedAt: null, labels: labels(thing)}) AS things
}
CALL () {
  UNWIND $keys AS key
  MATCH (thing:Entity {key: key})
  MATCH (thing)-[claim]->(other:Entity)
  WHERE type(claim) IN $types AND $veiledTypes[type(claim)] IS NULL
    AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($reachesAll OR other:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[other.key])
    AND ($minShare = 0 AND $undisclosed OR NOT claim:OWNS
      OR coalesce(claim.maxShare, 1000000000) >= $minShare AND ($undisclosed OR coalesce(claim.disclosed, true)))
    AND (key > $after[0] OR key = $after[0]
      AND (type(claim) > $after[1] OR type(claim) = $after[1] AND claim.id > $after[2]))
  WITH key, other, claim ORDER BY key, type(claim), claim.id LIMIT $most
  RETURN collect(claim {.*, type: type(claim), from: key, to: other.key,
    validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
    recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
    retrievedAt: toString(claim.retrievedAt)}) AS claims
}
RETURN things, claims
ORDER BY size(things)
