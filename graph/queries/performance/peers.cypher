// What do the figures of each account's peers say: of its kind, in its Center, over the same time?
UNWIND $keys AS key
MATCH (account:Entity {key: key})-[at:ASSIGNED_TO]->(center:Center)
WHERE at.validFrom <= $asOf AND $asOf < at.validTo
  AND at.recordedAt <= $knownAt AND $knownAt < at.recordedTo
MATCH (center)<-[there:ASSIGNED_TO]-(peer:Account)
WHERE there.validFrom <= $asOf AND $asOf < there.validTo
  AND there.recordedAt <= $knownAt AND $knownAt < there.recordedTo
  AND peer <> account AND (peer:Importer) = (account:Importer)
  AND ($reachesAll OR $reach[peer.key])
WITH DISTINCT key, peer
CALL (peer) {
  MATCH (peer)<-[claim:MEASURES]-(p:PerformancePeriod)
  WHERE claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND $from <= p.month AND p.month < $to
  // What was changed since says here what it said then.
  WITH coalesce(CASE WHEN p.changedAt > $knownAt THEN head(COLLECT {
    MATCH (former:Former {of: p.key})
    WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
    RETURN former ORDER BY former.version
  }) END, p) AS p
  RETURN sum(coalesce(p.entrySummaries, 0)) AS entries, count(p) AS cells,
    sum(coalesce(p.examinations, 0)) AS examinations,
    sum(coalesce(p.postSummaryCorrections, 0)) AS corrections,
    sum(coalesce(p.requestsForInformation, 0) + coalesce(p.noticesOfAction, 0)) AS inquiries,
    sum(CASE WHEN coalesce(p.currency, 'USD') = 'USD' THEN coalesce(p.enteredValue, 0) ELSE 0 END)
      AS cents,
    sum(coalesce(p.sampleWeight, 1.0) * coalesce(p.sampledLines, 0)) AS weighed,
    sum(coalesce(p.sampleWeight, 1.0) * coalesce(p.discrepantLines, 0)) AS wrong,
    sum(coalesce(p.sampleWeight, 1.0) * coalesce(p.majorDiscrepantLines, 0)) AS major
}
WITH key, peer, entries, cells, examinations, corrections, inquiries, cents, weighed, wrong, major
WHERE cells > 0
ORDER BY key, peer.key
RETURN key, collect([entries, examinations, corrections, inquiries, cents, weighed, wrong, major])
  AS peers
ORDER BY key
