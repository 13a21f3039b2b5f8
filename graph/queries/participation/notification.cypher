// What is each of these annual notifications?
UNWIND $keys AS key
MATCH (notification:AnnualNotification {key: key})
WHERE notification.recordedAt <= $knownAt
  AND ($reachesAll OR $seen['IsaParticipation:' + notification.participation])
RETURN key, notification {.*} AS notification
ORDER BY key
