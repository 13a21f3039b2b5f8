// A command given twice is known by its key, which is forgotten when it is old.
CREATE CONSTRAINT idempotency_key IF NOT EXISTS
  FOR (known:IdempotencyKey) REQUIRE known.key IS UNIQUE;
CREATE INDEX idempotency_age IF NOT EXISTS
  FOR (known:IdempotencyKey) ON (known.at);
CALL db.awaitIndexes(300);
