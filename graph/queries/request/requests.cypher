// What is each of these requests for another Center?
UNWIND $keys AS key
MATCH (request:CenterChangeRequest {key: key})
WHERE request.recordedAt <= $knownAt AND request.requestedOn <= $asOf
RETURN key, request {.*} AS request
ORDER BY key
