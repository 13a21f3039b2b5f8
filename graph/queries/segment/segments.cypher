// Which risk segments are in force, by precedence?
MATCH (segment:RiskSegment)
WHERE segment.key IS NOT NULL AND coalesce(segment.recordedAt <= $knownAt, true)
WITH segment, CASE WHEN coalesce(segment.changedAt > $knownAt, false) THEN head(COLLECT {
    MATCH (former:Former {of: segment.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former
  }) ELSE segment END AS known // a later version ends the one before, which was not known then
WHERE known.validFrom <= $asOf AND coalesce($asOf < known.validTo, true)
WITH segment, known ORDER BY known.precedence, segment.key
RETURN collect(segment {.*}) AS rows
ORDER BY size(rows)
