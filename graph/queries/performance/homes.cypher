// Which Center handles each of these chapters as a whole, the range tried first?
UNWIND $chapters AS chapter
MATCH (of:Entity {key: 'HtsChapter:' + chapter})-[scope:SCOPE_OF]->(center:Center)
WHERE scope.fromHeading IS NULL
  AND scope.validFrom <= $asOf AND $asOf < scope.validTo
  AND scope.recordedAt <= $knownAt AND $knownAt < scope.recordedTo
WITH chapter, of, scope, center ORDER BY chapter, scope.precedence, scope.id
WITH chapter, of, head(collect(center)) AS center
RETURN chapter, of {.*, recordedAt: null, labels: labels(of)} AS of, center {.*, recordedAt: null, labels: labels(center)} AS center
ORDER BY chapter
