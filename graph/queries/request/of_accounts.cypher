// Which requests for another Center were made for each of these accounts, newest first?
UNWIND $keys AS key
CALL (key) {
  MATCH (request:CenterChangeRequest {account: substring(key, size('Account:'))})
  WHERE request.recordedAt <= $knownAt AND request.requestedOn <= $asOf
  WITH request ORDER BY request.requestedOn DESC, request.key LIMIT $limit
  RETURN collect(request {.*,
    to: head(COLLECT {
      MATCH (center:Entity {key: 'Center:' + request.toCenter})
      RETURN center {.*, recordedAt: null, labels: labels(center)}
    }),
    from: head(COLLECT {
      MATCH (center:Entity {key: 'Center:' + request.fromCenter})
      RETURN center {.*, recordedAt: null, labels: labels(center)}
    })}) AS rows
}
RETURN key, rows
ORDER BY key
