// Which annual notifications has each of these participations, newest first?
UNWIND $keys AS key
CALL (key) {
  MATCH (notification:AnnualNotification {participation: substring(key, size('IsaParticipation:'))})
  WHERE notification.recordedAt <= $knownAt
  // What was changed since says here what it said then.
  WITH notification, coalesce(CASE WHEN notification.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: notification.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, notification) AS said
  WITH notification ORDER BY said.dueOn DESC, notification.key DESC LIMIT $limit
  RETURN collect(notification {.*}) AS rows
}
RETURN key, rows
ORDER BY key
