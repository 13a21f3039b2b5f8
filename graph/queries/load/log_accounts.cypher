// How many entries has each of these accounts, and who works with it today?
UNWIND $keys AS key
CALL (key) {
  OPTIONAL MATCH (change:Change {account: key})
  WITH change
  ORDER BY change.account DESC, change.accountSequence DESC
  LIMIT 1
  RETURN coalesce(change.accountSequence, 0) AS entries
}
OPTIONAL MATCH (:Entity {key: key})-[assigned:ASSIGNED_TO]->(center:Center)
WHERE assigned.recordedTo = $open AND assigned.validFrom <= $day AND $day < assigned.validTo
OPTIONAL MATCH (:Entity {key: key})-[managed:MANAGED_BY {role: 'PRIMARY'}]->(manager:AccountManager)
WHERE managed.recordedTo = $open AND managed.validFrom <= $day AND $day < managed.validTo
WITH key, entries, min(center.key) AS center, min(manager.key) AS manager
ORDER BY key
RETURN collect([key, entries, center, manager]) AS accounts
