// Which annual notifications has each of these participations, newest first?
UNWIND $keys AS key
CALL (key) {
  MATCH (notification:AnnualNotification {participation: substring(key, size('IsaParticipation:'))})
  WHERE notification.recordedAt <= $knownAt
  WITH notification ORDER BY notification.dueOn DESC, notification.key DESC LIMIT $limit
  RETURN collect(notification {.*}) AS rows
}
RETURN key, rows
ORDER BY key
