// What is each of these annual notifications?
UNWIND $keys AS key
MATCH (notification:AnnualNotification {key: key})
WHERE notification.recordedAt <= $knownAt
  AND ($reachesAll OR 'IsaParticipation:' + notification.participation IN $seen)
RETURN key, notification {.*} AS notification
ORDER BY key
