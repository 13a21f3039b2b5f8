// What do the few things that no relationship touches say, a page in key order?
MATCH (thing:AnnualNotification|CenterChangeRequest|RiskPolicy|RiskSegment|Term|HtsHeading)
WHERE thing.key > $after
WITH thing
ORDER BY thing.key
LIMIT $limit
RETURN thing.key AS place, labels(thing) AS labels, thing {.*} AS properties
ORDER BY place
