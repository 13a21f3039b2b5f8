// Which versions of risk segments are there, now that nobody else may define one?
MERGE (turn:IdempotencyKey {key: 'RiskSegment'}) // there is one even where there is no segment yet
SET turn._lock = true
REMOVE turn._lock
WITH turn
MATCH (segment:RiskSegment)
WHERE segment.key IS NOT NULL
RETURN segment.key AS key, labels(segment) AS labels, segment {.*} AS properties
ORDER BY key
