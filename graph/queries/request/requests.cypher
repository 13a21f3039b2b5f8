// What is each of these requests for another Center?
UNWIND $keys AS key
MATCH (request:CenterChangeRequest {key: key})
WHERE request.recordedAt <= $knownAt AND request.requestedOn <= $asOf
  AND ($reachesAll OR $reach['Account:' + request.account])
RETURN key, request {.*,
  to: head(COLLECT {
    MATCH (center:Entity {key: 'Center:' + request.toCenter})
    RETURN center {.*, recordedAt: null, labels: labels(center)}
  }),
  from: head(COLLECT {
    MATCH (center:Entity {key: 'Center:' + request.fromCenter})
    RETURN center {.*, recordedAt: null, labels: labels(center)}
  })} AS request
ORDER BY key
