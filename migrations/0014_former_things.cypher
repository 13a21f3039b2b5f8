// What a thing said before it was changed is found by its key.
CREATE INDEX former_of IF NOT EXISTS
  FOR (former:Former) ON (former.of);
CREATE INDEX former_key IF NOT EXISTS
  FOR (former:Former) ON (former.key);
CALL db.awaitIndexes(300);
