// Issues are read soonest due first, strategies soonest review first.
CREATE INDEX issue_due IF NOT EXISTS
  FOR (issue:Issue) ON (issue.dueSort, issue.key);
CREATE INDEX strategy_review IF NOT EXISTS
  FOR (strategy:Strategy) ON (strategy.reviewSort, strategy.key);
CALL db.awaitIndexes(300);
