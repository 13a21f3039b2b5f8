// Which risk segments are in force, by precedence?
MATCH (segment:RiskSegment)
WHERE segment.key IS NOT NULL AND coalesce(segment.recordedAt <= $knownAt, true)
  AND segment.validFrom <= $asOf AND coalesce($asOf < segment.validTo, true)
WITH segment ORDER BY segment.precedence, segment.key
RETURN collect(segment {.*}) AS rows
ORDER BY size(rows)
