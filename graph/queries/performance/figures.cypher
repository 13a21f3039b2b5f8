// What do the monthly figures of each of these accounts say, cell by cell, and who says so?
UNWIND $keys AS key
MATCH (account:Entity {key: key})
CALL (account) {
  MATCH (account)<-[claim:MEASURES]-(p:PerformancePeriod)
  WHERE claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND $from <= p.month AND p.month < $to
  WITH claim, CASE WHEN coalesce(p.changedAt > $knownAt, false) THEN head(COLLECT {
      MATCH (former:Former {of: p.key})
      WHERE former.recordedAt <= $knownAt AND $knownAt < former.recordedTo
      RETURN former
    }) ELSE p END AS p
  WHERE NOT $toOwner OR p.importerNumber IS NULL OR $owned['ImporterNumber:' + p.importerNumber]
  WITH p, claim ORDER BY p.month, p.key
  RETURN collect([
    toString(p.month), p.chapter, p.origin, p.port, p.importerNumber, p.filerCode,
    coalesce(p.currency, 'USD'), p.sampleWeight, coalesce(p.discrepancies, []),
    coalesce(p.entrySummaries, 0), coalesce(p.lines, 0), coalesce(p.enteredValue, 0),
    coalesce(p.dutiesTaxesFees, 0), coalesce(p.examinations, 0), coalesce(p.adCvdLines, 0),
    coalesce(p.requestsForInformation, 0), coalesce(p.noticesOfAction, 0),
    coalesce(p.postSummaryCorrections, 0), coalesce(p.protests, 0), coalesce(p.penalties, 0),
    coalesce(p.sampledLines, 0), coalesce(p.discrepantLines, 0),
    coalesce(p.majorDiscrepantLines, 0)]) AS cells,
    collect(DISTINCT claim.source) AS sources
}
CALL (account) {
  MATCH (account)<-[claim:MEASURES]-(p:PerformancePeriod)
  WHERE claim.recordedAt <= $knownAt AND $knownAt < claim.recordedTo
    AND (NOT $toOwner OR p.importerNumber IS NULL OR $owned['ImporterNumber:' + p.importerNumber])
  RETURN toString(max(p.month)) AS last
}
RETURN key, cells, sources, last
ORDER BY key
