// Which changes of these accounts precede this place in the log?
UNWIND $accounts AS account
CALL (account) {
  MATCH (change:Change {account: account})
  WHERE change.accountSequence > 0 AND change.sequence > $after AND change.sequence < $before
    AND $veiledChanges[change.kind] IS NULL
    AND $veiledTypes[change.relationshipType] IS NULL
    AND $veiledKinds[split(change.subject, ':')[0]] IS NULL
    AND ($reachesAll OR $reach[account])
    AND ($kinds IS NULL OR change.kind IN $kinds)
    AND ($subjects IS NULL OR change.subject IN $subjects)
    AND ($centers IS NULL OR change.center IN $centers)
    AND ($managers IS NULL OR change.manager IN $managers)
    AND ($types IS NULL OR change.relationshipType IN $types)
    AND ($ratings IS NULL OR change.rating IN $ratings)
    AND ($recordedFrom IS NULL OR change.recordedAt >= $recordedFrom)
    AND ($recordedTo IS NULL OR change.recordedAt < $recordedTo)
  RETURN change ORDER BY change.account DESC, change.accountSequence DESC LIMIT $limit
}
WITH change ORDER BY change.sequence DESC LIMIT $limit
WITH collect(change {.*, recordedAt: toString(change.recordedAt)}) AS rows
// After the entries: where some have been pruned meanwhile, the log says so by now.
OPTIONAL MATCH (log:ChangeLog {id: 'changes'})
RETURN rows, log.incarnation AS incarnation, coalesce(log.sequence, 0) AS sequence,
  coalesce(log.earliest, 1) AS earliest
ORDER BY sequence
