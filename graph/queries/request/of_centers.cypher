// Which requests would move an account to or from each of these Centers, oldest first?
UNWIND $keys AS key
CALL (key) {
  CALL (key) {
    MATCH (request:CenterChangeRequest {toCenter: substring(key, size('Center:'))})
    RETURN request
    UNION
    MATCH (request:CenterChangeRequest {fromCenter: substring(key, size('Center:'))})
    RETURN request
  }
  WITH request,
    CASE WHEN request.decidedOn > $asOf THEN 'REQUESTED' ELSE request.state END AS state
  WHERE request.recordedAt <= $knownAt AND request.requestedOn <= $asOf
    AND ($states IS NULL OR state IN $states)
    AND ($reachesAll OR $reach['Account:' + request.account])
  WITH request ORDER BY request.requestedOn, request.key LIMIT $limit
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
