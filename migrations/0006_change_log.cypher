// There is one log; its entries are read in its order, and in the order of an account or a thing.
CREATE CONSTRAINT change_log_id IF NOT EXISTS
  FOR (log:ChangeLog) REQUIRE log.id IS UNIQUE;
CREATE CONSTRAINT change_sequence IF NOT EXISTS
  FOR (change:Change) REQUIRE change.sequence IS UNIQUE;
CREATE CONSTRAINT change_account_sequence IF NOT EXISTS
  FOR (change:Change) REQUIRE (change.account, change.accountSequence) IS UNIQUE;
CREATE INDEX change_subject IF NOT EXISTS
  FOR (change:Change) ON (change.subject, change.sequence);
CALL db.awaitIndexes(300);
