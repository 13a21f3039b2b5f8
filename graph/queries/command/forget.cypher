// Forget commands that were given long ago, a few at a time.
MATCH (known:IdempotencyKey)
WHERE known.at < $since
WITH known
LIMIT 1000
DELETE known
