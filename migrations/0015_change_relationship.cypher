// The changes behind a difference are found by the version of the claim they wrote.
CREATE INDEX change_relationship IF NOT EXISTS
  FOR (change:Change) ON (change.relationship, change.sequence);
CALL db.awaitIndexes(300);
