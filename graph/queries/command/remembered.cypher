// What came of this command, if it was written?
MATCH (known:IdempotencyKey {key: $key})
RETURN known.attempt AS attempt, known.answer AS answer
ORDER BY attempt
