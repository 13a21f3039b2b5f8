// What is each of these things?
UNWIND $keys AS key
MATCH (entity:Entity {key: key})
WHERE coalesce(entity.recordedAt <= $knownAt, true)
RETURN key, entity {.*, recordedAt: null, labels: labels(entity)} AS entity
ORDER BY key
