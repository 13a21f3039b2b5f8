// Which relationships of these things hold at one of two moments, and at which?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim]-(other:Entity)
  WHERE ($types IS NULL OR type(claim) IN $types)
    AND $veiledTypes[type(claim)] IS NULL
    AND ($reachesAll OR other:Party|AccountManager|Specialist|Center|Discipline|Port|HtsChapter OR $seen[other.key])
  WITH claim, other,
    claim.validFrom <= $asOf AND $asOf < claim.validTo
      AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo AS after,
    claim.validFrom <= $fromAsOf AND $fromAsOf < claim.validTo
      AND claim.recordedAt <= $fromKnownAt AND $fromKnownAt < claim.recordedTo AS before
  WHERE before OR after
  RETURN claim, other, before, after ORDER BY type(claim), claim.id LIMIT $most
}
WITH key, claim, other, before, after
ORDER BY key, type(claim), claim.id
RETURN key, collect([claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
    validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
    recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
    retrievedAt: toString(claim.retrievedAt)}, other.key, before, after]) AS found
ORDER BY key
