// How many entries that were given up are forgotten now? The last one of an account leaves its number behind.
MATCH (log:ChangeLog {id: 'changes'})
MATCH (change:Change)
WHERE change.sequence < log.earliest
WITH change ORDER BY change.sequence LIMIT $most
WITH change, change.account IS NOT NULL AND NOT EXISTS {
  MATCH (later:Change {account: change.account})
  WHERE later.accountSequence > change.accountSequence
} AS last
OPTIONAL MATCH (left:Change {account: change.account})
WHERE last AND left.accountSequence < change.accountSequence AND left.sequence IS NULL
WITH change, last, collect(left) AS lefts
FOREACH (one IN lefts + CASE WHEN last THEN [] ELSE [change] END | DELETE one)
FOREACH (one IN CASE WHEN last THEN [change] ELSE [] END |
  SET one = {account: one.account, accountSequence: one.accountSequence})
RETURN count(*) AS forgotten
ORDER BY forgotten
