// Accounts are found by the kinds of flags on them, on their numbers and on who holds these.
CREATE INDEX risk_flag_kind IF NOT EXISTS
  FOR (flag:RiskFlag) ON (flag.kind);
CALL db.awaitIndexes(300);
