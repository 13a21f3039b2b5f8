// Remember what came of this command.
MATCH (known:IdempotencyKey {key: $key})
SET known.digest = $digest, known.attempt = $attempt, known.answer = $answer, known.at = $at
RETURN known.key AS key
