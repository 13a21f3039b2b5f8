// Has this command been given before, and what came of it? Whoever gives it too waits for the answer.
MERGE (known:IdempotencyKey {key: $key})
SET known._lock = true
REMOVE known._lock
WITH known
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN known.digest AS digest, known.attempt AS attempt, known.answer AS answer,
  coalesce(known.at < $since, true) AS old, log.incarnation AS log,
  toString(log.at) AS last
