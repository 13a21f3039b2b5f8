// Which tariff ranges belong to each of these Centers, or to which Centers do these chapters?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
CALL (thing) {
  MATCH (thing)-[claim:SCOPE_OF]->(center:Center)
  RETURN thing AS chapter, claim, center
  UNION
  MATCH (chapter:HtsChapter)-[claim:SCOPE_OF]->(thing)
  RETURN chapter, claim, thing AS center
}
WITH key, chapter, claim, center
WHERE claim.validFrom <= $asOf AND $asOf < claim.validTo
  AND claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
ORDER BY chapter.code, claim.precedence, claim.fromHeading, center.code, claim.id
RETURN key, collect([
  chapter {.*, recordedAt: null, labels: labels(chapter)}, center {.*, recordedAt: null, labels: labels(center)},
  claim {.*, validFrom: toString(claim.validFrom), validTo: toString(claim.validTo),
    recordedAt: toString(claim.recordedAt), recordedTo: toString(claim.recordedTo),
    retrievedAt: toString(claim.retrievedAt)}]) AS rows
ORDER BY key
