// Which of these things that no relationship is walked to are there, and are they as last written?
UNWIND $rows AS row
OPTIONAL MATCH (period:PerformancePeriod {key: row.key})
OPTIONAL MATCH (notification:AnnualNotification {key: row.key})
OPTIONAL MATCH (request:CenterChangeRequest {key: row.key})
OPTIONAL MATCH (policy:RiskPolicy {key: row.key})
OPTIONAL MATCH (segment:RiskSegment {key: row.key})
OPTIONAL MATCH (term:Term {key: row.key})
OPTIONAL MATCH (heading:HtsHeading {key: row.key})
WITH row,
  coalesce(period, notification, request, policy, segment, term, heading) AS thing
WHERE thing IS NOT NULL
RETURN row.number AS number, elementId(thing) AS node, labels(thing) AS labels,
  coalesce(thing.digest = row.digest, false) AS same
ORDER BY number
