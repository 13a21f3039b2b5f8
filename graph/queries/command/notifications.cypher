// Which annual notifications has this participation?
MATCH (notification:AnnualNotification {participation: $participation})
RETURN notification.key AS key, labels(notification) AS labels, notification {.*} AS properties
ORDER BY key
