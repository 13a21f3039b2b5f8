// Which of these keys are taken?
UNWIND $keys AS key
MATCH (thing:Entity {key: key})
RETURN key
ORDER BY key
