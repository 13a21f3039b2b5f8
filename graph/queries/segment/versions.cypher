// What are these versions of risk segments?
UNWIND $keys AS key
MATCH (segment:RiskSegment {key: key})
WHERE coalesce(segment.recordedAt <= $knownAt, true)
RETURN key, segment {.*} AS segment
ORDER BY key
