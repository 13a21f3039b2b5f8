// Accounts are read in the order they were opened.
CREATE INDEX account_opened IF NOT EXISTS
  FOR (account:Account) ON (account.openedOn, account.key);
CALL db.awaitIndexes(300);
