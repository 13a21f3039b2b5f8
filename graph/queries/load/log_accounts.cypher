// How many entries has each of these accounts, and who works with it today?
UNWIND $keys AS key
CALL (key) {
  OPTIONAL MATCH (change:Change {account: key})
  WHERE change.accountSequence > 0 // an index of two properties serves only who asks for both
  WITH change
  ORDER BY change.account DESC, change.accountSequence DESC
  LIMIT 1
  RETURN coalesce(change.accountSequence, 0) AS entries
}
// From the account by its index: a plan made while there are few managers would begin with all of them.
OPTIONAL MATCH (account:Entity {key: key})
USING INDEX account:Entity(key)
WITH key, entries,
  [(account)-[assigned:ASSIGNED_TO]->(center)
   WHERE assigned.recordedTo = $open AND assigned.validFrom <= $day AND $day < assigned.validTo | center.key] AS centers,
  [(account)-[managed:MANAGED_BY {role: 'PRIMARY'}]->(manager)
   WHERE managed.recordedTo = $open AND managed.validFrom <= $day AND $day < managed.validTo | manager.key] AS managers
ORDER BY key
RETURN collect([key, entries, centers[0], managers[0]]) AS accounts
