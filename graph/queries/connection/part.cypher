// What are these things, and which relationships that a walk may follow join them among each other?
CALL () {
  UNWIND $keys AS key
  MATCH (thing:Entity {key: key})
  WITH thing ORDER BY thing.key
  RETURN collect(thing {.*, recordedAt: null, labels: labels(thing)}) AS things
}
CALL () {
  CALL () {
    UNWIND $narrow AS key
    MATCH (thing:Entity {key: key})
    WITH DISTINCT thing
    MATCH (thing)-[claim]-(other:Entity)
    WHERE other.key IN $keys
    RETURN claim
    UNION
    UNWIND $hubs AS key
    UNWIND $hubs AS far
    MATCH (thing:Entity {key: key})
    MATCH (other:Entity {key: far})
    WITH DISTINCT thing, other
    MATCH (thing)-[claim]->(other)
    RETURN claim
  }
  WITH claim
  WHERE type(claim) IN $types AND claim.validFrom <= $asOf AND ($former OR $asOf < claim.validTo)
    AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND ($minShare = 0 AND $undisclosed OR NOT claim:OWNS
      OR coalesce(claim.maxShare, 1000000000) >= $minShare AND ($undisclosed OR coalesce(claim.disclosed, true)))
  WITH claim ORDER BY type(claim), claim.id LIMIT $most
  RETURN collect(claim {.*, type: type(claim), from: startNode(claim).key, to: endNode(claim).key,
    validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
    recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
    retrievedAt: toString(claim.retrievedAt)}) AS claims
}
RETURN things, claims
